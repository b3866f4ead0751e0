/** The private addresses of people's calendars, and what a calendar program reads there. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { day, whole } from '../core/rows/stored.js';
import { changedLast, timesChanged } from '../outbox/outbox.js';

export interface CalendarAddress {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly madeAt: Date;
  /** `YYYY-MM-DD`: the last day on which a program read it; null before the first. */
  readonly lastReadOn: string | null;
}

const stored: z.ZodType<CalendarAddress> = z.strictObject({
  id: z.string(),
  tokenHash: z.instanceof(Buffer),
  madeAt: moment,
  lastReadOn: day.nullable(),
});

/** The address of that person; null without one. */
export const addressOf = async (db: Knex, person: string): Promise<CalendarAddress | null> => {
  const [found] = await rowsOf(
    stored,
    db('calendar_addresses')
      .where('person_id', person)
      .select('id', 'token_hash as tokenHash', 'made_at as madeAt', 'last_read_on as lastReadOn'),
  );
  return found ?? null;
};

/** Withdraws the address of that person. @returns whether there was one */
export const withdrawAddress = async (trx: Knex.Transaction, person: string): Promise<boolean> => {
  const gone = await trx('calendar_addresses').where('person_id', person).delete();
  return gone > 0;
};

/** Makes an address; there must be none of that person. */
export const addAddress = async (
  trx: Knex.Transaction,
  {
    id,
    person,
    tokenHash,
    at,
  }: { readonly id: string; readonly person: string; readonly tokenHash: Buffer; readonly at: Date },
): Promise<void> => {
  await trx('calendar_addresses').insert({ id, person_id: person, token_hash: tokenHash, made_at: at });
};

/** Whose address it is, and when it was read last. */
export interface CalendarOwner {
  readonly address: string;
  readonly person: string;
  readonly name: string;
  readonly lastReadOn: string | null;
}

/** The owner of the address with that hash, locked; null where there is none, or the account is suspended. */
export const lockOwner = async (trx: Knex.Transaction, tokenHash: Buffer): Promise<CalendarOwner | null> => {
  const [found] = await rowsOf(
    z.strictObject({ address: z.string(), person: z.string(), name: z.string(), lastReadOn: day.nullable() }),
    trx('calendar_addresses as a')
      .join('people as p', 'p.id', 'a.person_id')
      .where('a.token_hash', tokenHash)
      .whereNull('p.suspended_at')
      .forUpdate('a')
      .select('a.id as address', 'p.id as person', 'p.name', 'a.last_read_on as lastReadOn'),
  );
  return found ?? null;
};

/** Notes that the address was read on that day. */
export const noteRead = async (trx: Knex.Transaction, person: string, today: string): Promise<void> => {
  await trx('calendar_addresses').where('person_id', person).update({ last_read_on: today });
};

const visit = z.strictObject({
  id: z.string(),
  reference: z.string(),
  date: day,
  from: z.string(),
  to: z.string(),
  /** How often it was changed. */
  sequence: whole,
  changedAt: moment,
  ended: z.boolean(),
});
/** When a visit is, and of which request: all that leaves by a calendar. */
export type CalendarVisit = z.infer<typeof visit>;

/** The visits since that day at which this person observes or is host, in their order. */
export const visitsOf = (db: Knex, person: string, since: string): Promise<CalendarVisit[]> =>
  rowsOf(
    visit,
    db.raw(
      `select v.id, r.reference, v.date, v.from_time as "from", v.to_time as "to",
          ${timesChanged} as sequence,
          ${changedLast} as "changedAt",
          v.ended_at is not null as ended
        from visits v join grants g on g.id = v.grant_id join requests r on r.id = g.request_id
        join people p on p.id = :person
        where v.date >= :since::date and (r.councillor_id = p.councillor_id or r.host_id = p.id)
        order by v.date, v.seq`,
      { person, since },
    ),
  );
