import { search, type TrailQuery, type TrailRow } from '../../db/audit/search.js';
import { inTransaction } from '../../db/connection.js';
import { findPerson } from '../../db/people.js';
import { authorise } from '../../policies/ability.js';
import type { Ctx } from '../context.js';
import { trace } from './trail.js';

/**
 * A page of the trail, newest first. Reading the trail is an entry on it too, which shows from the next
 * search on.
 * @param query an actor by id, by e-mail address or `system`
 * @throws NotFound for who may not read the trail
 */
export const searchTrail = (ctx: Ctx, query: TrailQuery): Promise<TrailRow[]> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Trail' });
    const person = query.actor?.includes('@') ? await findPerson(trx, query.actor) : null;
    const rows =
      query.actor?.includes('@') && !person
        ? []
        : await search(trx, { ...query, ...(person ? { actor: person.id } : {}) });
    await trace(trx, ctx, null, {
      type: 'audit.searched',
      subject: 'trail',
      decision: { shown: Math.min(rows.length, query.limit), type: query.type ?? null },
      ...(query.subject === undefined ? {} : { reasons: `subject ${query.subject}` }),
    });
    return rows;
  });
