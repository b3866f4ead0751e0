import { inTransaction } from '../../db/connection.js';
import * as requests from '../../db/requests.js';
import { authorise } from '../../policies/ability.js';
import { londonDate } from '../../policies/london.js';
import { forbid } from '../../policies/rules.js';
import type { ObservationRequest, RequestContent } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';
import { screened, textOfContent } from '../casework/screened.js';
import { asCouncillor } from '../casework/as-councillor.js';
import { assertLinks } from '../casework/assert-links.js';
import { trace } from '../casework/trail.js';

/**
 * A councillor in office begins a request. It may be incomplete, and its author alone reads it.
 * @returns the new reference
 * @throws Forbidden for anybody else, by `office` or `standing`; Invalid where text holds personal data
 */
export const draftRequest = (ctx: Ctx, content: RequestContent): Promise<string> => {
  screened(ctx, textOfContent(content));
  return inTransaction(ctx.db, async (trx) => {
    const { councillorId } = ctx.actor;
    if (councillorId === null) throw forbid('office');
    authorise(ctx.ability, 'create', toBe(councillorId));
    await assertLinks(trx, ctx.settings, { councillorId, reference: null }, content);
    const at = ctx.now();
    const reference = await requests.insert(trx, {
      councillorId,
      content,
      at,
      year: londonDate(at).slice(0, 4),
    });
    await trace(trx, ctx, asCouncillor, {
      type: 'request.drafted',
      subject: reference,
      decision: { version: 1 },
    });
    return reference;
  });
};

/** The row that is about to be, as far as a rule can ask about it. */
const toBe = (councillorId: string): ObservationRequest =>
  ({ kind: 'Request', councillorId, status: 'draft', submitted: false }) as ObservationRequest;
