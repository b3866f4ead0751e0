import type { Knex } from 'knex';
import { notifyLast } from '../../db/core/closing.js';
import type { NoticeToSend } from '../../db/outbox/outbox.js';
import type { Notice } from '../../policies/core/notices.js';
import type { Doing } from './ctx.js';

/**
 * A notice for the outbox.
 * @param because the entry on the trail that it reports: with the person it makes the message's key
 * @param except the person who acted, if somebody who is signed in did
 */
export const noticeToSend = (
  because: string,
  notice: Notice,
  at: Date,
  except: string | null = null,
): NoticeToSend => {
  const { kind, reference, action, due, to, visitId = null, linkId = null, counts = null } = notice;
  const key = [because, kind, ...(visitId === null ? [] : [visitId])].join(':');
  return { key, kind, reference, action, due, visitId, linkId, counts, to, except, at };
};

/**
 * Puts a notice into the outbox once for each recipient; for the person who acted only if the notice acknowledges it.
 * @param because as in `noticeToSend`
 */
export const notify = (trx: Knex.Transaction, ctx: Doing, because: string, notice: Notice): void =>
  notifyLast(trx, noticeToSend(because, notice, ctx.now(), notice.acknowledges ? null : ctx.actor.id));
