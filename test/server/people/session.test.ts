import { hash } from '@node-rs/argon2';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import knex, { type Knex } from 'knex';
import { pino } from 'pino';
import request from 'supertest';
import { append } from '../../../db/audit/append.js';
import { createDb, inTransaction } from '../../../db/core/connection.js';
import { abilityFor } from '../../../policies/permission/ability.js';
import { Forbidden, NotFound } from '../../../policies/core/refusals.js';
import { createSettingsReader, keepChoices, settingsRevision } from '../../../db/settings/settings.js';
import { defaultSettings, noChoices, type Choices } from '../../../policies/settings/settings.js';
import type { Actor } from '../../../policies/people/actor.js';
import { createApp, type AppDeps } from '../../../server/app.js';
import type { Ctx } from '../../../server/case/ctx.js';
import { linksOf } from '../../../server/case/links.js';
import { recordRefusal } from '../../../server/web/middleware/refusals.js';
import { useDatabase } from '../../support/database.js';
import { aSigner } from '../../support/signer.js';
import { provingOf } from '../../support/people.js';
import { statementsOf } from '../../support/statements.js';
import { unnumbered } from '../../support/unnumbered.js';
import { firstOf } from '../../../db/core/rows/first-of.js';

const world = useDatabase();
const password = 'observe-and-account-2026';
let passwordHash: string;
let app: Express;
let clock: Date;
const lines: string[] = [];
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });

const appWith = (more: Partial<AppDeps> = {}): Express =>
  createApp({
    db: world.db,
    now: () => clock,
    log,
    sessionSecret: 'a secret of the test',
    baseUrl: new URL('http://127.0.0.1:3000'),
    trustProxy: 1,
    councilName: 'Test Council',
    demo: true,
    signer: aSigner(),
    ...more,
  });

let people = 0;
/** Somebody who may sign in, with an office; each test has its own, so that counts do not meet. */
const person = async (more: { suspended?: boolean; hash?: string | null } = {}) => {
  const email = `Person.${++people}@council.example`;
  const id = await inTransaction(world.db, async (trx) => {
    const rows = await trx('people')
      .insert({
        name: `Person ${people}`,
        email,
        password_hash: more.hash === undefined ? passwordHash : more.hash,
        suspended_at: more.suspended ? clock : null,
      })
      .returning('id');
    const { id: made } = firstOf(rows);
    await trx('offices_held').insert({ person_id: made, office: 'legal', capacity: 'authorised' });
    await trace(trx, made);
    return made;
  });
  return { id, email, name: `Person ${people}` };
};
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
const suspend = (id: string) =>
  inTransaction(world.db, async (trx) => {
    await trx('people').where({ id }).update({ suspended_at: clock });
    await trace(trx, id);
  });

const entriesAbout = async (subject: string) => {
  const { rows } = await world.db.raw(
    `select e.type, a.value as actor, e.decision from audit.entries e
       join audit.secret s on s.entry_id = e.id and s.field = 'subject'
       join audit.secret a on a.entry_id = e.id and a.field = 'actor'
     where s.value = ?::jsonb and e.type like 'session.%' order by e.seq`,
    [JSON.stringify(subject)],
  );
  return rows;
};

let address = 0;
/** Each from an address of its own, unless the test is about addresses. */
const signIn = (
  email: unknown,
  secret: unknown = password,
  { ip = `10.0.${++address >> 8}.${address & 255}`, to = app } = {},
) => request(to).post('/api/session').set('X-Forwarded-For', ip).send({ email, password: secret });
const cookieOf = (res: request.Response) => res.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
const me = (cookie: string, to = app) => request(to).get('/api/me').set('Cookie', cookie);

beforeAll(async () => {
  passwordHash = await hash(password);
});
beforeEach(() => {
  clock = new Date();
  lines.length = 0;
  app = appWith();
});

