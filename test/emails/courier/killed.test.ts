/**
 * Killed with -9 at every turn: between the commit and the sending, between the sending and the mark, and in the
 * middle of the jobs. Each message is delivered; once for its key in the ordinary case, and never not at all.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { append } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { enqueue } from '../../../db/outbox/outbox.js';
import { createCourier } from '../../../emails/courier/courier.js';
import { mailboxTransport, smtpTransport, type Transport } from '../../../emails/courier/transport.js';
import { addDays, atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { jobNames } from '../../../policies/operations/jobs.js';
import { noticesOf } from '../../../server/web/notices.js';
import { useCouncil } from '../../support/council.js';
import { anEntry } from '../../support/entries.js';
import { isLong } from '../../support/long.js';
import { useMailServers } from '../../support/mail-server.js';
import type { MailServer } from '../../support/smtp.js';
import { brought, copiesOf } from '../../support/people.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
const mail = useMailServers();
const from = 'need-to-know@council.example';
/** Longer than a courier may have a message in hand. */
const afterTheLease = 10 * 60_000;

const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});
const started = (script: string, ...args: string[]): ChildProcess => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.resolve(`test/support/${script}.ts`), ...args],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  children.add(child);
  return child;
};
const killed = async (child: ChildProcess): Promise<void> => {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};
const courier = (server: MailServer, ahead = 0): ChildProcess =>
  started('courier-process', council.world.serviceUrl, server.url, String(ahead));

/** The next one, which nobody kills: with a clock that is so far ahead, in this process. */
const delivered = async (transport: Transport, ahead: number): Promise<void> => {
  const next = createCourier({
    db: council.world.db,
    now: () => new Date(Date.now() + ahead),
    log: pino({ level: 'silent' }),
    render: noticesOf({
      baseUrl: new URL('https://observe.council.example'),
      councilName: 'Test Council',
      sessionSecret: 'a secret of the test',
    }),
    transport,
    from,
  });
  await next.deliver();
  await next.stop(0);
};
const deliveredTo = (server: MailServer, ahead: number): Promise<void> =>
  delivered(smtpTransport(server.url, from), ahead);

/** Whatever waits goes out first, so that only ours is counted. */
const emptied = (): Promise<void> => delivered(mailboxTransport(), afterTheLease);

let serial = 0;
const written = async (count: number): Promise<string[]> => {
  const { db } = council.world;
  const { id: toPerson } = await foundRow(db('people').where({ email: 'legal@council.example' }).first('id'));
  const keys = Array.from({ length: count }, () => `killed:${(serial += 1)}`);
  await inTransaction(db, async (trx) => {
    await append(trx, anEntry());
    const kind = 'decision_recorded';
    await enqueue(
      trx,
      keys.map((key) => ({ key, toPerson, kind, reference: 'OBS-2026-0001' })),
    );
  });
  return keys;
};
const keysOf = ({ received }: MailServer): string[] =>
  received.map(({ headers }) => headers.get('x-idempotency-key') ?? '');
const messageIdsOf = ({ received }: MailServer): string[] =>
  received.map(({ headers }) => headers.get('message-id') ?? '');
const marked = async (keys: readonly string[]): Promise<number> =>
  Number(
    (
      await council.world
        .db('messages')
        .whereIn('key', [...keys])
        .whereNotNull('sent_at')
        .count<{ n: number }[]>('* as n')
        .first()
    )?.n,
  );
const sentEntries = async (): Promise<number> =>
  Number(
    (
      await council.world
        .db('audit.entries')
        .where({ type: 'message.sent' })
        .count<{ n: number }[]>('* as n')
        .first()
    )?.n,
  );

/** Resolves when it comes true; asks again with each turn of the database. */
const comesTrue = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo()));
};

