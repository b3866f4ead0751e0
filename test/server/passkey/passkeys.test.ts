/** Passkeys are added, named, used to prove who one is, and removed by their owner. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import { createApp } from '../../../server/app.js';
import { relyingPartyOf } from '../../../server/case/proving/relying-party.js';
import { authenticator, type Authenticator, type Bent } from '../../support/authenticator.js';
import { sockets, useCouncil } from '../../support/council.js';
import { lineAt, behindTheApi, byRule, personId, stepsOf } from '../../support/people.js';
import { reason } from '../../support/line.js';
import { cameInAs, withPhone, type Browser } from '../../support/phone.js';
import { aSigner } from '../../support/signer.js';

const council = useCouncil();
const minute = 60_000;
const later = (by: number): void => {
  council.clock = new Date(council.clock.getTime() + by);
};
const post = (browser: Browser, path: string, body: object = {}) =>
  browser.post(path).agent(sockets).send(body);
const optionsOf = async (browser: Browser) =>
  (await post(browser, '/api/me/passkeys/options')).body as { challenge: string; user: { id: string } };
const adding = async (browser: Browser, device: Authenticator, bent: Bent = {}) =>
  post(browser, '/api/me/passkeys', {
    name: 'Work laptop',
    response: device.made(await optionsOf(browser), bent),
  });
const asked = async (browser: Browser) =>
  (await post(browser, '/api/session/step-up/options')).body as { challenge: string };
const proving = async (browser: Browser, device: Authenticator, bent: Bent = {}) =>
  post(browser, '/api/session/step-up', { passkey: device.answer(await asked(browser), bent) });

const entriesOf = async (account: string) => {
  const id = await personId(council.world.db, account);
  const entries = await search(council.world.db, { subject: id, limit: 20 });
  return entries.map(({ type, decision }) => [type, decision]).toReversed();
};
const mailOf = async (account: string, kind: string): Promise<number> => {
  const person = await personId(council.world.db, account);
  return (await council.world.db('messages').where({ to_person: person, kind })).length;
};

/** Somebody with a passkey on a device of theirs. */
const withPasskey = async (account: string, device = authenticator()) => {
  const browser = await cameInAs(council, account);
  const added = await adding(browser, device);
  if (added.status !== 201) throw new Error(`${account} could not add a passkey: ${added.status}`);
  return { browser, device, id: added.body.id as string };
};

describe('a passkey', () => {
  const first = 'childrens.services.deputy';
  test('is added with a fresh proof, is listed by its name, and its owner is told; other sessions end', async () => {
    const [browser, other] = [await cameInAs(council, first), await cameInAs(council, first)];
    const options = await post(browser, '/api/me/passkeys/options');
    expect(options).toMatchObject({
      status: 200,
      body: {
        rp: { id: 'localhost' },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      },
    });
    const added = await adding(browser, authenticator());
    expect(added).toMatchObject({
      status: 201,
      body: { name: 'Work laptop', madeAt: council.clock.toISOString(), lastUsedAt: null, backedUp: false },
    });
    expect((await browser.get('/api/me/passkeys').agent(sockets)).body.items).toEqual([added.body]);
    expect((await other.get('/api/me').agent(sockets)).status).toBe(401);
    expect((await entriesOf(first)).at(-1)).toEqual(['passkey.added', { passkey: added.body.id }]);
    expect(await mailOf(first, 'passkeys_changed')).toBe(1);
    later(15 * minute);
    expect(await post(browser, '/api/me/passkeys/options')).toMatchObject(byRule(403, 'step_up'));
  });

  const lies: readonly (readonly [string, Bent])[] = [
    ['from another origin', { origin: 'http://localhost:3001' }],
    ['for another service', { rpId: 'elsewhere.example' }],
    ['without its user having proved to the device who they are', { verified: false }],
    ['to a challenge that nobody gave', { challenge: 'A'.repeat(60) }],
    ['that answers to a sign-in', { type: 'webauthn.get' }],
    ['asked for within the page of another site', { crossOrigin: true }],
    ['of a kind that names its maker', { format: 'fido-u2f' }],
    [
      'with certificates of its maker, which nobody looks up',
      { format: 'packed', statement: new Map([['x5c', Buffer.from('certificate')]]) },
    ],
  ];
  test.each(lies)('made %s is not added', async (_how, bent) => {
    const browser = await cameInAs(council, 'host');
    const refused = await adding(browser, authenticator(), bent);
    expect(refused).toMatchObject({ ...byRule(422, 'passkey'), body: { errors: [{ field: 'response' }] } });
    expect((await browser.get('/api/me/passkeys').agent(sockets)).body.items).toEqual([]);
  });

  test('is made for one session and one challenge, in five minutes, and is one person’s', async () => {
    const { device } = await withPasskey('auditor');
    const [mine, other] = [
      await cameInAs(council, 'data.protection'),
      await cameInAs(council, 'data.protection'),
    ];
    const options = await optionsOf(other);
    const sent = (made: object) => ({ name: 'Work laptop', response: made });
    const another = authenticator();
    const stolen = await post(mine, '/api/me/passkeys', sent(another.made(options)));
    expect(stolen).toMatchObject(byRule(422, 'passkey'));
    expect(await adding(mine, device, { credentialId: device.credentialId })).toMatchObject(
      byRule(422, 'passkey'),
    );
    const slow = await optionsOf(mine);
    later(5 * minute);
    expect(await post(mine, '/api/me/passkeys', sent(another.made(slow)))).toMatchObject(
      byRule(422, 'passkey'),
    );
    const right = sent(another.made(await optionsOf(mine)));
    expect((await post(mine, '/api/me/passkeys', right)).status).toBe(201);
    expect(await post(mine, '/api/me/passkeys', right)).toMatchObject(byRule(422, 'passkey'));
  });

  test('is removed by its owner, with a fresh proof and nobody else', async () => {
    const { browser, id, device } = await withPasskey('monitoring.officer');
    const other = await cameInAs(council, 'host');
    expect((await other.delete(`/api/me/passkeys/${id}`).agent(sockets)).status).toBe(404);
    later(15 * minute);
    expect(await browser.delete(`/api/me/passkeys/${id}`).agent(sockets)).toMatchObject(
      byRule(403, 'step_up'),
    );
    expect((await proving(browser, device)).status).toBe(200);
    expect((await browser.delete(`/api/me/passkeys/${id}`).agent(sockets)).status).toBe(204);
    expect((await browser.get('/api/me/passkeys').agent(sockets)).body.items).toEqual([]);
    expect((await entriesOf('monitoring.officer')).at(-1)).toEqual(['passkey.removed', { passkey: id }]);
    expect(await mailOf('monitoring.officer', 'passkeys_changed')).toBe(2);
  });

  test('is one of ten at most', async () => {
    const { browser } = await withPasskey('legal.second');
    for (let n = 2; n <= 10; n += 1) expect((await adding(browser, authenticator())).status).toBe(201);
    expect(await post(browser, '/api/me/passkeys/options')).toMatchObject(byRule(409, 'passkeys_enough'));
  });
});

