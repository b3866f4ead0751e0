/** Offices: given by an administrator, counted once a second person has confirmed them, ended on a day. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { search } from '../../../db/audit/search.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import type { Client } from '../../support/council.js';
import { useCouncil } from '../../support/council.js';
import { foundRow } from '../../support/found-row.js';
import { expectOk, reason } from '../../support/line.js';
import { added, cameIn, passphrase, tokenOf, type Newcomer } from '../../support/newcomers.js';
import { behindTheApi, byRule, lineAt, notFound, personId } from '../../support/people.js';

const council = useCouncil();
const today = () => londonDate(council.clock);

let administrator: Client;
let officer: Client;
beforeAll(async () => {
  administrator = await council.as('administrator');
  officer = await council.as('monitoring.officer');
});

const given = (over: object = {}) => ({ office: 'legal', capacity: 'principal', from: today(), ...over });
/** Gives an office; the newest of the person. */
const give = async ({ id }: Newcomer, over: object = {}, by = administrator): Promise<string> => {
  const answer = expectOk(await by.post(`/api/people/${id}/offices`, given(over)));
  const waiting = answer.body.offices.find((each: { state: string }) => each.state === 'waits');
  return waiting.id;
};
const confirm = ({ id }: Newcomer, holding: string, by: Client) =>
  by.post(`/api/people/${id}/offices/${holding}/confirm`);
const end = ({ id }: Newcomer, holding: string, to: string) =>
  administrator.patch(`/api/people/${id}/offices/${holding}`, { to });

/** A second administrator, confirmed by the Monitoring Officer. */
const anotherAdministrator = async () => {
  const person = await added(administrator, 'Another Administrator');
  expectOk(await confirm(person, await give(person, { office: 'administrator' }), officer));
  return { person, agent: await cameIn(council, person) };
};

