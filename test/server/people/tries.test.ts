import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { pino } from 'pino';
import request from 'supertest';
import { append } from '../../../db/audit/append.js';
import { firstOf } from '../../../db/core/rows/first-of.js';
import { inTransaction } from '../../../db/core/connection.js';
import { createApp } from '../../../server/app.js';
import { deleteLeftovers } from '../../../server/jobs/leftovers.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import { noticesOf } from '../../../server/web/notices.js';
import { sockets } from '../../support/council.js';
import { useDatabase } from '../../support/database.js';
import { aSigner } from '../../support/signer.js';
import { statementsOf } from '../../support/statements.js';
import { unnumbered } from '../../support/unnumbered.js';

const world = useDatabase();
const password = 'observe-and-account-2026';
let passwordHash: string;
let clock = new Date();
const baseUrl = new URL('http://127.0.0.1:3000');
const log = pino({ level: 'silent' });
const servers: Server[] = [];
/** A node on a port of its own: given the app alone, supertest would open one for each call. */
const node = async (): Promise<Server> => {
  const server = createServer(made());
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
};
const made = () =>
  createApp({
    db: world.db,
    now: () => clock,
    log,
    sessionSecret: 'a secret of the test',
    baseUrl,
    trustProxy: 1,
    councilName: 'Test Council',
    demo: false,
    signer: aSigner(),
  });
let app: Server;
const later = (seconds: number) => (clock = new Date(clock.getTime() + seconds * 1000));

const trace = (trx: Parameters<typeof append>[0], subject: string) =>
  append(trx, {
    type: 'council.seeded',
    at: clock,
    actor: 'system',
    actorName: 'system',
    office: null,
    capacity: null,
    subject,
  });
let persons = 0;
const people = (count: number): Promise<{ readonly id: string; readonly email: string }[]> =>
  inTransaction(world.db, async (trx) => {
    const rows = Array.from({ length: count }, () => ++persons).map((number) => ({
      name: `Person ${number}`,
      email: `Person.${number}@council.example`,
      password_hash: passwordHash,
    }));
    await trace(trx, 'council');
    return trx('people').insert(rows).returning(['id', 'email']);
  });
const person = async () => firstOf(await people(1));
const changePassword = (id: string) =>
  inTransaction(world.db, async (trx) => {
    await trx('people')
      .where({ id })
      .update({ password_hash: `${passwordHash} ` });
    await trx('people').where({ id }).update({ password_hash: passwordHash });
    await trace(trx, id);
  });

let addresses = 0;
const newAddress = () => `10.1.${++addresses >> 8}.${addresses & 255}`;
interface From {
  readonly ip?: string;
  readonly cookies?: readonly string[];
  readonly to?: Server;
}
const signIn = (email: string, secret = password, { ip = newAddress(), cookies = [], to = app }: From = {}) =>
  request(to)
    .post('/api/session')
    .agent(sockets)
    .set('X-Forwarded-For', ip)
    .set('Cookie', cookies.join('; '))
    .send({ email, password: secret });
const cookiesOf = (res: request.Response) =>
  (res.get('Set-Cookie') ?? []).map((cookie) => cookie.split(';')[0] ?? '');
/** A browser that has signed in to that account. */
const browserOf = async (email: string) => cookiesOf(await signIn(email));

const wrong = async (times: number, email: string, from: From = {}) => {
  const ip = from.ip ?? newAddress();
  return Promise.all(Array.from({ length: times }, (_, i) => signIn(email, `wrong ${i}`, { ...from, ip })));
};
const statuses = (answers: readonly request.Response[]) => answers.map(({ status }) => status);
const tried = (answers: readonly request.Response[]) =>
  statuses(answers).filter((status) => status === 401).length;

const entries = async (subject: string, type: string): Promise<number> => {
  const { rows } = await world.db.raw(
    `select e.type from audit.entries e join audit.secret s on s.entry_id = e.id and s.field = 'subject'
     where s.value = ?::jsonb and e.type = ?`,
    [JSON.stringify(subject), type],
  );
  return rows.length;
};
const mail = (to: string) => world.db('messages').where({ to_person: to }).select('kind', 'reference', 'due');

beforeAll(async () => {
  passwordHash = await hash(password, { memoryCost: 64, timeCost: 1 });
});
beforeEach(async () => {
  // So that the next count is a new one: of the account that is unknown, for one.
  later(48 * 3600);
  app = await node();
});

