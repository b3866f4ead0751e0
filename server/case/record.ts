import type { Knex } from 'knex';
import { append, type Entry, type KnownEntry } from '../../db/audit/append.js';
import { recordLast } from '../../db/core/closing.js';
import type { Acting, Actor, Holding } from '../../policies/people/actor.js';
import type { Ctx } from './ctx.js';

type Happening = Pick<Entry, 'type' | 'subject' | 'decision' | 'reasons' | 'details'>;

const acting = (held: Holding | undefined): Acting | null =>
  held ? { office: held.office, capacity: held.capacity, deputyFor: held.deputyFor ?? null } : null;

/** For which office somebody reads: the first they hold, as the database orders them. */
const asReader = ({ holdings }: Actor): Acting | null => acting(holdings[0]);

/** As whom somebody keeps the list of deputies, absences and conflicts: Democratic Services, or for oneself. */
export const asKeeper = (actor: Actor): Acting | null =>
  acting(actor.holdings.find(({ office }) => office === 'democratic_services') ?? actor.holdings[0]);

const entryOf = (ctx: Ctx, given: Acting | null, happening: Happening): KnownEntry => {
  const as = given ?? asReader(ctx.actor);
  return {
    ...happening,
    at: ctx.now(),
    settings: ctx.settings.revision,
    actor: ctx.actor.id,
    actorName: ctx.actor.name,
    office: as?.office ?? null,
    capacity: as?.capacity ?? null,
    ...(as?.deputyFor ? { details: { ...happening.details, deputyFor: as.deputyFor.name } } : {}),
  };
};

/**
 * The entry that a reading leaves, for a statement that reads and records together.
 * @param given as whom it is read, where that is not the first office the reader holds
 */
export const readingEntry = (ctx: Ctx, happening: Happening, given: Acting | null = null): KnownEntry =>
  entryOf(ctx, given, happening);

/**
 * Puts a reading on the trail in a statement of its own, once everything was read and before any of it is answered:
 * where what the entry says is worked out from what was read. In a transaction it is written with all that it writes
 * last.
 * @param given as `readingEntry`
 * @throws NotRecorded
 */
export const recordReading = async (
  ctx: Ctx,
  happening: Happening,
  given: Acting | null = null,
): Promise<void> => {
  const entry = entryOf(ctx, given, happening);
  if (ctx.db.isTransaction) recordLast(ctx.db as Knex.Transaction, entry);
  else await append(ctx.db, entry);
};

/**
 * Writes what happened on the trail, in the transaction of the change or the read: who, for which office,
 * in what capacity, when and why. It is sent with all else that the transaction writes last (db/core/closing.ts).
 * @param given as whom a command is given; null for a reading
 * @returns the entry's id
 */
export const record = (trx: Knex.Transaction, ctx: Ctx, given: Acting | null, happening: Happening): string =>
  recordLast(trx, entryOf(ctx, given, happening));
