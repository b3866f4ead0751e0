import type { Knex } from 'knex';
import { freeze, freezing } from '../../../db/grant/freezes.js';
import type { Acting } from '../../../policies/people/actor.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { Ctx } from '../../case/ctx.js';
import { notifyPause } from './grant-end.js';
import { releaseDue } from '../../incident/follows/incident.js';
import { record } from '../../case/record.js';

/**
 * Freezes a new grant if an incident freezes the councillor's others: whichever came first by a moment, the grant
 * waits for Data Protection like the rest (need-to-know.md, section 6). The councillor's row is locked by then; a
 * report of an incident locks it too.
 */
export const freezeWithOthers = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  acting: Acting,
  {
    grantId,
    at,
    ...made
  }: Pick<Grant, 'reference' | 'councillorId' | 'hostId'> & {
    readonly grantId: string;
    readonly at: Date;
  },
): Promise<void> => {
  let frozenAt: Date | null = null;
  for (const incidentId of await freezing(trx, made.councillorId)) {
    await freeze(trx, { grantId, incidentId, at });
    const entry = record(trx, ctx, acting, {
      type: 'grant.frozen',
      subject: made.reference,
      decision: { incident: incidentId, due: releaseDue(ctx.settings, at) },
    });
    notifyPause(trx, ctx, entry, { ...made, frozenAt });
    frozenAt = at;
  }
};