afterAll(() => {
  sockets.destroy();
  for (const server of servers) server.close();
});

describe('wrong passwords in one account from one source', () => {
  test('sent a hundred at once reach the check five times, and say how long the next one waits', async () => {
    const { email, id } = await person();
    const answers = await wrong(100, email);
    expect([tried(answers), answers.length - tried(answers)]).toEqual([5, 95]);
    expect(new Set(statuses(answers))).toEqual(new Set([401, 429]));
    for (const { status, headers, body } of answers)
      if (status === 429) {
        expect(headers['retry-after']).toBe('1');
        expect(body).toMatchObject({
          type: '/problems/too-many-attempts',
          detail: 'There were too many failed attempts. Wait for 1 second, and try again.',
        });
      }
    expect(await entries(id, 'session.failed')).toBe(5);
  });

  test('sent a hundred at once to two nodes reach the check five times as well', async () => {
    const { email } = await person();
    const [one, other] = [await node(), await node()];
    const ip = newAddress();
    const both = await Promise.all([wrong(50, email, { ip, to: one }), wrong(50, email, { ip, to: other })]);
    expect(tried(both.flat())).toBe(5);
  });

  test('wait longer each time, up to a minute; tries within the wait are not held, and do not make it longer', async () => {
    const { email } = await person();
    const ip = newAddress();
    await wrong(5, email, { ip });
    const waited: number[] = [];
    for (let round = 0; round < 9; round++) {
      const refused = await wrong(3, email, { ip });
      expect(tried(refused)).toBe(0);
      const seconds = Number(refused[0]?.headers['retry-after']);
      waited.push(seconds);
      later(seconds - 0.001);
      expect((await signIn(email, 'wrong', { ip })).status).toBe(429);
      later(0.001);
      expect((await signIn(email, 'wrong', { ip })).status).toBe(401);
    }
    expect(waited).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
    later(60);
    expect((await signIn(email, password, { ip })).status).toBe(201);
  });

  test('are not got round by an address that another folding of letters makes the same', async () => {
    const { email } = await person();
    const ip = newAddress();
    await wrong(5, email, { ip });
    expect((await signIn(email, password, { ip })).status).toBe(429);
    const folded = email.replace('council', 'councİl');
    expect((await signIn(folded, password, { ip })).status).toBe(401);
  });

  test('are forgotten with the right one, and a day after the first', async () => {
    const { email } = await person();
    const ip = newAddress();
    for (let round = 0; round < 3; round++) {
      expect(tried(await wrong(4, email, { ip }))).toBe(4);
      expect((await signIn(email, password, { ip })).status).toBe(201);
    }
    expect(tried(await wrong(10, email, { ip }))).toBe(5);
    later(24 * 3600);
    expect(tried(await wrong(10, email, { ip }))).toBe(5);
  });

  test('do not count against right ones, of which twenty at once all succeed', async () => {
    const { email } = await person();
    const ip = newAddress();
    const many = await Promise.all(Array.from({ length: 20 }, () => signIn(email, password, { ip })));
    expect(new Set(statuses(many))).toEqual(new Set([201]));
  });

  test('a clock that was put back makes nobody wait for the time in between', async () => {
    const { email } = await person();
    const ip = newAddress();
    await wrong(10, email, { ip });
    later(-3600);
    expect((await signIn(email, password, { ip })).status).toBe(201);
  });
});

