import { inTransaction } from '../../db/core/connection.js';
import { answerGist as write } from '../../db/review/hearings.js';
import * as requests from '../../db/request/requests.js';
import { permit } from '../../policies/permission/permit.js';
import { dueOf } from '../../policies/request/clock.js';
import { answerGist as command } from '../../policies/review/commands.js';
import { endedAt } from '../../policies/decision/hearing.js';
import { hearingAnswered } from '../../policies/review/notices.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentAnswer } from './bodies.js';

/** The councillor answers what they were told, once. The clock of the decision goes on. */
export const answerGist = (ctx: Ctx, reference: string, given: SentAnswer): Promise<CaseFile> => {
  screened(ctx, { text: given.text });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const { version } = row;
    const acting = permit(command, ctx, file, { version: given.version });
    await write(trx, row, { answer: given.text, at });
    const pauses = endedAt(row.pauses ?? [], at);
    const due = dueOf(ctx.settings, { ...row, pauses })?.at ?? null;
    await requests.save(trx, row.id, { dueOn: due });
    const entry = record(trx, ctx, acting, {
      type: 'hearing.answered',
      subject: reference,
      decision: { version, due },
      reasons: given.text,
    });
    // While it is with the councillor, what is due is theirs and not the decision.
    notify(trx, ctx, entry, hearingAnswered(reference, row.status === 'submitted' ? due : null));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
