/** Leaving: access ends at the next call, on every node; the last who keeps an office stays. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { createApp } from '../../../server/app.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Answer, type Client } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { added, cameIn, passphrase, tokenOf, type Newcomer } from '../../support/newcomers.js';
import { behindTheApi, byRule, lineAt, personId, signInAgain } from '../../support/people.js';

const council = useCouncil();
const today = () => londonDate(council.clock);
const reasons = 'They have left the council.';

let administrator: Client;
let officer: Client;
beforeAll(async () => {
  administrator = await council.as('administrator');
  officer = await council.as('monitoring.officer');
});

/** Somebody with an office that counts. */
const engaged = async (office: string): Promise<Newcomer & { readonly holding: string }> => {
  const person = await added(administrator);
  const given = { office, capacity: 'principal', from: today() };
  const { body } = expectOk(await administrator.post(`/api/people/${person.id}/offices`, given));
  const [{ id: holding }] = body.offices;
  expectOk(await officer.post(`/api/people/${person.id}/offices/${holding}/confirm`));
  return { ...person, holding };
};

/** A second node on the same database, with connections of its own. */
const otherNode = () =>
  createApp({
    db: council.world.open(),
    now: () => council.clock,
    log: pino({ level: 'silent' }),
    sessionSecret: 'a secret of the test',
    baseUrl: new URL('http://127.0.0.1:3000'),
    trustProxy: false,
    councilName: 'Test Council',
    demo: true,
    signer: council.signer,
  });

describe('access ends at the next call, on two nodes', () => {
  const ways: Readonly<Record<string, (who: Newcomer & { readonly holding: string }) => Promise<Answer>>> = {
    'a suspension': ({ id }) => administrator.post(`/api/people/${id}/suspend`, { reasons }),
    'signing out everywhere': ({ id }) => administrator.post(`/api/people/${id}/sign-out`),
    'the end of an office': ({ id, holding }) =>
      administrator.patch(`/api/people/${id}/offices/${holding}`, { to: addDays(today(), -1) }),
    'a changed password': async ({ id }) => {
      expectOk(await administrator.post(`/api/people/${id}/invite`));
      const token = await tokenOf(council.world.db, id);
      return request(council.server)
        .post('/api/password')
        .send({ token, password: `${passphrase} tenth` });
    },
  };
  test.each(Object.keys(ways))('with %s', async (way) => {
    const { path } = await lineAt(council, 'submitted');
    const who = await engaged('legal');
    await cameIn(council, who);
    const entered = await request(council.server)
      .post('/api/session')
      .send({ email: who.email, password: passphrase });
    const cookie = entered.get('Set-Cookie')?.map((each) => each.split(';')[0]) ?? [];
    const node = otherNode();
    const onEach = async () => {
      const asking = [council.server, node].map((at) =>
        request(at).get(path).set('Cookie', cookie.join('; ')),
      );
      return (await Promise.all(asking)).map(({ status }) => status);
    };
    expect(await onEach()).toEqual([200, 200]);
    council.clock = new Date(council.clock.getTime() + 1000);
    expect([200, 204]).toContain((await ways[way]?.(who))?.status);
    const expected = way === 'the end of an office' ? 404 : 401;
    expect(await onEach()).toEqual([expected, expected]);
  });

  test('and a restored account signs in anew, without its offices until a second person confirms them', async () => {
    const { db } = council.world;
    const { path } = await lineAt(council, 'submitted');
    const who = await engaged('legal');
    await cameIn(council, who);
    expectOk(await administrator.post(`/api/people/${who.id}/invite`));
    const token = await tokenOf(db, who.id);
    const set = (link: string) =>
      request(council.server).post('/api/password').send({ token: link, password: passphrase });
    expectOk(await administrator.post(`/api/people/${who.id}/suspend`, { reasons }));
    const restored = expectOk(await administrator.post(`/api/people/${who.id}/restore`, { reasons }));
    expect(restored.body.offices).toMatchObject([
      {
        id: who.holding,
        state: 'waits',
        givenBy: { name: 'Administrator (demonstration)' },
        confirmedBy: null,
      },
    ]);
    expect(await set(token)).toMatchObject(byRule(422, 'link'));
    // Restored and invited again by one administrator alone, they read nothing.
    expectOk(await administrator.post(`/api/people/${who.id}/invite`));
    const agent = await cameIn(council, who);
    expect((await agent.get('/api/me')).body.offices).toEqual([]);
    expect((await agent.get(path)).status).toBe(404);
    const confirm = `/api/people/${who.id}/offices/${who.holding}/confirm`;
    expect(await administrator.post(confirm)).toMatchObject(byRule(403, 'office_waits'));
    expectOk(await officer.post(confirm));
    expect((await agent.get(path)).status).toBe(200);
    const [entry] = await search(db, { subject: `person:${who.id}`, type: 'person.restored', limit: 1 });
    expect(entry).toMatchObject({ decision: { waiting: 1 }, reasons });
  });

  test('and a confirmed office waits again for nobody who is not suspended, nor is it another then', async () => {
    const { db } = council.world;
    const { id, holding } = await engaged('legal');
    const anew = { given_by: await personId(db, 'administrator'), given_at: council.clock };
    const waits = { ...anew, confirmed_by: null, confirmed_at: null };
    const change = (by: object) =>
      behindTheApi(council.world.owner, (trx) => trx('offices_held').where({ id: holding }).update(by));
    await expect(change(waits)).rejects.toThrow(/ended, and not changed/);
    expectOk(await administrator.post(`/api/people/${id}/suspend`, { reasons }));
    await expect(change({ ...waits, head: true })).rejects.toThrow(/ended, and not changed/);
  });

  test('and a restored account keeps no session, while what it signed stands', async () => {
    const who = await engaged('legal');
    const agent = await cameIn(council, who);
    expectOk(await administrator.post(`/api/people/${who.id}/suspend`, { reasons }));
    expect(await administrator.post(`/api/people/${who.id}/suspend`, { reasons })).toMatchObject(
      byRule(409, 'account_suspended'),
    );
    expectOk(await administrator.post(`/api/people/${who.id}/restore`, { reasons }));
    expect((await agent.get('/api/me')).status).toBe(401);
    expect(await administrator.post(`/api/people/${who.id}/restore`, { reasons })).toMatchObject(
      byRule(409, 'not_suspended'),
    );
  });
});

