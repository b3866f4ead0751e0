import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './log/canonical.js';

/**
 * The shape of one entry in the trail, as it is hashed. Pure, because verifiers need it too: bytes in, bytes out, no
 * clock and no randomness.
 *
 * A leaf is the RFC 8785 canonical form of the object below. It holds personal values as commitments,
 * `HMAC-SHA256(salt, field || 0x00 || JCS(value))` in base64url, so that the value can be erased later and every
 * proof still holds.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** NUL cannot be stored as text in PostgreSQL; a lone surrogate has no UTF-8. */
const isExact = (value: string): boolean => !/\0|\p{Surrogate}/u.test(value);
const text = z.string().refine(isExact, 'holds NUL or a lone surrogate');
/** Two programs may read an integer beyond 2^53 as different numbers. */
const number = z
  .number()
  .refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), 'is not exact');

/** Any JSON that two programs read alike: no functions, Maps, Dates, undefined, NaN or unsafe integers. */
export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), number, text, z.array(json), z.record(text, json)]),
);

/** What the driver read from a `jsonb`, which holds nothing else: whether it is exact is asked where it is hashed. */
export const storedJson = z.custom<Json>((value) => value !== undefined);
export const storedJsonObject = z.record(z.string(), storedJson);

/** A coded value: `approve`, `2026-03-01`, `OBS-2026-0001`. Free text has spaces and is refused. */
const code = z.string().regex(/^[\w.:/+-]{1,64}$/, 'is not a coded value');
const coded: z.ZodType<Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), number, code, z.array(coded), z.record(code, coded)]),
);

/** What a decision says in clear. Never personal: it can never be erased. */
export const decisionSchema: z.ZodType<JsonObject> = z.record(code, coded);

/** `YYYY-MM-DDTHH:MM:SS.mmmZ`, as `Date.toISOString()` writes it. */
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const commitment = z.string().regex(/^[\w-]{43}$/);

export const leafSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  type: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  at: instant,
  office: code.nullable(),
  capacity: code.nullable(),
  decision: decisionSchema.nullable(),
  policy: code,
  commitments: z.strictObject({
    actor: commitment,
    actorName: commitment,
    subject: commitment,
    reasons: commitment.optional(),
    details: commitment.optional(),
  }),
});
export type Leaf = z.infer<typeof leafSchema>;
export type SecretField = keyof Leaf['commitments'];

/** The opening of a commitment: the value and its salt of 32 bytes. */
export interface Opening {
  readonly field: string;
  readonly value: Json;
  readonly salt: Buffer;
}

/**
 * RFC 8785. Most committed values are text, which it writes as JSON.stringify does.
 * @throws ZodError on anything JSON cannot carry exactly
 */
const canonical = (value: unknown): string =>
  typeof value === 'string'
    ? JSON.stringify(isExact(value) ? value : text.parse(value))
    : canonicalJson(json.parse(value));

/** The commitment to one value, in base64url. @throws ZodError when the value is no exact JSON */
export const commit = ({ field, value, salt }: Opening): string =>
  createHmac('sha256', salt)
    .update(`${field}\0${canonical(value)}`)
    .digest('base64url');

/**
 * The bytes that are stored and hashed. Each text in a leaf has a pattern of its own above, so that all of it is exact.
 * @throws ZodError when the leaf has not the shape above
 */
export const writeLeaf = (leaf: Leaf): Buffer => Buffer.from(canonicalJson(leafSchema.parse(leaf)), 'utf8');

/** The bytes are not those of an entry. */
export class LeafFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'LeafFault';
  }
}

const leafIn = (bytes: Buffer): { readonly leaf: Leaf; readonly canonically: Buffer } => {
  try {
    const leaf = leafSchema.parse(JSON.parse(bytes.toString('utf8')));
    return { leaf, canonically: writeLeaf(leaf) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw new LeafFault('The bytes are not those of an entry.', error);
    }
    throw error;
  }
};

/**
 * The leaf that the bytes hold.
 *
 * @throws LeafFault when they are not the canonical form of an entry, byte for byte
 */
export const readLeaf = (bytes: Buffer): Leaf => {
  const { leaf, canonically } = leafIn(bytes);
  if (!canonically.equals(bytes)) throw new LeafFault('The leaf is not in canonical form.');
  return leaf;
};

/** Whether the value is the one the leaf committed to. False for a field it has no commitment for. */
export const opens = (leaf: Leaf, opening: Opening): boolean =>
  isCommitted(leaf, opening.field) && leaf.commitments[opening.field] === commit(opening);

const isCommitted = (leaf: Leaf, field: string): field is SecretField =>
  Object.hasOwn(leaf.commitments, field);
