/** An app for codes: set up, asked for when its owner signs in, and each code once. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { pino } from 'pino';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import { createApp } from '../../../server/app.js';
import { addressOf, newKey, stepOfCode } from '../../../server/proof/codes.js';
import { paths } from '../../../server/web/paths.js';
import { aSigner } from '../../support/signer.js';
import { sockets, useCouncil } from '../../support/council.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';
import { codeAt, period } from '../../support/code-at.js';
import { cameInAs, tryIn, withPhone, type Browser } from '../../support/phone.js';

const council = useCouncil();

/** Another node on the same database, behind a proxy that says where a call comes from. */
let elsewhere: Server;
beforeAll(async () => {
  const app = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: pino({ level: 'silent' }),
    sessionSecret: council.sessionSecret,
    baseUrl: new URL('http://127.0.0.1:3000'),
    trustProxy: 1,
    councilName: 'Test Council',
    demo: true,
    signer: aSigner(),
  });
  elsewhere = createServer(app);
  await new Promise<void>((resolve) => void elsewhere.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void elsewhere.close());

const minute = 60_000;
const post = (browser: Browser, path: string, body: object = {}) =>
  browser.post(path).agent(sockets).send(body);
const later = (by: number): void => {
  council.clock = new Date(council.clock.getTime() + by);
};
const entriesOf = async (account: string) => {
  const id = await personId(council.world.db, account);
  const entries = await search(council.world.db, { subject: id, limit: 20 });
  return entries.map(({ type, decision }) => [type, decision]).toReversed();
};
const mailOf = async (account: string): Promise<number> => {
  const id = await personId(council.world.db, account);
  return (await council.world.db('messages').where({ to_person: id, kind: 'codes_changed' })).length;
};

// A code works once: each test has periods of its own.
beforeEach(() => later(5 * minute));

