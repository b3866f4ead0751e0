/**
 * Legal holds (need-to-know.md, section 8): placed and lifted with reasons, seen by the people responsible for
 * retention.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../db/core/connection.js';
import { lockForDisposal } from '../../../db/retention/retention.js';
import { search } from '../../../db/audit/search.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { behindTheApi, byRule, notFound } from '../../support/people.js';

const council = useCouncil();
const { world } = council;

const nobodysId = '00000000-0000-4000-8000-000000000000';
const reasons = 'Citrinezq: a claim was announced, and this may be asked for.';
const settled = 'Danburitezq: the claim was settled.';
const place = async (by: Account, given: object, headers = {}): Promise<Answer> =>
  (await council.as(by)).post('/api/holds', { reasons, ...given }, headers);
const lift = async (by: Account, id: string, given: object = { reasons: settled }): Promise<Answer> =>
  (await council.as(by)).post(`/api/holds/${id}/lift`, given);
const list = async (by: Account, query = ''): Promise<Answer> =>
  (await council.as(by)).get(`/api/holds${query}`);
const count = async (): Promise<unknown> =>
  (await world.db('legal_holds').count<{ n: number }[]>('* as n'))[0]?.n;
const lastAbout = async (subject: string) => (await search(world.db, { subject, limit: 1 }))[0];

let line: Line;
let chair: string;
beforeAll(async () => {
  line = await Line.submitted(council);
  chair = (await council.as('scrutiny.chair')).councillorId;
});

test('Legal place one on a request and lift it, each once, with reasons that are on the trail', async () => {
  const key = { 'Idempotency-Key': 'hold' };
  const placed = await place('legal', { reference: line.reference }, key);
  expect(placed).toMatchObject({ status: 201 });
  expect(placed.body).toEqual({
    id: expect.any(String),
    reference: line.reference,
    councillor: { id: chair, name: expect.stringContaining('Scrutiny Chair') },
    because: 'claim',
    reasons,
    placed: {
      at: council.clock.toISOString(),
      by: { name: 'Legal (demonstration)', office: 'legal', capacity: 'principal' },
    },
    lifted: null,
    can: ['lift'],
  });
  const { id } = placed.body;
  expect(await lastAbout(line.reference)).toMatchObject({
    type: 'hold.placed',
    decision: { hold: id },
    reasons,
    office: 'legal',
  });
  expect((await place('legal', { reference: line.reference }, key)).body.id).toBe(id);
  expect(await world.db('legal_holds').where({ id })).toHaveLength(1);

  const lifted = await lift('data.protection', id);
  expect(lifted).toMatchObject({
    status: 200,
    body: {
      id,
      reasons,
      lifted: { at: council.clock.toISOString(), by: { office: 'data_protection' }, reasons: settled },
      can: [],
    },
  });
  expect(await lastAbout(line.reference)).toMatchObject({
    type: 'hold.lifted',
    decision: { hold: id },
    reasons: settled,
  });
  expect(await lift('legal', id)).toMatchObject(byRule(409, 'hold_lifted'));
});

test('one on a councillor covers everything of theirs, and is recorded under the councillor', async () => {
  const placed = await place('monitoring.officer', { councillor: chair.toUpperCase() });
  expect(placed.body).toMatchObject({ reference: null, councillor: { id: chair } });
  expect(await lastAbout(`councillor:${chair}`)).toMatchObject({ type: 'hold.placed', reasons });
  expectOk(await lift('legal', placed.body.id));
  expect(await lastAbout(`councillor:${chair}`)).toMatchObject({ type: 'hold.lifted' });
});

describe('it is refused', () => {
  test('for people who may not, on things they may not see, and without saying why', async () => {
    const { id } = (await place('legal', { reference: line.reference })).body;
    const draft = await Line.drafted(council);
    const before = await count();
    const on = { reference: line.reference };
    for (const [by, given, refused] of [
      ['scrutiny.chair', on, notFound],
      ['childrens.services', on, notFound],
      ['auditor', on, notFound],
      ['democratic.services', on, byRule(403, 'office')],
      // A person who may not place one learns nothing of what exists.
      ['democratic.services', { councillor: nobodysId }, byRule(403, 'office')],
      ['monitoring.officer.deputy', on, byRule(403, 'principal_present')],
      ['legal', { reference: draft.reference }, { status: 422, body: { errors: [{ field: 'reference' }] } }],
      ['legal', { councillor: nobodysId }, { status: 422, body: { errors: [{ field: 'councillor' }] } }],
      ['legal', { ...on, councillor: chair }, { status: 422, body: { errors: [{ field: 'councillor' }] } }],
      ['legal', {}, { status: 422, body: { errors: [{ field: 'councillor' }] } }],
      ['legal', { ...on, reasons: ' ' }, { status: 422, body: { errors: [{ field: 'reasons' }] } }],
      ['legal', { ...on, reasons: 'Born on 3 March 2012.' }, byRule(422, 'personal_data')],
    ] as const) {
      expect([by, given, await place(by, given)]).toMatchObject([by, given, refused]);
    }
    expect(await count()).toBe(before);
    for (const [by, hold, refused] of [
      ['childrens.services', id, notFound],
      ['legal', nobodysId, notFound],
      ['democratic.services', id, byRule(403, 'office')],
      ['monitoring.officer.deputy', id, byRule(403, 'principal_present')],
    ] as const) {
      expect([by, await lift(by, hold)]).toMatchObject([by, refused]);
    }
    expect(await lift('legal', id, {})).toMatchObject({ status: 422 });
    expect(await lift('legal', id, { reasons: 'Call 07700 900123.' })).toMatchObject(
      byRule(422, 'personal_data'),
    );
    expect((await list('legal', '?status=standing')).body.items[0]).toMatchObject({ id, lifted: null });
  });

  test('for a councillor on their own data, whatever office they also hold', async () => {
    const member = await council.as('scrutiny.member');
    await behindTheApi(world.db, (trx) =>
      trx('offices_held').insert({ person_id: member.id, office: 'legal', capacity: 'authorised' }),
    );
    const own = { councillor: member.councillorId };
    expect(await place('scrutiny.member', own)).toMatchObject(byRule(403, 'own_data'));
    const { id } = (await place('legal', own)).body;
    expect(await lift('scrutiny.member', id)).toMatchObject(byRule(403, 'own_data'));
    const [mine] = (await list('scrutiny.member', '?limit=1')).body.items;
    expect(mine).toMatchObject({ id, can: [] });
    expect((await place('scrutiny.member', { councillor: chair })).status).toBe(201);
  });
});

test('the list is newest first, by page and by whether they stand, and each look at it is on the trail', async () => {
  const ids: string[] = [];
  for (let made = 0; made < 3; made += 1) ids.unshift((await place('legal', { councillor: chair })).body.id);
  expectOk(await lift('legal', ids[1] ?? ''));
  const of = ({ body }: Answer): string[] => body.items.map(({ id }: { id: string }) => id);
  const first = await list('democratic.services', '?limit=2');
  expect(of(first)).toEqual(ids.slice(0, 2));
  expect(first.body.items.map(({ can }: { can: string[] }) => can)).toEqual([[], []]);
  expect(await lastAbout('holds')).toMatchObject({
    type: 'hold.listed',
    decision: { shown: 2 },
    actor: (await council.as('democratic.services')).id,
  });
  const second = await list('democratic.services', `?limit=2&cursor=${first.body.next}`);
  expect(of(second)[0]).toBe(ids[2]);
  expect(of(await list('legal', '?status=standing&limit=2'))).toEqual([ids[0], ids[2]]);
  expect(of(await list('legal', '?status=lifted&limit=1'))).toEqual([ids[1]]);
  for (const by of ['scrutiny.chair', 'childrens.services', 'host', 'auditor', 'administrator'])
    expect([by, await list(by)]).toMatchObject([by, notFound]);
});

test('placing or lifting one waits for a disposal of the same councillor’s data', async () => {
  const { id } = (await place('legal', { councillor: chair })).body;
  const before = await count();
  // Nobody else sees for what another's connection waits.
  const superuser = world.open(world.superuserUrl);
  const done: string[] = [];
  let waiting: Promise<unknown> = Promise.resolve();
  await inTransaction(world.db, async (trx) => {
    await lockForDisposal(trx, chair);
    waiting = Promise.all([
      place('legal', { reference: line.reference }).then(() => done.push('placed')),
      lift('data.protection', id).then(() => done.push('lifted')),
    ]);
    for (let locked = 0; locked < 2;) {
      const { rows } = await superuser.raw<{ rows: { locked: number }[] }>(
        `select count(*)::int as locked from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
      );
      locked = rows[0]?.locked ?? 0;
    }
    expect([await count(), done]).toEqual([before, []]);
  });
  await waiting;
  expect(done.toSorted()).toEqual(['lifted', 'placed']);
});
