import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import { withdrawSignOff as command } from '../../policies/decision/commands.js';
import { signOffEnded } from '../../policies/decision/notices.js';
import { seats } from '../../policies/core/office.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentWithdrawal } from './bodies.js';

/** An office takes its sign-off back, with reasons, before the decision. It stays on the record as voided. */
export const withdrawSignOff = (
  ctx: Ctx,
  reference: string,
  office: 'childrens_services' | 'democratic_services',
  given: SentWithdrawal,
): Promise<CaseFile> => {
  screened(ctx, { reasons: given.reasons });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const acting = permit(command, ctx, file, { version: given.version, office });
    await signOffs.voidSeats(trx, row, {
      at: ctx.now(),
      because: 'withdrawn',
      office,
      reasons: given.reasons,
    });
    await requests.save(trx, row.id, { actedBy: ctx.actor.id });
    const entry = record(trx, ctx, acting, {
      type: 'request.seat_withdrawn',
      subject: reference,
      decision: { version: row.version },
      reasons: given.reasons,
    });
    const others = seats.filter((each) => each !== office);
    notify(trx, ctx, entry, signOffEnded(reference, others, dueOf(ctx.settings, row)?.at ?? null));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
