import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { conflictOf } from '../../support/conflicts.js';
import { publishedLists, unpublished } from '../../support/contract.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted, plannedVisit } from '../../support/granted.js';
import { Line } from '../../support/line.js';
import { behindTheApi, personId } from '../../support/people.js';

const council = useCouncil();

/** Somebody who reads more than one item of each list. */
const readers: Readonly<Record<string, Account>> = {
  'GET /api/observation-types': 'scrutiny.chair',
  'GET /api/requests': 'legal',
  'GET /api/requests/{reference}/discussion': 'legal',
  'GET /api/incidents': 'data.protection',
  'POST /api/disclosures/search': 'data.protection',
  'GET /api/access-requests': 'data.protection',
  'GET /api/redactions': 'data.protection',
  'GET /api/corrections': 'legal',
  'GET /api/holds': 'legal',
  'GET /api/retention': 'democratic.services',
  'GET /api/disposals': 'democratic.services',
  'GET /api/councillors': 'democratic.services',
  'GET /api/programmes': 'scrutiny.chair',
  'GET /api/operations': 'democratic.services',
  'GET /api/visits': 'host',
  'GET /api/audit': 'auditor',
  'GET /api/people': 'administrator',
  'GET /api/tokens': 'auditor',
  'GET /api/findings': 'monitoring.officer',
  'GET /api/conflicts': 'democratic.services',
  'GET /api/audit-requirements': 'auditor',
};

