import { inTransaction } from '../../db/core/connection.js';
import { protocolInForce } from '../../db/register/councillors.js';
import * as protocols from '../../db/protocol/protocol.js';
import { permit } from '../../policies/permission/permit.js';
import { accept } from '../../policies/protocol/commands.js';
import type { Ctx } from '../case/ctx.js';
import { asCouncillor } from '../case/as-councillor.js';
import { record } from '../case/record.js';

/** A councillor in office accepts the protocol in force: the undertaking. A second time changes nothing. */
export const acceptProtocol = (ctx: Ctx, version: number): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const now = ctx.now();
    const inForce = await protocolInForce(trx, now);
    permit(accept, ctx, { kind: 'Protocol' }, { now, accepted: version, inForce });
    const { councillorId } = ctx.actor;
    if (councillorId === null) throw new Error('Anyone who accepts the protocol is a councillor.');
    if (await protocols.accept(trx, councillorId, version, now)) {
      record(trx, ctx, asCouncillor, {
        type: 'protocol.accepted',
        subject: `councillor:${councillorId}`,
        decision: { version },
      });
    }
    return String(version);
  });