describe('while wrong passwords rain on an account from ten addresses', () => {
  test('its owner signs in from a known browser, even at one of them, and from a new browser elsewhere', async () => {
    const { email } = await person();
    const browser = await browserOf(email);
    const attackers = Array.from({ length: 10 }, newAddress);
    const rain = await Promise.all(attackers.map((ip) => wrong(9, email, { ip })));
    expect(rain.map(tried)).toEqual(attackers.map(() => 5));
    const [at = ''] = attackers;
    expect((await signIn(email, password, { ip: at })).status).toBe(429);
    expect((await signIn(email, password, { ip: at, cookies: browser })).status).toBe(201);
    expect((await signIn(email, password)).status).toBe(201);
  });

  test('its owner signs in meanwhile within two seconds from a known browser, and within a minute from a new one', async () => {
    const { email, id } = await person();
    const browser = await browserOf(email);
    const attackers = Array.from({ length: 10 }, newAddress);
    const rain = { goesOn: true, tries: 0 };
    const attack = async (ip: string) => {
      while (rain.goesOn) {
        await signIn(email, `wrong ${rain.tries++}`, { ip });
        later(0.1);
      }
    };
    const raining = Promise.all(attackers.map(attack));
    try {
      while (rain.tries < 100) await new Promise(setImmediate);
      const timed = async (from: From) => {
        const [began, at] = [performance.now(), clock.getTime()];
        let answer = await signIn(email, password, from);
        // Somebody who is asked to wait does so and tries again: by the service’s clock, which the rain moves on.
        while (answer.status === 429) answer = await signIn(email, password, from);
        const took = { bySelf: performance.now() - began, byClock: clock.getTime() - at };
        return { status: answer.status, ...took };
      };
      const [there = ''] = attackers;
      const known = await timed({ ip: there, cookies: browser });
      const fresh = await timed({});
      expect([known.status, fresh.status]).toEqual([201, 201]);
      expect(known.bySelf).toBeLessThan(2_000);
      expect(fresh.byClock).toBeLessThan(60_000);
    } finally {
      rain.goesOn = false;
      await raining;
    }
    expect([await entries(id, 'session.slowed'), (await mail(id)).length]).toEqual([1, 1]);
  });

  test('eighty tries at once from one source count as eighty', async () => {
    const ip = newAddress();
    const counted = async () => {
      const { rows } = await world.db.raw<{ rows: { most: number }[] }>(
        `select coalesce(max(points), 0)::int as most from runtime.limits where key like 'source:%' and ends_at > ?`,
        [clock],
      );
      return rows[0]?.most;
    };
    const twenty = await people(20);
    const answers = await Promise.all(
      twenty.flatMap(({ email }) => Array.from({ length: 4 }, () => signIn(email, 'wrong', { ip }))),
    );
    expect([tried(answers), await counted()]).toEqual([80, 80]);
  });

  test('its owner is told once, by mail and on the trail, and again only after a day', async () => {
    const { email, id } = await person();
    await Promise.all(Array.from({ length: 10 }, () => wrong(8, email)));
    for (let round = 0; round < 3; round++) {
      later(90);
      await wrong(3, email);
    }
    const told = { kind: 'sign_in_slowed', reference: 'account', due: null };
    expect([await mail(id), await entries(id, 'session.slowed')]).toEqual([[told], 1]);
    later(24 * 3600);
    await wrong(8, email);
    expect([await mail(id), await entries(id, 'session.slowed')]).toEqual([[told, told], 2]);
  });

  test('the mail says what to do, and neither name nor address', async () => {
    const { email, id } = await person();
    await wrong(8, email);
    const [sent] = await world.db('messages').where({ to_person: id });
    const words =
      sent &&
      noticesOf({ baseUrl, councilName: 'Test Council', sessionSecret: 'a secret of the test' })({
        ...sent,
        due: null,
        counts: null,
      });
    expect(words?.text).toMatch(/You can still sign in/);
    expect(words?.text).toMatch(/If it was not you/);
    expect(words?.link.href).toBe('http://127.0.0.1:3000/sign-in');
    expect(words?.text).not.toMatch(/Person|10\.1\./);
  });

  test('nobody is told of four failed tries', async () => {
    const { email, id } = await person();
    await wrong(4, email);
    expect([await mail(id), await entries(id, 'session.slowed')]).toEqual([[], 0]);
  });
});

