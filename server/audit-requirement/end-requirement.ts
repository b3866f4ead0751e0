import { endRequirement as end, lockRequirement } from '../../db/audit-requirement/requirements.js';
import { inTransaction } from '../../db/core/connection.js';
import { endRequirement as command } from '../../policies/audit-requirement/commands.js';
import { requirementEnded } from '../../policies/audit-requirement/notices.js';
import { requirementsReference } from '../../policies/core/notices.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';

/**
 * Ends a requirement of Internal Audit, with reasons: its records close with the auditor’s next call.
 * @returns its id
 * @throws NotFound, Forbidden; Conflict by the rule `requirement_over`
 */
export const endRequirement = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const requirement = await lockRequirement(trx, ctx.ability, id);
    const acting = permit(command, ctx, requirement, {});
    await end(trx, id, { at: ctx.now(), by: ctx.actor.id, reasons });
    const entry = record(trx, ctx, acting, {
      type: 'audit_requirement.ended',
      subject: requirementsReference,
      decision: { requirement: id },
      reasons,
    });
    notify(trx, ctx, entry, requirementEnded(requirement.auditorId));
    return id;
  });
};
