/** Somebody leaves: what waits for them by name is listed, told and handed on, and what they signed stands. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { conflictOf } from '../../support/conflicts.js';
import { useCouncil, type Answer, type Client } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { added, cameIn, type Newcomer } from '../../support/newcomers.js';
import { lineAt, notFound, personId } from '../../support/people.js';
import { readerOf } from '../../support/browser-less.js';

const council = useCouncil();
const today = () => londonDate(council.clock);
const reasons = 'They have left the council.';

let administrator: Client;
let officer: Client;
let services: Client;
let democratic: Client;
beforeAll(async () => {
  administrator = await council.as('administrator');
  officer = await council.as('monitoring.officer');
  services = await council.as('childrens.services');
  democratic = await council.as('democratic.services');
});

const give = async (id: string, office: string, given: object = {}): Promise<string> => {
  const body = { office, capacity: 'principal', from: today(), ...given };
  const before = expectOk(await administrator.get(`/api/people/${id}`)).body.offices as { id: string }[];
  const after = expectOk(await administrator.post(`/api/people/${id}/offices`, body)).body.offices;
  const holding = (after as { id: string }[]).find((each) => !before.some((old) => old.id === each.id))?.id;
  expectOk(await officer.post(`/api/people/${id}/offices/${holding}/confirm`));
  return holding ?? '';
};

/** Somebody who holds these offices and has a password. */
const engaged = async (...offices: string[]) => {
  const person: Newcomer = await added(administrator);
  const agent = await cameIn(council, person);
  const holdings: string[] = [];
  for (const office of offices) holdings.push(await give(person.id, office));
  return { ...person, agent, holdings };
};

/** A grant that a newcomer hosts, with the request as a line. */
const hostedGrant = async () => {
  const line = await lineAt(council, 'submitted');
  const who = await engaged('host');
  const host = { version: 1, host: who.email, manager: 'legal.second@council.example' };
  expectOk(await services.put(`${line.path}/host`, host));
  await line.answerAll();
  await line.discuss();
  expectOk(await line.sign('childrens_services'));
  expectOk(await line.sign('democratic_services'));
  const { body } = expectOk(await line.decide('approve'));
  const { id } = body.grant as { id: string };
  return { who, line, id, path: `/api/grants/${id}` };
};

interface Kind {
  readonly kind: string;
  readonly count: number;
  readonly matters: readonly { readonly reference: string | null; readonly page: string | null }[];
}

/** What waits for that person, as this reader is shown it. */
const waitingFor = async (id: string, by: Client): Promise<readonly Kind[]> => {
  const { body } = expectOk(await by.get('/api/leavers'));
  const found = (body.items as { id: string; waiting: Kind[] }[]).find((each) => each.id === id);
  return found?.waiting ?? [];
};
const kindsFor = async (id: string, by: Client): Promise<string[]> =>
  (await waitingFor(id, by)).map(({ kind, count }) => `${kind} ${count}`);

const told = (kind: string, reference: string): Promise<string[]> =>
  council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.kind': kind, 'm.reference': reference })
    .orderBy('p.email')
    .pluck('p.email');

const suspend = (id: string): Promise<Answer> => administrator.post(`/api/people/${id}/suspend`, { reasons });

test('an officer leaves between two signatures: the sign-off stands, and the others decide', async () => {
  const line = await lineAt(council, 'discussed');
  const who = await engaged('childrens_services');
  const signed = await who.agent.post(`${line.path}/sign-offs`).send({
    version: 1,
    office: 'childrens_services',
    outcome: 'agree',
    reasons: 'They are needed for the review of conferences.',
    noConflict: true,
  });
  expect(signed.status).toBeLessThan(300);
  expectOk(await suspend(who.id));
  expect((await who.agent.get(line.path)).status).toBe(401);
  expect(await waitingFor(who.id, democratic)).toEqual([]);
  expectOk(await line.sign('democratic_services'));
  expect(expectOk(await line.decide('approve')).body).toMatchObject({ status: 'approved' });
});

