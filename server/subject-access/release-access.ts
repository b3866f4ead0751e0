import { inTransaction } from '../../db/core/connection.js';
import {
  findWeighed,
  lockAccess,
  releaseAccess as release,
} from '../../db/subject-access/access-requests.js';
import { authoriseTo, permit } from '../../policies/permission/permit.js';
import { releaseAccess as command } from '../../policies/subject-access/commands.js';
import { accessReleased } from '../../policies/subject-access/notices.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentRelease } from './bodies.js';

/**
 * A second person of Data Protection releases the file: each passage has a mark that stands, and none changes any more.
 * @param read the fingerprint of what they have read: what has changed since, they read again first
 * @returns its id
 * @throws NotFound; Forbidden by the rule `access_two_people`; Conflict by the rules `access_marks_changed` and
 *   `access_unmarked`
 */
export const releaseAccess = (ctx: Ctx, id: string, read: SentRelease): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    // Who may not read what is held learns no more than that.
    authoriseTo(command, ctx, await lockAccess(trx, ctx.ability, id));
    const weighed = await findWeighed(trx, ctx.ability, id);
    const { access, passages, fingerprint } = weighed;
    const unmarked = passages.filter(({ marked }) => marked === null).length;
    const acting = permit(command, ctx, access, {
      unmarked,
      shown: read.fingerprint,
      found: fingerprint,
    });
    await release(trx, weighed, { by: ctx.actor.id, acting, at: ctx.now() });
    const entry = record(trx, ctx, acting, {
      type: 'subject_access.released',
      subject: aboutCouncillor(access.councillorId),
      decision: { access: id, passages: passages.length },
    });
    notify(trx, ctx, entry, accessReleased(access.councillorId));
    return id;
  });
