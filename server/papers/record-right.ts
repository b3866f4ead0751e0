import { inTransaction } from '../../db/core/connection.js';
import * as papers from '../../db/papers/papers.js';
import * as requests from '../../db/request/requests.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import { recordRight as command } from '../../policies/papers/commands.js';
import { rightToConfirm } from '../../policies/papers/notices.js';
import { dueOfRecorded } from '../../policies/papers/recording.js';
import { claimedIn } from '../../policies/papers/right.js';
import { confirmersOf } from '../../policies/request/statutory-right.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentRight } from './bodies.js';

/**
 * Legal records whether the councillor has a statutory right to the papers: before anybody signs, of this version alone,
 * with reasons, the document and what the right hangs on. A right that this person cannot have is refused. It counts once
 * another person has confirmed it; only that nobody claimed a right and there is none counts at once
 * (need-to-know.md, section 3a).
 */
export const recordRight = (ctx: Ctx, reference: string, given: SentRight): Promise<CaseFile> => {
  screened(ctx, {
    reasons: given.reasons,
    document: given.document,
    'cites.body': given.cites?.body,
    'cites.scrutiny': given.cites?.scrutiny,
  });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const acting = permit(command, ctx, file, { version: given.version, by: ctx.actor.id });
    const at = ctx.now();
    const due = dueOfRecorded(given, {
      councillor: file.facts.councillor,
      settings: ctx.settings,
      receivedAt: row.submittedAt ?? row.createdAt,
      now: at,
    });
    const { version, right, reasons, document = null, cites = null } = given;
    const claimed = claimedIn(row.content);
    await papers.addRight(trx, row, {
      right,
      due,
      claimed,
      reasons,
      document,
      cites,
      personId: ctx.actor.id,
      capacity: acting.capacity,
      at,
    });
    const recorded = { right, claimed };
    const counts = right === 'none' && claimed === null;
    const dueOn =
      dueOf(ctx.settings, {
        ...row,
        statutoryRight: { ...recorded, due, counts, cites, reasoned: true, recordedBy: ctx.actor.id },
      })?.at ?? null;
    await requests.save(trx, row.id, { dueOn, actedBy: ctx.actor.id });
    keepReading(trx, ctx, row);
    const entry = record(trx, ctx, acting, {
      type: 'right.recorded',
      subject: reference,
      decision: { version, right, claimed, due, cites: cites?.kind ?? null },
    });
    if (!counts) notify(trx, ctx, entry, rightToConfirm(reference, confirmersOf(recorded), due));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