describe('signing in', () => {
  test('answers 201 with who it is, and a cookie that a script cannot read', async () => {
    const { id, email, name } = await person();
    const res = await signIn(email.toUpperCase());
    expect(res.status).toBe(201);
    expect(res.body).toEqual({ id, name, email, offices: [{ office: 'legal', capacity: 'authorised' }] });
    const [cookie] = res.get('Set-Cookie') ?? [];
    expect(cookie).toMatch(/^session=s%3A[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect((await me(cookieOf(res))).body).toEqual(res.body);
    const decision = { proof: 'passphrase' };
    expect(await entriesAbout(id)).toEqual([{ type: 'session.signed_in', actor: id, decision }]);
  });

  test('gives a new session, whatever cookie came with it', async () => {
    const { email } = await person();
    const first = cookieOf(await signIn(email));
    const again = await signIn(email).set('Cookie', first);
    expect(cookieOf(again)).not.toBe(first);
    expect((await me(first)).status).toBe(401);
    expect((await me(cookieOf(again))).status).toBe(200);
  });

  test('over https alone sets a __Host- cookie', async () => {
    const { email } = await person();
    const to = appWith({ baseUrl: new URL('https://observe.council.example') });
    const res = await signIn(email, password, { to }).set('X-Forwarded-Proto', 'https');
    expect(res.get('Set-Cookie')?.[0]).toMatch(
      /^__Host-session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(res.headers['strict-transport-security']).toMatch(/max-age/);
  });

  test('fails alike for a wrong password, an unknown address and a suspended account', async () => {
    const known = await person();
    const suspended = await person({ suspended: true });
    const withoutPassword = await person({ hash: null });
    const answers = [
      await signIn(known.email, 'wrong'),
      await signIn('nobody@council.example'),
      await signIn('not an address'),
      await signIn(suspended.email),
      await signIn(withoutPassword.email),
    ];
    for (const { status, body, headers } of answers) {
      expect([status, unnumbered(body)]).toEqual([401, unnumbered(answers[0]?.body)]);
      expect(headers).not.toHaveProperty('set-cookie');
    }
    expect(unnumbered(answers[0]?.body)).toEqual({
      type: '/problems/sign-in-failed',
      title: 'You could not be signed in',
      status: 401,
      detail: 'The e-mail address or the password is not right.',
    });
    const failed = { type: 'session.failed', actor: 'system', decision: null };
    expect(await entriesAbout(known.id)).toEqual([failed]);
    expect(await entriesAbout(suspended.id)).toEqual([failed]);
    expect((await entriesAbout('unknown')).length).toBeGreaterThanOrEqual(2);
  });

  test.each([
    [{ email: 'a@b.example' }, 'password', 'Enter your password'],
    [{ email: 'x'.repeat(255), password }, 'email', 'E-mail address must be 254 characters or fewer'],
    [
      { email: 'a@b.example', password: 'x'.repeat(1025) },
      'password',
      'Password must be 1,024 characters or fewer',
    ],
    [
      { email: 'a\0@b.example', password },
      'email',
      'E-mail address must not have characters that cannot be stored',
    ],
    [{ email: 'a@b.example', password, remember: true }, 'remember', 'This is not a field of this call'],
    [{ email: ['a@b.example'], password }, 'email', 'E-mail address must be sent once, as text'],
  ])('%j is refused before anything is tried', async (body, field, message) => {
    const res = await request(app).post('/api/session').send(body);
    expect([res.status, res.body.errors]).toEqual([422, [{ field, message }]]);
  });

  test('refuses a lone surrogate', async () => {
    const call = request(app).post('/api/session').set('Content-Type', 'application/json');
    call.write('{"email":"a@b.example","password":"\\udc00"}');
    expect((await call).status).toBe(422);
  });

  test('is refused to a page of another origin, and open to our own under any name of this machine', async () => {
    const { email } = await person();
    expect((await signIn(email).set('Origin', 'http://127.0.0.1:3001')).body.rule).toBe('same_origin');
    expect((await signIn(email).set('Origin', 'http://localhost:3000')).status).toBe(201);
  });
});

describe('a session', () => {
  test('ends with signing out, which is recorded', async () => {
    const { email, id } = await person();
    const cookie = cookieOf(await signIn(email));
    const out = await request(app).delete('/api/session').set('Cookie', cookie);
    expect([out.status, out.text]).toEqual([204, '']);
    expect(out.get('Set-Cookie')?.[0]).toMatch(/^session=; Path=\/; Expires=Thu, 01 Jan 1970/);
    expect((await me(cookie)).status).toBe(401);
    expect((await entriesAbout(id)).map(({ type }: { type: string }) => type)).toEqual([
      'session.signed_in',
      'session.signed_out',
    ]);
    expect((await request(app).delete('/api/session').set('Cookie', cookie)).status).toBe(401);
  });

  test('ends at once with a suspension', async () => {
    const { email, id } = await person();
    const cookie = cookieOf(await signIn(email));
    await suspend(id);
    const res = await me(cookie);
    expect([res.status, res.body.type]).toEqual([401, '/problems/not-signed-in']);
  });

  test('ends after twelve hours, however much it is used', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const began = clock.getTime();
    clock = new Date(began + 12 * 3_600_000);
    expect((await me(cookie)).status).toBe(200);
    clock = new Date(began + 12 * 3_600_000 + 1);
    expect((await me(cookie)).status).toBe(401);
  });

  test('is put off for an hour by each use', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    await world.db('runtime.sessions').update({ expire: new Date(Date.now() + 60_000) });
    const res = await me(cookie);
    expect(res.get('Set-Cookie')?.[0]).toMatch(/^session=/);
    const [expire] = await world.db('runtime.sessions').orderBy('expire', 'desc').pluck('expire');
    expect((expire as Date).getTime()).toBeGreaterThan(Date.now() + 55 * 60_000);
    await world.db('runtime.sessions').update({ expire: new Date(Date.now() - 2_000) });
    expect((await me(cookie)).status).toBe(401);
  });

  test('keeps of the person the id alone, however much was read with it', async () => {
    const { email, id, name } = await person();
    const cookie = cookieOf(await signIn(email));
    // The page's form keeps a token in the session, which saves it.
    await request(app).get('/requests').set('Cookie', cookie).set('Accept', 'text/html');
    const rows = await world.db('runtime.sessions').select('sess');
    const stored = rows.map(({ sess }) => JSON.stringify(sess)).find((sess) => sess.includes(id));
    expect(stored).toBeDefined();
    expect(stored).not.toContain(email);
    expect(stored).not.toContain(name);
  });

  test('is not made for people who are not signed in, and a forged cookie does not count', async () => {
    const before = await world.db('runtime.sessions').count();
    for (const cookie of ['', 'session=s%3Aforged.signature', 'session=plain']) {
      const res = await me(cookie);
      expect(res.status).toBe(401);
      expect(res.headers).not.toHaveProperty('set-cookie');
    }
    expect(await world.db('runtime.sessions').count()).toEqual(before);
  });

  test('is read with its person, their offices and the settings in one statement', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const { statements, answer } = await statementsOf(world.db, () => me(cookie));
    expect(answer.status).toBe(200);
    expect(statements).toEqual([expect.stringMatching(/runtime\.sessions[^]*offices_held[^]*settings/)]);
  });

  test('is written at most once a minute, by any app', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const extended = async (to: Express) => {
      const { statements } = await statementsOf(world.db, () => me(cookie, to));
      return statements.filter((each) => each.startsWith('update runtime.sessions')).length;
    };
    expect([await extended(app), await extended(appWith())]).toEqual([0, 0]);
    await world.db('runtime.sessions').update({ expire: new Date(Date.now() + 58 * 60_000) });
    expect([await extended(app), await extended(app), await extended(appWith())]).toEqual([1, 0, 0]);
  });

  test('asks the database nothing for a visitor without one', async () => {
    for (const path of ['/api/me', '/api/openapi.json', '/requests', '/nowhere', '/sign-in']) {
      const { statements } = await statementsOf(world.db, () =>
        request(app).get(path).set('Accept', 'text/html'),
      );
      expect([path, statements]).toEqual([path, []]);
    }
  });

  test('of a person whose id it does not hold belongs to nobody', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const sess = { cookie: { originalMaxAge: 3_600_000 }, passport: {} };
    await world.db('runtime.sessions').update({ sess: JSON.stringify(sess) });
    expect((await me(cookie)).status).toBe(401);
  });

  test('finds offices and an absence as they are at this moment', async () => {
    const { email, id } = await person();
    const cookie = cookieOf(await signIn(email));
    const change = (work: (trx: Knex.Transaction) => Promise<unknown>) =>
      inTransaction(world.db, async (trx) => {
        await work(trx);
        await trace(trx, id);
      });
    await change((trx) =>
      trx('offices_held').insert({ person_id: id, office: 'auditor', capacity: 'authorised' }),
    );
    const offices = async () =>
      (await me(cookie)).body.offices.map(({ office }: { office: string }) => office);
    expect(await offices()).toEqual(['auditor', 'legal']);
    await change((trx) => trx('offices_held').where({ person_id: id, office: 'legal' }).delete());
    expect(await offices()).toEqual(['auditor']);
  });

  test('is answered by the settings in force, on a node that knew others and on one that knew none', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const due = async (to: Express) =>
      (
        await request(to)
          .get('/api/working-days?from=2026-11-27T10:00:00%2B00:00&days=1')
          .set('Cookie', cookie)
      ).body.due;
    const [one, other] = [appWith(), appWith()];
    const set = (nation: Choices['nation']) =>
      inTransaction(world.db, async (trx) => {
        const { id: personId } = await person();
        await keepChoices(
          trx,
          { ...noChoices, nation },
          { at: clock, personId, office: 'democratic_services', capacity: 'authorised' },
        );
        await trace(trx, 'settings');
      });
    expect([await due(one), await due(other)]).toEqual(['2026-11-30', '2026-11-30']);
    await set('scotland');
    expect([await due(one), await due(appWith())]).toEqual(['2026-12-01', '2026-12-01']);
    await set('england_and_wales');
    expect([await due(one), await due(other)]).toEqual(['2026-11-30', '2026-11-30']);
  });

  test('answers by the settings of a backup that took the place of its database, also under the same number', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const to = appWith();
    const due = async () =>
      (
        await request(to)
          .get('/api/working-days?from=2026-11-27T10:00:00%2B00:00&days=1')
          .set('Cookie', cookie)
      ).body.due;
    const reader = createSettingsReader();
    const set = async (nation: Choices['nation']) => {
      const { id: personId } = await person();
      await inTransaction(world.db, async (trx) => {
        await keepChoices(
          trx,
          { ...noChoices, nation },
          { at: clock, personId, office: 'democratic_services', capacity: 'authorised' },
        );
        await trace(trx, 'settings');
      });
    };
    await set('scotland');
    expect([await due(), (await reader(world.db)).choices.nation]).toEqual(['2026-12-01', 'scotland']);
    const restored = world.open(world.superuserUrl);
    await inTransaction(restored, async (trx) => {
      await trx('settings')
        .where('revision', await settingsRevision(trx))
        .update({ choices: JSON.stringify(noChoices), at: new Date(clock.getTime() - 86_400_000) });
      await trace(trx, 'settings');
    });
    expect([await due(), (await reader(world.db)).choices.nation]).toEqual([
      '2026-11-30',
      'england_and_wales',
    ]);
  });

  test('works at another app on the same database', async () => {
    const { email } = await person();
    expect((await me(cookieOf(await signIn(email)), appWith())).status).toBe(200);
  });
});

