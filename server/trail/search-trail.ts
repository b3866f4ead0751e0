import { search, type TrailQuery, type TrailRow } from '../../db/audit/search.js';
import { inTransaction } from '../../db/core/connection.js';
import { anyoneOf } from '../../db/people/people.js';
import { authorise } from '../../policies/core/ability.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';

/**
 * A page of the trail, newest first. Reading the trail is an entry on it too, which shows from the next
 * search on.
 * @param query an actor by id, by e-mail address or `system`
 * @throws NotFound for who may not read the trail
 */
export const searchTrail = (ctx: Ctx, query: TrailQuery): Promise<Shown<TrailRow>> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Trail' });
    const person = query.actor?.includes('@') ? await anyoneOf(trx, query.actor) : null;
    const rows =
      query.actor?.includes('@') && !person
        ? []
        : await search(trx, { ...query, limit: query.limit + 1, ...(person ? { actor: person } : {}) });
    const page = shown(rows, query.limit);
    trace(trx, ctx, null, {
      type: 'audit.searched',
      subject: 'trail',
      decision: { shown: page.items.length, type: query.type ?? null },
      ...(query.subject === undefined ? {} : { reasons: `subject ${query.subject}` }),
    });
    return page;
  });
