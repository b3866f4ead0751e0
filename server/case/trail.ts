import type { Knex } from 'knex';
import { append, type Entry } from '../../db/audit/append.js';
import { enqueue } from '../../db/core/outbox.js';
import { recipientsOf } from '../../db/people/people.js';
import { londonDate } from '../../policies/core/london.js';
import type { Notice } from '../../policies/core/notices.js';
import type { Acting, Actor, Holding } from '../../policies/core/subjects.js';
import type { Ctx } from './ctx.js';

type Happening = Pick<Entry, 'type' | 'subject' | 'decision' | 'reasons' | 'details'>;

const acting = (held: Holding | undefined): Acting | null =>
  held ? { office: held.office, capacity: held.capacity, deputyFor: held.deputyFor ?? null } : null;

/** For which office somebody reads: the first they hold, as the database orders them. */
const asReader = ({ holdings }: Actor): Acting | null => acting(holdings[0]);

/** As whom somebody keeps the list of deputies, absences and conflicts: Democratic Services, or for oneself. */
export const asKeeper = (actor: Actor): Acting | null =>
  acting(actor.holdings.find(({ office }) => office === 'democratic_services') ?? actor.holdings[0]);

const entryOf = (ctx: Ctx, given: Acting | null, happening: Happening): Entry => {
  const as = given ?? asReader(ctx.actor);
  return {
    ...happening,
    at: ctx.now(),
    actor: ctx.actor.id,
    actorName: ctx.actor.name,
    office: as?.office ?? null,
    capacity: as?.capacity ?? null,
    ...(as?.deputyFor ? { details: { ...happening.details, deputyFor: as.deputyFor.name } } : {}),
  };
};

/** The entry that a reading leaves, for a statement that reads and records together. */
export const readingEntry = (ctx: Ctx, happening: Happening): Entry => entryOf(ctx, null, happening);

/**
 * Writes what happened on the trail, in the transaction of the change or the read: who, for which office,
 * in what capacity, when and why.
 * @param given as whom a command is given; null for a reading
 * @returns the entry's id
 */
export const trace = (
  trx: Knex.Transaction,
  ctx: Ctx,
  given: Acting | null,
  happening: Happening,
): Promise<string> => append(trx, entryOf(ctx, given, happening));

/**
 * Puts a notice into the outbox for each person it goes to, once; for the one who acted only where it
 * acknowledges what they did.
 * @param because the entry on the trail that it tells of: with the person it makes the message's key
 */
export const tell = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  because: string,
  notice: Notice,
): Promise<void> => {
  const people = await recipientsOf(trx, notice.to, londonDate(ctx.now()));
  await enqueue(
    trx,
    people
      .filter((person) => notice.acknowledges || person !== ctx.actor.id)
      .map((toPerson) => ({
        key: [because, notice.kind, ...(notice.visitId === undefined ? [] : [notice.visitId]), toPerson].join(
          ':',
        ),
        toPerson,
        kind: notice.kind,
        reference: notice.reference,
        action: notice.action,
        ...(notice.due === null ? {} : { due: notice.due }),
        ...(notice.visitId === undefined ? {} : { visitId: notice.visitId }),
      })),
    ctx.now(),
  );
};
