/** The people who leave, and what waits for them by name. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { offices } from '../../policies/core/office.js';
import { leavesBy, type Leaver, type WaitingKind } from '../../policies/leaving/leaving.js';
import type { Ask } from '../core/ask.js';
import { day } from '../core/rows/stored.js';
import { waitsFor } from './waits.js';

/** What the rows say of each thing that waits, with the person it waits for. */
const stored = z.strictObject({
  person: z.string(),
  name: z.string(),
  suspended: z.boolean(),
  on: day.nullable(),
  kind: z.enum(['hosts', 'visits', 'answers', 'named', 'stands_in', 'heads'] satisfies WaitingKind[]),
  reference: z.string().nullable(),
  office: z.enum(offices).nullable(),
  id: z.string().nullable(),
});

/** How many things are read at most: what is handed on makes room. */
export const mostWaiting = 500;

export interface Leavers {
  readonly leavers: readonly Leaver[];
  /** Whether more waits than was read. */
  readonly more: boolean;
}

/**
 * Who leaves with something that waits for them, the first to leave first.
 * @param today `YYYY-MM-DD` in London
 * @param names whether the reader reads which request it is; otherwise they learn how much waits
 */
export const findLeavers = async (
  db: Knex,
  { today, names }: { readonly today: string; readonly names: boolean },
  ask: Ask,
): Promise<Leavers> => {
  const query = db
    .select(
      db.raw(
        `w.person, w.name, w.suspended, w."on", w.kind, case when ? then w.reference end as reference, w.office,
           case when ? then w.id end as id`,
        [names, names],
      ),
    )
    .from(db.raw(`(${waitsFor}) as w`, { today, by: leavesBy(today) }))
    .orderByRaw('w."on", w.person, w.kind, w.place, w.office, w.id')
    .limit(mostWaiting + 1);
  const rows = await ask(stored, query);
  const byPerson = new Map<string, Leaver>();
  for (const { person: id, name, suspended, on, ...each } of rows.slice(0, mostWaiting)) {
    const waiting = [...(byPerson.get(id)?.waiting ?? []), each];
    byPerson.set(id, { id, name, suspended, on, waiting });
  }
  return { leavers: [...byPerson.values()], more: rows.length > mostWaiting };
};
