import { inTransaction } from '../../db/core/connection.js';
import { markCondition as mark } from '../../db/grant/grant-ends.js';
import { lockRecord } from '../../db/grant/grants.js';
import { grantAt } from '../../policies/grant/grant-record.js';
import { permit } from '../../policies/permission/permit.js';
import { markCondition as command } from '../../policies/grant/commands.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Condition } from '../../policies/grant/condition.js';
import type { Ctx } from '../case/ctx.js';
import { keepsReading } from '../case/keeps-reading.js';
import { record } from '../case/record.js';

/**
 * Marks a condition: met, breached, or open again. Its owner decides who may mark it
 * (policies/grant/grant-conditions.ts).
 * @returns the grant's id
 */
export const markCondition = (
  ctx: Ctx,
  id: string,
  conditionId: string,
  state: Condition['state'],
): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const known = await lockRecord(trx, ctx.ability, id);
    const at = ctx.now();
    const grant = grantAt(known, at);
    const condition = grant.conditions.find((each) => each.id === conditionId.toLowerCase());
    if (!condition) throw new NotFound();
    const acting = permit(command, ctx, grant, { now: at, condition });
    await mark(trx, condition.id, {
      state,
      at,
      by: ctx.actor.id,
      office: acting.office,
      capacity: acting.capacity,
    });
    keepsReading(trx, ctx, acting, grant.reference);
    record(trx, ctx, acting, {
      type: 'grant.condition_marked',
      subject: grant.reference,
      decision: { condition: condition.id, owner: condition.owner, before: condition.before, state },
    });
    return grant.id;
  });
