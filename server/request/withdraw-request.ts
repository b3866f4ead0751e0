import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import { permit } from '../../policies/permission/permit.js';
import { withdraw } from '../../policies/request/commands.js';
import { withdrawn } from '../../policies/request/notices.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/** The councillor takes a request back before it is decided. A draft taken back is still theirs alone to read. */
export const withdrawRequest = (ctx: Ctx, reference: string, version: number): Promise<CaseFile> =>
  inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const acting = permit(withdraw, ctx, file, { version });
    await requests.save(trx, row.id, { status: 'withdrawn', withdrawnAt: ctx.now(), dueOn: null });
    const entry = record(trx, ctx, acting, {
      type: 'request.withdrawn',
      subject: reference,
      decision: { version },
    });
    if (row.submitted) notify(trx, ctx, entry, withdrawn(reference, row.hostId));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