let reference = '';
beforeAll(async () => {
  const made = async (account: Account, path: string, body: object): Promise<string> => {
    const answer = await (await council.as(account)).post(path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body.id as string;
  };
  const today = londonDate(council.clock);
  const [window, term] = [
    { from: today, to: addDays(today, 30) },
    { from: '2010-05-10', to: '2014-05-26' },
  ];
  ({ reference } = await Line.submitted(council));
  const grant = await granted(council, { changes: { observationType: 'core_group', events: 2, window } });
  const { councillorId: councillor } = await council.as('scrutiny.chair');
  const happenedAt = new Date(council.clock.getTime() - 120_000).toISOString();
  // Two of each, so that each list has a second page.
  for (const which of [1, 2]) {
    await made('legal', `/api/requests/${reference}/discussion`, {
      version: 1,
      text: `My word, said ${which} times.`,
    });
    await made('legal', '/api/holds', { councillor, reasons: `Claim ${which} was announced.` });
    const programme = await made('democratic.services', '/api/programmes', {
      title: `Programme ${which}`,
      observationTypes: ['core_group'],
      window,
      places: 3,
    });
    const of = { kind: 'programme', id: programme, field: 'title' };
    await made('data.protection', '/api/access-requests', {
      councillor,
      receivedOn: today,
      by: `The councillor, for time ${which}`,
      identityChecked: true,
    });
    await made('legal', '/api/redactions', { of, reasons: 'It says where somebody lives.' });
    const slip =
      which === 1
        ? { kind: 'decision', id: `${grant.line.reference}/1`, field: 'reasons' }
        : { kind: 'sign_off', id: `${grant.line.reference}/1/democratic_services`, field: 'reasons' };
    await made(which === 1 ? 'legal' : 'democratic.services', '/api/corrections', {
      of: slip,
      corrected: 'The duty is one of the committee.',
      reasons: 'A word is missing.',
    });
    const token = { name: `Program ${which}`, scope: 'trail', expires: addDays(today, 30) };
    await made('auditor', '/api/tokens', token);
    await made('monitoring.officer', `/api/councillors/${councillor}/findings`, {
      body: 'Standards Committee',
      date: today,
      minute: `Minute ${which}`,
      until: today,
    });
    await made('democratic.services', '/api/audit-requirements', {
      auditor: 'auditor@council.example',
      references: [reference],
      from: today,
      until: today,
      reasons: `Letter ${which} of Internal Audit.`,
    });
    await made('democratic.services', '/api/conflicts', conflictOf('host', 'other', { reference }));
    const gone = { name: `Gone ${'so '.repeat(which)}long (demonstration)`, standing: 'former', term };
    const id = await made('democratic.services', '/api/councillors', gone);
    await made('democratic.services', '/api/disposals', { target: 'councillor', councillor: id });
    await made('childrens.services', '/api/incidents', {
      what: 'unauthorised_access',
      causedBy: 'other',
      text: 'A file was handed over in the corridor.',
      happenedAt,
      councillor,
      caseReference: `ZKF9QXW ${which}A`,
      categories: ['family'],
      from: happenedAt,
      until: happenedAt,
    });
  }
  const { db } = council.world;
  const by = await personId(db, 'host');
  await behindTheApi(db, async (trx) => {
    for (const days of [3, 4]) {
      await plannedVisit(trx, grant.id, { date: addDays(today, days), at: council.clock, by });
    }
    const some = trx('messages').orderBy('created_at').limit(2).select('id');
    await trx('messages')
      .whereIn('id', some)
      .update({ failed_at: council.clock, last_error: 'refused:EENVELOPE', attempts: 14, sent_at: null });
  });
}, 60_000);

test('each list of the contract has a reader here', () => {
  expect(Object.keys(readers).toSorted()).toEqual(publishedLists().toSorted());
});

describe.each(publishedLists())('%s', (list) => {
  const [method = '', path = ''] = list.split(' ');

  const page = async (asked: { limit: number; cursor?: string }): Promise<Answer> => {
    // So that no two entries of the trail are alike.
    council.clock = new Date(council.clock.getTime() + 1000);
    const client = await council.as(readers[list] ?? 'auditor');
    if (method === 'POST') {
      const { councillorId: councillor } = await council.as('scrutiny.chair');
      return client.post(path, { councillor, ...asked });
    }
    const query = new URLSearchParams({ ...asked, limit: String(asked.limit) }).toString();
    return client.get(`${path.replace('{reference}', reference)}?${query}`);
  };

  test('gives a next page of the published shape, and another item on it', async () => {
    const first = await page({ limit: 1 });
    expect([first.status, unpublished(method, path, first)]).toEqual([200, []]);
    expect(first.body.items).toHaveLength(1);
    expect(typeof first.body.next).toBe('string');
    const second = await page({ limit: 1, cursor: first.body.next });
    expect([second.status, unpublished(method, path, second)]).toEqual([200, []]);
    expect(second.body.items).toHaveLength(1);
    expect(second.body.items).not.toEqual(first.body.items);
  });

  test('refuses a cursor that it did not give, in the published shape', async () => {
    const refused = await page({ limit: 1, cursor: 'bm90aGluZw' });
    expect([refused.status, unpublished(method, path, refused)]).toEqual([422, []]);
  });
});

describe('an answer that is not as published', () => {
  const path = '/api/me/reminders';
  const type = { 'content-type': 'application/json; charset=utf-8' };
  const problem = { 'content-type': 'application/problem+json' };
  const refusal = { type: '/problems/conflict', title: 'No', status: 409, detail: 'No.' };

  test.each([
    ['a field too many', { status: 200, body: { reminders: 'each', more: 1 }, headers: type }],
    ['a field too few', { status: 200, body: {}, headers: type }],
    ['a value that is none', { status: 200, body: { reminders: 'never' }, headers: type }],
    ['another media type', { status: 200, body: '', headers: { 'content-type': 'text/html' } }],
    ['a refusal of another shape', { status: 422, body: { ...refusal, more: 1 }, headers: problem }],
  ])('is found: %s', (_, answer) => {
    expect(unpublished('PUT', path, answer)).not.toEqual([]);
  });

  test('is found: a status that no client was told of', () => {
    expect(() => unpublished('GET', path, { status: 418, body: refusal, headers: problem })).toThrow(
      'no 418',
    );
    // A reading meets nothing that has changed meanwhile: of the refusals that many share it has no such one.
    expect(() => unpublished('GET', path, { status: 409, body: refusal, headers: problem })).toThrow(
      'no 409',
    );
    expect(unpublished('PUT', path, { status: 409, body: refusal, headers: problem })).toEqual([]);
  });

  test('is none where all is as published', () => {
    expect(unpublished('PUT', path, { status: 200, body: { reminders: 'each' }, headers: type })).toEqual([]);
    expect(unpublished('PUT', path, { status: 422, body: refusal, headers: problem })).toEqual([]);
  });
});