describe('a courier that is killed', () => {
  test('between the commit and the sending loses nothing: the next one sends it, once', async () => {
    await emptied();
    let reached = (): void => {};
    const isReached = new Promise<void>((resolve) => (reached = resolve));
    // It has the message in hand and waits for a greeting that never comes.
    const deaf = await mail({ greet: () => (reached(), new Promise(() => {})) });
    const [key = ''] = await written(1);
    const child = courier(deaf);
    await isReached;
    await killed(child);
    expect(await marked([key])).toBe(0);

    const server = await mail();
    await deliveredTo(server, afterTheLease);
    expect(keysOf(server)).toEqual([key]);
    expect(await marked([key])).toBe(1);
  }, 60_000);

  test('between the sending and the mark sends it again, with the key and the Message-ID by which it shows', async () => {
    await emptied();
    const { db } = council.world;
    const before = await sentEntries();
    const [key = ''] = await written(1);
    let held: Knex.Transaction | undefined;
    const server = await mail({
      // The mark waits for this lock, and the message is on the other side by then.
      answer: async () => {
        if (held) return;
        held = await db.transaction();
        await held('messages').where({ key }).forUpdate().select('id');
      },
    });
    const child = courier(server);
    await comesTrue(async () => {
      const { rows } = await council.world.owner.raw<{ rows: unknown[] }>(
        `select from pg_locks l join pg_stat_activity a on a.pid = l.pid
           where a.datname = current_database() and not l.granted`,
      );
      return rows.length > 0;
    });
    await killed(child);
    await held?.rollback();
    expect(keysOf(server)).toEqual([key]);
    expect(await marked([key])).toBe(0);

    await deliveredTo(server, afterTheLease);
    expect(keysOf(server)).toEqual([key, key]);
    expect(new Set(messageIdsOf(server)).size).toBe(1);
    expect(await marked([key])).toBe(1);
    expect(await sentEntries()).toBe(before + 1);
    // And no third time.
    await deliveredTo(server, 2 * afterTheLease);
    expect(keysOf(server)).toHaveLength(2);
  }, 60_000);

  test('again and again over many messages delivers every one, and doubles no more than it was killed', async () => {
    await emptied();
    const many = isLong ? 200 : 20;
    const kills = isLong ? 25 : 1;
    const server = await mail();
    const keys = await written(many);
    for (let n = 1; n <= kills; n += 1) {
      const child = courier(server, n * afterTheLease);
      const wanted = Math.min(many, server.received.length + 3);
      await comesTrue(async () => {
        await council.world.db.raw('select');
        return server.received.length >= wanted;
      });
      await killed(child);
    }
    await deliveredTo(server, (kills + 1) * afterTheLease);
    const arrived = keysOf(server);
    expect(keys.filter((key) => !arrived.includes(key))).toEqual([]);
    expect(arrived.length - new Set(arrived).size).toBeLessThanOrEqual(kills);
    expect(await marked(keys)).toBe(many);
  }, 300_000);
});

describe('the jobs that are killed', () => {
  test('still say each thing only once, and put each into one message for each person', async () => {
    const { db, serviceUrl } = council.world;
    const day = addDays(londonDate(council.clock), 1);
    const at = atLondonTime(day, '09:00');
    const many = isLong ? 300 : 30;
    const { reference } = await brought(db, 'ready', { now: () => at });
    const references = [reference, ...(await copiesOf(db, reference, many))];
    // Long after, and within their window: the decision and the receipt were missed, and are missed still.
    const later = new Date(at.getTime() + 30 * 86_400_000).toISOString();
    const said = async (): Promise<{ id: string; reference: string; what: string; step: string }[]> =>
      db('reminders as t')
        .join('requests as r', 'r.id', 't.request_id')
        .whereIn('r.reference', references)
        .select('t.id', 'r.reference', 't.what', 't.step');
    for (const share of isLong ? [0.05, 0.2, 0.4, 0.6, 0.8, 0.95] : [0.4]) {
      const child = started('jobs-process', serviceUrl, later);
      const wanted = Math.floor(2 * references.length * share);
      await comesTrue(async () => (await said()).length >= wanted);
      await killed(child);
    }
    const run = jobRunner({ db, now: () => new Date(later), log: pino({ level: 'silent' }) });
    for (const name of jobNames) await run(name);

    const all = await said();
    const decisions = all.filter(({ what }) => what === 'decide');
    expect(decisions.map(({ reference: of, step }) => `${of} ${step}`).toSorted()).toEqual(
      references.flatMap((of) => [`${of} missed`, `${of} still_missed`]).toSorted(),
    );
    const { rows: loose } = await db.raw<{ rows: unknown[] }>(
      `select from reminder_recipients where message_id is null`,
    );
    expect(loose).toEqual([]);
    const { rows: entries } = await db.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n from audit.entries where type = 'deadline.missed'`,
    );
    const { rows: kept } = await db.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n from reminders where step in ('missed', 'still_missed')`,
    );
    expect(entries[0]?.n).toBe(kept[0]?.n);
  }, 300_000);
});
