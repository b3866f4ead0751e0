/** A provider that is dead or slow stops nothing else; and what is said in its name on the back channel. */
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { demoPassword } from '../../../db/demo/accounts.js';
import { search } from '../../../db/audit/search.js';
import { connectionTo } from '../../../server/provider/connection.js';
import { paths } from '../../../server/web/paths.js';
import { leadsOnTo } from '../../support/browser-less.js';
import { sockets, useCouncil } from '../../support/council.js';
import { behindTheApi, personId } from '../../support/people.js';
import { clientId, settingsFor } from '../../support/provider/client.js';
import { useHostileProvider, type Claims } from '../../support/provider/hostile.js';
import { Visitor } from '../../support/provider/visitor.js';

const provider = useHostileProvider();
const council = useCouncil(() => ({ provider: settingsFor(provider) }));
afterEach(() => provider.behave());

const discovery = '/.well-known/openid-configuration';
const seconds = (): number => Math.floor(Date.now() / 1000);

const goesOn = async (): Promise<void> => {
  const get = (path: string) => request(council.server).get(path).agent(sockets);
  expect((await get('/readyz')).status).toBe(200);
  expect((await get(paths.signIn)).text).toContain('Sign in with your council account');
  const local = await request(council.server)
    .post('/api/session')
    .agent(sockets)
    .send({ email: 'auditor@council.example', password: demoPassword });
  expect(local.status).toBe(201);
};

const pressed = async (visitor: Visitor) => {
  const [button] = (await visitor.open(paths.signIn)).forms;
  if (!button) throw new Error('The page has no button.');
  return visitor.send(button);
};

