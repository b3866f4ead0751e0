import type { Knex } from 'knex';
import { grantEnded, type Notice } from '../../policies/notices.js';
import type { Grant } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';
import { tell } from './trail.js';

type Ended = Pick<Grant, 'reference' | 'councillorId' | 'hostId' | 'frozenAt'>;

/**
 * Who learns that a grant was frozen or has ended. To the councillor a freeze is an end like another: told
 * of an end after it once more, they would know that there are two kinds.
 * @param grant as it stood before
 */
export const endNotice = ({ reference, councillorId, hostId, frozenAt }: Ended): Notice => {
  const notice = grantEnded(reference, councillorId, hostId);
  return frozenAt === null
    ? notice
    : { ...notice, to: notice.to.filter((each) => !('councillorId' in each)) };
};

/** Tells them. @param because the entry on the trail */
export const tellEnd = (trx: Knex.Transaction, ctx: Ctx, because: string, grant: Ended): Promise<void> =>
  tell(trx, ctx, because, endNotice(grant));
