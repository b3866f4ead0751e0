import { inTransaction } from '../../db/core/connection.js';
import { findRedaction, putTextBack as back } from '../../db/redaction/redactions.js';
import { permit } from '../../policies/permission/permit.js';
import { putBack as command } from '../../policies/redaction/commands.js';
import { textPutBack } from '../../policies/redaction/notices.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutText } from './about-text.js';

/**
 * Data Protection put a text back that was reported wrongly, with reasons (need-to-know.md, section 6a).
 * @returns the id of the report
 * @throws NotFound, Forbidden, Conflict
 */
export const putTextBack = (ctx: Ctx, id: string, reasons: string): Promise<string> => {
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const report = await findRedaction(trx, ctx.ability, id);
    const acting = permit(command, ctx, report, {});
    await back(trx, report.id, { by: ctx.actor.id, acting, at: ctx.now(), reasons });
    const entry = record(trx, ctx, acting, {
      type: 'redaction.put_back',
      subject: aboutText(report),
      decision: { redaction: report.id },
      reasons,
    });
    notify(trx, ctx, entry, textPutBack({ authorId: report.authorId, reporterId: report.personId }));
    return report.id;
  });
};
