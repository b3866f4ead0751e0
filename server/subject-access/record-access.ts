import { inTransaction } from '../../db/core/connection.js';
import { lockSubject } from '../../db/finding/findings.js';
import { insertAccess } from '../../db/subject-access/access-requests.js';
import { londonDate } from '../../policies/core/time/london.js';
import { invalid } from '../../policies/core/rules.js';
import { permit } from '../../policies/permission/permit.js';
import { accessDue, accessOf, assertReceived } from '../../policies/subject-access/access-request.js';
import { recordAccess as command } from '../../policies/subject-access/commands.js';
import { accessRecorded } from '../../policies/subject-access/notices.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentAccess } from './bodies.js';

/**
 * Data Protection record a subject access request: when it came, who asked, and that their identity was checked. From
 * then on nothing of the councillor is erased until it is released (Data Protection Act 2018, section 173).
 * @returns its id
 * @throws Forbidden; Invalid by the rule `access_request`
 */
export const recordAccess = (ctx: Ctx, given: SentAccess): Promise<string> => {
  screened(ctx, { by: given.by });
  return inTransaction(ctx.db, async (trx) => {
    const councillorId = given.councillor.toLowerCase();
    const { receivedOn } = given;
    const acting = permit(command, ctx, accessOf(councillorId), {});
    const at = ctx.now();
    assertReceived(receivedOn, londonDate(at));
    // Somebody who erases something of theirs at the same time waits here, or is waited for.
    if (!(await lockSubject(trx, councillorId)))
      throw invalid('access_request', [{ field: 'councillor', message: 'There is no such councillor.' }]);
    const id = await insertAccess(trx, {
      councillorId,
      receivedOn,
      askedBy: given.by,
      by: ctx.actor.id,
      at,
    });
    const entry = record(trx, ctx, acting, {
      type: 'subject_access.recorded',
      subject: aboutCouncillor(councillorId),
      decision: { access: id, receivedOn },
    });
    const due = accessDue(ctx.settings, { receivedOn, extendedAt: null }).at;
    notify(trx, ctx, entry, accessRecorded(councillorId, due));
    return id;
  });
};
