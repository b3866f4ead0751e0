import { inTransaction } from '../../db/core/connection.js';
import { heldOn } from '../../db/subject-access/subject-access.js';
import { NotFound } from '../../policies/core/refusals.js';
import { permit } from '../../policies/core/permit.js';
import { give } from '../../policies/subject-access/commands.js';
import { leftOut } from '../../policies/subject-access/subject-access.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import { trace } from '../case/trail.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Everything that is held on one councillor, to be given out to them; that it was given is on the trail before it is
 * answered (UK GDPR, Article 15). @throws NotFound, Forbidden
 */
export const giveSubjectAccess = (ctx: Ctx, id: string) =>
  inTransaction(ctx.db, async (trx) => {
    const councillorId = id.toLowerCase();
    const acting = permit(give, ctx, { kind: 'SubjectAccess', councillorId }, {});
    const held = await heldOn(trx, councillorId);
    if (!held) throw new NotFound();
    const madeAt = ctx.now();
    trace(trx, ctx, acting, { type: 'subject_access.given', subject: aboutCouncillor(councillorId) });
    return { madeAt, ...held, leftOut };
  });
