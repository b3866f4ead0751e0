/** What is due, its proposal, confirmation by a second person and certificate, by the API (need-to-know.md, 8). */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { Access, secondOfDataProtection } from '../../support/access.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { beyondTheirTime } from '../../support/keeping.js';
import { expectOk, Line } from '../../support/line.js';
import { byRule, notFound, personId } from '../../support/people.js';

const council = useCouncil();
const nobodysId = '00000000-0000-4000-8000-000000000000';
const get = async (by: Account, path: string): Promise<Answer> => (await council.as(by)).get(path);
const post = async (by: Account, path: string, body: object = {}, headers = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body, headers);
const propose = (by: Account, body: object, headers = {}) => post(by, '/api/disposals', body, headers);
const last = async (subject: string) => (await search(council.world.db, { subject, limit: 1 }))[0];

let whose: { councillorId: string; name: string; reference: string };
beforeAll(async () => {
  // Somebody else's, whose notifications are as old.
  await Line.submitted(council, {}, 'scrutiny.member');
  whose = await beyondTheirTime(council, 'scrutiny.chair');
});
const theirs = () => ({ target: 'councillor', councillor: whose.councillorId });
const rowOf = async (by: Account = 'democratic.services') => {
  const { body } = expectOk(await get(by, '/api/retention?limit=100'));
  return body.items.find(
    ({ councillor }: { councillor: { id: string } }) => councillor.id === whose.councillorId,
  );
};

test('due data is listed in counts for the people responsible, and the look is on the trail', async () => {
  const { body } = expectOk(await get('democratic.services', '/api/retention?limit=1'));
  expect(body).toMatchObject({
    schedule: { requests: 72, councillors: 72, notifications: 12 },
    notifications: { before: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), count: expect.any(Number) },
    next: expect.any(String),
  });
  expect(body.notifications.count).toBeGreaterThan(0);
  expect(await last('retention')).toMatchObject({
    type: 'retention.read',
    actor: (await council.as('democratic.services')).id,
  });
  expect(await rowOf()).toEqual({
    councillor: { id: whose.councillorId, name: whose.name },
    due: { requests: 1, whole: true },
    matters: [{ requests: 1, state: 'due', until: expect.any(String) }],
    until: expect.any(String),
    proposal: null,
    can: ['propose'],
  });
  expect((await rowOf('data.protection')).can).toEqual([]);
  expect(JSON.stringify(body)).not.toContain('OBS-');
});

test('the pages of the list leave out nobody and repeat nobody', async () => {
  const all: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { body }: Answer = expectOk(
      await get('democratic.services', `/api/retention?limit=1${next === '' ? '' : `&cursor=${next}`}`),
    );
    all.push(...body.items.map(({ councillor }: { councillor: { id: string } }) => councillor.id));
    ({ next } = body as { next: string | null });
  }
  const { body } = expectOk(await get('democratic.services', '/api/retention?limit=100'));
  expect(all).toEqual(body.items.map(({ councillor }: { councillor: { id: string } }) => councillor.id));
  expect(all.length).toBeGreaterThan(1);
});

test('people who are not responsible find nothing of it', async () => {
  for (const by of ['scrutiny.chair', 'childrens.services', 'host', 'administrator'])
    for (const path of ['/api/retention', '/api/disposals', `/api/disposals/${nobodysId}`])
      expect([by, path, await get(by, path)]).toMatchObject([by, path, notFound]);
  for (const by of ['scrutiny.chair', 'childrens.services'])
    expect([by, await propose(by, theirs())]).toMatchObject([by, notFound]);
  expect(await propose('legal', theirs())).toMatchObject(notFound);
  expect(await propose('data.protection', theirs())).toMatchObject(byRule(403, 'office'));
  expect(await get('data.protection', `/api/disposals/${nobodysId}`)).toMatchObject(notFound);
  expect(await propose('democratic.services', { target: 'councillor', councillor: nobodysId })).toMatchObject(
    notFound,
  );
});

