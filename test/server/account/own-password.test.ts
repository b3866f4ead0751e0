/** One’s own password: changed with the one from before, and with nothing else. */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { paths } from '../../../server/web/paths.js';
import { Reader } from '../../support/browser-less.js';
import { sockets, useCouncil, type Client } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { added, cameIn, passphrase } from '../../support/newcomers.js';
import { behindTheApi, byRule } from '../../support/people.js';

const council = useCouncil();
const next = 'lantern moss kettle tenth';

let administrator: Client;
beforeAll(async () => {
  administrator = await council.as('administrator');
});
beforeEach(() => {
  council.clock = new Date(council.clock.getTime() + 1000);
});

type Agent = Awaited<ReturnType<typeof cameIn>>;

const newcomer = async () => {
  const person = await added(administrator);
  return { ...person, agent: await cameIn(council, person) };
};
const change = (agent: Agent, current: string, password: string) =>
  agent.post('/api/me/password').agent(sockets).send({ current, password });
const signIn = async (email: string, password: string) => {
  const agent = request.agent(council.server);
  const { status } = await agent.post('/api/session').agent(sockets).send({ email, password });
  return { agent, status };
};
const me = async (agent: Agent): Promise<number> => (await agent.get('/api/me').agent(sockets)).status;
const told = async (id: string): Promise<string[]> =>
  council.world.db('messages').where({ to_person: id }).orderBy('created_at').pluck('kind');

describe('one’s own password', () => {
  test('changes with the one from before: this session stays, every other ends, and no browser is known any more', async () => {
    const { id, email, agent } = await newcomer();
    const other = (await signIn(email, passphrase)).agent;
    const known = () => council.world.db('runtime.known_browsers').where({ person_id: id });
    expect((await known()).length).toBeGreaterThan(0);
    expect((await change(agent, passphrase, next)).status).toBe(204);
    expect([await me(agent), await me(other)]).toEqual([200, 401]);
    expect(await known()).toEqual([]);
    expect(await told(id)).toContain('password_changed');
    expect([(await signIn(email, passphrase)).status, (await signIn(email, next)).status]).toEqual([
      401, 201,
    ]);
    const [entry] = await search(council.world.db, {
      subject: `person:${id}`,
      type: 'password.changed',
      limit: 1,
    });
    expect(entry).toMatchObject({ actor: id });
  });

  test('leaves the session in which it was changed to end with all others', async () => {
    const { id, agent } = await newcomer();
    expect((await change(agent, passphrase, next)).status).toBe(204);
    council.clock = new Date(council.clock.getTime() + 1000);
    expect(await me(agent)).toBe(200);
    const ends = [
      () => administrator.post(`/api/people/${id}/sign-out`),
      () => administrator.post(`/api/people/${id}/suspend`, { reasons: 'They have left the council.' }),
    ];
    const [row] = await council.world.db('people').where({ id }).select('session_kept');
    expect(row?.session_kept).not.toBeNull();
    for (const end of ends) {
      expectOk(await end());
      expect(await council.world.db('people').where({ id }).pluck('session_kept')).toEqual([null]);
      expect(await me(agent)).toBe(401);
    }
  });

  test('stays with a wrong one, which counts as a try to sign in does, and slows the next', async () => {
    const { id, email, agent } = await newcomer();
    for (let wrong = 0; wrong < 5; wrong += 1) {
      expect(await change(agent, 'not the password', next)).toMatchObject(byRule(422, 'proof'));
    }
    const slowed = await change(agent, passphrase, next);
    expect(slowed.status).toBe(429);
    expect(slowed.get('Retry-After')).toMatch(/^\d+$/);
    expect(await told(id)).toContain('sign_in_slowed');
    expect((await signIn(email, passphrase)).status).toBe(201);
    const failed = await search(council.world.db, { subject: id, type: 'proof.failed', limit: 10 });
    expect(failed).toHaveLength(5);
  });

  test('is a good one, and another than before', async () => {
    const { email, agent } = await newcomer();
    for (const weak of ['short', email, passphrase]) {
      const answer = await change(agent, passphrase, weak);
      expect(answer).toMatchObject(byRule(422, 'passphrase'));
      expect(answer.body.errors).toMatchObject([{ field: 'password' }]);
    }
    expect((await signIn(email, passphrase)).status).toBe(201);
  });

  test('changes once where two change it at the same time', async () => {
    const { email, agent } = await newcomer();
    const second = (await signIn(email, passphrase)).agent;
    const both = await Promise.all([
      change(agent, passphrase, next),
      change(second, passphrase, `${next} too`),
    ]);
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1);
    const [won] = both.map(({ status }) => status === 204);
    expect((await signIn(email, won ? next : `${next} too`)).status).toBe(201);
  });

  test('is changed on a page, which keeps nothing of what was typed', async () => {
    const { id, email } = await newcomer();
    const reader = new Reader(council.server);
    await reader.open(paths.signIn);
    await reader.submit({ email, password: passphrase });
    const account = await reader.open(paths.account);
    await reader.open(account.link('Change your password'));
    const refused = await reader.submit({ current: 'not the password', password: next });
    expect(refused.errors[0]).toEqual({ href: '#current', text: 'This password is not right' });
    expect(refused.html).not.toContain(next);
    const done = await reader.submit({ current: passphrase, password: next });
    expect(done.text).toContain('Your password has been changed.');
    expect((await signIn(email, next)).status).toBe(201);
    expect(await council.world.db('runtime.unsent_forms').where({ person_id: id })).toEqual([]);
  });

  test('alone keeps a session: the database takes none without it', async () => {
    const { id } = await newcomer();
    const { db } = council.world;
    const kept = () => db('people').where({ id }).pluck('session_kept');
    for (const straight of [{ session_kept: id }, { session_kept: id, sessions_from: council.clock }]) {
      await behindTheApi(db, (trx) => trx('people').where({ id }).update(straight));
      expect(await kept()).toEqual([null]);
    }
  });
});
