import { inTransaction } from '../../db/core/connection.js';
import * as protocols from '../../db/protocol/protocol.js';
import { councillorsInOffice } from '../../db/register/register.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { publish } from '../../policies/protocol/commands.js';
import { londonDate } from '../../policies/core/time/london.js';
import { protocolPublished } from '../../policies/protocol/notices.js';
import { assertPublishable } from '../../policies/protocol/protocol.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { asKeeper, record } from '../case/record.js';

/**
 * Democratic Services publish the next version of the protocol. Once it is in force each councillor is asked again,
 * and their grants wait until then.
 * @param given without `inForceFrom` it is in force at once
 * @returns the version
 */
export const publishProtocol = (
  ctx: Ctx,
  given: { readonly text: string; readonly inForceFrom?: Date | undefined },
): Promise<string> => {
  screened(ctx, { text: given.text }, { isOfCouncil: true });
  return inTransaction(ctx.db, async (trx) => {
    authoriseTo(publish, ctx, { kind: 'Protocol' });
    const now = ctx.now();
    const inForceFrom = given.inForceFrom ?? now;
    assertPublishable({ text: given.text, inForceFrom }, await protocols.protocolOf(trx, now), now);
    const version = await protocols.publish(trx, { text: given.text, inForceFrom });
    const entry = record(trx, ctx, asKeeper(ctx.actor), {
      type: 'protocol.published',
      subject: 'protocol',
      decision: { version, inForceFrom: inForceFrom.toISOString() },
    });
    notify(trx, ctx, entry, protocolPublished(await councillorsInOffice(trx, londonDate(now))));
    return String(version);
  });
};
