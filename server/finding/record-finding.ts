import { inTransaction } from '../../db/core/connection.js';
import { insertFinding, lockSubject } from '../../db/finding/findings.js';
import { lockCouncillor } from '../../db/register/register.js';
import { NotFound } from '../../policies/core/refusals.js';
import { londonDate } from '../../policies/core/time/london.js';
import { assertFinding } from '../../policies/finding/finding.js';
import { recordFinding as command } from '../../policies/finding/commands.js';
import { findingRecorded } from '../../policies/finding/notices.js';
import { authoriseTo, givesAny, permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentFinding } from './bodies.js';

/**
 * The Monitoring Officer records a finding of a breach of confidentiality. The councillor is told.
 * @returns its id
 * @throws NotFound where there is no such councillor, or this person may not know of them; Invalid by the rule `finding`
 */
export const recordFinding = (ctx: Ctx, councillorId: string, given: SentFinding): Promise<string> => {
  screened(ctx, { body: given.body, minute: given.minute });
  return inTransaction(ctx.db, async (trx) => {
    const subject = { kind: 'Finding', councillorId } as const;
    if (!givesAny(command, ctx)) {
      await lockCouncillor(trx, ctx.ability, councillorId);
      authoriseTo(command, ctx, subject);
    }
    if (!(await lockSubject(trx, councillorId))) throw new NotFound();
    const acting = permit(command, ctx, subject, {});
    const at = ctx.now();
    assertFinding(given, londonDate(at));
    const id = await insertFinding(trx, councillorId, given, { at, by: ctx.actor.id });
    const entry = record(trx, ctx, acting, {
      type: 'finding.recorded',
      subject: `councillor:${councillorId}`,
      decision: { date: given.date, until: given.until },
    });
    notify(trx, ctx, entry, findingRecorded(councillorId));
    return id;
  });
};
