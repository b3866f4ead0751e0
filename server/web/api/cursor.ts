import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { Invalid } from '../../../policies/core/refusals.js';

type Key = string | number | null;

/** Where a list was left, as opaque text: the keyset values of the last row that was shown. */
export const encodeCursor = (keys: readonly Key[]): string =>
  Buffer.from(JSON.stringify(keys), 'utf8').toString('base64url');

/**
 * The value that `encodeCursor` got, checked against `schema` (a tuple, as a rule).
 * @throws Invalid, naming `cursor`, if this service cannot have made it.
 */
export const decodeCursor = <S extends z.ZodType>(cursor: string, schema: S): z.output<S> => {
  const keys = schema.safeParse(parsed(cursor));
  if (!keys.success) throw new Invalid([{ field: 'cursor', message: 'Use the cursor as it was given.' }]);
  return keys.data;
};

const bySeq = z.tuple([z.int().min(0)]);

/**
 * The number at which a list was left that goes by number; undefined at its beginning.
 * @throws Invalid, naming `cursor`
 */
export const seqIn = (cursor: string | undefined): number | undefined =>
  cursor === undefined ? undefined : decodeCursor(cursor, bySeq)[0];

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(cursor, 'base64url')));
  } catch {
    return undefined;
  }
};
