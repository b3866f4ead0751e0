import { isDeepStrictEqual } from 'node:util';
import * as assessments from '../../db/need-to-know/assessments.js';
import { inTransaction } from '../../db/core/connection.js';
import { together } from '../../db/core/together.js';
import * as requests from '../../db/request/requests.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { dueOf } from '../../policies/request/clock.js';
import { endedAt } from '../../policies/decision/hearing.js';
import { permit } from '../../policies/permission/permit.js';
import { edit } from '../../policies/request/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { seatsVoided } from '../../policies/decision/notices.js';
import { edited } from '../../policies/request/notices.js';
import { assertComplete } from '../../policies/request/submission.js';
import type { RequestContent } from '../../policies/request/request.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { assertLinks } from './follows/assert-links.js';
import { openPapers } from '../papers/follows/open-papers.js';
import { screened, textOfContent } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { endLifts } from '../need-to-know/follows/end-lifts.js';

/**
 * The councillor changes a request. Top-level fields are replaced; an edit without a change makes no version. After
 * submission every edit is material: it makes a new version, voids the sign-offs, and carries the answers over for
 * confirmation (need-to-know.md, section 4).
 */
export const editRequest = (
  ctx: Ctx,
  reference: string,
  version: number,
  changes: RequestContent,
): Promise<CaseFile> => {
  screened(ctx, textOfContent(changes));
  return inTransaction(ctx.db, async (trx) => {
    const { file, record: known } = await holdCase(trx, ctx, reference);
    const { row } = file;
    const acting = permit(edit, ctx, file, { version });
    const content: RequestContent = { ...row.content, ...changes };
    if (isDeepStrictEqual(content, row.content)) {
      // Nothing changes, and yet the request is shown: that is a reading.
      record(trx, ctx, acting, { type: 'request.read', subject: reference, decision: { version } });
      return caseFileAfter({ ...ctx, db: trx }, reference);
    }
    await assertLinks(trx, ctx.settings, row, content);
    const at = ctx.now();
    if (row.status === 'submitted') {
      assertComplete(content, {
        settings: ctx.settings,
        councillor: file.councillor,
        today: londonDate(at),
      });
    }
    const voided = row.seats.length > 0 ? await signOffs.voidSeats(trx, row, { at, because: 'edited' }) : [];
    if (row.lifts.length > 0) await endLifts(trx, ctx, acting, row, 'edited');
    // A right was recorded for the papers as they were: of these, Legal says afresh. A hearing ends with its version.
    const pauses = endedAt(row.pauses ?? [], at);
    const due = dueOf(ctx.settings, { ...row, pauses, statutoryRight: null })?.at ?? null;
    const next = row.version + 1;
    const dueOn = row.status === 'submitted' ? due : undefined;
    await together(trx, requests.addingVersion(trx, row, { content, at, dueOn }));
    if (known.given.length > 0) await assessments.carryOver(trx, row.id, row.version, next);
    const entry = record(trx, ctx, acting, {
      type: 'request.edited',
      subject: reference,
      decision: { version: next, fields: Object.keys(changes).toSorted() },
    });
    if (voided.length > 0) {
      const offices = voided.map(({ office }) => office).toSorted();
      const because = record(trx, ctx, acting, {
        type: 'request.seats_voided',
        subject: reference,
        decision: { version: row.version, offices, because: 'edited' },
      });
      notify(
        trx,
        ctx,
        because,
        seatsVoided(
          reference,
          voided.map(({ personId }) => personId),
          due,
        ),
      );
    }
    if (row.status === 'submitted') {
      notify(trx, ctx, entry, edited(reference, due));
      await openPapers(trx, ctx, row, content);
    }
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