describe('who has a passkey', () => {
  const decision = { version: 1, outcome: 'approve', reasons: reason, grounds: [], noConflict: true };

  test('proves themselves by it: the password is none, and the entry says which it was', async () => {
    const line = await lineAt(council, 'ready');
    const { browser, device } = await withPasskey('legal');
    later(20 * minute);
    expect(await post(browser, `${line.path}/decision`, decision)).toMatchObject(byRule(403, 'step_up'));
    expect(await post(browser, '/api/session/step-up', { password: demoPassword })).toMatchObject({
      ...byRule(422, 'proof'),
      body: { errors: [{ field: 'passkey' }] },
    });
    const proved = await proving(browser, device);
    expect(proved).toMatchObject({ status: 200, body: { proof: 'passkey' } });
    expect((await post(browser, `${line.path}/decision`, decision)).status).toBe(201);
    const proofs = (await stepsOf(council.world.db, line.reference))
      .filter(({ type }) => ['request.decided', 'grant.made'].includes(type))
      .map(({ decision: coded }) => coded?.['proof']);
    expect(proofs).toEqual(['passkey', 'passkey']);
    const { items } = (await browser.get('/api/me/passkeys').agent(sockets)).body as {
      items: { lastUsedAt: string | null }[];
    };
    expect(items.map(({ lastUsedAt }) => lastUsedAt)).toContain(council.clock.toISOString());
  });

  const lies: readonly (readonly [string, Bent])[] = [
    ['from another origin', { origin: 'https://localhost:3000' }],
    ['for another service', { rpId: 'elsewhere.example' }],
    ['without its user having proved to the device who they are', { verified: false }],
    ['to a challenge that nobody gave', { challenge: 'A'.repeat(60) }],
    ['that was made to add a passkey', { type: 'webauthn.create' }],
    ['that names a credential nobody has', { credentialId: 'A'.repeat(43) }],
    ['that says it is somebody else’s', { userHandle: 'A'.repeat(22) }],
    ['asked for within the page of another site', { crossOrigin: true }],
  ];
  test('is not believed by an answer that is not right, which is recorded, and used up with its challenge', async () => {
    const { browser, device } = await withPasskey('democratic.services');
    later(20 * minute);
    for (const [how, bent] of lies) {
      const refused = await proving(browser, device, bent);
      expect([how, refused.status, refused.body.rule]).toEqual([how, 422, 'proof']);
      later(minute);
    }
    expect((await entriesOf('democratic.services')).at(-1)).toEqual(['proof.failed', null]);
    const options = await asked(browser);
    const wrong = device.answer(options, { verified: false });
    expect((await post(browser, '/api/session/step-up', { passkey: wrong })).status).toBe(422);
    const right = device.answer(options);
    later(minute);
    expect((await post(browser, '/api/session/step-up', { passkey: right })).status).toBe(422);
    later(minute);
    const fresh = { passkey: device.answer(await asked(browser)) };
    expect((await post(browser, '/api/session/step-up', fresh)).status).toBe(200);
    expect((await post(browser, '/api/session/step-up', fresh)).status).toBe(422);
  });

  test('does not prove themselves by the passkey of somebody else, or by an answer from another session', async () => {
    const [one, two] = [await withPasskey('scrutiny.chair'), await withPasskey('ward.member')];
    later(minute);
    expect((await proving(one.browser, two.device)).status).toBe(422);
    const answer = one.device.answer(await asked(one.browser));
    expect((await post(two.browser, '/api/session/step-up', { passkey: answer })).status).toBe(422);
    expect((await proving(one.browser, one.device)).status).toBe(200);
  });

  test('is told where the counter of a passkey goes back, and it counts for nothing', async () => {
    const { browser, device } = await withPasskey('lead.member', authenticator({ counts: true }));
    expect((await proving(browser, device, { counter: 40 })).status).toBe(200);
    later(minute);
    for (const counter of [40, 39]) expect((await proving(browser, device, { counter })).status).toBe(422);
    expect((await entriesOf('lead.member')).slice(-2)).toEqual([
      ['proof.failed', null],
      ['passkey.copied', null],
    ]);
    expect(await mailOf('lead.member', 'passkey_copied')).toBe(2);
    expect((await proving(browser, device, { counter: 41 })).status).toBe(200);
  });

  test('and an app for codes gives no code of it in place of the passkey, but a recovery code where it is lost', async () => {
    const { browser, code, recoveryCodes } = await withPhone(council, 'coopted.member');
    expect((await adding(browser, authenticator())).status).toBe(201);
    later(20 * minute);
    expect((await post(browser, '/api/session/step-up', { code: code() })).status).toBe(422);
    const recovered = await post(browser, '/api/session/step-up', { code: recoveryCodes[0] });
    expect(recovered).toMatchObject({ status: 200, body: { proof: 'recovery' } });
    const { items } = (await browser.get('/api/me/passkeys').agent(sockets)).body as {
      items: { id: string }[];
    };
    expect((await browser.delete(`/api/me/passkeys/${items[0]?.id}`).agent(sockets)).status).toBe(204);
  });
});

