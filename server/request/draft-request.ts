import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { draft } from '../../policies/request/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { ObservationRequest, RequestContent } from '../../policies/request/request.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { screened, textOfContent } from '../case/screened.js';
import { asCouncillor } from '../case/as-councillor.js';
import { assertLinks } from './follows/assert-links.js';
import { record } from '../case/record.js';

/**
 * A councillor in office begins a request. It may be incomplete, and its author alone reads it.
 * @returns the new reference
 * @throws Forbidden for anybody else, by `office` or `standing`; Invalid where text holds personal data
 */
export const draftRequest = (ctx: Ctx, content: RequestContent): Promise<CaseFile> => {
  screened(ctx, textOfContent(content));
  return inTransaction(ctx.db, async (trx) => {
    const { councillorId } = ctx.actor;
    authoriseTo(draft, ctx, toBe(councillorId ?? ''));
    if (councillorId === null) throw new Error('Anyone who begins a request is a councillor.');
    await assertLinks(trx, ctx.settings, { councillorId, reference: null }, content);
    const at = ctx.now();
    const reference = await requests.insert(trx, {
      councillorId,
      content,
      at,
      year: londonDate(at).slice(0, 4),
    });
    record(trx, ctx, asCouncillor, {
      type: 'request.drafted',
      subject: reference,
      decision: { version: 1 },
    });
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};

/** The row that is about to be, as far as a rule can ask about it. */
const toBe = (councillorId: string): ObservationRequest =>
  ({ kind: 'Request', councillorId, status: 'draft', submitted: false }) as ObservationRequest;
