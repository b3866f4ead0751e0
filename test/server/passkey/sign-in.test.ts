/** Signing in with a passkey, and what lets nobody in. */
import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { authenticator, type Authenticator, type Bent } from '../../support/authenticator.js';
import { sockets, useCouncil } from '../../support/council.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';
import { cameInAs, tryIn, withPhone, type Browser } from '../../support/phone.js';
import { period } from '../../support/code-at.js';

const council = useCouncil();
const minute = 60_000;
const later = (by: number): void => {
  council.clock = new Date(council.clock.getTime() + by);
};
const post = (browser: Browser, path: string, body: object = {}) =>
  browser.post(path).agent(sockets).send(body);
const withPasskey = async (account: string, device = authenticator(), mine?: Browser) => {
  const browser = mine ?? (await cameInAs(council, account));
  const { body } = await post(browser, '/api/me/passkeys/options');
  const added = await post(browser, '/api/me/passkeys', { name: 'Phone', response: device.made(body) });
  if (added.status !== 201) throw new Error(`${account} could not add a passkey: ${added.status}`);
  return { browser, device };
};
const asked = async (browser: Browser) =>
  (await post(browser, '/api/session/passkey/options')).body as { challenge: string };
const entering = async (device: Authenticator, bent: Bent = {}, browser = request.agent(council.server)) => ({
  browser,
  answer: await post(browser, '/api/session/passkey', {
    response: device.answer(await asked(browser), bent),
  }),
});
const entriesOf = async (subject: string) => {
  const entries = await search(council.world.db, { subject, limit: 20 });
  return entries.map(({ type, decision }) => [type, decision]).toReversed();
};
const refusal = {
  status: 401,
  body: {
    type: '/problems/sign-in-failed',
    detail: 'You could not be signed in with this passkey. Try again.',
  },
};

