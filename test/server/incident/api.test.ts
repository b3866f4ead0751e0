/**
 * Incidents (need-to-know.md, section 6): anything outside what was approved is with Data Protection the same day; if
 * the councillor caused it, all their grants freeze, until each is released or ended.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { englandAndWales } from '../../support/calendar.js';
import { countWorkingDays } from '../../../policies/core/time/working-days.js';
import { useCouncil, type Account, type Answer, type Client } from '../../support/council.js';
import { granted, plannedVisit, type Granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { behindTheApi, byRule, notFound, personId, stepsOf } from '../../support/people.js';

const council = useCouncil();

const text = 'Aquamarinezq: the councillor opened a file that nobody had shown.';
const reasons = 'Beryllozq: we have spoken with everybody concerned, and it does not happen again.';
const post = async (by: Account, path: string, body: object = {}, headers = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body, headers);
const get = async (by: Account, path: string): Promise<Answer> => (await council.as(by)).get(path);
const report = (by: Account, given: object, headers = {}): Promise<Answer> =>
  post(
    by,
    '/api/incidents',
    {
      what: 'outside_scope',
      causedBy: 'councillor',
      text,
      happenedAt: new Date(council.clock.getTime() - 3_600_000).toISOString(),
      ...given,
    },
    headers,
  );
const count = async () => (await council.world.db('incidents').count<{ n: number }[]>('* as n'))[0]?.n;
const dueOfOneDay = () => countWorkingDays(englandAndWales, council.clock, 1).due;
const mails = async (kind: string) => {
  const rows = await council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where('m.kind', kind)
    .select('p.email', 'm.reference', 'm.due');
  return rows.map(({ email, reference, due }) => [String(email).split('@')[0], reference, due]);
};
const asEverybody: readonly Account[] = [
  'scrutiny.chair',
  'scrutiny.member',
  'childrens.services',
  'legal',
  'monitoring.officer',
  'democratic.services',
  'host',
  'data.protection',
  'auditor',
  'administrator',
];

describe('caused by the councillor', () => {
  let grants: readonly Granted[];
  let ended: Granted;
  let others: Granted;
  let incident: string;
  let answer: Answer;

  beforeAll(async () => {
    ended = await granted(council);
    expectOk(await post('legal', `${ended.path}/revoke`, { reasons }));
    grants = [await granted(council), await granted(council)];
    others = await granted(council, { author: 'scrutiny.member' });
    answer = await report('host', { grant: grants[0]?.id });
    incident = answer.body.id;
  }, 60_000);
  const path = () => `/api/incidents/${incident}`;

  test('it freezes each live grant of theirs, the one concerned too, and nobody else’s', async () => {
    expect(answer.status).toBe(201);
    const statuses = await Promise.all(
      [...grants, ended, others].map(async (grant) => (await grant.read('legal')).body.status),
    );
    expect(statuses).toEqual(['frozen', 'frozen', 'revoked', 'waiting']);
    const { body } = await get('data.protection', path());
    expect(body).toMatchObject({
      text,
      causedBy: 'councillor',
      closed: false,
      can: ['tell_allegation', 'assess_breach'],
    });
    expect(body.grants).toEqual(
      grants.map(({ id, line }) => ({
        id,
        reference: line.reference,
        frozen: true,
        frozenAt: council.clock.toISOString(),
        confirmedAt: null,
        releasedAt: null,
        due: dueOfOneDay(),
        can: ['revoke', 'confirm_freeze', 'release'],
      })),
    );
    for (const { line } of grants) {
      const frozen = (await stepsOf(council.world.db, line.reference)).filter(
        ({ type }) => type === 'grant.frozen',
      );
      expect(frozen).toEqual([{ type: 'grant.frozen', decision: { incident, due: dueOfOneDay() } }]);
    }
  });

  test('Data Protection know the same day, with one working day; the councillor knows that it is paused', async () => {
    expect(await mails('incident_reported')).toEqual([['data.protection', 'incidents', dueOfOneDay()]]);
    // The host reported it, and knows.
    expect(
      (await mails('grant_paused')).filter(([, reference]) => reference === grants[0]?.line.reference),
    ).toEqual([['scrutiny.chair', grants[0]?.line.reference, null]]);
    expect((await grants[0]?.read('data.protection'))?.body.releaseBy).toBe(dueOfOneDay());
  });

  test('the councillor reads their own part, and never the cause, a name or the text', async () => {
    const { body } = await get('scrutiny.chair', path());
    expect(body).toEqual({
      id: incident,
      what: 'outside_scope',
      reference: grants[0]?.line.reference,
      happenedAt: expect.any(String),
      closed: false,
      next: { what: 'confirm_or_release', by: dueOfOneDay() },
      can: [],
    });
    const list = (await get('scrutiny.chair', '/api/incidents')).body.items;
    const { next: _next, ...line } = body;
    expect(list).toEqual([line]);
    const seen: unknown[] = [list, body];
    for (const grant of grants) {
      const own = (await grant.read('scrutiny.chair')).body;
      expect([own.status, own.access.because, own.releaseBy]).toEqual([
        'frozen',
        expect.arrayContaining([{ limit: 'paused', explanation: 'Paused while something is checked.' }]),
        undefined,
      ]);
      seen.push(own, (await grant.line.read('scrutiny.chair')).body.grant);
    }
    const names = await council.world
      .db('people')
      .whereNull('councillor_id')
      .whereNot('email', 'like', 'host@%')
      .pluck<string[]>('name');
    const told = JSON.stringify(seen);
    for (const each of [
      'Aquamarinezq',
      'freez',
      'councillor caused',
      'causedBy',
      'data_protection',
      ...names,
    ])
      expect([each, told.includes(each)]).toEqual([each, false]);
  });

  test('each reader sees as much of it as section 5 lets them', async () => {
    const fields = async (by: Account) => {
      const read = await get(by, path());
      return read.status === 404 ? null : Object.keys(read.body).toSorted().join(' ');
    };
    const everything =
      'assessments awareAt can causedBy closed closedAt closedReasons councillor exposed grant grants happenedAt id outside reference reportBy reportedAt reportedBy text visit what';
    const metadata =
      'assessments awareAt can causedBy closed closedAt exposed grant grants happenedAt id outside reference reportBy reportedAt visit what';
    expect(
      Object.fromEntries(await Promise.all(asEverybody.map(async (by) => [by, await fields(by)]))),
    ).toEqual({
      'scrutiny.chair': 'can closed happenedAt id next reference what',
      'scrutiny.member': null,
      'childrens.services': everything.replace('causedBy ', 'cases causedBy '),
      legal: everything,
      'monitoring.officer': everything,
      'democratic.services': everything,
      host: everything.replace('closedReasons ', '').replace('causedBy ', 'cases causedBy '),
      'data.protection': everything.replace('causedBy ', 'cases causedBy '),
      auditor: metadata,
      administrator: null,
    });
  });

  test('it is closed when each was released or ended, and not before', async () => {
    const [first, second] = grants;
    if (!first || !second) throw new Error('Two grants are frozen.');
    const close = (by: Account) => post(by, `${path()}/close`, { reasons });
    expect(await close('data.protection')).toMatchObject(byRule(409, 'incident_freezes'));
    expect(await close('legal')).toMatchObject(byRule(403, 'office'));
    expect(await close('scrutiny.chair')).toMatchObject(byRule(403, 'requester'));
    expect(await close('scrutiny.member')).toMatchObject(notFound);

    const released = await post('data.protection', `${first.path}/release`, { reasons });
    expect([released.status, released.body.status, released.body.releaseBy]).toEqual([
      200,
      'waiting',
      undefined,
    ]);
    expect(await post('data.protection', `${first.path}/release`, { reasons })).toMatchObject(
      byRule(409, 'not_frozen'),
    );
    expect((await mails('grant_goes_on')).map(([to]) => String(to)).toSorted()).toEqual([
      'host',
      'scrutiny.chair',
    ]);
    const again = (await first.read('scrutiny.chair')).body;
    expect([again.status, JSON.stringify(again).includes('Beryllozq')]).toEqual(['waiting', false]);
    expect(await close('data.protection')).toMatchObject(byRule(409, 'incident_freezes'));

    // The councillor is heard before anything is ended: test/server/incident/hearing.test.ts.
    expectOk(await post('data.protection', `${path()}/hearing`, { gist: reasons }));
    expectOk(await post('scrutiny.chair', `${path()}/hearing/answer`, { text: 'I was asked to stay.' }));
    expectOk(await post('data.protection', `${second.path}/revoke`, { reasons }));
    expect(await post('data.protection', `${second.path}/release`, { reasons })).toMatchObject(
      byRule(409, 'grant_ended'),
    );
    const closed = await close('data.protection');
    expect([closed.status, closed.body.closed, closed.body.closedReasons, closed.body.can]).toEqual([
      200,
      true,
      reasons,
      [],
    ]);
    expect(await close('data.protection')).toMatchObject(byRule(409, 'incident_closed'));
    expect(await mails('incident_closed')).toEqual([['host', 'incidents', null]]);
    expect((await get('scrutiny.chair', path())).body).toMatchObject({ closed: true, can: [] });
  });
});

describe('reported', () => {
  test('about a councillor who was there without any grant: unauthorised access, with nothing to freeze', async () => {
    const { councillorId } = await council.as('ward.member');
    const given = { what: 'unauthorised_access', councillor: councillorId };
    const answer = await report('democratic.services', given, { 'Idempotency-Key': 'incident' });
    const repeated = await report('democratic.services', given, { 'Idempotency-Key': 'incident' });
    expect([answer.status, repeated.status]).toEqual([201, 201]);
    expect(answer.body).toMatchObject({
      reference: null,
      grant: null,
      visit: null,
      grants: [],
      what: 'unauthorised_access',
    });
    expect(repeated.body.id).toBe(answer.body.id);
    expect((await get('ward.member', `/api/incidents/${answer.body.id}`)).body).toMatchObject({
      reference: null,
      closed: false,
    });
    const steps = await stepsOf(council.world.db, `councillor:${councillorId}`);
    expect(steps.filter(({ type }) => type === 'incident.reported')).toEqual([
      {
        type: 'incident.reported',
        decision: {
          incident: answer.body.id,
          what: 'unauthorised_access',
          causedBy: 'councillor',
          outside: [],
          visit: null,
          frozen: 0,
          awareAt: answer.body.awareAt,
          exposed: null,
        },
      },
    ]);
  });

  test('of a visit or a request, caused by somebody else, it freezes nothing', async () => {
    const grant = await granted(council);
    let visit = '';
    await behindTheApi(council.world.db, async (trx) => {
      const by = await personId(trx, 'host');
      visit = await plannedVisit(trx, grant.id, {
        date: addDays(londonDate(council.clock), 9),
        at: council.clock,
        by,
      });
    });
    const ofVisit = await report('childrens.services', { visit, causedBy: 'host' });
    expect(ofVisit.body).toMatchObject({
      visit,
      grant: grant.id,
      reference: grant.line.reference,
      grants: [],
    });
    const ofRequest = await report('data.protection', { reference: grant.line.reference, causedBy: 'other' });
    expect(ofRequest.body).toMatchObject({ visit: null, grant: null, reference: grant.line.reference });
    expect((await grant.read('legal')).body.status).toBe('waiting');
  });

  test('by any host of who came without a grant, and then they keep reading it', async () => {
    const { councillorId } = await council.as('ward.member');
    const answer = await report('host', { councillor: councillorId, what: 'unauthorised_access' });
    expect([answer.status, answer.body.reference, answer.body.grant]).toEqual([201, null, null]);
    expect((await get('host', `/api/incidents/${answer.body.id}`)).status).toBe(200);
    expect((await get('scrutiny.member', `/api/incidents/${answer.body.id}`)).status).toBe(404);
  });

  test('by people who may, about what they may see, in the past, and about one thing', async () => {
    const grant = await granted(council);
    const before = await count();
    const about = { grant: grant.id };
    const { councillorId } = await council.as('ward.member');
    const tomorrow = new Date(council.clock.getTime() + 86_400_000).toISOString();
    const refused: readonly (readonly [Account, object, number, object])[] = [
      ['scrutiny.chair', about, 403, { rule: 'requester' }],
      ['auditor', about, 403, { rule: 'office' }],
      ['scrutiny.member', { councillor: councillorId }, 403, { rule: 'office' }],
      ['scrutiny.member', about, 422, { errors: [{ field: 'grant' }] }],
      ['administrator', { reference: grant.line.reference }, 422, { errors: [{ field: 'reference' }] }],
      ['legal', { visit: grant.id }, 422, { errors: [{ field: 'visit' }] }],
      ['legal', { councillor: grant.id }, 422, { rule: 'incident', errors: [{ field: 'councillor' }] }],
      ['legal', { ...about, happenedAt: tomorrow }, 422, { errors: [{ field: 'happenedAt' }] }],
      ['legal', { ...about, councillor: councillorId }, 422, { errors: [{ field: 'councillor' }] }],
      ['legal', {}, 422, { errors: [{ field: 'councillor' }] }],
      ['legal', { ...about, text: 'Born on 3 March 2012.' }, 422, { rule: 'personal_data' }],
    ];
    for (const [by, given, status, body] of refused) {
      expect([by, given, await report(by, given)]).toMatchObject([by, given, { status, body }]);
    }
    expect(await count()).toBe(before);
  });
});

describe('a disclosure without any visit', () => {
  const hours = (ago: number) => new Date(council.clock.getTime() - ago * 3_600_000).toISOString();
  const given = async () => ({
    what: 'unauthorised_access',
    causedBy: 'other',
    councillor: (await council.as('ward.member')).councillorId,
    caseReference: 'Opl9zq 12/b',
    categories: ['family'],
    from: hours(3),
    until: hours(2),
  });

  test('everyone who reads the incident reads it; only Children’s Services and Data Protection read the case', async () => {
    const { body } = await report('host', await given());
    const path = `/api/incidents/${body.id}`;
    const seen = await Promise.all(
      asEverybody.map(async (by) => {
        const read = (await get(by, path)).body;
        return [by, read.categories, read.caseReference] as const;
      }),
    );
    expect(seen.filter(([, categories]) => categories).map(([by]) => by)).toEqual([
      'childrens.services',
      'legal',
      'monitoring.officer',
      'democratic.services',
      'host',
      'data.protection',
      'auditor',
    ]);
    expect(seen.filter(([, , of]) => of)).toEqual([
      ['childrens.services', ['family'], 'Opl9zq 12/b'],
      ['data.protection', ['family'], 'Opl9zq 12/b'],
    ]);
    const own = (await get('ward.member', path)).body;
    expect(Object.keys(own).toSorted()).toEqual([
      'can',
      'closed',
      'happenedAt',
      'id',
      'next',
      'reference',
      'what',
    ]);
    const { councillor, from, until } = await given();
    expect((await stepsOf(council.world.db, `councillor:${councillor}`)).at(-1)).toMatchObject({
      type: 'incident.reported',
      decision: { disclosed: { categories: ['family'], from, until } },
    });
    const { rows } = await council.world.db.raw(
      `select (select count(*)::int from audit.secret where value::text ~* 'opl9zq') as trail,
        (select count(*)::int from messages m where to_jsonb(m)::text ~* 'opl9zq') as mail`,
    );
    expect([rows, council.lines.join('').match(/opl9zq/i)]).toEqual([[{ trail: 0, mail: 0 }], null]);
  });

  test('only belongs to unauthorised access, in the past, by people who may name the case, and never by a name', async () => {
    const whole = await given();
    const grant = await granted(council);
    const before = await count();
    for (const [by, changes, status, body] of [
      ['legal', {}, 403, { rule: 'names_case' }],
      ['democratic.services', {}, 403, { rule: 'names_case' }],
      ['host', { what: 'other' }, 422, { rule: 'incident', errors: [{ field: 'caseReference' }] }],
      ['host', { caseReference: 'The Opal family' }, 422, { errors: [{ field: 'caseReference' }] }],
      ['host', { caseReference: '020 7946 0123' }, 422, { rule: 'personal_data' }],
      ['host', { categories: [] }, 422, { errors: [{ field: 'categories' }] }],
      ['host', { categories: ['gossip'] }, 422, { errors: [{ field: 'categories.0' }] }],
      ['host', { until: hours(4) }, 422, { rule: 'incident', errors: [{ field: 'until' }] }],
      ['host', { until: hours(-1) }, 422, { rule: 'incident', errors: [{ field: 'until' }] }],
      ['host', { from: hours(-1), until: undefined }, 422, { errors: [{ field: 'from' }] }],
    ] as const) {
      expect([changes, await report(by, { ...whole, ...changes })]).toMatchObject([
        changes,
        { status, body },
      ]);
    }
    let visit = '';
    await behindTheApi(council.world.db, async (trx) => {
      const by = await personId(trx, 'host');
      visit = await plannedVisit(trx, grant.id, { date: '2099-01-01', at: council.clock, by });
    });
    const { councillor: _councillor, ...rest } = whole;
    expect(await report('host', { ...rest, visit })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'caseReference' }] },
    });
    expect(await count()).toBe(before);
    // Without a case, anyone who reports may describe the disclosure.
    const { caseReference: _case, ...uncased } = whole;
    expect((await report('legal', uncased)).body).toMatchObject({
      categories: ['family'],
      until: whole.until,
    });
  });
});

test('the database keeps an incident unchanged as reported, and it closes once', async () => {
  const { councillorId } = await council.as('ward.member');
  const { body } = await report('legal', { councillor: councillorId, causedBy: 'other' });
  const changing = (change: object) =>
    behindTheApi(council.world.owner, (trx) => trx('incidents').where({ id: body.id }).update(change));
  const kept = { constraint: 'incidents_kept' };
  for (const change of [
    { caused_by: 'host' },
    { text: 'Otherwise.' },
    { outside: ['window'] },
    { acted_by: [] },
    { case_reference: 'CP-1', disclosed_from: new Date(0), what: 'unauthorised_access' },
  ])
    await expect(changing(change)).rejects.toMatchObject(kept);
  expectOk(await post('data.protection', `/api/incidents/${body.id}/close`, { reasons }));
  await expect(changing({ closed_reasons: 'Otherwise.' })).rejects.toMatchObject(kept);
  await expect(changing({ closed_at: null, closed_by: null, closed_reasons: null })).rejects.toMatchObject(
    kept,
  );
});

describe('the list', () => {
  const all = async (client: Client): Promise<string[]> => {
    const ids: string[] = [];
    let next: string | null = null;
    do {
      const cursor: string = next === null ? '' : `&cursor=${next}`;
      const { body } = expectOk(await client.get(`/api/incidents?limit=2${cursor}`));
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      next = body.next;
    } while (next !== null);
    return ids;
  };

  test('is newest first, and holds exactly what the reader may open', async () => {
    const existing = await council.world.db('incidents').orderBy('seq', 'desc').pluck<string[]>('id');
    expect(existing.length).toBeGreaterThan(3);
    for (const by of asEverybody) {
      const client = await council.as(by);
      const opened: string[] = [];
      for (const id of existing)
        if ((await client.get(`/api/incidents/${id}`)).status === 200) opened.push(id);
      expect([by, await all(client)]).toEqual([by, opened]);
    }
    expect(await all(await council.as('legal'))).toEqual(existing);
    expect(await all(await council.as('administrator'))).toEqual([]);
  });

  test('takes as many statements however many of them freeze something', async () => {
    const grants = [await granted(council), await granted(council)];
    const statementsOf = async (limit: number) => {
      let statements = 0;
      const listen = () => void (statements += 1);
      const client = await council.as('legal');
      council.world.db.on('query', listen);
      expectOk(await client.get(`/api/incidents?limit=${limit}`));
      council.world.db.off('query', listen);
      return statements;
    };
    expectOk(await report('legal', { grant: grants[0]?.id }));
    const one = await statementsOf(1);
    for (const grant of [...grants, ...grants]) expectOk(await report('legal', { grant: grant.id }));
    const { items } = (await get('legal', '/api/incidents?limit=5')).body;
    for (const { id } of items)
      expect((await get('legal', `/api/incidents/${id}`)).body.grants).not.toEqual([]);
    expect(await statementsOf(5)).toBe(one);
    // And each still knows whether it freezes anything: what does is not closed yet.
    const protection = (await get('data.protection', '/api/incidents?limit=5')).body.items;
    expect(protection.map(({ can }: { can: string[] }) => can)).toEqual(
      protection.map(() => ['tell_allegation', 'assess_breach']),
    );
    const newest = await get('data.protection', `/api/incidents/${protection[0].id}`);
    for (const { id } of newest.body.grants)
      expectOk(await post('data.protection', `/api/grants/${id}/release`, { reasons }));
    const free = (await get('data.protection', '/api/incidents?limit=1')).body.items;
    expect(free[0].can).toEqual(['tell_allegation', 'assess_breach', 'close']);
  });
});
