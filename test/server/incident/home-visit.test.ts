/**
 * A home visit during desk shadowing (need-to-know.md, sections 3 and 6): the assessment team takes the councillor along to
 * a home, which nobody had approved, and what follows from it until the incident is closed.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted, type Granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { byRule } from '../../support/people.js';
import { VisitWalk } from '../../support/visiting.js';

const council = useCouncil();
// A Thursday: the hours to report a breach run through the weekend.
const day = '2027-02-04';
const begin = atLondonTime('2027-02-01', '09:00');
council.clock = begin;

const reasons = 'The family was seen at home, and nobody had asked them.';
const home = 'Ksg7vqz 31';
const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const read = async (by: Account, path: string) => (await (await council.as(by)).get(path)).body;
const search = async (by: Account, body: object) =>
  expectOk(await post(by, '/api/disclosures/search', body)).body.items as Record<string, unknown>[];

/** Shadowing at the desks of the team, on that day, from ten to noon. */
const shadowing = async (author: Account): Promise<{ grant: Granted; visit: VisitWalk }> => {
  const grant = await granted(council, {
    author,
    changes: {
      observationType: 'assessment_team',
      events: 2,
      window: { from: '2027-02-03', to: addDays(day, 20) },
    },
    now: () => council.clock,
  });
  const type = 'assessment_team';
  const visit = await VisitWalk.planned(council, grant, { type, date: day, caseReference: null });
  return { grant, visit: await visit.checkAll() };
};

