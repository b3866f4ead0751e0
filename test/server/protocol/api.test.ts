/** The observation protocol: versions, the undertaking, and grants that wait for it. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { useCouncil, type Client } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { byRule } from '../../support/people.js';

const council = useCouncil();
const minute = 60_000;
const text = 'Protocol for observers.\n\n1. I watch and listen.';

let keeper: Client;
let chair: Client;
beforeAll(async () => {
  keeper = await council.as('democratic.services');
  chair = await council.as('scrutiny.chair');
});

const inForce = async (client = chair) => (await client.get('/api/protocol')).body;
const accept = (version: number, client = chair) => client.post('/api/protocol/acceptance', { version });
const entries = async (type: string) =>
  (await (await council.as('auditor')).get(`/api/audit?type=${type}&limit=100`)).body.items as {
    subject: string;
    decision: object;
  }[];
const later = (minutes: number) => {
  council.clock = new Date(council.clock.getTime() + minutes * minute);
};

test('anybody signed in reads the one in force; whether it is accepted is the councillor’s own', async () => {
  expect(await inForce()).toMatchObject({
    version: 1,
    accepted: { at: expect.any(String) },
    can: ['accept'],
  });
  expect(await inForce(await council.as('ward.member'))).toMatchObject({ accepted: null, can: ['accept'] });
  expect(await inForce(await council.as('former.member'))).toMatchObject({ accepted: null, can: [] });
  expect(await inForce(await council.as('administrator'))).toMatchObject({ accepted: null, can: [] });
  expect(await inForce(keeper)).toMatchObject({ accepted: null, can: ['publish'] });
});

test('a councillor in office alone accepts it, and once: a second time changes nothing', async () => {
  const ward = await council.as('ward.member');
  const first = await accept(1, ward);
  expect(first).toMatchObject({ status: 200, body: { version: 1, accepted: { at: expect.any(String) } } });
  later(1);
  expect(await accept(1, ward)).toMatchObject({ status: 200, body: first.body });
  expect(
    (await entries('protocol.accepted')).filter(({ subject }) => subject.includes(ward.councillorId)),
  ).toEqual([expect.objectContaining({ decision: { version: 1 } })]);
  expect(await accept(1, await council.as('former.member'))).toMatchObject(byRule(403, 'standing'));
  expect(await accept(1, keeper)).toMatchObject(byRule(403, 'office'));
});

test.each([0, 2, 99])('version %i is not in force and is not accepted', async (version) => {
  expect((await accept(version)).status).toBe(version === 0 ? 422 : 409);
  if (version > 0) expect(await accept(version)).toMatchObject(byRule(409, 'protocol_in_force'));
});

describe('a new version', () => {
  test('is published by Democratic Services alone, never for a time that is past', async () => {
    for (const account of ['scrutiny.chair', 'legal', 'monitoring.officer', 'administrator']) {
      expect(await (await council.as(account)).post('/api/protocol', { text })).toMatchObject(
        byRule(403, 'office'),
      );
    }
    const inForceFrom = new Date(council.clock.getTime() - minute).toISOString();
    expect(await keeper.post('/api/protocol', { text, inForceFrom })).toMatchObject({
      status: 422,
      body: { rule: 'protocol', errors: [{ field: 'inForceFrom' }] },
    });
    expect((await keeper.post('/api/protocol', { text: 'x'.repeat(50_001) })).status).toBe(422);
    expect((await inForce()).version).toBe(1);
  });

  test('asks each councillor in office again, and their grants wait until they accept it', async () => {
    const line = await Line.approved(council);
    const granted = (await line.read('legal')).body.grant.id as string;
    council.clock = new Date(council.clock.getTime() + 8 * 24 * 60 * minute);
    keeper = await council.as('democratic.services');
    chair = await council.as('scrutiny.chair');
    const grant = async (client: Client = chair) => {
      const { body } = await client.get(`/api/grants/${granted}`);
      return [body.status, body.access.because.map(({ limit }: { limit: string }) => limit)];
    };
    expect(await grant()).toEqual(['active', []]);

    const inForceFrom = new Date(council.clock.getTime() + 60 * minute).toISOString();
    const published = await keeper.post('/api/protocol', { text: `${text} €`.repeat(1000), inForceFrom });
    expect(published).toMatchObject({ status: 201, body: { version: 2, inForceFrom, accepted: null } });
    expect([(await inForce()).version, await grant()]).toEqual([1, ['active', []]]);
    expect(await accept(2)).toMatchObject(byRule(409, 'protocol_in_force'));

    later(61);
    expect(await inForce()).toMatchObject({ version: 2, accepted: null, can: ['accept'] });
    for (const client of [chair, await council.as('legal')]) {
      expect(await grant(client)).toEqual(['waiting', ['undertaking']]);
    }
    expect(await accept(1)).toMatchObject(byRule(409, 'protocol_in_force'));
    expectOk(await accept(2));
    expect(await grant()).toEqual(['active', []]);

    const notified = await council.world
      .db('messages as m')
      .join('people as p', 'p.id', 'm.to_person')
      .where('m.kind', 'protocol_published')
      .orderBy('p.email')
      .pluck('p.email');
    expect(notified.map((email) => email.split('@')[0])).toEqual([
      'coopted.member',
      'lead.member',
      'scrutiny.chair',
      'scrutiny.member',
      'ward.member',
    ]);
    expect(await entries('protocol.published')).toEqual([
      expect.objectContaining({ subject: 'protocol', decision: { version: 2, inForceFrom } }),
    ]);
  });

  test('published twice at once is two versions, and sent twice under one key is one', async () => {
    const both = await Promise.all([
      keeper.post('/api/protocol', { text: `${text} One.` }),
      (await council.as('two.offices')).post('/api/protocol', { text: `${text} Two.` }),
    ]);
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(both.map(({ body }) => body.version))).toEqual(new Set([3, 4]));
    const headers = { 'Idempotency-Key': 'one-protocol' };
    const again = [
      await keeper.post('/api/protocol', { text }, headers),
      await keeper.post('/api/protocol', { text }, headers),
    ];
    expect(again.map(({ status, body }) => [status, body.version])).toEqual([
      [201, 5],
      [201, 5],
    ]);
    const same = await keeper.post('/api/protocol', { text: ` ${text} ` });
    expect([same.status, same.body.rule, same.body.errors]).toEqual([
      422,
      'protocol',
      [{ field: 'text', message: expect.stringContaining('in force already') }],
    ]);
  });
});
