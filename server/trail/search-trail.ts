import { search, type TrailQuery, type TrailRow } from '../../db/audit/search.js';
import { recordedList } from '../../db/core/recorded.js';
import { anyoneOf } from '../../db/people/people.js';
import { authorise } from '../../policies/permission/ability.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';
import { toldTo } from './present/told-to.js';

/**
 * A page of the trail, newest first. Reading the trail is an entry on it too, which the next search shows.
 * @param query an actor by id, by e-mail address or `system`
 * @throws NotFound for a person who may not read the trail
 */
export const searchTrail = async (ctx: Ctx, query: TrailQuery): Promise<Shown<TrailRow>> => {
  authorise(ctx.ability, 'read', { kind: 'Trail' });
  const person = query.actor?.includes('@') ? await anyoneOf(ctx.db, query.actor) : null;
  const entry = readingEntry(ctx, {
    type: 'audit.searched',
    subject: 'trail',
    decision: { type: query.type ?? null, ...(query.subject === undefined ? {} : { about: query.subject }) },
  });
  // Each combination of search terms has a best plan of its own, by its values.
  const ask = recordedList(ctx.db, entry, { upTo: query.limit, plan: 'each time' });
  // The trail never holds an address as an actor: an address that nobody has finds nothing.
  const found = { ...query, limit: query.limit + 1, ...(person ? { actor: person } : {}) };
  return shown((await search(ctx.db, found, ask)).map(toldTo(ctx)), query.limit);
};
