import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { append } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { enqueue, type Message } from '../../../db/outbox/outbox.js';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

const now = new Date('2026-03-02T09:00:00.000Z');
const aMessage = (over: Partial<Message> = {}): Message => ({
  key: randomUUID(),
  toPerson: randomUUID(),
  kind: 'request_submitted',
  reference: 'OBS-2026-0001',
  ...over,
});
const send = (messages: Message | readonly Message[]): Promise<string[]> =>
  inTransaction(world.db, async (trx) => {
    await append(trx, {
      type: 'request.submitted',
      at: now,
      actor: 'system',
      actorName: 'The service',
      office: null,
      capacity: null,
      subject: 'OBS-2026-0001',
    });
    return enqueue(trx, messages, now);
  });

describe('the outbox', () => {
  test('keeps a message, to be sent from now on', async () => {
    const message = aMessage({ action: 'sign', due: '2026-03-29' });
    expect(await send(message)).toEqual([message.key]);
    expect(await world.db('messages').where({ key: message.key }).first()).toMatchObject({
      to_person: message.toPerson,
      kind: 'request_submitted',
      reference: 'OBS-2026-0001',
      action: 'sign',
      due: '2026-03-29',
      created_at: now,
      next_attempt_at: now,
      attempts: 0,
      sent_at: null,
      failed_at: null,
    });
  });

  test('takes a key once, also within one call, and says which were new', async () => {
    const [first, second] = [aMessage(), aMessage()];
    await send(first);
    expect(await send([{ ...first, kind: 'another' }, second, second])).toEqual([second.key]);
    expect(await world.db('messages').where({ key: first.key }).select('kind')).toEqual([
      { kind: 'request_submitted' },
    ]);
  });

  test('takes nothing from a transaction that was undone, and nothing from an empty list', async () => {
    const message = aMessage();
    const attempt = inTransaction(world.db, async (trx) => {
      await enqueue(trx, message);
      throw new Error('undone');
    });
    await expect(attempt).rejects.toThrow('undone');
    expect(await world.db('messages').where({ key: message.key })).toEqual([]);
    expect(await send([])).toEqual([]);
  });
});
