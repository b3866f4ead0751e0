import type { Knex } from 'knex';
import { notifyLast } from '../../db/core/closing.js';
import type { Notice } from '../../policies/core/notices.js';
import type { Ctx } from './ctx.js';

/**
 * Puts a notice into the outbox for each person it goes to, once; for the one who acted only where it
 * acknowledges what they did.
 * @param because the entry on the trail that it tells of: with the person it makes the message's key
 */
export const notify = (trx: Knex.Transaction, ctx: Ctx, because: string, notice: Notice): void => {
  const { kind, reference, action, due, visitId = null } = notice;
  notifyLast(trx, {
    key: [because, kind, ...(visitId === null ? [] : [visitId])].join(':'),
    kind,
    reference,
    action,
    due,
    visitId,
    to: notice.to,
    except: notice.acknowledges ? null : ctx.actor.id,
    at: ctx.now(),
  });
};
