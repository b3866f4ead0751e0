import { inTransaction } from '../../db/core/connection.js';
import * as grants from '../../db/grant/grants.js';
import * as requests from '../../db/request/requests.js';
import { signing } from '../../db/decision/sign-offs.js';
import { assertUnhindered, permit } from '../../policies/permission/permit.js';
import { decide, testOf } from '../../policies/decision/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { grantWindow } from '../../policies/decision/grant-window.js';
import { decided, decisionRecorded, visitExpected } from '../../policies/decision/notices.js';
import { timeToAsk } from '../../policies/review/review.js';
import { approves, refuses } from '../../policies/request/live-seat.js';
import { assertGroundsOfDecision } from '../../policies/decision/sign-off.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import type { SentDecision } from './bodies.js';
import { makeGrant } from './make-grant.js';
import { entryOfSigned, signOffBy, textOfSigned } from './seat.js';
import { lockLinks } from '../request/follows/assert-links.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/**
 * Legal approves or refuses, last, with reasons. An approval makes the grant, with the union of the three
 * offices' conditions; a refusal cites its grounds (need-to-know.md, section 4).
 */
export const decideRequest = (ctx: Ctx, reference: string, given: SentDecision): Promise<CaseFile> => {
  screened(ctx, textOfSigned(given));
  return inTransaction(ctx.db, async (trx) => {
    // A freeze by an incident and a new grant must come one after the other. Everything that acts on the grants of a
    // councillor, or on their papers, locks the councillor first.
    await grants.lockCouncillorOf(trx, reference);
    const { file } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const acting = permit(decide, ctx, file, given);
    const test = testOf(file);
    assertGroundsOfDecision(given, test);
    if (approves(given)) {
      const links = await lockLinks(trx, ctx.settings, row);
      assertUnhindered(decide, file, { ...given, office: acting.office, links });
    }
    const { window: asked } = row.content;
    const window = approves(given) && asked ? grantWindow(asked, given, londonDate(at)) : null;

    const signed = signOffBy(ctx, file, acting, given);
    await signing(trx, row, signed);
    await requests.save(trx, row.id, {
      status: approves(given) ? 'approved' : 'refused',
      decidedAt: at,
      dueOn: null,
      actedBy: ctx.actor.id,
    });
    const reviewBy = refuses(given) ? timeToAsk(ctx.settings, at).at : null;
    const { decision, ...words } = entryOfSigned(signed);
    const entry = record(trx, ctx, acting, {
      type: 'request.decided',
      subject: reference,
      decision: { ...decision, test: test.outcome, reviewBy },
      ...words,
    });
    if (window) await makeGrant(trx, ctx, acting, file, { given, window, signed });
    notify(trx, ctx, entry, decided(reference, row.councillorId, reviewBy));
    notify(trx, ctx, entry, decisionRecorded(reference, window ? null : row.hostId));
    if (window && row.hostId) notify(trx, ctx, entry, visitExpected(reference, row.hostId));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