test('an administrator who has a link sent to themselves gets it', async () => {
  const { db } = council.world;
  const id = await personId(db, 'administrator');
  expectOk(await administrator.post(`/api/people/${id}/invite`));
  expect(await db('messages').where({ to_person: id, kind: 'password_link' })).toHaveLength(1);
});

test('what waited for a host by name goes to Children’s Services, and the administrator learns nothing of it', async () => {
  const { db } = council.world;
  const line = await lineAt(council, 'submitted');
  const who = await engaged('host');
  const services = await council.as('childrens.services');
  const host = { version: 1, host: who.email, manager: 'legal.second@council.example' };
  expectOk(await services.put(`${line.path}/host`, host));
  const { body } = expectOk(await administrator.post(`/api/people/${who.id}/suspend`, { reasons }));
  expect(JSON.stringify(body)).not.toContain(line.reference);
  const told: string[] = await db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.kind': 'host_left', 'm.reference': line.reference })
    .orderBy('p.email')
    .pluck('p.email');
  expect(told).toContain('childrens.services@council.example');
  expect(told).not.toContain('administrator@council.example');
  const [entry] = await search(db, { subject: line.reference, type: 'request.host_left', limit: 1 });
  expect(entry).toMatchObject({ office: 'administrator' });
  expectOk(await services.put(`${line.path}/host`, { ...host, host: 'host@council.example' }));
});

test('the address of an account in use is not the register’s to change', async () => {
  const { db } = council.world;
  const services = await council.as('democratic.services');
  const { councillorId } = await council.as('ward.member');
  const email = 'elsewhere@borough.example';
  expectOk(await services.patch(`/api/councillors/${councillorId}`, { email }));
  expect(await personId(db, 'ward.member')).toMatch(/-/);
  expect(await db('people').where({ email })).toEqual([]);
});