describe('a browser in which somebody has signed in', () => {
  test('gets a cookie of that account that no script reads, after the session’s, and keeps it', async () => {
    const { email, id } = await person();
    const res = await signIn(email);
    const [session, known, ...more] = res.get('Set-Cookie') ?? [];
    expect(more).toEqual([]);
    expect(session).toMatch(/^session=/);
    expect(known).toMatch(
      /^known-[\w-]{16}=[\w-]{43}; Max-Age=15552000; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const again = await signIn(email.toUpperCase(), password, { cookies: cookiesOf(res) });
    expect(cookiesOf(again).map((cookie) => cookie.split('=')[0])).toEqual(['session']);
    const [kept] = await world.db('runtime.known_browsers').where({ person_id: id });
    expect(kept?.token_hash.toString('base64url')).not.toContain(known?.split('=')[1]?.slice(0, 43));
    expect(await world.db('runtime.known_browsers').where({ person_id: id })).toHaveLength(1);
  });

  test('has an allowance of its own, which runs out too', async () => {
    const { email } = await person();
    const cookies = await browserOf(email);
    expect(tried(await wrong(20, email, { cookies }))).toBe(5);
    expect((await signIn(email, password, { cookies })).status).toBe(429);
    expect((await signIn(email, password)).status).toBe(201);
  });

  test('is known to that account and to no other', async () => {
    const [one, other] = [await person(), await person()];
    const [, known = ''] = await browserOf(one.email);
    const ip = newAddress();
    await wrong(5, other.email, { ip });
    const forged = known.replace(/^known-[\w-]{16}/, (await browserOf(other.email))[1]?.split('=')[0] ?? '');
    expect((await signIn(other.email, password, { ip, cookies: [known, forged] })).status).toBe(429);
  });

  test('is a stranger again after 180 days, and after a change of the password', async () => {
    const { email, id } = await person();
    const isKnown = async (cookies: readonly string[]) => {
      const ip = newAddress();
      await wrong(5, email, { ip });
      return (await signIn(email, password, { ip, cookies })).status === 201;
    };
    const cookies = await browserOf(email);
    later(179 * 86_400);
    expect(await isKnown(cookies)).toBe(true);
    later(86_400);
    expect(await isKnown(cookies)).toBe(false);
    later(60);
    const after = await browserOf(email);
    expect(await isKnown(after)).toBe(true);
    await changePassword(id);
    expect(await isKnown(after)).toBe(false);
  });

  test('is one of at most twenty of an account', async () => {
    const { email, id } = await person();
    for (let i = 0; i < 22; i++) {
      later(1);
      await browserOf(email);
    }
    await deleteLeftovers({ db: world.db, now: () => clock, log, settings: defaultSettings });
    const kept = await world.db('runtime.known_browsers').where({ person_id: id }).pluck('ends_at');
    expect(kept).toHaveLength(20);
    expect(Math.max(...kept.map(Number))).toBe(clock.getTime() + 180 * 86_400_000);
  });
});

describe('a building from which wrong passwords come', () => {
  /** In ever new accounts, four tries in each. */
  const strangers = async (count: number, from: From) => {
    const found = await people(count / 4);
    return (await Promise.all(found.map(({ email }) => wrong(4, email, from)))).flat();
  };

  test('does not stop a colleague in it after a hundred of them', async () => {
    const { email } = await person();
    const ip = newAddress();
    expect(tried(await strangers(100, { ip }))).toBe(100);
    expect((await signIn(email, password, { ip })).status).toBe(201);
  });

  test('is slowed to one a second after two hundred, on all nodes together, and not shut', async () => {
    const { email, id } = await person();
    const known = await browserOf(email);
    const ip = '2001:db8:1:2::1';
    const other = { ip: '2001:db8:1:2::ffff', to: await node() };
    const both = await Promise.all([strangers(120, { ip }), strangers(120, other)]);
    expect(tried(both.flat())).toBeLessThanOrEqual(200);
    later(1);
    await signIn('nobody@council.example', 'wrong', { ip });
    const refused = await signIn(email, password, { ip });
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect((await signIn(email, password, { ip, cookies: known })).status).toBe(201);
    expect((await signIn(email, password, { ip: '2001:db8:1:3::1' })).status).toBe(201);
    // What was refused for the sake of the source was not counted for the account.
    later(1);
    expect((await signIn(email, password, { ip })).status).toBe(201);
    expect(await mail(id)).toEqual([]);
  });
});

describe('a sign-in that is under way', () => {
  /** Sends it while something is locked, and goes on once it waits for that, or has ended without. */
  const under = async (email: string, lock: (trx: Knex.Transaction) => Promise<unknown>) => {
    const seen = { settled: false };
    const sent: Promise<request.Response>[] = [];
    const isWaiting = async () => {
      const { rows } = await world.owner.raw<{ rows: object[] }>(
        `select from pg_locks where not granted
           and (database is null or database = (select oid from pg_database where datname = current_database()))`,
      );
      return rows.length > 0;
    };
    await inTransaction(world.owner, async (trx) => {
      await trace(trx, 'council');
      await lock(trx);
      const signingIn = async () => {
        const answer = await signIn(email);
        seen.settled = true;
        return answer;
      };
      sent.push(signingIn());
      while (!seen.settled && !(await isWaiting()));
      later(1);
    });
    return firstOf(await Promise.all(sent));
  };

  test('with a password that is changed meanwhile fails, and its browser is not known', async () => {
    const { email, id } = await person();
    const change = { password_hash: `${passwordHash} ` };
    const answer = await under(email, (trx) => trx('people').where({ id }).update(change));
    expect([answer.status, cookiesOf(answer)]).toEqual([401, []]);
    expect(await world.db('runtime.known_browsers').where({ person_id: id })).toEqual([]);
    expect([await entries(id, 'session.failed'), await entries(id, 'session.signed_in')]).toEqual([1, 0]);
  });

  test('counts from its beginning, so that who is signed out everywhere meanwhile stays out', async () => {
    const { email, id } = await person();
    const lock = 'lock table runtime.limits in exclusive mode';
    const answer = await under(email, (trx) => trx.raw(lock));
    expect(answer.status).toBe(201);
    const me = () => request(app).get('/api/me').agent(sockets).set('Cookie', cookiesOf(answer).join('; '));
    expect((await me()).status).toBe(200);
    await inTransaction(world.db, async (trx) => {
      await trx('people').where({ id }).update({ sessions_from: clock });
      await trace(trx, id);
    });
    expect((await me()).status).toBe(401);
  });
});

describe('an unknown account', () => {
  const journey = async (email: string) => {
    const ip = newAddress();
    const answers: unknown[] = [];
    const sent: (readonly string[])[] = [];
    for (let i = 0; i < 7; i++) {
      const { statements, answer } = await statementsOf(world.db, async () => signIn(email, 'wrong', { ip }));
      sent.push(statements);
      const { status, headers, body } = answer;
      const { date: _, 'x-request-id': __, 'content-security-policy': ___, ...rest } = headers;
      answers.push([status, rest, unnumbered(body)]);
    }
    return { answers, sent };
  };

  test('is answered as a known one to the letter, by the same statements, also when it is slowed', async () => {
    const { email } = await person();
    await journey('somebody.else@council.example');
    const [known, unknown] = [await journey(email), await journey('nobody@council.example')];
    expect(unknown.answers).toEqual(known.answers);
    expect(unknown.sent).toEqual(known.sent);
    expect(known.answers.map((answer) => (answer as [number])[0])).toEqual([
      401, 401, 401, 401, 401, 429, 429,
    ]);
  });
});

describe('the page', () => {
  test('says how long to wait, with the header, and keeps the address that was typed', async () => {
    const { email } = await person();
    const agent = request.agent(app);
    const ip = newAddress();
    const token = (html: string) => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    let page = await agent.get('/sign-in').set('Accept', 'text/html');
    const send = () =>
      agent
        .post('/sign-in')
        .set('Accept', 'text/html')
        .set('X-Forwarded-For', ip)
        .type('form')
        .send({ email, password: 'wrong', _csrf: token(page.text) });
    for (let i = 0; i < 6; i++) page = await send();
    expect([page.status, page.headers['retry-after']]).toEqual([429, '1']);
    expect(page.text).toContain('Wait for 1 second, and try again.');
    expect(page.text).toContain(`value="${email}"`);
  });
});

describe('counts', () => {
  test('hold no address in clear, and are deleted by a job when they have run out', async () => {
    const { email } = await person();
    const cookies = await browserOf(email);
    await wrong(8, email, { cookies });
    await wrong(8, email);
    const keys: string[] = await world.db('runtime.limits').pluck('key');
    for (const key of keys) expect(key).toMatch(/^(account|browser|source|told):[\w-]{43}$/);
    const job = { db: world.db, now: () => clock, log, settings: defaultSettings };
    await deleteLeftovers(job);
    expect(await world.db('runtime.limits').where('ends_at', '<=', clock)).toEqual([]);
    expect((await world.db('runtime.limits')).length).toBeGreaterThan(3);
    later(24 * 3600);
    expect(await deleteLeftovers(job)).toBeGreaterThan(3);
    expect(await world.db('runtime.limits')).toEqual([]);
    later(180 * 86_400);
    await deleteLeftovers(job);
    expect(await world.db('runtime.known_browsers')).toEqual([]);
  });

  test('of links that were asked for are deleted by the same job, and by nobody who asks', async () => {
    const ask = (email: string) =>
      request(app)
        .post('/api/password/forgotten')
        .agent(sockets)
        .set('X-Forwarded-For', newAddress())
        .send({ email });
    const counted = async (): Promise<number> => (await world.db('runtime.links_asked')).length;
    await ask('one@council.example');
    later(2 * 3600);
    await ask('another@council.example');
    expect(await counted()).toBe(4);
    await deleteLeftovers({ db: world.db, now: () => clock, log, settings: defaultSettings });
    expect(await counted()).toBe(2);
  });
});

jest.setTimeout(60_000);
