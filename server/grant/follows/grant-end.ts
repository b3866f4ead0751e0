import type { Knex } from 'knex';
import type { Notice } from '../../../policies/core/notices.js';
import { grantEnded, grantPaused } from '../../../policies/grant/notices.js';
import { visitOff } from '../../../policies/visit/notices.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { Doing } from '../../case/ctx.js';
import { notify } from '../../case/notify.js';

type Ended = Pick<Grant, 'reference' | 'councillorId' | 'hostId'>;
type Paused = Ended & Pick<Grant, 'frozenAt'> & { readonly councillor?: Pick<Grant['councillor'], 'defeat'> };

/** Who gets the notice that a grant has ended. */
export const endNotice = ({ reference, councillorId, hostId }: Ended): Notice =>
  grantEnded(reference, councillorId, hostId);

/** Takes the visits that ended with a grant out of the calendars of those who get the notice of its end. */
export const visitsOff = (grant: Ended, visits: readonly string[]): Notice[] => {
  const { to } = endNotice(grant);
  return visits.map((id) => ({ ...visitOff({ ...grant, id }), to }));
};

/** Sends the notice of an end. @param because the entry on the trail */
export const notifyEnd = (trx: Knex.Transaction, ctx: Doing, because: string, grant: Ended): void =>
  notify(trx, ctx, because, endNotice(grant));

/**
 * Sends the notice that a grant is paused, once: not where an incident or a lost seat had paused it before.
 * @param because the entry on the trail
 * @param grant as it stood before
 */
export const notifyPause = (
  trx: Knex.Transaction,
  ctx: Doing,
  because: string,
  { reference, councillorId, hostId, frozenAt, councillor }: Paused,
): void => {
  const isPaused = frozenAt !== null || (councillor !== undefined && councillor.defeat !== null);
  if (!isPaused) notify(trx, ctx, because, grantPaused(reference, councillorId, hostId));
};