describe('a passkey', () => {
  test('signs its owner in without address, password or code, and counts as a proof of theirs', async () => {
    const { device } = await withPasskey('legal');
    const { browser, answer } = await entering(device);
    const id = await personId(council.world.db, 'legal');
    expect(answer).toMatchObject({ status: 201, body: { id, email: 'legal@council.example' } });
    expect((await browser.get('/api/me').agent(sockets)).body.id).toBe(id);
    expect((await entriesOf(id)).at(-1)).toEqual(['session.signed_in', { proof: 'passkey' }]);
    expect((await post(browser, '/api/me/passkeys/options')).status).toBe(200);
  });

  const lies: readonly (readonly [string, Bent])[] = [
    ['from another origin', { origin: 'https://elsewhere.example' }],
    ['for another service', { rpId: 'elsewhere.example' }],
    ['without its user having proved to the device who they are', { verified: false }],
    ['to a challenge that nobody gave', { challenge: 'A'.repeat(60) }],
    ['that was made to add a passkey', { type: 'webauthn.create' }],
    ['that names a credential nobody has', { credentialId: 'A'.repeat(43) }],
    ['that says it is somebody else’s', { userHandle: 'A'.repeat(22) }],
    ['asked for within the page of another site', { crossOrigin: true }],
  ];
  test('lets nobody in by an answer that is not right: each is refused alike, and recorded', async () => {
    const { device } = await withPasskey('host');
    for (const [how, bent] of lies) {
      const { answer, browser } = await entering(device, bent);
      expect([how, answer.status]).toEqual([how, 401]);
      expect(answer).toMatchObject(refusal);
      expect((await browser.get('/api/me').agent(sockets)).status).toBe(401);
      later(minute);
    }
    const id = await personId(council.world.db, 'host');
    expect((await entriesOf(id)).at(-1)).toEqual(['session.failed', null]);
    expect((await entriesOf('unknown')).at(-1)).toEqual(['session.failed', null]);
    expect((await entering(device)).answer.status).toBe(201);
  });

  test('names the credential of somebody else in vain', async () => {
    const [one, two] = [await withPasskey('scrutiny.chair'), await withPasskey('ward.member')];
    const { answer } = await entering(one.device, { credentialId: two.device.credentialId });
    expect(answer).toMatchObject(refusal);
  });

  test('answers once, within five minutes, and in the browser that was asked', async () => {
    const { device } = await withPasskey('auditor');
    const [mine, other] = [request.agent(council.server), request.agent(council.server)];
    const right = { response: device.answer(await asked(mine)) };
    expect((await post(other, '/api/session/passkey', right)).status).toBe(401);
    expect((await post(mine, '/api/session/passkey', right)).status).toBe(201);
    expect((await post(mine, '/api/session/passkey', right)).status).toBe(401);
    const slow = { response: device.answer(await asked(mine)) };
    later(5 * minute);
    expect((await post(mine, '/api/session/passkey', slow)).status).toBe(401);
    // Two at once: one is the first.
    const both = { response: device.answer(await asked(mine)) };
    const answers = await Promise.all([1, 2].map(() => post(mine, '/api/session/passkey', both)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 401]);
  });

  test('of a suspended account is answered as a credential that nobody has', async () => {
    const { device } = await withPasskey('former.member');
    const { db } = council.world;
    const id = await personId(db, 'former.member');
    await behindTheApi(db, (trx) => trx('people').where({ id }).update({ suspended_at: council.clock }));
    const stranger = authenticator();
    stranger.made({ challenge: 'AAAA', user: { id: 'A'.repeat(22) } });
    const [suspended, unknown] = [await entering(device), await entering(stranger)];
    expect(suspended.answer).toMatchObject(refusal);
    expect(unknown.answer).toMatchObject(refusal);
    expect(Object.keys(suspended.answer.body)).toEqual(Object.keys(unknown.answer.body));
    expect((await entriesOf(id)).at(-1)).toEqual(['session.failed', null]);
  });

  test('whose counter goes back is refused, recorded, and told to its owner', async () => {
    const { device } = await withPasskey('data.protection', authenticator({ counts: true }));
    expect((await entering(device, { counter: 9 })).answer.status).toBe(201);
    expect((await entering(device, { counter: 9 })).answer).toMatchObject(refusal);
    const id = await personId(council.world.db, 'data.protection');
    expect((await entriesOf(id)).slice(-2)).toEqual([
      ['session.failed', null],
      ['passkey.copied', null],
    ]);
    const told = await council.world.db('messages').where({ to_person: id, kind: 'passkey_copied' });
    expect(told).toHaveLength(1);
  });

  test('is slowed after five that failed, as a password is, and lets its owner in again', async () => {
    const { device } = await withPasskey('coopted.member');
    for (let tries = 0; tries < 5; tries += 1)
      expect((await entering(device, { verified: false })).answer.status).toBe(401);
    expect((await entering(device)).answer.status).toBe(429);
    later(minute);
    expect((await entering(device)).answer.status).toBe(201);
  });
});

describe('the password alone', () => {
  test('lets nobody in who has a passkey: the answer asks for it, or for a recovery code', async () => {
    await withPasskey('lead.member');
    const { answer, browser } = await tryIn(council, 'lead.member');
    expect(answer).toMatchObject({ status: 401, body: { type: '/problems/code-needed' } });
    expect(answer.body.detail).toContain('passkey');
    expect((await browser.get('/api/me').agent(sockets)).status).toBe(401);
    expect((await tryIn(council, 'lead.member', { code: '000000' })).answer.status).toBe(401);
  });

  test('with a code of their app still does, and a recovery code signs in who has lost the passkey', async () => {
    const phone = await withPhone(council, 'scrutiny.member');
    await withPasskey('scrutiny.member', authenticator(), phone.browser);
    later(period);
    const { answer, browser } = await tryIn(council, 'scrutiny.member', { code: phone.code() });
    expect(answer.status).toBe(201);
    // The strongest kind counts: the code is no proof beside a passkey.
    expect(await post(browser, '/api/me/passkeys/options')).toMatchObject(byRule(403, 'step_up'));
    const recovered = await tryIn(council, 'scrutiny.member', { code: phone.recoveryCodes[0] });
    expect(recovered.answer.status).toBe(201);
    expect((await post(recovered.browser, '/api/me/passkeys/options')).status).toBe(200);
  });
});