describe('an office that is given', () => {
  test('counts for nothing until a second person confirms it: who has it signs in, and reads no request', async () => {
    const { reference } = await lineAt(council, 'submitted');
    const person = await added(administrator);
    const holding = await give(person);
    const agent = await cameIn(council, person);
    expect((await agent.get('/api/me')).body.offices).toEqual([]);
    expect((await agent.get('/api/requests')).body.items).toEqual([]);
    expect((await agent.get(`/api/requests/${reference}`)).status).toBe(404);
    const seat = {
      version: 1,
      office: 'democratic_services',
      outcome: 'agree',
      reasons: reason,
      noConflict: true,
    };
    expect(await agent.post(`/api/requests/${reference}/sign-offs`).send(seat)).toMatchObject(notFound);

    const confirmed = expectOk(await confirm(person, holding, officer));
    expect(confirmed.body.offices).toMatchObject([
      {
        office: 'legal',
        state: 'counts',
        givenBy: { name: 'Administrator (demonstration)' },
        confirmedBy: { name: expect.stringMatching(/^Monitoring Officer/) },
      },
    ]);
    expect((await agent.get('/api/me')).body.offices).toEqual([{ office: 'legal', capacity: 'principal' }]);
    expect((await agent.get(`/api/requests/${reference}`)).status).toBe(200);
  });

  test('is told to who may confirm it, and to the person, and each step is on the trail', async () => {
    const person = await added(administrator);
    const holding = await give(person, { capacity: 'authorised', authority: 'Minute 12 of this year.' });
    await confirm(person, holding, officer);
    const messages: { kind: string; email: string }[] = await council.world
      .db('messages as m')
      .join('people as p', 'p.id', 'm.to_person')
      .whereIn('m.kind', ['office_waits', 'office_changed'])
      .orderBy('m.created_at', 'desc')
      .select('m.kind', 'p.email');
    expect(messages).toContainEqual({ kind: 'office_waits', email: 'monitoring.officer@council.example' });
    expect(messages.filter(({ email }) => email === person.email)).toHaveLength(2);
    const entries = await search(council.world.db, { subject: `person:${person.id}`, limit: 10 });
    expect(
      entries
        .filter(({ type }) => type.startsWith('office.'))
        .map(({ type, decision, reasons }) => [type, decision, reasons]),
    ).toEqual([
      ['office.confirmed', expect.objectContaining({ given: 'legal', as: 'authorised' }), null],
      [
        'office.given',
        expect.objectContaining({ given: 'legal', as: 'authorised' }),
        'Minute 12 of this year.',
      ],
    ]);
  });

  test('is confirmed by nobody who gave it, by nobody for themselves, and once', async () => {
    const { person, agent } = await anotherAdministrator();
    const other = await added(administrator);
    const holding = await give(other);
    expect(await confirm(other, holding, administrator)).toMatchObject(byRule(403, 'office_waits'));
    // Nor by a second administrator of their own.
    const again = await added(administrator);
    const own = await agent.post(`/api/people/${person.id}/offices`).send(given({ office: 'auditor' }));
    expect(own).toMatchObject(byRule(403, 'own_office'));
    expect(again.id).not.toBe(person.id);
    const url = `/api/people/${other.id}/offices/${holding}/confirm`;
    expect((await agent.post(url).send({})).status).toBe(200);
    expect(await confirm(other, holding, officer)).toMatchObject(byRule(409, 'office_confirmed'));
  });

  test('says in `can` who may confirm it', async () => {
    const person = await added(administrator);
    await give(person);
    const canOf = async (client: Client) =>
      (await client.get(`/api/people/${person.id}`)).body.offices.map(({ can }: { can: string[] }) => can);
    expect(await canOf(administrator)).toEqual([['confirm_office', 'end_office']]);
    expect(await canOf(officer)).toEqual([['confirm_office']]);
  });

  test('cites the delegation where it is authorised, and the head holds it as its principal', async () => {
    const { id } = await added(administrator);
    const post = (over: object) => administrator.post(`/api/people/${id}/offices`, given(over));
    expect(await post({ capacity: 'authorised' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'authority' }] },
    });
    expect(await post({ capacity: 'authorised', authority: 'Minute 1', head: true })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'head' }] },
    });
    expect(await post({ to: addDays(today(), -1) })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'to' }] },
    });
    expect(await post({ office: 'councillor' })).toMatchObject({ status: 422 });
    expect(await post({ capacity: 'authorised', authority: 'born 12/03/2019' })).toMatchObject(
      byRule(422, 'personal_data'),
    );
  });

  test('is confirmed, by the database too, by an administrator or the Monitoring Officer of that day alone', async () => {
    const { db } = council.world;
    const person = await added(administrator);
    const holding = await give(person);
    const straight = (change: object) =>
      behindTheApi(db, (trx) => trx('offices_held').where({ id: holding }).update(change));
    const waiting = await added(administrator);
    await give(waiting, { office: 'monitoring_officer' });
    const suspended = await anotherAdministrator();
    expectOk(await administrator.post(`/api/people/${suspended.person.id}/suspend`, { reasons: reason }));
    for (const by of [await personId(db, 'legal'), waiting.id, suspended.person.id]) {
      const confirmed = straight({ confirmed_by: by, confirmed_at: council.clock });
      await expect(confirmed).rejects.toThrow(/administrator or the Monitoring Officer confirms/);
    }
    for (const change of [{ given_by: await personId(db, 'legal') }, { given_at: new Date(0) }]) {
      await expect(straight(change)).rejects.toThrow(/ended, and not changed/);
    }
    await straight({ confirmed_by: await personId(db, 'monitoring.officer'), confirmed_at: council.clock });
  });

  test('begins on its day, and an office has one head at a time', async () => {
    const person = await added(administrator);
    const holding = await give(person, { office: 'host', from: addDays(today(), 3), head: true });
    expectOk(await confirm(person, holding, officer));
    const agent = await cameIn(council, person);
    expect((await agent.get('/api/me')).body.offices).toEqual([]);
    const rival = await added(administrator);
    const post = (over: object) =>
      administrator.post(`/api/people/${rival.id}/offices`, given({ office: 'host', head: true, ...over }));
    expect(await post({})).toMatchObject(byRule(409, 'one_head'));
    expectOk(await post({ to: addDays(today(), 2) }));
    expect(await post({ head: false, from: addDays(today(), 1) })).toMatchObject(byRule(409, 'office_held'));
  });
});

