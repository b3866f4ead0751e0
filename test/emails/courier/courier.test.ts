import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Knex } from 'knex';
import { append, type Entry } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { claimNext, enqueue } from '../../../db/outbox/outbox.js';
import { createCourier, messageIdOf, pauseAfter, type Courier } from '../../../emails/courier/courier.js';
import { noticeRenderer } from '../../../emails/courier/render.js';
import { mailboxTransport, smtpTransport, type Transport } from '../../../emails/courier/transport.js';
import { paths } from '../../../server/web/paths.js';
import { useDatabase } from '../../support/database.js';
import { useMailServers } from '../../support/mail-server.js';
import { decoded, type MailServer } from '../../support/smtp.js';

const world = useDatabase();
const mail = useMailServers();

const from = 'need-to-know@council.example';
const render = noticeRenderer({
  baseUrl: new URL('https://observe.council.example'),
  councilName: 'Test Council',
  serviceName: 'Observe work with children',
  pages: paths,
  tokenOf: (linkId: string) => `token-of-${linkId}`,
});

let clock = new Date('2026-03-02T09:00:00.000Z');
const wait = (ms: number) => (clock = new Date(clock.getTime() + ms));
let lines: string[] = [];
const couriers: Courier[] = [];

const courierBy = (transport: Transport, db: Knex = world.db): Courier => {
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const courier = createCourier({ db, now: () => clock, log, render, transport, from });
  couriers.push(courier);
  return courier;
};
const courierTo = (server: Pick<MailServer, 'url'>, db?: Knex): Courier =>
  courierBy(smtpTransport(server.url, from), db);

const entry: Entry = {
  type: 'council.seeded',
  at: clock,
  actor: 'system',
  actorName: 'The test',
  office: null,
  capacity: null,
  subject: 'council',
};
const traced = <T>(change: (trx: Knex.Transaction) => Promise<T>, db = world.db): Promise<T> =>
  inTransaction(db, async (trx) => {
    await append(trx, entry);
    return change(trx);
  });

/** A person with that address; an existing one is reused. */
const person = (email: string): Promise<string> =>
  traced(async (trx) => {
    const [row] = await trx('people').insert({ name: 'A Person', email }).returning<{ id: string }[]>('id');
    return row?.id ?? '';
  });

let places = 0;
/** A message to each of so many people, who are made for it. */
const queue = async (many: number): Promise<{ key: string; address: string }[]> => {
  const messages: { key: string; address: string }[] = [];
  for (let made = 0; made < many; made += 1) {
    const address = `person.${(places += 1)}@council.example`;
    const key = `${randomUUID()}:request_submitted:${randomUUID()}`;
    const toPerson = await person(address);
    const message = {
      key,
      toPerson,
      kind: 'request_submitted',
      reference: 'OBS-2026-0012',
      due: '2026-04-20',
    };
    await traced((trx) => enqueue(trx, message, clock));
    // So that there is an order in which they were written.
    wait(1);
    messages.push({ key, address });
  }
  return messages;
};

const keysOf = (server: MailServer) =>
  server.received.map(({ headers }) => headers.get('x-idempotency-key') ?? '');
const rowOf = (key: string) => world.db('messages').where({ key }).first();
const waiting = async (): Promise<number> =>
  Number(
    (
      await world
        .db('messages')
        .whereNull('sent_at')
        .whereNull('failed_at')
        .count<{ n: number }[]>('* as n')
        .first()
    )?.n,
  );
/** The trail's entries of that type, with their content. */
const entriesOf = async (type: string): Promise<unknown[]> =>
  (await world.db('audit.entries').where({ type }).orderBy('seq')).map(({ decision }) => decision);

beforeEach(() => {
  lines = [];
});
afterEach(async () => {
  await Promise.all(couriers.splice(0).map((courier) => courier.stop(0)));
  // What a test left waiting is not the next one's.
  await traced((trx) =>
    trx('messages').whereNull('sent_at').whereNull('failed_at').update({ failed_at: clock }),
  );
  await world.db('runtime.deliveries').delete();
});

