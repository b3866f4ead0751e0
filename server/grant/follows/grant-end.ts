import type { Knex } from 'knex';
import type { Notice } from '../../../policies/core/notices.js';
import { grantEnded } from '../../../policies/grant/notices.js';
import { visitOff } from '../../../policies/visit/notices.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { Ctx } from '../../case/ctx.js';
import { notify } from '../../case/notify.js';

type Ended = Pick<Grant, 'reference' | 'councillorId' | 'hostId' | 'frozenAt'> & {
  readonly councillor?: Pick<Grant['councillor'], 'defeat'>;
};

/** Whether an incident or the loss of the seat had stopped it already, of which the councillor was told. */
const wasStopped = ({ frozenAt, councillor }: Ended): boolean =>
  frozenAt !== null || (councillor !== undefined && councillor.defeat !== null);

/**
 * Who learns that a grant was frozen or has ended. To the councillor a freeze is an end like another: told
 * of an end after it once more, they would know that there are two kinds.
 * @param grant as it stood before
 */
export const endNotice = (grant: Ended): Notice => {
  const notice = grantEnded(grant.reference, grant.councillorId, grant.hostId);
  return !wasStopped(grant)
    ? notice
    : { ...notice, to: notice.to.filter((each) => !('councillorId' in each)) };
};

/**
 * The visits that ended with a grant leave the calendars of those who learn of its end, and of nobody else: to the
 * councillor who was told of an end before, a second one would say that the first was none.
 */
export const visitsOff = (grant: Ended, visits: readonly string[]): Notice[] => {
  const { to } = endNotice(grant);
  return visits.map((id) => ({ ...visitOff({ ...grant, id }), to }));
};

/** Tells them. @param because the entry on the trail */
export const notifyEnd = (trx: Knex.Transaction, ctx: Ctx, because: string, grant: Ended): void =>
  notify(trx, ctx, because, endNotice(grant));
