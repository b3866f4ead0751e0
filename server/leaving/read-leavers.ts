import { findLeavers, mostWaiting, type Leavers } from '../../db/leaving/leavers.js';
import { recordedList } from '../../db/core/recorded.js';
import { londonDate } from '../../policies/core/time/london.js';
import { authorise } from '../../policies/permission/ability.js';
import { holdsOffice } from '../../policies/people/actor.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/**
 * Who leaves, and what waits for them by name. Those who hand on what is about requests read which they are; the
 * administrator, who reads no request, learns how much waits. The trail records the reading first.
 * @throws NotFound for a person who may not see it
 */
export const readLeavers = (ctx: Ctx): Promise<Leavers> => {
  authorise(ctx.ability, 'read', { kind: 'Leavers' });
  const names = (['childrens_services', 'democratic_services'] as const).some((office) =>
    holdsOffice(ctx.actor, office),
  );
  const entry = readingEntry(ctx, { type: 'leavers.read', subject: 'leavers' });
  const ask = recordedList(ctx.db, entry, { upTo: mostWaiting });
  return findLeavers(ctx.db, { today: londonDate(ctx.now()), names }, ask);
};
