import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { councillorExists } from '../../db/register/councillors.js';
import { lockGrantsOf } from '../../db/grant/grants.js';
import { insertHold } from '../../db/legal-hold/holds.js';
import * as requests from '../../db/request/requests.js';
import { conflictsWith } from '../../db/conflict/conflicts.js';
import { authorise } from '../../policies/permission/ability.js';
import { holdOn, type HeldOf } from '../../policies/legal-hold/legal-hold.js';
import { permit } from '../../policies/permission/permit.js';
import { place } from '../../policies/legal-hold/commands.js';
import { NotFound } from '../../policies/core/refusals.js';
import { invalid } from '../../policies/core/rules.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import type { SentHold } from './bodies.js';

interface About extends HeldOf {
  readonly requestId: number | null;
  readonly subject: string;
}

/**
 * Legal, the Monitoring Officer or Data Protection protect data from disposal, with reasons, until the hold is lifted
 * (need-to-know.md, section 8). It waits for a running disposal of the councillor's data.
 * @returns the hold's id
 * @throws NotFound, Forbidden, Invalid
 */
export const placeHold = (ctx: Ctx, given: SentHold): Promise<string> => {
  const { reasons, because = 'claim' } = given;
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Hold', councillorId: '' });
    const before = await aboutOf(trx, ctx, given);
    const acting = permit(place, ctx, holdOn(before ?? { councillorId: '', conflicts: [] }), {});
    if (before) await lockGrantsOf(trx, before.councillorId);
    // Whatever was disposed of meanwhile is not there any more.
    const about = before && (await aboutOf(trx, ctx, given));
    if (!about) throw nothingThere(given);
    const { councillorId, requestId, subject } = about;
    const done = { by: ctx.actor.id, acting, at: ctx.now(), reasons };
    const id = await insertHold(trx, { ...done, councillorId, requestId, because });
    record(trx, ctx, acting, { type: 'hold.placed', subject, decision: { hold: id, because }, reasons });
    return id;
  });
};

const nothingThere = ({ reference }: SentHold) =>
  invalid(
    'hold',
    reference === undefined
      ? [{ field: 'councillor', message: 'There is no such councillor.' }]
      : [{ field: 'reference', message: 'There is no such request that you may see.' }],
  );

/** Null if there is nothing of it that this person may see. */
const aboutOf = async (trx: Knex.Transaction, ctx: Ctx, given: SentHold): Promise<About | null> => {
  const { reference, councillor } = given;
  if (reference !== undefined) {
    try {
      const { councillorId, conflicts, id } = await requests.find(trx, ctx.ability, reference);
      return { councillorId, conflicts, requestId: id, subject: reference };
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  }
  const councillorId = councillor?.toLowerCase() ?? '';
  if (!(await councillorExists(trx, councillorId))) return null;
  const conflicts = await conflictsWith(trx, councillorId);
  return { councillorId, conflicts, requestId: null, subject: aboutCouncillor(councillorId) };
};