describe('the team took the councillor along', () => {
  let grant: Granted;
  let visit: VisitWalk;
  let incident: string;
  const path = () => `/api/incidents/${incident}`;

  beforeAll(async () => {
    council.clock = begin;
    ({ grant, visit } = await shadowing('scrutiny.chair'));
    visit.at('13:00');
    const departures = [
      { text: 'The team was called out, and took the councillor along.', causedBy: 'host' },
    ];
    expectOk(await visit.attended({ categories: ['process', 'identity', 'family'], departures }));
    incident = (await read('data.protection', '/api/incidents')).items[0].id as string;
  }, 60_000);

  test('it is an incident for Data Protection the same day, which the host caused: nothing freezes', async () => {
    expect(await read('data.protection', path())).toMatchObject({
      what: 'outside_scope',
      causedBy: 'host',
      outside: ['departure', 'categories'],
      visit: visit.id,
      exposed: 'yes',
      grants: [],
      // Who accompanied the councillor saw it: the hours run from when they left.
      awareAt: '2027-02-04T11:40:00.000Z',
      reportBy: '2027-02-07T11:40:00.000Z',
    });
    expect((await grant.read('legal')).body.status).not.toBe('frozen');
    expect((await visit.read('legal')).body.attendance).toMatchObject({ authorised: true });
  });

  test('what was learned beyond the approval stands among the disclosures, as not authorised', async () => {
    const { councillorId } = await council.as('scrutiny.chair');
    const found = (await search('democratic.services', { councillor: councillorId })).filter(
      (each) => each['visit'] === visit.id,
    );
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ categories: ['process'], authorised: true }),
        expect.objectContaining({ categories: ['identity', 'family'], authorised: false, incident }),
      ]),
    );
  });

  test('the host adds the case that nobody had planned, and a search by it finds who learned of it', async () => {
    const add = (by: Account, caseReference: string) => post(by, `${path()}/cases`, { caseReference });
    expect(await add('legal', home)).toMatchObject(byRule(403, 'office'));
    expect(await add('data.protection', home)).toMatchObject(byRule(403, 'office'));
    expect(await add('scrutiny.chair', home)).toMatchObject(byRule(403, 'requester'));
    expect(await add('host', 'The Kestrel family')).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'caseReference' }] },
    });
    expect((await add('host', home)).body.cases).toEqual([home]);
    expect(await add('childrens.services', 'ksg7vqz-31')).toMatchObject(byRule(409, 'case_added'));
    for (const by of ['childrens.services', 'data.protection'] as const)
      expect(await search(by, { caseReference: 'KSG7VQZ 31' })).toEqual([
        expect.objectContaining({
          received: 'attendance',
          authorised: false,
          visit: visit.id,
          incident,
          caseReference: home,
          councillor: expect.objectContaining({ id: (await council.as('scrutiny.chair')).councillorId }),
        }),
      ]);
    for (const by of ['legal', 'democratic.services', 'auditor', 'scrutiny.chair'] as const)
      expect([by, JSON.stringify(await read(by, path())).includes(home)]).toEqual([by, false]);
    const { rows } = await council.world.db.raw(
      `select (select count(*)::int from audit.secret where value::text ~* 'ksg7vqz') as trail,
        (select count(*)::int from messages m where to_jsonb(m)::text ~* 'ksg7vqz') as mail`,
    );
    expect([rows, council.lines.join('').match(/ksg7vqz/i)]).toEqual([[{ trail: 0, mail: 0 }], null]);
  });

  test('the councillor reads that it is looked into, and nothing of the family or the case', async () => {
    const own = await read('scrutiny.chair', path());
    expect(own).toMatchObject({ closed: false, next: { what: 'close', by: null } });
    expect(Object.keys(own).toSorted()).toEqual([
      'can',
      'closed',
      'happenedAt',
      'id',
      'next',
      'reference',
      'what',
    ]);
  });

  test('it closes once the breach was reported and the family told, and not before', async () => {
    const close = () => post('data.protection', `${path()}/close`, { reasons });
    expect(await close()).toMatchObject(byRule(409, 'breach_unsettled'));
    const assessment = {
      exposed: true,
      risk: 'high_risk',
      reportable: true,
      reasons,
      subjectsTold: true,
      told: 'The social worker told the family, and said how to complain.',
    };
    expectOk(await post('data.protection', `${path()}/assessment`, assessment));
    expect(await close()).toMatchObject(byRule(409, 'breach_unsettled'));
    // Sunday at noon, twenty minutes late.
    council.clock = atLondonTime('2027-02-07', '12:00');
    const reported = {
      ...assessment,
      reportedAt: council.clock.toISOString(),
      commissionerReference: 'IC-2027-31',
    };
    expect(await post('data.protection', `${path()}/assessment`, reported)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'delay' }] },
    });
    const delay = 'Nobody could be reached on Saturday.';
    expectOk(await post('data.protection', `${path()}/assessment`, { ...reported, delay }));
    expectOk(await close());
    expect((await read('scrutiny.chair', path())).next).toBeNull();
  });
});

test('where the councillor went along of their own accord, what they were granted freezes until they were heard', async () => {
  council.clock = begin;
  const { grant, visit } = await shadowing('scrutiny.member');
  visit.at('13:00');
  const departures = [{ text: 'The councillor got into the car unasked.', causedBy: 'councillor' }];
  expectOk(await visit.attended({ departures }));
  const [{ id }] = (await read('data.protection', '/api/incidents')).items as [{ id: string }];
  expect((await grant.read('legal')).body.status).toBe('frozen');
  expect(await read('scrutiny.member', `/api/incidents/${id}`)).toMatchObject({
    next: { what: 'confirm_or_release', by: '2027-02-05' },
  });
  expectOk(await post('data.protection', `${grant.path}/confirm-freeze`, { reasons }));
  const end = () => post('data.protection', `${grant.path}/revoke`, { reasons });
  expect(await end()).toMatchObject(byRule(409, 'hearing'));
  const hearing = `/api/incidents/${id}/hearing`;
  expectOk(await post('data.protection', hearing, { gist: 'You are said to have gone along to a home.' }));
  expectOk(await post('scrutiny.member', `${hearing}/answer`, { text: 'I thought that it was part of it.' }));
  expectOk(await end());
  council.clock = begin;
});
