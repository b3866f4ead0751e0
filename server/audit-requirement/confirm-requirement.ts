import { confirmRequirement as confirm, lockRequirement } from '../../db/audit-requirement/requirements.js';
import { inTransaction } from '../../db/core/connection.js';
import { confirmRequirement as command } from '../../policies/audit-requirement/commands.js';
import { requirementStands } from '../../policies/audit-requirement/notices.js';
import { requirementsReference } from '../../policies/core/notices.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * A second person confirms a requirement of Internal Audit: on its days the named auditor reads the named records in full.
 * @returns its id
 * @throws NotFound; Forbidden by the rules `requirement_two_people` and `requirement_own`; Conflict by `requirement_over`
 */
export const confirmRequirement = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const requirement = await lockRequirement(trx, ctx.ability, id);
    const acting = permit(command, ctx, requirement, {});
    await confirm(trx, id, { at: ctx.now(), by: ctx.actor.id, acting });
    const entry = record(trx, ctx, acting, {
      type: 'audit_requirement.confirmed',
      subject: requirementsReference,
      decision: { requirement: id, from: requirement.from, until: requirement.until },
    });
    notify(trx, ctx, entry, requirementStands(requirement.auditorId));
    return id;
  });
