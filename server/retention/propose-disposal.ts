import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { insertDisposal } from '../../db/retention/disposals.js';
import { messagesBefore, retentionSchedule } from '../../db/retention/retention.js';
import { authorise } from '../../policies/permission/ability.js';
import { assertUnhindered, permit } from '../../policies/permission/permit.js';
import { propose } from '../../policies/retention/commands.js';
import { proposalOf } from '../../policies/retention/disposing.js';
import { londonDate } from '../../policies/core/time/london.js';
import { NotFound } from '../../policies/core/refusals.js';
import { notificationsBefore } from '../../policies/retention/retention.js';
import { aboutDisposal, lockDue } from './disposal.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/** What to propose: all data of a councillor that is due, or the notifications that are due. */
export type ProposedDisposal =
  { readonly target: 'councillor'; readonly councillorId: string } | { readonly target: 'notifications' };

/** What would go, in coded values what the trail says of it, and what the command asks about it. */
const going = async (trx: Knex.Transaction, given: ProposedDisposal, today: string) => {
  if (given.target === 'notifications') {
    const before = notificationsBefore(await retentionSchedule(trx), today);
    const notifications = await messagesBefore(trx, before);
    return {
      row: { target: given.target, before } as const,
      says: { before, notifications },
      found: { notifications },
    };
  }
  // As it is stored: by it the trail finds what names them.
  const councillorId = given.councillorId.toLowerCase();
  const due = await lockDue(trx, councillorId, today);
  if (!due) throw new NotFound();
  const { requests, councillor: whole } = due;
  return {
    row: {
      target: given.target,
      councillorId,
      requests: requests.map(({ id }) => id),
      whole,
    } as const,
    says: { councillor: councillorId, requests: requests.length, whole },
    found: { due },
  };
};

/**
 * Democratic Services propose to dispose of data that is due; a second person confirms it (need-to-know.md, section
 * 8).
 * @returns the proposal's id
 * @throws NotFound, Forbidden, Conflict: nothing is due, a hold covers all of it, or it is proposed already
 */
export const proposeDisposal = (ctx: Ctx, given: ProposedDisposal): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Retention' });
    const councillorId = given.target === 'councillor' ? given.councillorId.toLowerCase() : null;
    const proposal = proposalOf(councillorId, ctx.actor.id);
    // Who may not propose locks nothing.
    const acting = permit(propose, ctx, proposal, {});
    const at = ctx.now();
    const { row, says, found } = await going(trx, given, londonDate(at));
    assertUnhindered(propose, proposal, found);
    const id = await insertDisposal(trx, { ...row, by: ctx.actor.id, acting, at });
    record(trx, ctx, acting, {
      type: 'retention.proposed',
      subject: aboutDisposal(id),
      decision: { target: given.target, ...says },
    });
    return id;
  });
