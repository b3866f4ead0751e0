/** Tokens with which programs call the service: made, used, ended. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { tokenScopes, type TokenScope } from '../../../policies/token/token.js';
import { createApp } from '../../../server/app.js';
import { makeToken } from '../../../server/token/make-token.js';
import { routes } from '../../../server/routes.js';
import { sockets, useCouncil, type Account } from '../../support/council.js';
import { foundRow } from '../../support/found-row.js';
import { columnsWith } from '../../support/leaks.js';
import { expectOk } from '../../support/line.js';
import { added } from '../../support/newcomers.js';
import { byRule, ctxFor, personId } from '../../support/people.js';
import { cameInAs } from '../../support/phone.js';
import { feedCsv, fictionalMembers } from '../../support/register-feed.js';
import { statementsOf } from '../../support/statements.js';
import { callWith, keeperOf, madeToken, tokenBody } from '../../support/tokens.js';

const council = useCouncil();
const minute = 60_000;
const day = 24 * 60 * minute;

/** Two nodes: the same database, and nothing else in common. Both take the source of a call from a header. */
const nodes: Server[] = [];
beforeAll(async () => {
  while (nodes.length < 2) {
    const node = createServer(
      createApp({
        db: council.world.db,
        now: () => council.clock,
        log: pino({ level: 'silent' }),
        sessionSecret: council.sessionSecret,
        baseUrl: new URL('http://127.0.0.1:3000'),
        trustProxy: true,
        councilName: 'Test Council',
        demo: true,
        signer: council.signer,
      }),
    );
    await new Promise<void>((resolve) => void node.listen(0, '127.0.0.1', resolve));
    nodes.push(node);
  }
});
afterAll(() => {
  for (const node of nodes) {
    node.close();
    node.closeAllConnections();
  }
});
const aNode = () => {
  const [server] = nodes;
  if (!server) throw new Error('The nodes open in beforeAll.');
  return { server };
};

/** What the trail says of the newest entry of that type, once opened. */
const lastEntry = async (type: string) => {
  const auditor = await council.as('auditor');
  const { body } = await auditor.get(`/api/audit?type=${type}&limit=1`);
  return body.items[0];
};
/** From a source of its own, so that one test’s failures do not slow another’s. */
const comesFrom = (source: number) => ({ 'X-Forwarded-For': `192.0.2.${source}` });
const refusedAs = { status: 401, headers: { 'www-authenticate': 'Bearer' } };

describe('a token is made', () => {
  test.each(tokenScopes)('for %s: its secret is answered once, and stands nowhere', async (scope) => {
    const made = await madeToken(council, scope);
    expect(made.token).toMatch(/^ntk_[\w-]{49}$/);
    const { body } = await (await council.as(keeperOf(scope))).get('/api/tokens');
    const [listed] = body.items;
    expect(listed).toMatchObject({ id: made.id, scope, state: 'works', lastUsedAt: null });
    expect(JSON.stringify(body)).not.toContain(made.token);
  });

  test('with a fresh proof, which its entry names; without one it is refused by the rule step_up', async () => {
    const browser = await cameInAs(council, 'auditor');
    const send = () => browser.post('/api/tokens').agent(sockets).send(tokenBody(council, 'trail'));
    expect((await send()).status).toBe(201);
    expect(await lastEntry('token.made')).toMatchObject({
      decision: { scope: 'trail', proof: 'passphrase' },
    });
    council.clock = new Date(council.clock.getTime() + 15 * minute);
    const before = await council.world.db('tokens').count();
    expect(await send()).toMatchObject(byRule(403, 'step_up'));
    expect(await council.world.db('tokens').count()).toEqual(before);
  });

  test('and its owner gets a mail that names nothing of it', async () => {
    const { db } = council.world;
    const { id } = await madeToken(council, 'bundle');
    const messages = await db('messages').where({ kind: 'tokens_changed' }).orderBy('created_at', 'desc');
    expect(messages[0]).toMatchObject({ to_person: await personId(db, 'auditor'), reference: 'account' });
    expect(JSON.stringify(messages)).not.toContain(id);
  });

  test.each([
    ['democratic.services', 'trail'],
    ['democratic.services', 'bundle'],
    ['auditor', 'register.import'],
    ['legal', 'trail'],
    ['administrator', 'register.import'],
    ['scrutiny.chair', 'trail'],
  ] as const)('by whose reading it is alone: %s makes none for %s', async (account, scope) => {
    const answer = await (await council.as(account)).post('/api/tokens', tokenBody(council, scope));
    expect(answer).toMatchObject(byRule(403, 'office'));
  });

  test('until a day within a year: not until yesterday, nor for longer', async () => {
    const auditor = await council.as('auditor');
    const until = (days: number) => auditor.post('/api/tokens', tokenBody(council, 'trail', days));
    for (const days of [-1, 365]) {
      expect(await until(days)).toMatchObject({
        ...byRule(422, 'token'),
        body: { errors: [{ field: 'expires' }] },
      });
    }
    for (const days of [0, 364]) expect((await until(days)).status).toBe(201);
  });

  test('the database takes none without the office, or for longer', async () => {
    const { db } = council.world;
    const [auditor, host] = [await personId(db, 'auditor'), await personId(db, 'host')];
    const holdingOf = async (person: string) =>
      (await foundRow(db('offices_held').where({ person_id: person }).first('id'))).id;
    const token = async (person: string, scope: TokenScope, days = 30) => ({
      id: '00000000-0000-4000-8000-000000000001',
      person_id: person,
      holding_id: await holdingOf(person),
      name: 'Made behind the API',
      scope,
      token_hash: Buffer.alloc(32, 7),
      made_at: council.clock,
      ends_at: new Date(council.clock.getTime() + days * day),
    });
    await expect(db('tokens').insert(await token(host, 'trail'))).rejects.toMatchObject({
      constraint: 'tokens_office',
    });
    await expect(db('tokens').insert(await token(auditor, 'register.import'))).rejects.toMatchObject({
      constraint: 'tokens_office',
    });
    await expect(db('tokens').insert(await token(auditor, 'trail', 400))).rejects.toMatchObject({
      constraint: 'tokens_span_check',
    });
    // As it should be, but without an entry on the trail.
    await expect(db('tokens').insert(await token(auditor, 'trail'))).rejects.toMatchObject({
      constraint: 'no_change_without_a_trace',
    });
  });
});

