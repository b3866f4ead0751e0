import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { dispose, type DisposalRow, findDisposal, lockDisposal } from '../../db/retention/disposals.js';
import { authorise } from '../../policies/permission/ability.js';
import { permit } from '../../policies/permission/permit.js';
import { confirmDisposal as command } from '../../policies/retention/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Due } from '../../policies/retention/retention.js';
import { aboutDisposal, asProposal, lockDue } from './disposal.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * The data of this councillor that is due, locked against other changes; null for notifications, and if the disposal
 * is done.
 */
const stillDue = async (
  trx: Knex.Transaction,
  { councillor, status }: DisposalRow,
  today: string,
): Promise<Due | null> => (councillor && status === 'proposed' ? lockDue(trx, councillor.id, today) : null);

/**
 * A second person confirms a disposal, and it is carried out at once: rows and values of the trail are gone when this
 * returns (need-to-know.md, section 8). It refuses if anything has changed since the proposal, or if there is a hold.
 * @returns the disposal's id
 * @throws NotFound, Forbidden, Conflict
 */
export const confirmDisposal = (ctx: Ctx, id: string): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const at = ctx.now();
    const before = await findDisposal(trx, id);
    authorise(ctx.ability, 'read', asProposal(before));
    const due = await stillDue(trx, before, londonDate(at));
    // If two confirm at once, the second reads the work of the first.
    await lockDisposal(trx, id);
    const disposal = await findDisposal(trx, id);
    const acting = permit(command, ctx, asProposal(disposal), { due: due ?? undefined, proposed: disposal });
    const { rows, trail } = await dispose(trx, id, { by: ctx.actor.id, acting, at });
    record(trx, ctx, acting, {
      type: 'retention.disposed',
      subject: aboutDisposal(id),
      decision: { target: disposal.target, rows, trail },
    });
    return id;
  });