describe('an office that ends', () => {
  test('counts until its last day is over, and yesterday ends it at the next call', async () => {
    const { reference } = await lineAt(council, 'submitted');
    const person = await added(administrator);
    const holding = await give(person);
    expectOk(await confirm(person, holding, officer));
    const agent = await cameIn(council, person);
    const reads = async () => (await agent.get(`/api/requests/${reference}`)).status;
    expect(await reads()).toBe(200);
    expectOk(await end(person, holding, today()));
    expect(await reads()).toBe(200);
    const ended = expectOk(await end(person, holding, addDays(today(), -1)));
    // It began today: it never counted, and is taken back.
    expect(ended.body.offices).toEqual([]);
    expect(await reads()).toBe(404);
  });

  test('is not made longer than was confirmed, by the rules and by the database', async () => {
    const person = await added(administrator);
    const holding = await give(person, { to: addDays(today(), 9) });
    expectOk(await confirm(person, holding, officer));
    expect(await end(person, holding, addDays(today(), 10))).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'to' }] },
    });
    const changed = (change: object) =>
      behindTheApi(council.world.owner, (trx) => trx('offices_held').where({ id: holding }).update(change));
    for (const change of [
      { to_date: null },
      { to_date: addDays(today(), 10) },
      { from_date: addDays(today(), -5) },
      { office: 'auditor' },
      { head: true },
      { confirmed_by: await personId(council.world.db, 'legal') },
    ]) {
      await expect(changed(change)).rejects.toThrow(/ended, and not changed/);
    }
    expectOk(await end(person, holding, addDays(today(), 5)));
  });
});

