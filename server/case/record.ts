import type { Knex } from 'knex';
import { append, type Entry, type KnownEntry } from '../../db/audit/append.js';
import { recordLast } from '../../db/core/closing.js';
import { requirementFor, type Acting, type Actor, type Holding } from '../../policies/people/actor.js';
import type { Ctx, Doing } from './ctx.js';

type Happening = Pick<Entry, 'type' | 'subject' | 'decision' | 'reasons' | 'details'>;

const acting = (held: Holding | undefined): Acting | null =>
  held ? { office: held.office, capacity: held.capacity, deputyFor: held.deputyFor ?? null } : null;

/** For which office somebody reads: the first they hold, as the database orders them. */
export const asReader = ({ holdings }: Actor): Acting | null => acting(holdings[0]);

/**
 * The office or capacity in which a person keeps deputies, absences and conflicts: Democratic Services, or for
 * themselves.
 */
export const asKeeper = (actor: Actor): Acting | null =>
  acting(actor.holdings.find(({ office }) => office === 'democratic_services') ?? actor.holdings[0]);

/** The kinds of caution that a person confirmed: on the record of what they did, never of what they read. */
const confirmedIn = ({ weighed }: Doing) =>
  weighed && weighed.confirmed.length > 0 ? { considered: weighed.confirmed } : {};

const entryOf = (ctx: Doing, given: Acting | null, happening: Happening): KnownEntry => {
  const as = given ?? asReader(ctx.actor);
  return {
    ...happening,
    at: ctx.now(),
    settings: ctx.settings.revision,
    actor: ctx.actor.id,
    actorName: ctx.actor.name,
    office: as?.office ?? null,
    capacity: as?.capacity ?? null,
    ...(given?.proof || ctx.token
      ? {
          decision: {
            ...happening.decision,
            ...(given?.proof && { proof: given.proof }),
            ...(ctx.token && { token: ctx.token.id }),
          },
        }
      : {}),
    ...(as?.deputyFor ? { details: { ...happening.details, deputyFor: as.deputyFor.name } } : {}),
  };
};

/** A reading with the requirement of Internal Audit that opens what is read to this auditor. */
const underRequirement = ({ actor }: Doing, happening: Happening): Happening => {
  const requirement = requirementFor(actor, happening.subject);
  return requirement === null
    ? happening
    : { ...happening, decision: { ...happening.decision, requirement } };
};

/**
 * The entry of a reading, for a statement that reads and records together.
 * @param given the office and capacity of the reader, if not the first office they hold
 */
export const readingEntry = (ctx: Ctx, happening: Happening, given: Acting | null = null): KnownEntry =>
  entryOf(ctx, given, underRequirement(ctx, happening));

/**
 * Records a reading in a statement of its own, after the reading and before the answer, if the entry depends on what
 * was read. In a transaction it goes with the last writes.
 * @param given as in `readingEntry`
 * @throws NotRecorded
 */
export const recordReading = async (
  ctx: Ctx,
  happening: Happening,
  given: Acting | null = null,
): Promise<void> => {
  const entry = entryOf(ctx, given, underRequirement(ctx, happening));
  if (ctx.db.isTransaction) recordLast(ctx.db as Knex.Transaction, entry);
  else await append(ctx.db, entry);
};

/**
 * Records a change or a reading on the trail, in its transaction: who, for which office, in what capacity, when and
 * why. It is sent with the transaction's last writes (db/core/closing.ts).
 * @param given the office and capacity of the command; null for a reading
 * @returns the entry's id
 */
export const record = (
  trx: Knex.Transaction,
  ctx: Doing,
  given: Acting | null,
  happening: Happening,
): string => {
  const confirmed = confirmedIn(ctx);
  const decision = { ...happening.decision, ...confirmed };
  return recordLast(
    trx,
    entryOf(ctx, given, Object.keys(confirmed).length > 0 ? { ...happening, decision } : happening),
  );
};