describe('what waited for a host who leaves', () => {
  test('is named to somebody else while the request waits, and is then listed for nobody', async () => {
    const line = await lineAt(council, 'submitted');
    const who = await engaged('host');
    const host = { version: 1, host: who.email, manager: 'legal.second@council.example' };
    expectOk(await services.put(`${line.path}/host`, host));
    expect(await waitingFor(who.id, services)).toEqual([]);
    expectOk(await suspend(who.id));
    expect(await told('host_left', line.reference)).toEqual(['childrens.services@council.example']);
    const page = `/requests/${line.reference}/host`;
    expect(await waitingFor(who.id, services)).toMatchObject([
      { kind: 'hosts', count: 1, matters: [{ reference: line.reference, page }] },
    ]);
    // Democratic Services read which it is, and Children's Services name the host.
    expect(await waitingFor(who.id, democratic)).toMatchObject([
      { matters: [{ reference: line.reference, page: null }] },
    ]);
    const reader = await readerOf(council.server, 'childrens.services');
    expect((await reader.open('/leavers')).html).toContain(`href="${page}"`);
    expectOk(await services.put(`${line.path}/host`, { ...host, host: 'host@council.example' }));
    expect(await waitingFor(who.id, services)).toEqual([]);
  });

  test('is Children’s Services’ once it is approved, and they are told of a visit in place of the host', async () => {
    const { who, line, id, path } = await hostedGrant();
    expectOk(await suspend(who.id));
    expect(await waitingFor(who.id, services)).toMatchObject([
      { kind: 'visits', count: 1, matters: [{ reference: line.reference, page: `/grants/${id}` }] },
    ]);
    const date = addDays(today(), 14);
    const second = await engaged('childrens_services');
    const planned = await second.agent.post(`${path}/visits`).send({
      date,
      from: '10:00',
      to: '12:00',
      caseReference: 'CP-2027-0099',
      chaperone: 'The team manager',
    });
    expect(planned.status).toBe(201);
    expect(await told('visit_planned', line.reference)).toEqual([
      'childrens.services@council.example',
      'scrutiny.chair@council.example',
    ]);
    expectOk(await services.post(`/api/visits/${planned.body.id}/cancel`));
    expectOk(await services.post(`${path}/revoke`, { reasons: 'Nobody is left who hosts it.' }));
    expect(await waitingFor(who.id, services)).toEqual([]);
  });

  test('is not told to Children’s Services while the host is there', async () => {
    const { who, line, path } = await hostedGrant();
    const date = addDays(today(), 14);
    const plan = {
      date,
      from: '10:00',
      to: '12:00',
      caseReference: 'CP-2027-0100',
      chaperone: 'The manager',
    };
    expectOk(await services.post(`${path}/visits`, plan));
    expect(await told('visit_planned', line.reference)).toEqual([
      who.email,
      'scrutiny.chair@council.example',
    ]);
  });

  test('is told when their office ends on a day to come, and the last of their offices lists it', async () => {
    const line = await lineAt(council, 'submitted');
    const who = await engaged('host', 'legal');
    const host = { version: 1, host: who.email, manager: 'legal.second@council.example' };
    expectOk(await services.put(`${line.path}/host`, host));
    const end = (place: number, to: string) =>
      administrator.patch(`/api/people/${who.id}/offices/${who.holdings[place]}`, { to });
    expectOk(await end(1, addDays(today(), 10)));
    expect(await told('host_left', line.reference)).toEqual([]);
    // Who hosts leaves also with the office of a host alone.
    expectOk(await end(0, addDays(today(), 20)));
    expect(await told('host_left', line.reference)).toContain('childrens.services@council.example');
    const { body } = expectOk(await services.get('/api/leavers'));
    expect(body.items.find(({ id }: { id: string }) => id === who.id)).toMatchObject({
      suspended: false,
      on: addDays(today(), 20),
      waiting: [{ kind: 'hosts', matters: [{ reference: line.reference }] }],
    });
  });

  test('is listed from four weeks before their office ends', async () => {
    const line = await lineAt(council, 'submitted');
    const who = await engaged('host');
    const host = { version: 1, host: who.email, manager: 'legal.second@council.example' };
    expectOk(await services.put(`${line.path}/host`, host));
    const end = (days: number) =>
      administrator.patch(`/api/people/${who.id}/offices/${who.holdings[0]}`, { to: addDays(today(), days) });
    expectOk(await end(29));
    expect(await waitingFor(who.id, services)).toEqual([]);
    expectOk(await end(28));
    expect(await kindsFor(who.id, services)).toEqual(['hosts 1']);
  });

  test('is no default for the next request, and Children’s Services name a host for it', async () => {
    const { db } = council.world;
    const who = await personId(db, 'host');
    expectOk(await suspend(who));
    const line = await lineAt(council, 'submitted', {
      changes: { observationType: 'strategy_discussion' },
    });
    const read = expectOk(await line.read('childrens.services')).body;
    expect(read.host ?? null).toBeNull();
    const host = { version: 1, host: 'legal.second@council.example', manager: 'two.offices@council.example' };
    expectOk(await services.put(`${line.path}/host`, host));
    expectOk(await administrator.post(`/api/people/${who}/restore`, { reasons }));
  });
});

