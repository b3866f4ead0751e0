import type { Knex } from 'knex';
import { notifyLast } from '../../db/core/closing.js';
import type { Notice } from '../../policies/core/notices.js';
import type { Ctx } from './ctx.js';

/**
 * Puts a notice into the outbox once for each recipient; for the person who acted only if the notice acknowledges it.
 * @param because the entry on the trail that it reports: with the person it makes the message's key
 */
export const notify = (trx: Knex.Transaction, ctx: Ctx, because: string, notice: Notice): void => {
  const { kind, reference, action, due, visitId = null, linkId = null } = notice;
  notifyLast(trx, {
    key: [because, kind, ...(visitId === null ? [] : [visitId])].join(':'),
    kind,
    reference,
    action,
    due,
    visitId,
    linkId,
    to: notice.to,
    except: notice.acknowledges ? null : ctx.actor.id,
    at: ctx.now(),
  });
};