// First: the service has not asked the provider for anything yet.
describe('a provider', () => {
  test('that answers nothing for a while holds up who waits for it, and nobody else', async () => {
    const held: ServerResponse[] = [];
    let isAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    provider.instead = (_req, res) => {
      held.push(res);
      isAsked();
      return true;
    };
    let isAnswered = false;
    const waiting = pressed(new Visitor(council)).finally(() => (isAnswered = true));
    await asked;
    await goesOn();
    expect(isAnswered).toBe(false);
    for (const res of held) res.writeHead(502).end();
    expect((await waiting).status).toBe(503);
  });

  test('that is dead is said to be so, with when to try again, and is asked again after it', async () => {
    provider.instead = (_req, res) => {
      res.destroy();
      return true;
    };
    const answer = await pressed(new Visitor(council));
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('30');
    expect(answer.text).toContain('Nothing else depends on it.');
    await goesOn();
    provider.behave();
    expect(leadsOnTo((await pressed(new Visitor(council))).text)?.origin).toBe(provider.issuer);
  });

  test('that did not answer is not asked again before a pause, and one time for all who wait', async () => {
    provider.instead = (_req, res) => {
      res.writeHead(500).end();
      return true;
    };
    provider.asked.clear();
    const paused = connectionTo({ ...settingsFor(provider), pauseMs: 3_600_000 });
    const opening = await Promise.allSettled([paused.opened(), paused.opened(), paused.opened()]);
    expect(opening.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(paused.opened()).rejects.toThrow('does not answer');
    expect(provider.asked.get(discovery)).toBe(1);
  });

  test('that takes too long is given up', async () => {
    provider.instead = () => true;
    const hasty = connectionTo({ ...settingsFor(provider), timeoutMs: 1 });
    await expect(hasty.opened()).rejects.toMatchObject({ reason: 'OAUTH_TIMEOUT' });
  });

  test('that dies before somebody comes back lets nobody in', async () => {
    const visitor = new Visitor(council);
    const given = provider.enters(await visitor.leaves(), { sub: 'somebody' });
    provider.instead = (_req, res) => {
      res.destroy();
      return true;
    };
    expect((await visitor.comes(given)).status).toBe(503);
    expect(await visitor.who()).toBeNull();
  });
});

/** Somebody who has come in from there, with a session of that name there. */
const cameIn = async (account: string, sid: string | undefined, server = council) => {
  const id = await personId(council.world.db, account);
  await behindTheApi(council.world.db, (trx) =>
    trx('provider_bindings')
      .insert({
        person_id: id,
        issuer: provider.issuer,
        subject: `sub-${account}`,
        bound_by: 'email',
        bound_at: council.clock,
      })
      .onConflict()
      .ignore(),
  );
  const visitor = new Visitor(server);
  await visitor.comes(provider.enters(await visitor.leaves(), { sub: `sub-${account}`, sid }));
  expect(await visitor.who()).toBe(`${account}@council.example`);
  return visitor;
};

let numbers = 0;
const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
const leaving = (more: Claims): Claims => ({
  iss: provider.issuer,
  aud: clientId,
  iat: seconds(),
  exp: seconds() + 120,
  jti: `number-${++numbers}`,
  events: event,
  ...more,
});
const says = (token: string) =>
  request(council.server)
    .post(paths.signedOutByProvider)
    .agent(sockets)
    .type('form')
    .send({ logout_token: token });

describe('on the back channel', () => {
  test('a session there ends the one here that began with it; a person, all of theirs that began there', async () => {
    const [one, two, third] = [
      await cameIn('host', 'one'),
      await cameIn('host', 'two'),
      await cameIn('host', undefined),
    ];
    const local = request.agent(council.server);
    const entering = { email: 'host@council.example', password: demoPassword };
    await local.post('/api/session').agent(sockets).send(entering);
    expect((await says(await provider.honest(leaving({ sid: 'one' })))).status).toBe(200);
    expect([await one.who(), await two.who()]).toEqual([null, 'host@council.example']);
    expect((await says(await provider.honest(leaving({ sub: 'sub-host' })))).status).toBe(200);
    expect([await two.who(), await third.who()]).toEqual([null, null]);
    expect((await local.get('/api/me').agent(sockets)).status).toBe(200);
    const [entry] = await search(council.world.db, { type: 'provider.signed_out', limit: 1 });
    expect(entry).toMatchObject({ decision: { sessions: 2 } });
    expect(JSON.stringify(entry)).not.toContain('sub-host');
  });

  test('nobody comes in with a session that has ended there while they were on their way', async () => {
    await cameIn('host', 'of before');
    const visitor = new Visitor(council);
    const given = provider.enters(await visitor.leaves(), { sub: 'sub-host', sid: 'over' });
    await says(await provider.honest(leaving({ sid: 'over' })));
    expect((await visitor.comes(given)).status).toBe(403);
    expect(await visitor.who()).toBeNull();
  });

  test.each<[string, () => Promise<string>]>([
    ['another issuer', () => provider.honest(leaving({ sid: 'kept', iss: 'https://elsewhere.example' }))],
    ['another audience', () => provider.honest(leaving({ sid: 'kept', aud: 'other' }))],
    ['another key', () => provider.forged(leaving({ sid: 'kept' }))],
    ['no signature', () => provider.unsigned(leaving({ sid: 'kept' }))],
    ['a shared secret', () => provider.withSecret(leaving({ sid: 'kept' }))],
    ['an old time', () => provider.honest(leaving({ sid: 'kept', iat: seconds() - 3600 }))],
    ['an end that is over', () => provider.honest(leaving({ sid: 'kept', exp: seconds() - 600 }))],
    ['no time', () => provider.honest(leaving({ sid: 'kept', iat: undefined }))],
    ['no number', () => provider.honest(leaving({ sid: 'kept', jti: undefined }))],
    ['no event', () => provider.honest(leaving({ sid: 'kept', events: undefined }))],
    ['a nonce, as the word to sign in has', () => provider.honest(leaving({ sid: 'kept', nonce: 'n' }))],
    ['neither person nor session', () => provider.honest(leaving({}))],
    ['another type', () => provider.honest(leaving({ sid: 'kept' }), { typ: 'at+jwt' })],
    ['nothing', () => Promise.resolve('')],
  ])('nothing ends with %s', async (_what, token) => {
    const visitor = await cameIn('data.protection', 'kept');
    const answer = await says(await token());
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(await visitor.who()).toBe('data.protection@council.example');
  });

  test('the same saying counts once', async () => {
    const token = await provider.honest(leaving({ sub: 'sub-auditor' }));
    expect((await says(token)).status).toBe(200);
    const visitor = await cameIn('auditor', 'later');
    expect((await says(token)).status).toBe(400);
    expect(await visitor.who()).toBe('auditor@council.example');
  });
});

describe('before something that weighs much', () => {
  const prove = async (visitor: Visitor, claims: Claims) => {
    const address = await visitor.leaves(paths.prove);
    expect(address.searchParams.get('prompt')).toBe('login');
    expect(address.searchParams.get('max_age')).toBe('900');
    return visitor.comes(provider.enters(address, claims));
  };
  const proofOf = async (account: string) => {
    const [session] = await council.world
      .db('runtime.sessions')
      .where({ person_id: await personId(council.world.db, account) })
      .orderBy('expire', 'desc')
      .select('proved_by');
    return session?.proved_by ?? null;
  };

  test.each<[string, Claims]>([
    ['another person there', { sub: 'sub-of-another' }],
    ['a proof of an hour ago', { auth_time: seconds() - 3600 }],
    ['no time of the proof', { auth_time: undefined }],
    ['a time to come', { auth_time: seconds() + 3600 }],
  ])('%s proves nothing', async (_what, claims) => {
    const visitor = await cameIn('legal.second', 'desk');
    const sheet = await prove(visitor, { sub: 'sub-legal.second', ...claims });
    expect(sheet.status).toBe(403);
    expect(await proofOf('legal.second')).toBeNull();
    expect(await visitor.who()).toBe('legal.second@council.example');
  });

  test('the same person, lately, does, and in the session alone that asked', async () => {
    const visitor = await cameIn('legal.second', 'desk');
    const other = await cameIn('legal.second', 'another desk');
    const address = await visitor.leaves(paths.prove);
    const given = provider.enters(address, { sub: 'sub-legal.second' });
    expect((await other.comes(given)).status).toBe(403);
    expect((await prove(visitor, { sub: 'sub-legal.second' })).status).toBe(303);
    const [entry] = await search(council.world.db, { type: 'proof.given', limit: 1 });
    expect(entry).toMatchObject({ decision: { proof: 'provider' } });
  });
});
