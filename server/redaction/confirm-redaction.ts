import { inTransaction } from '../../db/core/connection.js';
import { confirmRedaction as confirm, findRedaction } from '../../db/redaction/redactions.js';
import { permit } from '../../policies/permission/permit.js';
import { confirmRedaction as command } from '../../policies/redaction/commands.js';
import { textErased } from '../../policies/redaction/notices.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { aboutText } from './about-text.js';
import { readsText } from './reads-text.js';

/**
 * One of two people confirms that a text is erased; with the second it is gone from its row, from wherever else it
 * stands, and from the values of the trail, and a mark stays (need-to-know.md, section 6a).
 * @returns the id of the report
 * @throws NotFound, Forbidden, Conflict: by the rule `redaction_held` while a legal hold covers it
 */
export const confirmRedaction = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const report = await findRedaction(trx, ctx.ability, id);
    const reads = await readsText({ ...ctx, db: trx }, report, report.mark);
    const acting = permit(command, ctx, report, { reads });
    const status = await confirm(trx, report.id, { by: ctx.actor.id, acting, at: ctx.now() });
    const entry = record(trx, ctx, acting, {
      type: status === 'erased' ? 'redaction.erased' : 'redaction.confirmed',
      subject: aboutText(report),
      decision: { redaction: report.id },
    });
    if (status === 'erased')
      notify(trx, ctx, entry, textErased({ authorId: report.authorId, reporterId: report.personId }));
    return report.id;
  });