describe('the last who keeps an office', () => {
  const holdingOf = async (account: string, office: string) => {
    const id = await personId(council.world.db, account);
    const { body } = await administrator.get(`/api/people/${id}`);
    const held = body.offices.find((each: { office: string }) => each.office === office);
    return { id, holding: held.id as string };
  };

  test('is neither suspended nor ended, by the rules and by the database', async () => {
    const { db } = council.world;
    const other = await engaged('administrator');
    const byOther = await cameIn(council, other);
    const own = await holdingOf('administrator', 'administrator');
    // While there are two, one may go; the other stays.
    const suspend = (id: string) => byOther.post(`/api/people/${id}/suspend`).send({ reasons });
    expect((await suspend(own.id)).status).toBe(200);
    for (const change of [{ suspended_at: council.clock }, { password_hash: null }]) {
      const straight = behindTheApi(db, (trx) => trx('people').where({ id: other.id }).update(change));
      await expect(straight).rejects.toThrow(/the last who keeps/);
    }
    const ended = behindTheApi(db, (trx) =>
      trx('offices_held').where({ person_id: other.id }).update({ to_date: today() }),
    );
    await expect(ended).rejects.toThrow(/the last who keeps/);
    const gone = behindTheApi(db, (trx) => trx('offices_held').where({ person_id: other.id }).delete());
    await expect(gone).rejects.toThrow(/the last who keeps/);
    expect((await byOther.post(`/api/people/${own.id}/restore`).send({ reasons })).status).toBe(200);
    expectOk(await officer.post(`/api/people/${own.id}/offices/${own.holding}/confirm`));
    // They were signed out: the next calls come in a session of its own.
    await signInAgain(council, 'administrator');
  });

  test('is the Monitoring Officer too, as long as nobody else holds that office for good', async () => {
    const deputy = await holdingOf('monitoring.officer', 'monitoring_officer');
    const suspended = await administrator.post(`/api/people/${deputy.id}/suspend`, { reasons });
    expect(suspended).toMatchObject(byRule(409, 'last_keeper'));
    const ended = await administrator.patch(`/api/people/${deputy.id}/offices/${deputy.holding}`, {
      to: addDays(today(), 30),
    });
    expect(ended).toMatchObject(byRule(409, 'last_keeper'));
  });

  test('stays where two suspend one another at once', async () => {
    const { db } = council.world;
    const [one, two] = [await engaged('administrator'), await engaged('administrator')];
    await cameIn(council, one);
    await cameIn(council, two);
    const rest: { person_id: string }[] = await db('offices_held')
      .where({ office: 'administrator' })
      .whereNotIn('person_id', [one.id, two.id])
      .select('person_id');
    await behindTheApi(db, (trx) =>
      trx('people')
        .whereIn(
          'id',
          rest.map(({ person_id: id }) => id),
        )
        .update({ suspended_at: council.clock }),
    );
    const suspend = (id: string) =>
      behindTheApi(db, (trx) => trx('people').where({ id }).update({ suspended_at: council.clock }));
    // The second comes while the first is not committed: it waits for that, and then sees it.
    let second: Promise<unknown> = Promise.resolve();
    const seen = { settled: false };
    await behindTheApi(db, async (trx) => {
      await trx('people').where({ id: one.id }).update({ suspended_at: council.clock });
      second = suspend(two.id).finally(() => (seen.settled = true));
      second.catch(() => undefined);
      const waiting = async () => {
        const { rows } = await council.world.owner.raw<{ rows: object[] }>(
          `select from pg_locks where locktype = 'advisory' and not granted
             and database = (select oid from pg_database where datname = current_database())`,
        );
        return rows.length > 0;
      };
      while (!seen.settled && !(await waiting()));
    });
    await expect(second).rejects.toThrow(/the last who keeps/);
  });
});
