import { findPersonOnRecord } from '../../../db/people/directory.js';
import type { Ctx } from '../../case/ctx.js';
import { presentPerson } from '../present.js';

/** The person that somebody has just changed, presented to them: the change is the entry on the trail. */
export const personAfter = async (ctx: Ctx, id: string) =>
  presentPerson(ctx, await findPersonOnRecord(ctx.db, ctx.ability, id));