describe('who was named, or stands in', () => {
  test('is told to Democratic Services, who have somebody else named and register another deputy', async () => {
    const { db } = council.world;
    const line = await lineAt(council, 'ready');
    expectOk(await line.decide('refuse'));
    const member = await council.as('scrutiny.chair');
    expectOk(await member.post(`${line.path}/review`, { reasons: 'It does not speak of the review.' }));
    for (const person of ['monitoring.officer', 'monitoring.officer.deputy'])
      expectOk(
        await democratic.post(
          '/api/conflicts',
          conflictOf(person, 'complaint', { reference: line.reference }),
        ),
      );
    const who = await engaged('data_protection');
    const named = { namedBy: 'The Chief Executive', authority: 'A decision of 8 January 2027.' };
    expectOk(await democratic.post(`${line.path}/review/reviewer`, { ...named, person: who.email }));
    const deputy = {
      office: 'legal',
      from: today(),
      to: addDays(today(), 60),
      authority: 'Scheme of delegation, paragraph 4',
    };
    expectOk(await democratic.post('/api/deputies', { ...deputy, deputy: who.email }));
    const second = await council.as('democratic.services.second');
    expect(await kindsFor(who.id, second)).toEqual([]);
    expectOk(await suspend(who.id));
    expect(await told('stand_in_left', 'leavers')).toEqual([
      'democratic.services.second@council.example',
      'democratic.services@council.example',
      'two.offices@council.example',
    ]);
    expect(await waitingFor(who.id, democratic)).toMatchObject([
      { kind: 'named', matters: [{ page: `/requests/${line.reference}/review/name` }] },
      { kind: 'stands_in', matters: [{ office: 'legal', page: '/standby/deputy' }] },
    ]);
    const other = await engaged('data_protection');
    expectOk(await democratic.post(`${line.path}/review/reviewer`, { ...named, person: other.email }));
    expectOk(await democratic.post('/api/deputies', { ...deputy, deputy: other.email }));
    expect(await kindsFor(who.id, democratic)).toEqual([]);
    expect(await db('messages').where({ to_person: other.id, kind: 'named_to_act' })).toHaveLength(1);
  });

  test('acts for the head of an office who is suspended, without a recorded absence', async () => {
    const { path } = await lineAt(council, 'submitted');
    const deputy = await council.as('childrens.services.deputy');
    const discuss = () => deputy.post(`${path}/discussion`, { version: 1, text: 'We have looked at this.' });
    expect((await discuss()).status).toBe(403);
    const head = await personId(council.world.db, 'childrens.services');
    expectOk(await suspend(head));
    expect(await kindsFor(head, administrator)).toContain('heads 1');
    expect((await discuss()).status).toBe(201);
    const { body } = expectOk(await administrator.get(`/api/people/${head}`));
    const [{ id: held }] = body.offices;
    const gone = { to: addDays(today(), -1) };
    expectOk(await administrator.patch(`/api/people/${head}/offices/${held}`, gone));
    await engaged('childrens_services');
    expect(await kindsFor(head, administrator)).toContain('heads 1');
    const next = await engaged();
    await give(next.id, 'childrens_services', { head: true });
    expect(await kindsFor(head, administrator)).not.toContain('heads 1');
  });
});

describe('the list of people who leave', () => {
  test('says to the administrator how much waits, and not which request it is', async () => {
    const line = await lineAt(council, 'submitted');
    const who = await engaged('host');
    const nameHost = { version: 1, host: who.email, manager: 'legal.second@council.example' };
    const namer = await engaged('childrens_services');
    expect((await namer.agent.put(`${line.path}/host`).send(nameHost)).status).toBe(200);
    expectOk(await suspend(who.id));
    const { body } = expectOk(await administrator.get('/api/leavers'));
    expect(JSON.stringify(body)).not.toMatch(/OBS-/);
    expect(body.items.find(({ id }: { id: string }) => id === who.id)).toMatchObject({
      suspended: true,
      on: today(),
      waiting: [{ kind: 'hosts', handsOn: 'childrens_services', count: 1, matters: [] }],
    });
    const reader = await readerOf(council.server, 'administrator');
    const { text } = await reader.open('/leavers');
    expect(text).toContain('Children’s Services see which they are');
    expect(text).not.toMatch(/OBS-\d/);
  });

  test('is read by those who hand on alone, and each reading is on the trail', async () => {
    for (const account of ['legal', 'auditor', 'data.protection', 'scrutiny.chair', 'monitoring.officer']) {
      expect(await (await council.as(account)).get('/api/leavers')).toMatchObject(notFound);
    }
    expectOk(await democratic.get('/api/leavers'));
    const [entry] = await search(council.world.db, { type: 'leavers.read', limit: 1 });
    expect(entry).toMatchObject({ office: 'democratic_services', subject: 'leavers' });
  });
});
