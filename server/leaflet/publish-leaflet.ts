import { inTransaction } from '../../db/core/connection.js';
import { leafletsInForce, lockLeaflet, publishVersion } from '../../db/leaflet/leaflets.js';
import { assertLeafletPublishable, type LeafletKind } from '../../policies/leaflet/leaflet.js';
import { publishLeaflet as command } from '../../policies/leaflet/commands.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { asKeeper, record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentLeaflet } from './bodies.js';

/**
 * Publishes the next version of what families are given. Without `inForceFrom` it is in force at once.
 * @returns the version
 * @throws Invalid by the rule `leaflet` or `personal_data`, naming the field
 */
export const publishLeaflet = (
  ctx: Ctx,
  leaflet: LeafletKind,
  { text, contact, inForceFrom }: SentLeaflet,
): Promise<number> => {
  screened(ctx, { text }, { isOfCouncil: true });
  return inTransaction(ctx.db, async (trx) => {
    authoriseTo(command, ctx, { kind: 'Leaflet' });
    await lockLeaflet(trx, leaflet);
    const now = ctx.now();
    const next = { leaflet, text, contact: contact ?? null, inForceFrom: inForceFrom ?? now };
    const before = (await leafletsInForce(trx, now)).find((each) => each.leaflet === leaflet) ?? null;
    assertLeafletPublishable(next, before, now);
    const version = await publishVersion(trx, next);
    record(trx, ctx, asKeeper(ctx.actor), {
      type: 'leaflet.published',
      subject: 'leaflets',
      decision: { leaflet, version, inForceFrom: next.inForceFrom.toISOString() },
    });
    return version;
  });
};