describe('a code', () => {
  test('is the one of RFC 6238, appendix B, by our library as by the tests’ own phone', () => {
    const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    for (const [seconds, code] of [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_234_567_890, '005924'],
      [20_000_000_000, '353130'],
    ] as const) {
      const at = new Date(seconds * 1000);
      expect(codeAt(key, at)).toBe(code);
      expect(stepOfCode(key, code, at)).toBe(Math.floor(seconds / 30));
    }
  });

  test('counts for one period before and after its own, and no further', () => {
    const [key, at] = [newKey(), new Date('2026-11-30T10:00:15Z')];
    const of = (periods: number) => codeAt(key, new Date(at.getTime() + periods * period));
    const step = at.getTime() / period - 0.5;
    expect([-1, 0, 1].map((by) => stepOfCode(key, of(by), at))).toEqual([step - 1, step, step + 1]);
    expect([-2, 2].map((by) => stepOfCode(key, of(by), at))).toEqual([null, null]);
  });

  test('comes from a key that an app takes over by an address that names the council', () => {
    const address = new URL(addressOf('ABCDEFGH', { councilName: 'Test Council', email: 'a@b.example' }));
    expect(address.protocol).toBe('otpauth:');
    expect(decodeURIComponent(address.pathname)).toContain('Test Council:a@b.example');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      secret: 'ABCDEFGH',
      issuer: 'Test Council',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});

describe('an app for codes', () => {
  test('is in use once its first code was right; its owner is told, and the trail has no key and no code', async () => {
    const browser = await cameInAs(council, 'legal');
    const begun = await post(browser, '/api/me/codes');
    expect(begun.status).toBe(201);
    const key = begun.body.key as string;
    expect(key).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(begun.body.address).toContain(key.replaceAll(' ', ''));
    const wrong = await post(browser, '/api/me/codes/confirm', { code: '12 34' });
    expect(wrong).toMatchObject({ ...byRule(422, 'proof'), body: { errors: [{ field: 'code' }] } });
    expect((await browser.get('/api/me/codes').agent(sockets)).body.since).toBeNull();
    // Until then a password alone signs in.
    expect((await tryIn(council, 'legal')).answer.status).toBe(201);
    const code = codeAt(key, council.clock);
    const done = await post(browser, '/api/me/codes/confirm', {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(done.status).toBe(200);
    expect(done.body.recoveryCodes).toHaveLength(10);
    expect(new Set(done.body.recoveryCodes).size).toBe(10);
    expect((await browser.get('/api/me/codes').agent(sockets)).body).toEqual({
      since: council.clock.toISOString(),
      recoveryCodesLeft: 10,
    });
    expect(await mailOf('legal')).toBe(1);
    const entries = await entriesOf('legal');
    expect(entries.map(([type]) => type)).toEqual(expect.arrayContaining(['codes.begun', 'codes.confirmed']));
    const { rows } = await council.world.db.raw<{ rows: { n: number }[] }>(
      `select count(*)::int as n from code_keys k join recovery_codes r using (person_id)
         where k.sealed::text like ? or r.code_hash::text like ?`,
      [
        `%${Buffer.from(key.replaceAll(' ', '')).toString('hex')}%`,
        `%${Buffer.from(done.body.recoveryCodes[0]).toString('hex')}%`,
      ],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('is shown and confirmed in the session alone that began it, and ends every other one', async () => {
    const account = 'ward.member' as const;
    const [mine, other] = [await cameInAs(council, account), await cameInAs(council, account)];
    const { key } = (await post(mine, '/api/me/codes')).body as { key: string };
    const page = await other.get(paths.setUpCodes).agent(sockets);
    expect(page.text).not.toContain(key);
    expect((await mine.get(paths.setUpCodes).agent(sockets)).text).toContain(key);
    const code = codeAt(key, council.clock);
    expect(await post(other, '/api/me/codes/confirm', { code })).toMatchObject(byRule(422, 'proof'));
    expect((await post(mine, '/api/me/codes/confirm', { code })).status).toBe(200);
    expect((await other.get('/api/me').agent(sockets)).status).toBe(401);
    expect((await mine.get('/api/me').agent(sockets)).status).toBe(200);
  });

  test('that was begun an hour ago is begun anew', async () => {
    const browser = await cameInAs(council, 'legal.second');
    const { body } = await post(browser, '/api/me/codes');
    later(60 * minute);
    await post(browser, '/api/session/step-up', { password: 'observe-and-account-2026' });
    const code = codeAt(body.key, council.clock);
    expect(await post(browser, '/api/me/codes/confirm', { code })).toMatchObject(byRule(409, 'codes'));
  });
});

describe('signing in', () => {
  test('asks for the code as well, and lets nobody in by the password alone or by a code that was used', async () => {
    const phone = await withPhone(council, 'democratic.services');
    const used = phone.code();
    const first = await tryIn(council, 'democratic.services');
    expect(first.answer).toMatchObject({ status: 401, body: { type: '/problems/code-needed' } });
    expect((await first.browser.get('/api/me').agent(sockets)).status).toBe(401);
    expect((await tryIn(council, 'democratic.services', { code: used })).answer).toMatchObject({
      status: 401,
      body: { type: '/problems/sign-in-failed' },
    });
    later(period);
    expect((await tryIn(council, 'democratic.services', { code: phone.code() })).answer.status).toBe(201);
    expect((await tryIn(council, 'democratic.services', { code: phone.code() })).answer.status).toBe(401);
    expect((await entriesOf('democratic.services')).slice(-4)).toEqual([
      ['session.code_asked', null],
      ['session.failed', null],
      ['session.signed_in', { proof: 'totp' }],
      ['session.failed', null],
    ]);
  });

  test('takes a code with the right password alone, and uses it up with nothing else', async () => {
    const phone = await withPhone(council, 'host');
    later(period);
    const code = phone.code();
    const wrong = await tryIn(council, 'host', { code, password: 'not the password at all' });
    expect(wrong.answer.status).toBe(401);
    expect((await tryIn(council, 'host', { code })).answer.status).toBe(201);
  });

  test('takes each recovery code once, in any case, and the owner is told', async () => {
    const phone = await withPhone(council, 'data.protection');
    const [code = '', other = ''] = phone.recoveryCodes;
    const before = await mailOf('data.protection');
    const typed = ` ${code.toUpperCase().replaceAll('-', ' ')}`;
    expect((await tryIn(council, 'data.protection', { code: typed })).answer.status).toBe(201);
    expect(await mailOf('data.protection')).toBe(before + 1);
    expect((await tryIn(council, 'data.protection', { code })).answer.status).toBe(401);
    expect((await entriesOf('data.protection')).slice(-2)).toEqual([
      ['session.signed_in', { proof: 'recovery' }],
      ['session.failed', null],
    ]);
    const made = await post(phone.browser, '/api/me/codes/recovery');
    expect(made.body.recoveryCodes).toHaveLength(10);
    expect((await tryIn(council, 'data.protection', { code: other })).answer.status).toBe(401);
    const [fresh = ''] = made.body.recoveryCodes as string[];
    expect((await tryIn(council, 'data.protection', { code: fresh })).answer.status).toBe(201);
  });

  test('slows whoever has the password and guesses codes: asking for the code begins no count anew', async () => {
    const phone = await withPhone(council, 'auditor');
    later(period);
    const statuses: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      statuses.push((await tryIn(council, 'auditor', { code: '000000' })).answer.status);
      statuses.push((await tryIn(council, 'auditor')).answer.status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    // Nobody is locked out: a moment later the owner comes in.
    later(minute);
    expect((await tryIn(council, 'auditor', { code: phone.code() })).answer.status).toBe(201);
  });
});

test('codes that are guessed with the right password have one allowance, wherever they come from', async () => {
  const account = 'democratic.services.second' as const;
  const phone = await withPhone(council, account);
  later(minute);
  const attempt = (n: number, code: string) =>
    request(elsewhere)
      .post('/api/session')
      .agent(sockets)
      .set('X-Forwarded-For', `192.0.2.${n}`)
      .send({ email: `${account}@council.example`, password: demoPassword, code });
  const guesses: number[] = [];
  for (let n = 1; n <= 8; n += 1) guesses.push((await attempt(n, '000000')).status);
  expect(guesses.slice(0, 3)).toEqual([401, 401, 401]);
  expect(guesses.at(-1)).toBe(429);
  // Without the password nobody uses that allowance up, and its owner is in after a minute.
  later(minute);
  expect((await attempt(200, phone.code())).status).toBe(201);
});

describe('the database', () => {
  test('takes no code of an earlier period, no recovery code twice, and no key away without a second person', async () => {
    await withPhone(council, 'scrutiny.member');
    const { db, owner } = council.world;
    const id = await personId(db, 'scrutiny.member');
    const refused = async (by: Knex, sql: string, because: object): Promise<void> =>
      expect(behindTheApi(by, (trx) => trx.raw(sql, [id]))).rejects.toMatchObject(because);
    const once = { constraint: 'code_keys_once' };
    await refused(db, 'update code_keys set last_step = last_step - 1 where person_id = ?', once);
    await refused(db, 'update code_keys set last_step = null where person_id = ?', once);
    const used = 'update recovery_codes set used_at = now() where person_id = ?';
    await behindTheApi(db, (trx) => trx.raw(used, [id]));
    const unused = 'update recovery_codes set used_at = null where person_id = ?';
    await refused(db, unused, { constraint: 'recovery_codes_once' });
    const removal = 'delete from code_keys where person_id = ?';
    for (const login of [db, owner]) await refused(login, removal, { constraint: 'code_keys_kept' });
  });
});