describe('in the ordinary case', () => {
  test('each message goes once for its key, to its person alone, and is marked and on the trail', async () => {
    const server = await mail();
    const before = await entriesOf('message.sent');
    const messages = await queue(3);
    const courier = courierTo(server);
    await courier.deliver();
    await courier.deliver();

    expect(keysOf(server)).toEqual(messages.map(({ key }) => key));
    expect(server.received.map(({ to }) => to)).toEqual(messages.map(({ address }) => address));
    for (const { key } of messages) {
      expect(await rowOf(key)).toMatchObject({
        sent_at: clock,
        failed_at: null,
        last_error: null,
        attempts: 1,
      });
    }
    const entries = await entriesOf('message.sent');
    expect(entries.slice(before.length)).toEqual(messages.map(() => ({ kind: 'request_submitted' })));
    expect(await world.db('runtime.deliveries')).toEqual([]);
  });

  test('a message is the rendered one, with a stable Message-ID and headers that disclose no more', async () => {
    const server = await mail();
    const [message] = await queue(1);
    await courierTo(server).deliver();
    const [received] = server.received;
    const words = render({ kind: 'request_submitted', reference: 'OBS-2026-0012', due: '2026-04-20' });

    expect(Object.fromEntries(received?.headers ?? [])).toEqual({
      from,
      to: message?.address,
      subject: words?.subject,
      'message-id': messageIdOf(message?.key ?? '', from),
      'x-idempotency-key': message?.key,
      'auto-submitted': 'auto-generated',
      date: expect.stringMatching(/^Mon, 02 Mar 2026 09:00:0\d/),
      'mime-version': '1.0',
      'content-type': expect.stringMatching(/^multipart\/alternative; boundary=/),
    });
    const body = received ? decoded(received).replaceAll('\r\n', '\n') : '';
    expect(body).toContain(words?.text.trim());
    expect(body).toContain(words?.html.trim());
  });

  test('a nudge sends a message that was just committed, without waiting for the next look', async () => {
    let arrived: () => void = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const server = await mail({ answer: async () => arrived() });
    const courier = courierTo(server);
    await courier.deliver();
    const [message] = await queue(1);
    courier.nudge();
    await arrival;
    await courier.deliver();
    expect(keysOf(server)).toEqual([message?.key]);
  });

  test('the mailbox of the demonstration takes messages without any server, and the trail says so', async () => {
    const [message] = await queue(1);
    await courierBy(mailboxTransport()).deliver();
    expect(await rowOf(message?.key ?? '')).toMatchObject({ sent_at: clock, attempts: 1 });
    expect((await entriesOf('message.sent')).at(-1)).toEqual({ kind: 'request_submitted', via: 'mailbox' });
  });

  test('neither a suspended person nor one who does not exist gets anything: both coded', async () => {
    const server = await mail();
    const [first, second] = await queue(2);
    await traced((trx) =>
      trx('people')
        .where({ email: first?.address ?? '' })
        .update({ suspended_at: clock }),
    );
    await traced(
      (trx) =>
        trx('messages')
          .where({ key: second?.key ?? '' })
          .update({ to_person: randomUUID() }),
      world.owner,
    );
    await courierTo(server).deliver();

    expect(server.received).toEqual([]);
    expect(await rowOf(first?.key ?? '')).toMatchObject({ failed_at: clock, last_error: 'suspended' });
    expect(await rowOf(second?.key ?? '')).toMatchObject({ failed_at: clock, last_error: 'nobody' });
    expect((await entriesOf('message.given_up')).slice(-2)).toEqual([
      { kind: 'request_submitted', because: 'suspended' },
      { kind: 'request_submitted', because: 'nobody' },
    ]);
  });

  test('the address is the one of the day it is sent, not of the day it was written', async () => {
    const server = await mail();
    const [message] = await queue(1);
    await traced((trx) =>
      trx('people')
        .where({ email: message?.address ?? '' })
        .update({ email: 'moved@council.example' }),
    );
    await courierTo(server).deliver();
    expect(server.received.map(({ to }) => to)).toEqual(['moved@council.example']);
  });
});

