/** The values that a bundle opens of a leaf: the leaf holds its personal fields as commitments. */
import { createHmac } from 'node:crypto';
import { type Json, type Leaf, leafSchema, type Opening } from '../../leaf.js';
import { isAscending } from '../ascending.js';
import { canonicalJson } from '../canonical.js';

/**
 * The commitments of a leaf by field. As `readLeaf`, but in a third of its time: the bytes are JSON for sure,
 * so that they have to be gone through once.
 * @throws SyntaxError, ZodError or Error when they are not the canonical form of an entry, byte for byte
 */
export const commitmentsOf = (bytes: Buffer): Leaf['commitments'] => {
  const leaf = leafSchema.parse(JSON.parse(bytes.toString('utf8')));
  if (!Buffer.from(canonicalJson(leaf)).equals(bytes)) throw new Error('The leaf is not in canonical form.');
  return leaf.commitments;
};

/** A value that was opened: whether it is the one recorded, the leaf’s own commitment says. */
export interface Disclosure {
  readonly field: string;
  /** To the value and the salt that were given. */
  readonly commitment: string;
}

const saltLength = 32;

/** One item of the file, and of the message of its commitment the part that is the value. */
const itemOf = ({ field, salt, value }: Opening): { readonly text: string; readonly canonical: string } => {
  const canonical = canonicalJson(value);
  const encoded = salt.toString('base64url');
  return { text: `{"field":${JSON.stringify(field)},"salt":"${encoded}","value":${canonical}}`, canonical };
};

const inOrder = (openings: readonly { readonly field: string }[]): boolean =>
  isAscending(openings.map(({ field }) => field));

/**
 * The file with the opened values of one leaf: the canonical JSON of `[{ field, salt, value }]`, ordered by
 * field, the salt in base64url.
 */
export const formatDisclosures = (openings: readonly Opening[]): Buffer => {
  const ordered = openings.toSorted((a, b) => (a.field < b.field ? -1 : 1));
  const items = ordered.map((opening) => itemOf(opening).text);
  return Buffer.from(`[${items.join(',')}]`);
};

interface Item {
  readonly field: string;
  readonly salt: string;
  readonly value: Json;
}

const isItem = (item: unknown): item is Item =>
  typeof item === 'object' &&
  item !== null &&
  'field' in item &&
  typeof item.field === 'string' &&
  'salt' in item &&
  typeof item.salt === 'string' &&
  'value' in item;

/**
 * Reads such a file. Whether the commitments are those of the leaf is for the caller to see.
 * @throws SyntaxError or Error when it is not such a file, byte for byte
 */
export const parseDisclosures = (bytes: Buffer): Disclosure[] => {
  const items: unknown = JSON.parse(bytes.toString('utf8'));
  if (!Array.isArray(items) || items.length === 0 || !items.every(isItem) || !inOrder(items)) {
    throw new Error('This is not a list of fields, salts and values in order.');
  }
  const openings = items.map((item) => ({ ...item, salt: Buffer.from(item.salt, 'base64url') }));
  const written = openings.map(itemOf);
  // A salt spelt otherwise, or anything more in the file, does not come out again.
  const again = Buffer.from(`[${written.map(({ text }) => text).join(',')}]`);
  if (!again.equals(bytes) || openings.some(({ salt }) => salt.length !== saltLength)) {
    throw new Error('The list is not in canonical form.');
  }
  return openings.map(({ field, salt }, n) => ({
    field,
    commitment: createHmac('sha256', salt).update(`${field}\0${written[n]?.canonical}`).digest('base64url'),
  }));
};