describe('a call with a cookie that this node has checked before', () => {
  const called = async (to = app, more: Readonly<Record<string, string>> = {}) => {
    const { email, id } = await person();
    const cookie = cookieOf(await signIn(email, password, { to }).set(more));
    expect((await me(cookie, to).set(more)).status).toBe(200);
    return { cookie, id };
  };

  test('is answered with the same cookie, put off anew', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const [first, second] = [await me(cookie), await me(cookie)];
    const parts = (res: request.Response) =>
      /^(.*)Expires=([^;]+)(.*)$/.exec(res.get('Set-Cookie')?.[0] ?? '');
    const [, name, at, rest] = parts(second) ?? [];
    expect([name, rest]).toEqual([parts(first)?.[1], parts(first)?.[3]]);
    expect(name).toBe(`${cookie}; Path=/; `);
    expect(new Date(at ?? '').getTime()).toBeGreaterThan(Date.now() + 59 * 60_000);
    expect(second.body).toEqual(first.body);
  });

  test('is put off in its row as well, once a minute', async () => {
    const { cookie } = await called();
    await world.db('runtime.sessions').update({ expire: new Date(Date.now() + 60_000) });
    await me(cookie);
    const [expire] = await world.db('runtime.sessions').orderBy('expire', 'desc').pluck('expire');
    expect((expire as Date).getTime()).toBeGreaterThan(Date.now() + 55 * 60_000);
    const { statements } = await statementsOf(world.db, () => me(cookie));
    expect(statements).toHaveLength(1);
  });

  test('is refused once its person has signed out, here or at another node', async () => {
    for (const there of [app, appWith()]) {
      const { cookie } = await called();
      await request(there).delete('/api/session').set('Cookie', cookie);
      expect((await me(cookie)).status).toBe(401);
    }
  });

  test('is refused once its person is suspended, and stays refused when that is lifted', async () => {
    const { cookie, id } = await called();
    await suspend(id);
    expect((await me(cookie)).status).toBe(401);
    await inTransaction(world.db, async (trx) => {
      await trx('people').where({ id }).update({ suspended_at: null });
      await trace(trx, id);
    });
    expect((await me(cookie)).status).toBe(401);
  });

  test('is refused once twelve hours are over', async () => {
    const { cookie } = await called();
    clock = new Date(clock.getTime() + 12 * 3_600_000 + 1);
    expect((await me(cookie)).status).toBe(401);
  });

  test('is refused with one letter of the cookie changed', async () => {
    const { cookie } = await called();
    const last = cookie.at(-1) === 'A' ? 'B' : 'A';
    expect((await me(`${cookie.slice(0, -1)}${last}`)).status).toBe(401);
    expect((await me(`${cookie}A`)).status).toBe(401);
  });

  test('gets no cookie back where it does not come over https', async () => {
    const to = appWith({ baseUrl: new URL('https://observe.council.example') });
    const { cookie } = await called(to, { 'X-Forwarded-Proto': 'https' });
    const plain = await me(cookie, to);
    expect(plain.status).toBe(200);
    expect(plain.headers).not.toHaveProperty('set-cookie');
    const again = await me(cookie, to).set('X-Forwarded-Proto', 'https');
    expect(again.get('Set-Cookie')?.[0]).toContain(`${cookie}; Path=/; Expires=`);
  });
});

