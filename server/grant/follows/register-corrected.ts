import type { Knex } from 'knex';
import { takeLapseBack } from '../../../db/grant/grant-ends.js';
import { isLive, access } from '../../../policies/grant/access.js';
import { grantAt, withSlipCorrected, type GrantRecord } from '../../../policies/grant/grant-record.js';
import { grantGoesOn, lapseStands } from '../../../policies/grant/notices.js';
import type { Acting } from '../../../policies/people/actor.js';
import type { RegisterSlip } from '../../../policies/register/slip/register-slip.js';
import type { Ctx } from '../../case/ctx.js';
import { notify } from '../../case/notify.js';
import { record } from '../../case/record.js';

/** Until nobody had ended it: a lapse is worked out from the facts. */
const unended = (known: GrantRecord): GrantRecord =>
  known.endedBecause === 'lapsed' ? { ...known, endedAt: null, endedBecause: null } : known;

/**
 * What becomes of a councillor's grants once a slip in the register is corrected: a freeze that rested on it alone is
 * lifted, and a lapse is taken back where every other limit still holds; otherwise the lapse stands, and those who rely on
 * the grant are told so. Visits that were called off stay called off (need-to-know.md, sections 6 and 6a).
 * @param records the grants that nobody has ended, and those that lapsed, as they were before the correction
 */
export const followRegisterCorrected = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  acting: Acting,
  given: {
    readonly records: readonly GrantRecord[];
    readonly slip: RegisterSlip;
    readonly correction: string;
    readonly at: Date;
  },
): Promise<void> => {
  const { records, slip, correction, at } = given;
  for (const known of records) {
    const before = grantAt(unended(known), at);
    const after = grantAt(withSlipCorrected(unended(known), slip, at), at);
    const { reference, councillorId, hostId } = after;
    const wasFrozen = access(before, at).status === 'frozen';
    const goesOn = isLive(after, at) && access(after, at).status !== 'frozen';
    if (before.lapse === null ? wasFrozen && goesOn : isLive(after, at)) {
      if (known.endedAt !== null) await takeLapseBack(trx, known.id);
      const entry = record(trx, ctx, acting, {
        type: 'grant.resumed',
        subject: reference,
        decision: { correction, from: before.lapse === null ? 'frozen' : 'lapsed' },
      });
      if (goesOn) notify(trx, ctx, entry, grantGoesOn(reference, councillorId, hostId));
    } else if (before.lapse !== null && after.lapse !== null && isAnother(before.lapse, after.lapse)) {
      const entry = record(trx, ctx, acting, {
        type: 'grant.lapse_stands',
        subject: reference,
        decision: { correction, limit: after.lapse.limit },
      });
      notify(trx, ctx, entry, lapseStands(reference, councillorId, hostId));
    }
  }
};

/** Whether it ended by what was corrected, and has ended by something else meanwhile. */
const isAnother = (
  one: { readonly limit: string; readonly at: Date },
  other: { readonly limit: string; readonly at: Date },
): boolean => one.limit !== other.limit || one.at.getTime() !== other.at.getTime();