describe('a call with a token', () => {
  test('reads what its scope says; its entry names the owner as actor, with the office, and the token', async () => {
    const { id, token } = await madeToken(council, 'trail');
    const answer = await callWith(council, token, '/api/audit?limit=2');
    expect(answer.status).toBe(200);
    expect(answer.body.items).toHaveLength(2);
    const read = (await callWith(council, token, '/api/audit?type=audit.searched&limit=1')).body.items[0];
    expect(read).toMatchObject({
      actor: await personId(council.world.db, 'auditor'),
      decision: { token: id },
    });
  });

  test('imports the register, and each entry of the import names the token', async () => {
    const { id, token } = await madeToken(council, 'register.import');
    const { db } = council.world;
    const before = await foundRow(db('audit.entries').orderBy('seq', 'desc').first('seq'));
    const answer = await callWith(council, token, '/api/councillors/import', { method: 'POST' })
      .set('Content-Type', 'text/csv')
      .send(feedCsv(fictionalMembers(2), { canary: 'a program' }));
    expect([answer.status, answer.body.added.length]).toEqual([200, 2]);
    const types: string[] = await db('audit.entries')
      .where('seq', '>', before.seq)
      .orderBy('seq')
      .pluck('type');
    expect(types).toEqual(expect.arrayContaining(['register.imported', 'councillor.added']));
    const keeper = await council.as('democratic.services');
    for (const type of ['register.imported', 'councillor.added']) {
      const { body } = await keeper.get(`/api/audit?type=${type}&limit=1`);
      expect(body.items[0]).toMatchObject({
        actor: keeper.id,
        decision: { token: id },
      });
    }
  });

  test('makes no session, sets no cookie, and heeds none that comes with it', async () => {
    const { db } = council.world;
    const { token } = await madeToken(council, 'trail');
    const session = await request(council.server)
      .post('/api/session')
      .send({ email: 'legal@council.example', password: 'observe-and-account-2026' });
    const Cookie = session.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
    const sessions = async () => (await db('runtime.sessions').select('sid')).length;
    const before = await sessions();
    const read = await callWith(council, token, '/api/audit?limit=1', { headers: { Cookie } });
    expect([read.status, read.get('Set-Cookie')]).toEqual([200, undefined]);
    // Legal may read requests; a call with this token may not.
    const answer = await callWith(council, token, '/api/requests', { headers: { Cookie } });
    expect(answer).toMatchObject(byRule(403, 'token_scope'));
    const wrong = await callWith(council, 'ntk_nonsense', '/api/requests', { headers: { Cookie } });
    expect(wrong).toMatchObject(refusedAs);
    expect(await sessions()).toBe(before);
  });

  test('is in one statement with who owns it and the settings: a reading takes two in all', async () => {
    const { token } = await madeToken(council, 'trail');
    const read = () => callWith(council, token, '/api/audit?limit=1');
    await read();
    const { statements, answer } = await statementsOf(council.world.db, read);
    expect([answer.status, statements.length]).toEqual([200, 2]);
  });

  test('notes its use once an hour, and does not write for each call', async () => {
    const { id, token } = await madeToken(council, 'trail');
    const auditor = await council.as('auditor');
    const lastUse = async () => {
      const { body } = await auditor.get('/api/tokens?limit=100');
      return (body.items as { id: string; lastUsedAt: string | null }[]).find((each) => each.id === id)
        ?.lastUsedAt;
    };
    const first = council.clock;
    await callWith(council, token, '/api/audit?limit=1');
    expect(await lastUse()).toBe(first.toISOString());
    council.clock = new Date(first.getTime() + 59 * minute);
    await callWith(council, token, '/api/audit?limit=1');
    expect(await lastUse()).toBe(first.toISOString());
    council.clock = new Date(first.getTime() + 60 * minute);
    await callWith(council, token, '/api/audit?limit=1');
    expect(await lastUse()).toBe(council.clock.toISOString());
  });

  test('opens no page: a token is nothing there', async () => {
    const { token } = await madeToken(council, 'trail');
    const answer = await callWith(council, token, '/trail', { headers: { Accept: 'text/html' } }).redirects(
      0,
    );
    expect([answer.status, answer.headers['location']]).toEqual([303, '/sign-in?returnTo=%2Ftrail']);
  });

  test('finds no route that is not there, and no other method of one', async () => {
    const { token } = await madeToken(council, 'trail');
    expect((await callWith(council, token, '/api/nowhere')).status).toBe(404);
    expect((await callWith(council, token, '/api/audit', { method: 'DELETE' })).status).toBe(405);
  });
});

