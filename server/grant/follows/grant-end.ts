import type { Knex } from 'knex';
import type { Notice } from '../../../policies/core/notices.js';
import { grantEnded } from '../../../policies/grant/notices.js';
import { visitOff } from '../../../policies/visit/notices.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { Doing } from '../../case/ctx.js';
import { notify } from '../../case/notify.js';

type Ended = Pick<Grant, 'reference' | 'councillorId' | 'hostId' | 'frozenAt'> & {
  readonly councillor?: Pick<Grant['councillor'], 'defeat'>;
};

/** Whether an incident or the loss of the seat stopped the grant before: the councillor then has a notice already. */
const wasStopped = ({ frozenAt, councillor }: Ended): boolean =>
  frozenAt !== null || (councillor !== undefined && councillor.defeat !== null);

/**
 * Who gets the notice that a grant was frozen or has ended. Both look the same to the councillor. A second
 * notice, of the end after a freeze, would disclose that there is a difference, so they do not get one.
 * @param grant as it stood before
 */
export const endNotice = (grant: Ended): Notice => {
  const notice = grantEnded(grant.reference, grant.councillorId, grant.hostId);
  return !wasStopped(grant)
    ? notice
    : { ...notice, to: notice.to.filter((each) => !('councillorId' in each)) };
};

/**
 * Takes the visits that ended with a grant out of the calendars of those who get the notice of its end, and of nobody
 * else. A councillor who already got a notice of the end must not get a second: it would read as if the first had not
 * counted.
 */
export const visitsOff = (grant: Ended, visits: readonly string[]): Notice[] => {
  const { to } = endNotice(grant);
  return visits.map((id) => ({ ...visitOff({ ...grant, id }), to }));
};

/** Sends that notice. @param because the entry on the trail */
export const notifyEnd = (trx: Knex.Transaction, ctx: Doing, because: string, grant: Ended): void =>
  notify(trx, ctx, because, endNotice(grant));