describe('an administrator', () => {
  test('holds no other office, whichever came first, by the rules and by the database', async () => {
    const { person } = await anotherAdministrator();
    const post = (id: string, office: string) =>
      administrator.post(`/api/people/${id}/offices`, given({ office }));
    expect(await post(person.id, 'legal')).toMatchObject(byRule(409, 'administrator_alone'));
    const legal = await added(administrator);
    await give(legal);
    expect(await post(legal.id, 'administrator')).toMatchObject(byRule(409, 'administrator_alone'));
    const straight = (id: string, office: string) =>
      behindTheApi(council.world.db, (trx) =>
        trx('offices_held').insert({ person_id: id, office: office as 'legal', capacity: 'principal' }),
      );
    await expect(straight(person.id, 'legal')).rejects.toThrow(/no other office/);
    await expect(straight(legal.id, 'administrator')).rejects.toThrow(/no other office/);
  });

  test('is never host, line manager, named to act or deputy, and who is becomes no administrator', async () => {
    const { db } = council.world;
    const line = await lineAt(council, 'submitted');
    const services = await council.as('childrens.services');
    const host = { version: 1, host: 'host@council.example', manager: 'legal.second@council.example' };
    for (const name of ['host', 'manager']) {
      const named = await services.put(`${line.path}/host`, {
        ...host,
        [name]: 'administrator@council.example',
      });
      expect(named).toMatchObject(byRule(403, 'administrator_alone'));
    }
    const deputy = {
      office: 'legal',
      deputy: 'administrator@council.example',
      from: today(),
      to: addDays(today(), 9),
      authority: 'Minute 3',
    };
    expect(await (await council.as('democratic.services')).post('/api/deputies', deputy)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'deputy' }] },
    });
    const id = await personId(db, 'administrator');
    const { id: request } = await foundRow(
      council.world.owner('requests').where({ reference: line.reference }).first('id'),
    );
    const roles = {
      host: (trx: typeof db) => trx('requests').where({ id: request }).update({ host_id: id }),
      manager: (trx: typeof db) => trx('requests').where({ id: request }).update({ manager_id: id }),
      deputy: (trx: typeof db) =>
        trx('deputies').insert({
          office: 'legal',
          deputy_id: id,
          from_date: today(),
          to_date: today(),
          authority: 'Minute 3',
          recorded_at: council.clock,
        }),
    };
    for (const become of Object.values(roles)) {
      await expect(behindTheApi(db, become)).rejects.toThrow(/takes no part/);
    }
    const hosts = await personId(db, 'host');
    expect(
      await administrator.post(`/api/people/${hosts}/offices`, given({ office: 'administrator' })),
    ).toMatchObject(byRule(409, 'administrator_alone'));
  });

  test('who is alone fills no seat with people of their own making, and reads no request', async () => {
    const line = await lineAt(council, 'discussed');
    const seats = ['childrens_services', 'democratic_services'] as const;
    for (const office of seats) {
      const puppet = await added(administrator, 'A Puppet');
      const holding = await give(puppet, { office });
      const agent = await cameIn(council, puppet);
      expect((await agent.get(line.path)).status).toBe(404);
      const seat = {
        version: 1,
        office,
        outcome: 'agree',
        reasons: reason,
        noConflict: true,
      };
      expect(await agent.post(`${line.path}/sign-offs`).send(seat)).toMatchObject(notFound);
      expect(await confirm(puppet, holding, administrator)).toMatchObject(byRule(403, 'office_waits'));
      // A second administrator of their own making waits for a second person as well.
      const helper = await added(administrator, 'A Helper');
      await give(helper, { office: 'administrator' });
      const helping = await cameIn(council, helper);
      const confirming = await helping.post(`/api/people/${puppet.id}/offices/${holding}/confirm`).send({});
      expect(confirming.status).toBe(404);
      // Nor does the database take a seat of an office that nobody confirmed.
      const { id: request } = await foundRow(
        council.world.owner('requests').where({ reference: line.reference }).first('id'),
      );
      const straight = behindTheApi(council.world.db, (trx) =>
        trx('sign_offs').insert({
          request_id: request,
          version: 1,
          office,
          person_id: puppet.id,
          capacity: 'principal',
          outcome: 'agree',
          reasons: reason,
          at: council.clock,
        } as never),
      );
      await expect(straight).rejects.toThrow(/nobody confirmed/);
    }
    for (const path of [line.path, '/api/audit', '/api/retention', '/api/holds']) {
      expect([path, (await administrator.get(path)).status]).toEqual([path, 404]);
    }
    expect((await administrator.get('/api/requests')).body.items).toEqual([]);
  });

  test('reads nothing of what they acted on before they were one', async () => {
    const { db } = council.world;
    const line = await lineAt(council, 'discussed');
    const id = await personId(db, 'administrator');
    await behindTheApi(db, (trx) =>
      trx('requests')
        .where({ reference: line.reference })
        .update({ acted_by: trx.raw('acted_by || ?::uuid', [id]) }),
    );
    expect((await administrator.get(line.path)).status).toBe(404);
    expect((await administrator.get('/api/requests')).body.items).toEqual([]);
  });

  test('sets no password of somebody else by a link to an address of their own', async () => {
    const { db } = council.world;
    const person = await added(administrator);
    const token = await tokenOf(db, person.id);
    const change = (email: string) => administrator.patch(`/api/people/${person.id}`, { email });
    expectOk(await change(`right.${person.email}`));
    const set = await supertest(council.server).post('/api/password').send({ token, password: passphrase });
    expect(set).toMatchObject(byRule(422, 'link'));
    // An office that waits is for the person of that address too.
    await give(person);
    expect(await change('mine@borough.example')).toMatchObject(byRule(409, 'sign_in_address'));
    expectOk(await administrator.post(`/api/people/${person.id}/invite`));
    await cameIn(council, { ...person, email: `right.${person.email}` });
  });

  test('does not change the address of somebody who stands in for an office, or hosts a request, and has no password yet', async () => {
    const stands = await added(administrator);
    const keeper = await council.as('democratic.services');
    const from = londonDate(council.clock);
    const deputy = {
      deputy: stands.email,
      from,
      to: addDays(from, 30),
    };
    expectOk(
      await keeper.post('/api/deputies', {
        ...deputy,
        office: 'legal',
        authority: 'Scheme of delegation, 4.2',
      }),
    );
    const hosts = await added(administrator);
    const line = await lineAt(council, 'submitted');
    const services = await council.as('childrens.services');
    const named = { version: 1, host: 'host@council.example', manager: hosts.email };
    expectOk(await services.put(`${line.path}/host`, named));
    for (const { id } of [stands, hosts]) {
      const changed = await administrator.patch(`/api/people/${id}`, { email: `mine.${id}@borough.example` });
      expect(changed).toMatchObject(byRule(409, 'sign_in_address'));
    }
  });

  test('does not change the address of an account in use, or of one with an office', async () => {
    const person = await added(administrator);
    const change = (email: string) => administrator.patch(`/api/people/${person.id}`, { email });
    expectOk(await change(`moved.${person.email}`));
    const holding = await give(person);
    expectOk(await confirm(person, holding, officer));
    expect(await change('mine@borough.example')).toMatchObject(byRule(409, 'sign_in_address'));
    const legal = await personId(council.world.db, 'legal');
    const taken = await administrator.patch(`/api/people/${legal}`, { email: 'mine@borough.example' });
    expect(taken).toMatchObject(byRule(409, 'sign_in_address'));
    expectOk(await administrator.patch(`/api/people/${legal}`, { name: 'Legal, by another name' }));
  });
});

