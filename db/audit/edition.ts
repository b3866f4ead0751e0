import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { ruleBook, type Book } from '../../policies/rule-book/rule-book.js';
import { json } from './leaf.js';
import { canonicalJson } from './log/canonical.js';

/** The rules in force, word for word, and the code by which entries name them. */
export interface Edition {
  /** The first 32 hexadecimal digits of the text's SHA-256. */
  readonly code: string;
  /** RFC 8785 canonical JSON. */
  readonly text: string;
}

/** The edition that a book makes: the same for the same rules, wherever it is worked out. */
export const editionOf = (book: Book): Edition => {
  const text = canonicalJson(json.parse(book));
  return { code: createHash('sha256').update(text).digest('hex').slice(0, 32), text };
};

/** The rules of this build. */
export const currentEdition = editionOf(ruleBook);

/**
 * What an entry states about the rules it was made under.
 * @param settings the number of the last change of the council's settings; 0 before the first
 */
export const policyOf = (settings: number): string => `book:${currentEdition.code}/settings:${settings}`;

/** Which edition and which settings an entry names; null where it is older than the editions. */
export const rulesIn = (policy: string): { readonly edition: string; readonly settings: number } | null => {
  const [, edition, settings] = /^book:([0-9a-f]{32})\/settings:(\d+)$/.exec(policy) ?? [];
  return edition === undefined ? null : { edition, settings: Number(settings) };
};

/** Keeps the text of this build's edition; once, however many nodes do it. */
export const keepEdition = async (db: Knex): Promise<void> => {
  await db.raw('select audit.keep_edition(?)', [Buffer.from(currentEdition.text, 'utf8')]);
};

/** The text of an edition; null where no entry was made under it here. */
export const editionText = async (db: Knex, code: string): Promise<string | null> => {
  const found = await db('audit.editions').where({ code }).first('body');
  return found?.body.toString('utf8') ?? null;
};