describe('the mail server', () => {
  test('is down for an hour: nothing is lost or given up, and all is sent within minutes of its return', async () => {
    const gone = await mail();
    await gone.close();
    const courier = courierTo(gone);
    const messages = await queue(5);
    for (let minute = 0; minute < 60; minute += 1) {
      await courier.deliver();
      wait(60_000);
    }
    expect(await waiting()).toBe(5);
    const [tried] = await world.db('runtime.deliveries').limit(1);
    expect(tried).toMatchObject({ attempts: 0, last_error: 'unreachable:ESOCKET_ECONNREFUSED' });

    const back = await mail({}, gone.port);
    wait(5 * 60_000);
    await courier.deliver();
    expect(keysOf(back).toSorted()).toEqual(messages.map(({ key }) => key).toSorted());
    expect(await waiting()).toBe(0);
    // Asked ever less often: 10 s doubling to 5 minutes, whatever waits.
    expect(lines.filter((line) => line.includes('cannot be reached')).length).toBeLessThan(20);
  });

  test('refuses one address: that message ends as a dead letter after its retries, the others go', async () => {
    const server = await mail({ accepts: (address) => !address.startsWith('refused.') });
    const messages = await queue(3);
    const [refused, ...others] = messages;
    const address = `refused.${randomUUID()}@council.example`;
    await traced((trx) =>
      trx('people')
        .where({ email: refused?.address ?? '' })
        .update({ email: address }),
    );
    const courier = courierTo(server);
    await courier.deliver();
    expect(keysOf(server)).toEqual(others.map(({ key }) => key));

    const began = clock.getTime();
    for (let attempt = 1; ; attempt += 1) {
      expect(server.offered.get(address)).toBe(attempt);
      const pause = pauseAfter(attempt);
      if (pause === null) break;
      wait(pause - 1);
      await courier.deliver();
      expect(server.offered.get(address)).toBe(attempt);
      wait(1);
      await courier.deliver();
    }
    expect(await rowOf(refused?.key ?? '')).toMatchObject({
      sent_at: null,
      failed_at: clock,
      last_error: 'refused:EENVELOPE_550',
      attempts: 15,
    });
    // Ten seconds doubling to twelve hours: about a day and a half in all.
    expect((clock.getTime() - began) / 3_600_000).toBeCloseTo(34.75, 1);
    expect((await entriesOf('message.given_up')).at(-1)).toEqual({
      kind: 'request_submitted',
      because: 'refused:EENVELOPE_550',
    });
    wait(7 * 24 * 3_600_000);
    await courier.deliver();
    expect(server.offered.get(address)).toBe(15);
    expect(lines.join('')).not.toContain(address);
  });

  test('puts one message of twenty off after its content: nineteen arrive at once, and the one when it may', async () => {
    let isPuttingOff = true;
    const messages = await queue(20);
    const one = messages[7];
    const server = await mail({
      answer: async ({ to }) => (isPuttingOff && to === one?.address ? 451 : undefined),
    });
    const courier = courierTo(server);
    await courier.deliver();
    expect(server.received).toHaveLength(19);
    expect(await world.db('runtime.deliveries').select('attempts', 'last_error')).toEqual([
      { attempts: 1, last_error: 'put_off:EMESSAGE_451' },
    ]);
    isPuttingOff = false;
    wait(10_000);
    await courier.deliver();
    expect(keysOf(server).toSorted()).toEqual(messages.map(({ key }) => key).toSorted());
    expect(await waiting()).toBe(0);
  });

  test.each([450, 451, 452, 455])('puts one recipient off with %i: the others go', async (code) => {
    const messages = await queue(3);
    const [one] = messages;
    const server = await mail({ putsOff: (address) => (address === one?.address ? code : null) });
    await courierTo(server).deliver();
    expect(server.received).toHaveLength(2);
    expect(await world.db('runtime.deliveries').select('attempts', 'last_error')).toEqual([
      { attempts: 1, last_error: `put_off:EENVELOPE_${code}` },
    ]);
  });

  test('says that there is no such address: that message is a dead letter at once, and names the code alone', async () => {
    const messages = await queue(3);
    const [one] = messages;
    const server = await mail({
      accepts: (address) => address !== one?.address,
      says: `5.1.1 <${one?.address}> is not known here`,
    });
    await courierTo(server).deliver();
    expect(server.received).toHaveLength(2);
    expect(await rowOf(one?.key ?? '')).toMatchObject({
      failed_at: clock,
      last_error: 'refused:EENVELOPE_550_5.1.1',
      attempts: 1,
    });
    expect(lines.join('')).not.toContain(one?.address);
  });

  test.each(['to a recipient', 'after the content'])(
    'says %s that it closes: that is an outage, held against no message',
    async (when) => {
      await queue(3);
      const server = await mail(
        when === 'to a recipient' ? { putsOff: () => 421 } : { answer: async () => 421 },
      );
      await courierTo(server).deliver();
      expect(server.received).toEqual([]);
      expect(await world.db('runtime.deliveries').select('attempts', 'last_error')).toEqual([
        { attempts: 0, last_error: expect.stringMatching(/^unreachable:E[A-Z]+_421$/) },
      ]);
    },
  );

  test('cuts off in mid-message: it is sent again, and delivered', async () => {
    let cuts = 2;
    const server = await mail({ cuts: () => (cuts -= 1) >= 0 });
    const messages = await queue(3);
    const courier = courierTo(server);
    await courier.deliver();
    expect(server.received.length).toBe(1);
    expect(await waiting()).toBe(2);
    const [cut] = await world.db('runtime.deliveries').limit(1);
    expect(cut).toMatchObject({ attempts: 1, last_error: expect.stringMatching(/^broken_off:E[A-Z_]+$/) });

    wait(10_000);
    await courier.deliver();
    expect(keysOf(server).toSorted()).toEqual(messages.map(({ key }) => key).toSorted());
  });

  test('offers a certificate that nobody vouches for: nothing is handed over to it', async () => {
    const server = await mail({ startTls: true });
    await queue(1);
    await courierTo(server).deliver();
    expect(server.received).toEqual([]);
    expect(await world.db('runtime.deliveries').first('last_error')).toEqual({
      last_error: expect.stringMatching(/^unreachable:ESOCKET_[A-Z_]*CERT/),
    });
  });

  test('turns the login away: that is an outage, held against no message, and over once the login is right', async () => {
    const server = await mail({ login: { user: 'need-to-know', pass: 'right' } });
    const messages = await queue(2);
    const withLogin = (pass: string) => ({
      url: server.url.replace('://', `://need-to-know:${pass}@`),
    });
    const wrong = courierTo(withLogin('wrong'));
    await wrong.deliver();
    wait(60_000);
    await wrong.deliver();
    expect(server.offered.size).toBe(0);
    const tried = await world.db('runtime.deliveries').select('attempts', 'last_error');
    expect(tried).not.toEqual([]);
    for (const delivery of tried)
      expect(delivery).toEqual({ attempts: 0, last_error: 'unreachable:EAUTH_535' });
    expect(lines.join('')).not.toMatch(/wrong"|no such login/);

    wait(5 * 60_000);
    await courierTo(withLogin('right')).deliver();
    expect(keysOf(server).toSorted()).toEqual(messages.map(({ key }) => key).toSorted());
  });

  test('never answers while the service stops: the message is given back, for the next start at once', async () => {
    let arrived: () => void = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const silent = await mail({
      answer: () => {
        arrived();
        return new Promise(() => {});
      },
    });
    const [message] = await queue(1);
    const courier = courierTo(silent);
    courier.nudge();
    await arrival;
    await courier.stop(0);
    expect(await world.db('runtime.deliveries').first()).toMatchObject({ attempts: 0, claim: null });

    const server = await mail();
    await courierTo(server).deliver();
    expect(keysOf(server)).toEqual([message?.key]);
  });

  test('answers late while the service stops: the message in hand is finished, and no other is begun', async () => {
    let arrived: () => void = () => {};
    let release: () => void = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    const server = await mail({
      answer: () => {
        arrived();
        return held;
      },
    });
    const [first] = await queue(2);
    const courier = courierTo(server);
    courier.nudge();
    await arrival;
    const stopped = courier.stop(60_000);
    release();
    await stopped;
    expect(keysOf(server)).toEqual([first?.key]);
    expect(await rowOf(first?.key ?? '')).toMatchObject({ sent_at: clock });
    expect(await waiting()).toBe(1);
  });
});

describe('two couriers on one database', () => {
  test('send each message once between them, both at work at the same time', async () => {
    let meet: () => void = () => {};
    const met = new Promise<void>((resolve) => (meet = resolve));
    let inHand = 0;
    // The first message is answered when the other courier has one in hand as well.
    const server = await mail({
      answer: async () => {
        if ((inHand += 1) === 2) meet();
        await met;
      },
    });
    const messages = await queue(40);
    const both = [courierTo(server, world.open()), courierTo(server, world.open())];
    await Promise.all(both.map((courier) => courier.deliver()));

    expect(keysOf(server).toSorted()).toEqual(messages.map(({ key }) => key).toSorted());
    expect(await waiting()).toBe(0);
  });

  test('of many that reach for a message at the very same moment, one gets it', async () => {
    await queue(25);
    const db = world.open();
    const reach = () => claimNext(db, { now: clock, leaseMs: 60_000, longestPauseMs: 60_000 });
    const taken: string[] = [];
    for (let times = 0; times < 40; times += 1) {
      const claims = await Promise.all(Array.from({ length: 8 }, reach));
      taken.push(...claims.flatMap((claim) => (claim ? [claim.id] : [])));
    }
    expect(taken.length).toBe(25);
    expect(new Set(taken).size).toBe(25);
  });

  test('only one courier has a message in hand, as long as its lease lasts', async () => {
    let arrived: () => void = () => {};
    let release: () => void = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = await mail({
      answer: () => {
        arrived();
        return held;
      },
    });
    await queue(1);
    const first = courierTo(slow);
    first.nudge();
    await arrival;
    const other = await mail();
    wait(4 * 60_000);
    await courierTo(other, world.open()).deliver();
    expect(other.received).toEqual([]);
    release();
    await first.deliver();
    expect(slow.received.length).toBe(1);
    expect(await waiting()).toBe(0);
  });
});

describe('the database', () => {
  /** Refuses every mark, as if the service ended between the server's answer and its own note of it. */
  const refuseMarks = () =>
    world.owner.raw(`
      create function public.refuse_mark() returns trigger language plpgsql as $$
        begin raise exception 'no' using errcode = '57P01'; end $$;
      create trigger refuse_mark before update on public.messages
        for each row execute function public.refuse_mark()`);
  const allowMarks = () =>
    world.owner.raw('drop trigger refuse_mark on public.messages; drop function public.refuse_mark()');

  test('fails after the server took a message and the process ends: it goes again with the same Message-ID', async () => {
    const server = await mail();
    const [message] = await queue(1);
    await refuseMarks();
    try {
      const killed = courierTo(server);
      await killed.deliver();
      expect(await waiting()).toBe(1);
      await killed.stop(0);
    } finally {
      await allowMarks();
    }
    const next = courierTo(server);
    await next.deliver();
    expect(server.received.length).toBe(1);
    wait(6 * 60_000);
    await next.deliver();

    const ids = server.received.map(({ headers }) => headers.get('message-id'));
    expect(ids).toEqual([messageIdOf(message?.key ?? '', from), messageIdOf(message?.key ?? '', from)]);
    expect(keysOf(server)).toEqual([message?.key, message?.key]);
    expect(await waiting()).toBe(0);
  });

  test('fails and comes back within the same process: only the mark is made up for', async () => {
    const server = await mail();
    await queue(1);
    const courier = courierTo(server);
    await refuseMarks();
    try {
      await courier.deliver();
      await courier.deliver();
    } finally {
      await allowMarks();
    }
    expect(await waiting()).toBe(1);
    await courier.deliver();
    expect(await waiting()).toBe(0);
    expect(server.received.length).toBe(1);
    // Said once when it began, and once when it was over.
    expect(lines.filter((line) => line.includes('the outbox'))).toHaveLength(2);
  });

  test('is not held on to while a server takes its time: no lock, no transaction, and the service goes on', async () => {
    let arrived: () => void = () => {};
    let release: () => void = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    const server = await mail({
      answer: () => {
        arrived();
        return held;
      },
    });
    await queue(1);
    const courier = courierTo(server, world.open());
    courier.nudge();
    await arrival;
    const superuser = world.open(world.superuserUrl);
    const { rows } = await superuser.raw(
      `select count(*) filter (where state like 'idle in transaction%') as open from pg_stat_activity
        where datname = current_database()`,
    );
    const locks = await superuser.raw(
      `select l.mode from pg_locks l join pg_class c on c.oid = l.relation
        where c.relname in ('messages', 'deliveries', 'people') and l.pid <> pg_backend_pid()
          and l.database = (select oid from pg_database where datname = current_database())`,
    );
    expect({ open: rows[0].open, locks: locks.rows }).toEqual({ open: 0, locks: [] });
    // Others write messages, and the very row in hand, meanwhile.
    await queue(1);
    release();
    await courier.deliver();
    expect(server.received.length).toBe(2);
  });

  test('was written under a clock that has since been put back: nothing waits for that time to come again', async () => {
    const server = await mail({ accepts: () => false });
    const today = clock;
    wait(30 * 24 * 3_600_000);
    await queue(1);
    await courierTo(server).deliver();
    await queue(1);
    clock = today;
    server.behaviour.accepts = () => true;
    await courierTo(server).deliver();
    expect(server.received.length).toBe(2);
  });
});

test('the pauses double from ten seconds to twelve hours and then end', () => {
  const pauses = Array.from({ length: 15 }, (_, index) => pauseAfter(index + 1));
  expect(pauses.slice(0, 3)).toEqual([10_000, 20_000, 40_000]);
  expect(pauses.slice(-2)).toEqual([43_200_000, null]);
});
