import { inTransaction } from '../../db/core/connection.js';
import * as papers from '../../db/papers/papers.js';
import * as requests from '../../db/request/requests.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import { recordRight as command } from '../../policies/papers/commands.js';
import { seatsVoided, signOffEnded } from '../../policies/decision/notices.js';
import { papersDue } from '../../policies/papers/notices.js';
import { assertRight } from '../../policies/papers/papers.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentRight } from './bodies.js';
import { endLifts } from '../need-to-know/follows/end-lifts.js';

/**
 * Legal records whether the councillor has a statutory right to the papers: before anybody signs, and of
 * this version alone. Where there is one they are released under it, with its own due date and outside the
 * test, and sign-offs that stand are void (need-to-know.md, section 3).
 */
export const recordRight = (ctx: Ctx, reference: string, given: SentRight): Promise<CaseFile> =>
  inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const acting = permit(command, ctx, file, { version: given.version });
    const at = ctx.now();
    assertRight(given, at);
    const { version, right, due = null } = given;
    await papers.addRight(trx, row, {
      right,
      due,
      personId: ctx.actor.id,
      capacity: acting.capacity,
      at,
    });
    const dueOn = dueOf(ctx.settings, { ...row, statutoryRight: { right, due } })?.at ?? null;
    await requests.save(trx, row.id, { dueOn, actedBy: ctx.actor.id });
    const entry = record(trx, ctx, acting, {
      type: 'right.recorded',
      subject: reference,
      decision: { version, right, due },
    });
    if (right === 'none') return caseFileAfter({ ...ctx, db: trx }, reference);
    for (const notice of papersDue(reference, row.councillorId, due)) notify(trx, ctx, entry, notice);
    if (row.lifts.length > 0) await endLifts(trx, ctx, acting, row, 'right_recorded');
    const voided = await signOffs.voidSeats(trx, row, { at, because: 'right_recorded' });
    if (voided.length === 0) return caseFileAfter({ ...ctx, db: trx }, reference);
    const offices = voided.map(({ office }) => office).toSorted();
    const ended = record(trx, ctx, acting, {
      type: 'request.seats_voided',
      subject: reference,
      decision: { version, offices, because: 'right_recorded' },
    });
    const people = voided.map(({ personId }) => personId);
    // There is nothing to sign any more, and so nothing that is due of them.
    notify(trx, ctx, ended, { ...seatsVoided(reference, people, null), action: 'read' });
    if (voided.length > 1) notify(trx, ctx, ended, signOffEnded(reference, ['legal'], null));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