describe('a refusal', () => {
  const call = {
    refusal: new Forbidden('Not you.', { rule: 'own_request', authority: 'Report, 3', kind: 'council' }),
    method: 'POST',
    route: '/api/requests/:reference/withdraw',
    subject: 'OBS-2026-0001',
  };
  const contextOf = (db: Knex, id: string): Ctx => {
    const actor: Actor = {
      kind: 'Actor',
      id,
      name: 'Ann',
      email: 'ann@council.example',
      councillorId: null,
      standing: null,
      holdings: [],
    };
    return {
      db,
      actor,
      ability: abilityFor(actor),
      now: () => clock,
      log,
      signer: aSigner(),
      links: linksOf('a secret of the test'),
      proof: null,
      proving: provingOf(db, () => clock),
      codesFirst: false,
      settings: defaultSettings,
    };
  };

  test('is recorded with its rule, and a missing thing without one', async () => {
    const { id } = await person();
    const ctx = contextOf(world.db, id);
    await recordRefusal(ctx, call);
    await recordRefusal(ctx, { ...call, refusal: new NotFound() });
    const { rows } = await world.db.raw(
      `select e.decision, s.value as subject from audit.entries e
         join audit.secret s on s.entry_id = e.id and s.field = 'subject'
       where e.type = 'authority.refused' order by e.seq`,
    );
    const common = { method: 'POST', route: '/api/requests/:reference/withdraw' };
    expect(rows).toEqual([
      { subject: 'OBS-2026-0001', decision: { ...common, status: 403, rule: 'own_request' } },
      { subject: 'OBS-2026-0001', decision: { ...common, status: 404, rule: null } },
    ]);
  });

  test('that cannot be recorded is not answered as one', async () => {
    const down = world.open('postgres://nobody@127.0.0.1:1/none');
    await expect(recordRefusal(contextOf(down, 'x'), call)).rejects.toMatchObject({ problem: 'unavailable' });
  });
});