describe('a token ends at the next call, on every node', () => {
  let source = 10;
  const statusesOf = async (token: string) => {
    const found: number[] = [];
    for (const server of nodes) {
      const { status } = await callWith({ server }, token, '/api/audit?limit=1', {
        headers: comesFrom((source += 1)),
      });
      found.push(status);
    }
    return found;
  };
  const works = [200, 200];
  const ended = [401, 401];
  const stateOf = async (id: string): Promise<unknown> => {
    const { body } = await (await council.as('administrator')).get('/api/tokens?limit=100');
    return (body.items as { id: string; state: string }[]).find((each) => each.id === id)?.state;
  };

  test('when its owner revokes it, which they do once', async () => {
    const { id, token } = await madeToken(council, 'trail');
    const auditor = await council.as('auditor');
    expect(await statusesOf(token)).toEqual(works);
    expect((await auditor.delete(`/api/tokens/${id}`)).status).toBe(204);
    expect(await statusesOf(token)).toEqual(ended);
    expect(await stateOf(id)).toBe('revoked');
    expect(await auditor.delete(`/api/tokens/${id}`)).toMatchObject(byRule(409, 'token_over'));
  });

  test('when an administrator revokes it; nobody else sees that it is there', async () => {
    const { id, token } = await madeToken(council, 'trail');
    for (const account of ['democratic.services', 'legal', 'scrutiny.chair']) {
      expect((await (await council.as(account)).delete(`/api/tokens/${id}`)).status).toBe(404);
    }
    expect(await statusesOf(token)).toEqual(works);
    const administrator = await council.as('administrator');
    expect((await administrator.delete(`/api/tokens/${id}`)).status).toBe(204);
    expect(await statusesOf(token)).toEqual(ended);
    expect(await lastEntry('token.revoked')).toMatchObject({
      actor: administrator.id,
      subject: `token:${id}`,
    });
  });

  test('after its last day', async () => {
    const { id, token } = await madeToken(council, 'trail', 0);
    expect(await statusesOf(token)).toEqual(works);
    const then = council.clock;
    council.clock = new Date(then.getTime() + day);
    expect(await statusesOf(token)).toEqual(ended);
    expect(await stateOf(id)).toBe('over');
    council.clock = then;
  });

  /** Somebody new who is an auditor, confirmed by a second person. */
  const newAuditor = async () => {
    const [administrator, officer] = [
      await council.as('administrator'),
      await council.as('monitoring.officer'),
    ];
    const person = await added(administrator, 'An Auditor');
    const give = async (from: string) => {
      const given = { office: 'auditor', capacity: 'principal', from };
      const { body } = expectOk(await administrator.post(`/api/people/${person.id}/offices`, given));
      const offices = body.offices as { id: string; state: string }[];
      const holding = offices.find(({ state }) => state === 'waits')?.id ?? '';
      expectOk(await officer.post(`/api/people/${person.id}/offices/${holding}/confirm`));
      return holding;
    };
    return { administrator, person, give };
  };
  /** A token of somebody, as the use case makes it for who is signed in. */
  const tokenOf = async (account: string) => {
    const ctx = await ctxFor(council.world.db, account, () => council.clock);
    const { id, secret } = await makeToken(ctx, tokenBody(council, 'trail'));
    return { id, token: secret };
  };

  test('with its owner’s office, and the office that is given anew does not bring it back', async () => {
    const { administrator, person, give } = await newAuditor();
    const today = londonDate(council.clock);
    const holding = await give(addDays(today, -3));
    const { id, token } = await tokenOf(person.id);
    expect(await statusesOf(token)).toEqual(works);
    const to = addDays(today, -1);
    expectOk(await administrator.patch(`/api/people/${person.id}/offices/${holding}`, { to }));
    expect(await statusesOf(token)).toEqual(ended);
    await give(today);
    expect(await statusesOf(token)).toEqual(ended);
    expect(await stateOf(id)).toBe('office_ended');
    expect(await statusesOf((await tokenOf(person.id)).token)).toEqual(works);
  });

  test('with a suspension, and its end does not bring it back', async () => {
    const { administrator, person, give } = await newAuditor();
    await give(londonDate(council.clock));
    const { id, token } = await tokenOf(person.id);
    expect(await statusesOf(token)).toEqual(works);
    const reasons = 'They have left the council.';
    expectOk(await administrator.post(`/api/people/${person.id}/suspend`, { reasons }));
    expect(await statusesOf(token)).toEqual(ended);
    expectOk(
      await administrator.post(`/api/people/${person.id}/restore`, { reasons: 'They have come back.' }),
    );
    const { body } = await administrator.get(`/api/people/${person.id}`);
    const officer = await council.as('monitoring.officer');
    for (const { id: holding, state } of body.offices as { id: string; state: string }[]) {
      if (state === 'waits')
        expectOk(await officer.post(`/api/people/${person.id}/offices/${holding}/confirm`));
    }
    expect(await statusesOf(token)).toEqual(ended);
    expect(await stateOf(id)).toBe('suspended');
    expect(await statusesOf((await tokenOf(person.id)).token)).toEqual(works);
  });

  test('for good: the database does not take it back, nor changes what it opens', async () => {
    const { db } = council.world;
    const { id } = await madeToken(council, 'trail');
    await (await council.as('auditor')).delete(`/api/tokens/${id}`);
    const owner = council.world.owner;
    await expect(
      owner('tokens').where({ id }).update({ ended_at: null, ended_because: null, ended_by: null }),
    ).rejects.toMatchObject({ constraint: 'tokens_kept' });
    const another = await madeToken(council, 'trail');
    await expect(owner('tokens').where({ id: another.id }).update({ scope: 'bundle' })).rejects.toMatchObject(
      {
        constraint: 'tokens_kept',
      },
    );
    await expect(db('tokens').where({ id: another.id }).update({ name: 'Another' })).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('a token that is none', () => {
  test.each([
    ['nothing', ''],
    ['a word', 'nonsense'],
    ['one that was never made', `ntk_${'a'.repeat(49)}`],
  ])('is refused with 401 and WWW-Authenticate: %s', async (_what, token) => {
    const answer = await callWith(aNode(), token, '/api/audit', { headers: comesFrom(1) });
    expect(answer).toMatchObject(refusedAs);
    expect(answer.body).toMatchObject({ type: '/problems/not-signed-in', status: 401 });
  });

  test('with one letter changed, or cut short, is refused without a look at the database', async () => {
    const { token } = await madeToken(council, 'trail');
    const slip = `${token.slice(0, 10)}${token[10] === 'a' ? 'b' : 'a'}${token.slice(11)}`;
    for (const wrong of [slip, token.slice(0, -1), `${token}a`, token.toUpperCase()]) {
      const { statements, answer } = await statementsOf(council.world.db, () =>
        callWith(aNode(), wrong, '/api/audit', { headers: comesFrom(2) }),
      );
      expect(answer.status).toBe(401);
      expect(statements.filter((sql) => /\btokens\b/.test(sql))).toEqual([]);
    }
  });

  test('is slowed after a few, by source, and recorded; a right one from there is let in all the same', async () => {
    const { token } = await madeToken(council, 'trail');
    const call = (sent: string, source: number) =>
      callWith(aNode(), sent, '/api/audit?limit=1', { headers: comesFrom(source) });
    const statuses: number[] = [];
    for (let n = 0; n < 8; n += 1) statuses.push((await call('ntk_nonsense', 3)).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.at(-1)).toBe(429);
    const slowed = await call('ntk_nonsense', 3);
    expect(slowed).toMatchObject({ status: 429, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } });
    expect((await call(token, 3)).status).toBe(200);
    expect((await call('ntk_nonsense', 4)).status).toBe(401);
    expect(await lastEntry('token.failed')).toMatchObject({ subject: 'unknown' });
  });

  test('because it has ended leaves an entry that says which', async () => {
    const { id, token } = await madeToken(council, 'trail');
    await (await council.as('auditor')).delete(`/api/tokens/${id}`);
    expect((await callWith(aNode(), token, '/api/audit', { headers: comesFrom(5) })).status).toBe(401);
    expect(await lastEntry('token.failed')).toMatchObject({ subject: `token:${id}` });
  });
});

describe('a secret', () => {
  test('is refused an Idempotency-Key, with words, by every call that answers one', async () => {
    const secret = routes.filter(({ answersSecret }) => answersSecret);
    expect(secret.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'POST /api/me/codes',
      'POST /api/me/codes/confirm',
      'POST /api/me/codes/recovery',
      'POST /api/tokens',
      'PUT /api/me/calendar',
    ]);
    const browser = await cameInAs(council, 'auditor');
    const bodies: Readonly<Record<string, object>> = {
      '/api/tokens': tokenBody(council, 'trail'),
      '/api/me/codes/confirm': { code: '123456' },
    };
    for (const { method, path } of secret) {
      const answer = await browser[method === 'PUT' ? 'put' : 'post'](path)
        .agent(sockets)
        .set('Idempotency-Key', 'one')
        .send(bodies[path] ?? {});
      expect([path, answer.status, answer.body.errors]).toEqual([
        path,
        422,
        [{ field: 'Idempotency-Key', message: expect.stringContaining('a secret') }],
      ]);
    }
  });

  test('is in no table, no log line and no answer after it was made and used', async () => {
    const superuser = council.world.open(council.world.superuserUrl);
    const secrets: string[] = [];
    for (const scope of tokenScopes) {
      const { id, token } = await madeToken(council, scope);
      secrets.push(token);
      await callWith(council, token, '/api/audit?limit=1');
      await callWith(council, token, '/api/requests');
      await callWith(council, token, `/api/nowhere`);
      await (await council.as(keeperOf(scope))).delete(`/api/tokens/${id}`);
      const refused = await callWith(council, token, '/api/audit?limit=1');
      expect(JSON.stringify([refused.headers, refused.body])).not.toContain(token);
    }
    const parts = secrets.map((secret) => secret.slice(4, 30));
    expect(await columnsWith(superuser, parts)).toEqual([]);
    const logged = council.lines.join('\n');
    expect(council.lines.length).toBeGreaterThan(10);
    expect(parts.filter((part) => logged.includes(part))).toEqual([]);
  });
});

test('an administrator sees that all exist, and each keeper their own alone', async () => {
  await madeToken(council, 'trail');
  await madeToken(council, 'register.import');
  const scopesOf = async (account: Account) => {
    const { body } = await (await council.as(account)).get('/api/tokens?limit=100');
    return new Set((body.items as { scope: string }[]).map(({ scope }) => scope));
  };
  expect(await scopesOf('democratic.services')).toEqual(new Set(['register.import']));
  expect(await scopesOf('auditor')).toEqual(new Set(['trail', 'bundle']));
  expect(await scopesOf('administrator')).toEqual(new Set(tokenScopes));
  expect((await (await council.as('legal')).get('/api/tokens')).status).toBe(404);
  const second = await (await council.as('democratic.services.second')).get('/api/tokens');
  expect(second.body.items).toEqual([]);
});
