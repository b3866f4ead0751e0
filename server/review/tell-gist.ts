import { inTransaction } from '../../db/core/connection.js';
import { tellGist as write } from '../../db/review/hearings.js';
import * as requests from '../../db/request/requests.js';
import { permit } from '../../policies/permission/permit.js';
import { dueOf } from '../../policies/request/clock.js';
import { tellGist as command } from '../../policies/review/commands.js';
import { heldAgainst, pauseOf, timeToAnswer } from '../../policies/decision/hearing.js';
import { hearingTold } from '../../policies/review/notices.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentGist } from './bodies.js';

/**
 * Before a refusal on purpose, a personal link or conduct, Legal tell the councillor the gist. They have five working days
 * to answer, and the clock of the decision stands still until they have, or until those days are over.
 */
export const tellGist = (ctx: Ctx, reference: string, given: SentGist): Promise<CaseFile> => {
  screened(ctx, { gist: given.gist });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const { version } = row;
    const acting = permit(command, ctx, file, { version: given.version });
    const due = timeToAnswer(ctx.settings, at).at ?? '';
    const hearing = {
      version,
      matters: heldAgainst(file),
      toldAt: at,
      dueOn: due,
      answeredAt: null,
      endedAt: null,
    };
    await write(trx, row, {
      ...hearing,
      gist: given.gist,
      personId: ctx.actor.id,
      capacity: acting.capacity,
    });
    const pauses = [...(row.pauses ?? []), pauseOf(hearing)];
    await requests.save(trx, row.id, {
      dueOn: dueOf(ctx.settings, { ...row, pauses })?.at ?? null,
      actedBy: ctx.actor.id,
    });
    const entry = record(trx, ctx, acting, {
      type: 'hearing.told',
      subject: reference,
      decision: { version, due },
      reasons: given.gist,
    });
    notify(trx, ctx, entry, hearingTold(reference, row.councillorId, due));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
