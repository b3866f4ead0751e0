import { inTransaction } from '../../db/core/connection.js';
import { protocolInForce } from '../../db/register/councillors.js';
import * as protocols from '../../db/protocol/protocol.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { accept } from '../../policies/protocol/commands.js';
import { assertInForce } from '../../policies/protocol/protocol.js';
import { forbid } from '../../policies/core/rules.js';
import type { Ctx } from '../case/ctx.js';
import { asCouncillor } from '../case/as-councillor.js';
import { record } from '../case/record.js';

/** A councillor in office accepts the protocol in force: the undertaking. A second time changes nothing. */
export const acceptProtocol = (ctx: Ctx, version: number): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    authoriseTo(accept, ctx, { kind: 'Protocol' });
    const { councillorId } = ctx.actor;
    if (councillorId === null) throw forbid('office');
    const now = ctx.now();
    assertInForce(version, await protocolInForce(trx, now));
    if (await protocols.accept(trx, councillorId, version, now)) {
      record(trx, ctx, asCouncillor, {
        type: 'protocol.accepted',
        subject: `councillor:${councillorId}`,
        decision: { version },
      });
    }
    return String(version);
  });
