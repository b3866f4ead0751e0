import { Buffer } from 'node:buffer';
import type { z } from 'zod';
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

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(cursor, 'base64url')));
  } catch {
    return undefined;
  }
};
