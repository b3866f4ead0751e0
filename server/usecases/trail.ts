import type { Knex } from 'knex';
import { append, type Entry } from '../../db/audit/append.js';
import { enqueue } from '../../db/outbox.js';
import { recipientsOf } from '../../db/people.js';
import type { Notice } from '../../policies/notices.js';
import type { Acting, Actor } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';

type Happening = Pick<Entry, 'type' | 'subject' | 'decision' | 'reasons'>;

/** For which office somebody reads: the first they hold, as the database orders them. */
const asReader = ({ holdings: [first] }: Actor): Acting | null =>
  first ? { office: first.office, capacity: first.capacity, deputyFor: first.deputyFor ?? null } : null;

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
): Promise<string> => {
  const acting = given ?? asReader(ctx.actor);
  return append(trx, {
    ...happening,
    at: ctx.now(),
    actor: ctx.actor.id,
    actorName: ctx.actor.name,
    office: acting?.office ?? null,
    capacity: acting?.capacity ?? null,
    ...(acting?.deputyFor ? { details: { deputyFor: acting.deputyFor.name } } : {}),
  });
};

/**
 * Puts a notice into the outbox for each person it goes to, once, and never for the one who acted.
 * @param because the entry on the trail that it tells of: with the person it makes the message's key
 */
export const tell = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  because: string,
  notice: Notice,
): Promise<void> => {
  const people = await recipientsOf(trx, notice.to);
  await enqueue(
    trx,
    people
      .filter((person) => person !== ctx.actor.id)
      .map((toPerson) => ({
        key: `${because}:${notice.kind}:${toPerson}`,
        toPerson,
        kind: notice.kind,
        reference: notice.reference,
        action: notice.action,
        ...(notice.due === null ? {} : { due: notice.due }),
      })),
    ctx.now(),
  );
};