describe('the service', () => {
  test('is alive, and ready when the database is current', async () => {
    expect((await request(app).get('/healthz')).status).toBe(200);
    expect((await request(app).get('/readyz')).status).toBe(200);
  });

  test('without its database is alive, not ready, and says 503', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const down = world.open('postgres://nobody@127.0.0.1:1/none');
    const to = appWith({ db: down });
    expect((await request(to).get('/healthz')).status).toBe(200);
    for (const res of [
      await request(to).get('/readyz'),
      await me(cookie, to),
      await signIn(email, password, { to }),
    ]) {
      expect([res.status, res.body.type]).toEqual([503, '/problems/unavailable']);
    }
    expect((await request(to).get('/api/openapi.json')).status).toBe(200);
  });

  // express-session takes ENOENT for a session that is not there.
  const quiet = { debug: () => {}, warn: () => {} };
  const noFile = () => Promise.reject(Object.assign(new Error('open'), { code: 'ENOENT', syscall: 'open' }));
  test.each<[string, number, () => Knex]>([
    ['the socket of the database is gone', 503, () => createDb('postgres://nobody@/none?host=/nowhere')],
    ['a file of ours is missing', 500, () => knex({ client: 'pg', connection: noFile, log: quiet })],
  ])('takes nobody for signed out where %s, and answers %d', async (_, status, opened) => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email));
    const db = opened();
    const to = appWith({ db });
    const page = await request(to).get('/requests').set('Cookie', cookie).set('Accept', 'text/html');
    for (const answer of [await me(cookie, to), page]) {
      expect(answer.status).toBe(status);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
    await db.destroy();
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ cause: { name: 'Error', code: 'ENOENT' } }),
    );
    expect((await me(cookie)).status).toBe(200);
  });

  test('answers as before after a migration under it that changes a column', async () => {
    const { email, name } = await person();
    const cookie = cookieOf(await signIn(email));
    expect((await me(cookie)).status).toBe(200);
    await world.owner.raw('alter table public.people alter column name type varchar');
    try {
      const { status, body } = await me(cookie);
      expect([status, body.name]).toEqual([200, name]);
    } finally {
      await world.owner.raw('alter table public.people alter column name type text');
    }
    expect((await me(cookie)).status).toBe(200);
  });

  test('sends the headers that bind a browser', async () => {
    const { headers } = await me('');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none';script-src 'self' 'nonce-[^']+';/,
    );
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  test('gives each answer a nonce of its own, for scripts and for styles', async () => {
    const nonces = async () => {
      const { headers } = await me('');
      return [...(headers['content-security-policy'] ?? '').matchAll(/'nonce-([^']{22}==)'/g)].map(
        ([, nonce]) => nonce,
      );
    };
    const [first, second] = [await nonces(), await nonces()];
    expect([first.length, new Set(first).size]).toEqual([2, 1]);
    expect(new Set([...first, ...second]).size).toBe(2);
  });

  test('answers JSON in UTF-8 and says how long it is, also where nobody gets it', async () => {
    const { email, id } = await person();
    const cookie = cookieOf(await signIn(email));
    await inTransaction(world.db, async (trx) => {
      await trx('people').where({ id }).update({ name: 'Zoë Ænglisc' });
      await trace(trx, id);
    });
    const { headers, text, body } = await me(cookie);
    expect(body.name).toBe('Zoë Ænglisc');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
    const alone = await request(app).head('/api/me').set('Cookie', cookie);
    expect(alone.text ?? '').toBe('');
    expect(alone.headers['content-length']).toBe(headers['content-length']);
    const unchanged = await me(cookie).set('If-None-Match', '*');
    expect([unchanged.status, unchanged.text]).toEqual([304, '']);
  });

  test('logs a line for each request, without its content or its sender', async () => {
    const { email } = await person();
    const cookie = cookieOf(await signIn(email, password, { ip: '10.1.2.3' }));
    await me(cookie).set('Referer', 'http://127.0.0.1:3000/requests/OBS-2026-0001');
    await request(app).get('/api/secret-thing?caseReference=Child-A').set('Cookie', cookie);
    await signIn(email, 'a wrong password');
    const answered = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');
    expect(answered.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['POST', '/api/session', 201],
      ['GET', '/api/me', 200],
      ['GET', 'unmatched', 404],
      ['POST', '/api/session', 401],
    ]);
    for (const line of answered) {
      expect(Object.keys(line).toSorted()).toEqual(
        ['hostname', 'level', 'method', 'ms', 'msg', 'pid', 'reqId', 'route', 'status', 'time'].toSorted(),
      );
    }
    expect(lines.join('')).not.toMatch(
      /Child-A|secret-thing|OBS-2026|10\.1\.2\.3|council\.example|wrong password/i,
    );
  });
});
