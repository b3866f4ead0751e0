import type { Knex } from 'knex';
import { append } from '../../db/audit/append.js';
import { inTransaction } from '../../db/core/connection.js';
import type { Actor } from '../../policies/people/actor.js';

/** Records that a person has signed out. */
export const signOut = async (
  { db, now, settings }: { db: Knex; now: () => Date; settings?: number | undefined },
  actor: Actor,
): Promise<void> => {
  await inTransaction(db, (trx) =>
    append(trx, {
      type: 'session.signed_out',
      at: now(),
      actor: actor.id,
      actorName: actor.name,
      office: null,
      capacity: null,
      subject: actor.id,
      settings,
    }),
  );
};
