import type { Knex } from 'knex';
import { z } from 'zod';
import { wishes, type Wish } from '../../policies/deadline/reminding.js';
import { idOnly, rowsOf } from '../core/rows/rows-of.js';

/** A reminder, or word of a missed deadline. */
export interface Reminder {
  /** Unique for ever: nobody says the same thing twice, on any number of nodes. */
  readonly key: string;
  /** The request or the councillor that it is about; neither if it is about a list. */
  readonly reference: string | null;
  readonly councillorId: string | null;
  readonly what: string;
  readonly step: string;
  /** What a message calls it. */
  readonly called: string;
  /** `YYYY-MM-DD` */
  readonly dueOn: string | null;
  readonly fellDueAt: Date;
}

/** The keys of this list that nothing has been said for yet. */
export const unsaid = async (db: Knex, keys: readonly string[]): Promise<ReadonlySet<string>> => {
  const said = await db('reminders')
    .whereRaw('key = any(?::text[])', [[...keys]])
    .select('key');
  const known = new Set(said.map(({ key }) => key));
  return new Set(keys.filter((key) => !known.has(key)));
};

/**
 * Stores that it is said, and the people it goes to.
 * @returns false if somebody else was first
 */
export const sayOnce = async (
  trx: Knex.Transaction,
  {
    reminder,
    people,
    at,
  }: { readonly reminder: Reminder; readonly people: readonly string[]; readonly at: Date },
): Promise<boolean> => {
  const [row] = await rowsOf(
    idOnly,
    trx.raw(
      `insert into reminders (key, request_id, councillor_id, what, step, called, due_on, fell_due_at, recorded_at)
       values (:key, (select id from requests where reference = :reference), :councillorId, :what, :step, :called,
         :dueOn, :fellDueAt, :at)
       on conflict (key) do nothing returning id`,
      { ...reminder, at },
    ),
  );
  if (!row) return false;
  if (people.length > 0) {
    await trx('reminder_recipients').insert(
      people.map((personId) => ({ reminder_id: row.id, person_id: personId })),
    );
  }
  return true;
};

/** A reminder that waits to be put into a message. */
export interface Waiting {
  readonly reminderId: string;
  readonly reference: string | null;
  readonly step: string;
  readonly wish: Wish;
}

const storedWaiting: z.ZodType<Waiting> = z.strictObject({
  reminderId: z.string(),
  reference: z.string().nullable(),
  step: z.string(),
  wish: z.enum(wishes),
});

/** Everybody for whom something waits to be sent. */
export const peopleWaiting = async (db: Knex): Promise<string[]> => {
  const rows = await db('reminder_recipients')
    .whereNull('gathered_at')
    .distinct()
    .orderBy('person_id')
    .pluck('person_id');
  return rows;
};

/**
 * The reminders that wait for one person, in the order in which they fell due, locked until the transaction ends: if
 * two gather at once, the second finds nothing left rather than half of it.
 */
export const lockWaiting = (trx: Knex.Transaction, personId: string): Promise<Waiting[]> => {
  return rowsOf(
    storedWaiting,
    trx.raw(
      `select c.reminder_id as "reminderId", t.step,
        (select reference from requests r where r.id = t.request_id) as reference,
        coalesce((select wish from reminder_wishes w where w.person_id = c.person_id), 'digest') as wish
      from reminder_recipients c join reminders t on t.id = c.reminder_id
      where c.person_id = ? and c.gathered_at is null
      order by t.seq for no key update of c`,
      [personId],
    ),
  );
};

/** Notes that these were put into the message of that key; into none where there is no key. */
export const gathered = async (
  trx: Knex.Transaction,
  {
    personId,
    reminderIds,
    messageKey,
    at,
  }: {
    readonly personId: string;
    readonly reminderIds: readonly string[];
    readonly messageKey: string | null;
    readonly at: Date;
  },
): Promise<void> => {
  await trx('reminder_recipients')
    .where({ person_id: personId })
    .whereRaw('reminder_id = any(?::uuid[])', [[...reminderIds]])
    .update({
      gathered_at: at,
      message_id: messageKey === null ? null : trx('messages').where({ key: messageKey }).select('id'),
    });
};

/** How a person wishes to be reminded. */
export const wishOf = async (db: Knex, personId: string): Promise<Wish> => {
  const found = await db('reminder_wishes').where({ person_id: personId }).first('wish');
  return found?.wish ?? 'digest';
};

/** Keeps it. */
export const keepWish = async (
  trx: Knex.Transaction,
  given: { readonly personId: string; readonly wish: Wish; readonly at: Date },
): Promise<void> => {
  await trx('reminder_wishes')
    .insert({ person_id: given.personId, wish: given.wish, at: given.at })
    .onConflict('person_id')
    .merge(['wish', 'at']);
};
