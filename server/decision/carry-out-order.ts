import { inTransaction } from '../../db/core/connection.js';
import { signing } from '../../db/decision/sign-offs.js';
import * as grants from '../../db/grant/grants.js';
import * as requests from '../../db/request/requests.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { londonDate } from '../../policies/core/time/london.js';
import { inDays } from '../../policies/core/words/in-days.js';
import { carryOut } from '../../policies/decision/commands.js';
import { orderedWindow } from '../../policies/decision/grant-window.js';
import { decided, decisionRecorded, visitExpected } from '../../policies/decision/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { signingOrdered, type SentArrangements } from './bodies.js';
import { textOfConditions } from './conditions.js';
import { makeGrant } from './make-grant.js';
import { entryOfSigned, signOffBy } from './seat.js';

/** The direction that the current version carries out; undefined where nothing is ordered. */
export const orderOf = ({ row, review }: CaseFile) =>
  review.directions.findLast(({ version }) => version === row.version - 1);

/** The decision on record of what is ordered: nobody judged the need again. */
const carriedOut = (file: CaseFile): string => {
  const order = orderOf(file);
  if (!order) throw new Error('An order that stands is on record.');
  return `Carried out: ${order.body}, ${inDays(order.date)}, ${order.minute}.`;
};

/**
 * Legal carries out an order of a court, or a decision of the council or of a committee with power, that the Monitoring
 * Officer recorded. The offices settle the arrangements within it alone: the conditions, the host, the days
 * (need-to-know.md, section 4).
 */
export const carryOutOrder = (ctx: Ctx, reference: string, sent: SentArrangements): Promise<CaseFile> => {
  screened(ctx, textOfConditions(sent));
  return inTransaction(ctx.db, async (trx) => {
    await grants.lockCouncillorOf(trx, reference);
    const { file } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const acting = permit(carryOut, ctx, file, { version: sent.version, categories: sent.categories });
    const window = orderedWindow(row.content.window, sent, londonDate(at));
    const signed = signOffBy(ctx, file, acting, signingOrdered(sent, carriedOut(file)));
    await signing(trx, row, signed);
    await requests.save(trx, row.id, {
      status: 'approved',
      decidedAt: at,
      dueOn: null,
      actedBy: ctx.actor.id,
    });
    const entry = record(trx, ctx, acting, {
      type: 'request.carried_out',
      subject: reference,
      ...entryOfSigned(signed),
    });
    await makeGrant(trx, ctx, acting, file, { given: sent, window, signed });
    notify(trx, ctx, entry, decided(reference, row.councillorId, null));
    notify(trx, ctx, entry, decisionRecorded(reference, null));
    if (row.hostId) notify(trx, ctx, entry, visitExpected(reference, row.hostId));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