describe('the people', () => {
  test('are read by the administrator and the Monitoring Officer, and those on the council by Democratic Services', async () => {
    const idOf = (account: string) => personId(council.world.db, account);
    const [legal, member] = [await idOf('legal'), await idOf('ward.member')];
    for (const [account, readsLegal, readsMember] of [
      ['administrator', 200, 200],
      ['monitoring.officer', 200, 200],
      ['democratic.services', 404, 200],
      ['legal', 404, 404],
      ['auditor', 404, 404],
      ['ward.member', 404, 404],
    ] as const) {
      const client = await council.as(account);
      const read = async (id: string) => (await client.get(`/api/people/${id}`)).status;
      expect([account, await read(legal), await read(member)]).toEqual([account, readsLegal, readsMember]);
      const isListed = (await client.get('/api/people')).status;
      expect([account, isListed]).toEqual([account, readsMember]);
    }
    const listed = (await (await council.as('democratic.services')).get('/api/people?limit=100')).body.items;
    expect(listed.length).toBeGreaterThan(4);
    expect(listed.every(({ councillor }: { councillor: boolean }) => councillor)).toBe(true);
  });

  test('are listed by name, each once, page by page, and with them those with an office that waits', async () => {
    const names: string[] = [];
    let next = '';
    do {
      const { body } = await administrator.get(`/api/people?limit=7${next}`);
      expect(body.items.length).toBeLessThanOrEqual(7);
      names.push(...body.items.map(({ name }: { name: string }) => name));
      next = body.next ? `&cursor=${encodeURIComponent(body.next)}` : '';
    } while (next !== '');
    const everybody = await council.world.db('people').pluck('name');
    expect(names.toSorted()).toEqual(everybody.toSorted());
    expect(names.map((name) => name.toLowerCase())).toEqual(
      names.map((name) => name.toLowerCase()).toSorted(),
    );
    const person = await added(administrator);
    await give(person);
    const waiting = (await officer.get('/api/people?waiting=true&limit=100')).body.items;
    expect(waiting.map(({ id }: { id: string }) => id)).toContain(person.id);
    expect(waiting.length).toBeLessThan(everybody.length);
  });

  test('are added once for an address, in any case', async () => {
    const { email } = await added(administrator);
    const again = await administrator.post('/api/people', { name: 'Again', email: email.toUpperCase() });
    expect(again).toMatchObject(byRule(422, 'member'));
  });

  test('are hidden as what is absent is', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const client = await council.as('legal');
    for (const id of [nobody, await personId(council.world.db, 'host')]) {
      expect(await client.get(`/api/people/${id}`)).toMatchObject(notFound);
      expect(await client.post(`/api/people/${id}/offices`, given())).toMatchObject(notFound);
    }
  });
});
