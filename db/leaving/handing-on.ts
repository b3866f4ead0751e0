import type { Knex } from 'knex';
import { z } from 'zod';
import type { WaitingKind } from '../../policies/leaving/leaving.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { waitsFor } from './waits.js';

/** What waits for a person by name, as those are told who hand it on. */
export interface HandedOn {
  /** The requests that they host, manage the host of, or are to answer a question about, each once. */
  readonly hosted: readonly string[];
  /** Whether they were named to act, or stand in for the head of an office. */
  readonly standsIn: boolean;
}

const stored = z.strictObject({
  kind: z.enum(['hosts', 'visits', 'answers', 'named', 'stands_in', 'heads'] satisfies WaitingKind[]),
  reference: z.string().nullable(),
});

/**
 * What waits for a person who is suspended, or whose offices end by a day.
 * @param today `YYYY-MM-DD` in London
 * @param by the last of those days
 */
export const toHandOn = async (
  trx: Knex.Transaction,
  personId: string,
  { today, by }: { readonly today: string; readonly by: string },
): Promise<HandedOn> => {
  const rows = await rowsOf(
    stored,
    trx.raw(
      `select w.kind, w.reference from (${waitsFor}) as w where w.person = :personId::uuid order by w.place, w.kind`,
      { personId, today, by },
    ),
  );
  const hosting: readonly WaitingKind[] = ['hosts', 'visits', 'answers'];
  return {
    hosted: [
      ...new Set(
        rows.flatMap(({ kind, reference }) =>
          reference !== null && hosting.includes(kind) ? [reference] : [],
        ),
      ),
    ],
    standsIn: rows.some(({ kind }) => kind === 'named' || kind === 'stands_in'),
  };
};
