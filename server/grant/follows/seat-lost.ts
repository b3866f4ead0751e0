import type { Knex } from 'knex';
import { openRecordsOf } from '../../../db/grant/grants.js';
import { isLive } from '../../../policies/grant/access.js';
import { lapsesAfterDefeat } from '../../../policies/register/defeat.js';
import { grantAt } from '../../../policies/grant/grant-record.js';
import type { Councillor } from '../../../policies/register/member.js';
import type { Ctx } from '../../case/ctx.js';
import { notifyPause } from './grant-end.js';
import { asKeeper, record } from '../../case/record.js';

/**
 * Records a lost seat: it freezes the grants from the result on and notifies everyone who relies on them
 * (need-to-know.md, section 6). Call it before the loss is entered.
 */
export const recordSeatLost = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  before: Pick<Councillor, 'id' | 'defeat'>,
  defeat: Councillor['defeat'],
): Promise<void> => {
  if (before.defeat !== null || defeat === null) return;
  const at = ctx.now();
  for (const known of await openRecordsOf(trx, before.id)) {
    const grant = grantAt(known, at);
    if (!isLive(grant, at)) continue;
    const entry = record(trx, ctx, asKeeper(ctx.actor), {
      type: 'grant.frozen',
      subject: grant.reference,
      decision: { poll: defeat.poll, lapses: lapsesAfterDefeat(defeat) },
    });
    notifyPause(trx, ctx, entry, grant);
  }
};
