import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import { returnToCouncillor } from '../../policies/request/commands.js';
import { paused, returned } from '../../policies/request/notices.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/** An office sends a request back with questions. The clock of the decision stands still until it returns. */
export const returnRequest = (
  ctx: Ctx,
  reference: string,
  version: number,
  questions: string,
): Promise<CaseFile> => {
  screened(ctx, { questions });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const acting = permit(returnToCouncillor, ctx, file, { version });
    const at = ctx.now();
    await requests.addReturn(trx, row, { questions, personId: ctx.actor.id, ...acting, at });
    const due =
      dueOf(ctx.settings, { ...row, status: 'returned', returns: [{ from: at, to: null }] })?.at ?? null;
    await requests.save(trx, row.id, { status: 'returned', dueOn: due, actedBy: ctx.actor.id });
    const entry = record(trx, ctx, acting, {
      type: 'request.returned',
      subject: reference,
      decision: { version, due },
      reasons: questions,
    });
    notify(trx, ctx, entry, returned(reference, row.councillorId, due));
    notify(trx, ctx, entry, paused(reference));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
