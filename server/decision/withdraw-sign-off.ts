import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { dueOf } from '../../policies/deadline/clock.js';
import { permit } from '../../policies/core/commands.js';
import { signOffEnded } from '../../policies/core/notices.js';
import { conflict } from '../../policies/core/rules.js';
import { seats } from '../../policies/core/subjects.js';
import type { CaseFile } from '../../policies/request/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { tell, trace } from '../case/trail.js';
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
    const acting = permit('withdraw_sign_off', ctx, row, { version: given.version, office });
    const voided = await signOffs.voidSeats(trx, row, {
      at: ctx.now(),
      because: 'withdrawn',
      office,
      reasons: given.reasons,
    });
    if (voided.length === 0) throw conflict('no_seat');
    await requests.save(trx, row.id, { actedBy: ctx.actor.id });
    const entry = trace(trx, ctx, acting, {
      type: 'request.seat_withdrawn',
      subject: reference,
      decision: { version: row.version },
      reasons: given.reasons,
    });
    const others = seats.filter((each) => each !== office);
    tell(trx, ctx, entry, signOffEnded(reference, others, dueOf(ctx.settings, row)?.at ?? null));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
