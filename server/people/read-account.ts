import { officesOfPerson } from '../../db/people/directory.js';
import { stateOf } from '../../policies/office/office-held.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Ctx } from '../case/ctx.js';

/** Somebody’s own account: their offices, those included that wait for a second person. */
export const readAccount = async ({ db, actor, now }: Ctx) => {
  const held = await officesOfPerson(db, actor.id);
  return {
    name: actor.name,
    email: actor.email,
    offices: held.map((each) => ({
      office: each.office,
      capacity: each.capacity,
      head: each.head,
      from: each.from,
      to: each.to,
      state: stateOf(each, londonDate(now())),
    })),
  };
};
