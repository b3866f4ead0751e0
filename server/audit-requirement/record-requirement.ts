import { auditorCalled, insertRequirement, recordsCalled } from '../../db/audit-requirement/requirements.js';
import { inTransaction } from '../../db/core/connection.js';
import { recordRequirement as command } from '../../policies/audit-requirement/commands.js';
import { requirementWaits } from '../../policies/audit-requirement/notices.js';
import { assertRequirement, requirementToRecord } from '../../policies/audit-requirement/requirement.js';
import { requirementsReference } from '../../policies/core/notices.js';
import { londonDate } from '../../policies/core/time/london.js';
import { authoriseAny, permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentRequirement } from './bodies.js';

/**
 * Democratic Services record that Internal Audit require named records for a named auditor, and from when until when.
 * Nothing opens until a second person confirms it; those who may are told.
 * @returns its id
 * @throws Forbidden; Invalid by the rule `audit_requirement`
 */
export const recordRequirement = (ctx: Ctx, given: SentRequirement): Promise<string> => {
  const { from, until, reasons } = given;
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    authoriseAny(command, ctx);
    const at = ctx.now();
    const today = londonDate(at);
    const auditor = await auditorCalled(trx, given.auditor, today);
    const references = [...new Set(given.references)];
    const records = await recordsCalled(trx, ctx.ability, references);
    const acting = permit(command, ctx, requirementToRecord(auditor?.id ?? '', ctx.actor.id), {});
    assertRequirement(
      { from, until, references },
      today,
      auditor,
      records.map(({ reference }) => reference),
    );
    const id = await insertRequirement(
      trx,
      { auditorId: auditor?.id ?? '', from, until, reasons, requests: records.map((each) => each.id) },
      { at, by: ctx.actor.id },
    );
    const entry = record(trx, ctx, acting, {
      type: 'audit_requirement.recorded',
      subject: requirementsReference,
      decision: { requirement: id, from, until, records: references },
      reasons,
    });
    notify(trx, ctx, entry, requirementWaits());
    return id;
  });
};