describe('at a bare address of a network', () => {
  let server: Server;
  beforeAll(async () => {
    const app = createApp({
      db: council.world.db,
      now: () => council.clock,
      log: pino({ level: 'silent' }),
      sessionSecret: council.sessionSecret,
      baseUrl: new URL('http://127.0.0.1:3000'),
      trustProxy: false,
      councilName: 'Test Council',
      demo: true,
      signer: aSigner(),
    });
    server = createServer(app);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void server.close());

  test('no passkey is offered, and the answer says why', async () => {
    const browser = request.agent(server);
    await browser
      .post('/api/session')
      .send({ email: 'administrator@council.example', password: demoPassword });
    const refused = await browser.post('/api/me/passkeys/options').send({});
    expect(refused).toMatchObject(byRule(409, 'passkeys_here'));
    expect(refused.body.detail).toContain('BASE_URL');
  });

  test('means an address of either kind', () => {
    const at = (url: string) => relyingPartyOf(new URL(url));
    expect([at('http://127.0.0.1:3000'), at('http://[::1]:3000'), at('https://192.0.2.7')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(at('https://observe.council.example')).toEqual({
      id: 'observe.council.example',
      origin: 'https://observe.council.example',
    });
  });
});

describe('the database', () => {
  test('lets no passkey be another’s, no counter go back, and none go but by its owner', async () => {
    const { id } = await withPasskey('scrutiny.member', authenticator({ counts: true }));
    const { db, owner } = council.world;
    const other = await personId(db, 'former.member');
    const refused = async (sql: string, given: string[], constraint: string): Promise<void> => {
      for (const login of [db, owner])
        await expect(behindTheApi(login, (trx) => trx.raw(sql, given))).rejects.toMatchObject({ constraint });
    };
    await refused('update passkeys set counter = 0 where id = ?', [id], 'passkeys_counter');
    await refused('update passkeys set last_used_at = now() where id = ?', [id], 'passkeys_counter');
    await refused('update passkeys set removed_by = ? where id = ?', [other, id], 'passkeys_remover');
    await refused('delete from passkeys where id = ?', [id], 'passkeys_kept');
    const given = (trx: Parameters<Parameters<typeof behindTheApi>[1]>[0]) =>
      trx('passkeys').where({ id }).update({ person_id: other });
    await expect(behindTheApi(owner, given)).rejects.toMatchObject({ constraint: 'passkeys_kept' });
    await expect(behindTheApi(db, given)).rejects.toMatchObject({ code: '42501' });
  });
});
