/** Automatic actions are audited and notified exactly like a person's. */
import type { Knex } from 'knex';
import { append, type Entry } from '../../db/audit/append.js';
import { enqueue } from '../../db/outbox/outbox.js';
import { recipientsOf } from '../../db/outbox/recipients.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Notice } from '../../policies/core/notices.js';

/** @returns the entry's id */
export const recordItself = (
  trx: Knex.Transaction,
  happening: Pick<Entry, 'type' | 'subject' | 'decision' | 'settings'>,
  at: Date,
): Promise<string> =>
  append(trx, {
    ...happening,
    at,
    actor: 'system',
    actorName: 'The service',
    office: null,
    capacity: null,
  });

/** @param because what happened: with the person it makes the message's key, so that each person gets one message */
export const notifyItself = async (
  trx: Knex.Transaction,
  because: string,
  notice: Notice,
  at: Date,
): Promise<void> => {
  const { kind, reference, action, due } = notice;
  const people = await recipientsOf(trx, notice.to, londonDate(at));
  await enqueue(
    trx,
    people.map((toPerson) => ({
      key: `${because}:${toPerson}`,
      toPerson,
      kind,
      reference,
      action,
      ...(due === null ? {} : { due }),
      ...(notice.visitId === undefined ? {} : { visitId: notice.visitId }),
      ...(notice.checkpoint === undefined ? {} : { checkpoint: notice.checkpoint }),
    })),
    at,
  );
};