describe('proposed', () => {
  let id: string;
  const key = { 'Idempotency-Key': 'proposal' };
  beforeAll(async () => {
    const { status, body } = await propose('democratic.services', theirs(), key);
    expect(status).toBe(201);
    ({ id } = body);
  });

  test('it exists once, even if somebody proposes again, and says how much and not which', async () => {
    expect((await propose('democratic.services', theirs(), key)).body.id).toBe(id);
    expect(await propose('democratic.services.second', theirs())).toMatchObject(
      byRule(409, 'disposal_proposed'),
    );
    const { body } = expectOk(await get('data.protection', `/api/disposals/${id}`));
    expect(body).toMatchObject({
      target: 'councillor',
      councillor: { id: whose.councillorId, name: whose.name },
      requests: 1,
      whole: true,
      status: 'proposed',
      settled: null,
      certificate: null,
      can: ['confirm', 'withdraw'],
    });
    expect(await last(`disposal:${id}`)).toMatchObject({
      type: 'retention.certificate_read',
      actor: (await council.as('data.protection')).id,
    });
    expect((await rowOf()).proposal).toBe(id);
  });

  test('an auditor reads who did what, of nobody in particular', async () => {
    const { body } = expectOk(await get('auditor', `/api/disposals/${id}`));
    expect(body.can).toEqual([]);
    expect(JSON.stringify(body)).not.toContain(whose.name);
    expect(JSON.stringify(body)).not.toContain(whose.councillorId);
  });

  test('who proposed it does not confirm it, and a hold keeps it until it is lifted', async () => {
    const confirm = `/api/disposals/${id}/confirm`;
    expect(await post('democratic.services', confirm)).toMatchObject(byRule(403, 'two_people'));
    const hold = await post('legal', '/api/holds', { reference: whose.reference, reasons: 'A claim.' });
    expect(hold.status).toBe(201);
    expect(await post('data.protection', confirm)).toMatchObject(byRule(409, 'held'));
    expect((await rowOf()).matters).toMatchObject([{ requests: 1, state: 'held' }]);
    expectOk(await post('legal', `/api/holds/${hold.body.id}/lift`, { reasons: 'It was settled.' }));
    for (const by of ['legal', 'auditor'])
      expect([by, await post(by, confirm)]).toMatchObject([by, byRule(403, 'office')]);
    expect(await post('host', confirm)).toMatchObject(notFound);
  });

  test('a subject access request keeps everything until it is released, by our rules and past them', async () => {
    const access = await Access.recorded(council, whose.councillorId, londonDate(council.clock));
    expect(await post('data.protection', `/api/disposals/${id}/confirm`)).toMatchObject(byRule(409, 'held'));
    expect((await rowOf()).matters).toMatchObject([{ requests: 1, state: 'held' }]);
    const { db } = council.world;
    const by = await personId(db, 'data.protection');
    await expect(
      db.transaction((trx) =>
        trx.raw('select dispose(?, ?, ?, ?, ?)', [id, by, 'data_protection', 'principal', council.clock]),
      ),
    ).rejects.toMatchObject({ constraint: 'disposal_held' });
    await access.markAll();
    await secondOfDataProtection(council, 'legal.second');
    await access.released('legal.second');
    expect((await rowOf()).matters).toMatchObject([{ requests: 1, state: 'due' }]);
  });

  test('taken back it is over, and may be proposed again', async () => {
    const { body } = expectOk(await post('democratic.services', `/api/disposals/${id}/withdraw`));
    expect(body).toMatchObject({
      status: 'withdrawn',
      can: [],
      settled: { by: { office: 'democratic_services' } },
    });
    expect(await post('data.protection', `/api/disposals/${id}/confirm`)).toMatchObject(
      byRule(409, 'disposal_over'),
    );
    ({ id } = (await propose('democratic.services', theirs())).body);
  });

  test('confirmed by a second person it is gone at once, and its certificate names nobody', async () => {
    const again = { 'Idempotency-Key': 'confirm' };
    const done = expectOk(await post('data.protection', `/api/disposals/${id}/confirm`, {}, again));
    expect(done.body).toMatchObject({
      status: 'disposed',
      councillor: null,
      requests: 0,
      whole: true,
      certificate: { rows: { requests: 1, councillors: 1, people: 1 }, trail: expect.any(Number) },
      can: [],
    });
    expect((await post('data.protection', `/api/disposals/${id}/confirm`, {}, again)).body).toEqual(
      done.body,
    );
    const { body } = expectOk(await get('democratic.services', '/api/disposals?limit=1'));
    expect(body.items).toMatchObject([{ id, status: 'disposed', councillor: null }]);
    expect(await last('retention')).toMatchObject({ type: 'retention.read', decision: { shown: 1 } });
    expect(JSON.stringify(body)).not.toContain(whose.name);
    expect(await rowOf()).toBeUndefined();
    expect(await get('legal', `/api/requests/${whose.reference}`)).toMatchObject(notFound);
  });
});

test('old notifications go the same way', async () => {
  const { body: before } = expectOk(await get('democratic.services', '/api/retention?limit=1'));
  expect(before.notifications).toMatchObject({ proposal: null, can: ['propose'] });
  const { body } = await propose('democratic.services', { target: 'notifications' });
  expect(body).toMatchObject({
    target: 'notifications',
    councillor: null,
    before: before.notifications.before,
  });
  const done = expectOk(await post('democratic.services.second', `/api/disposals/${body.id}/confirm`));
  expect(done.body.certificate.rows.messages).toBeGreaterThanOrEqual(before.notifications.count);
  expect((await get('democratic.services', '/api/retention?limit=1')).body.notifications).toMatchObject({
    count: 0,
    can: [],
  });
  expect(await propose('democratic.services', { target: 'notifications' })).toMatchObject(
    byRule(409, 'nothing_due'),
  );
});
