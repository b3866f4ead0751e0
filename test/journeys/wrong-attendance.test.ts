/**
 * A wrong attendance: whoever recorded it proposes a correction, a second person confirms it, and both records stand. It is
 * judged again by what was allowed between arrival and leaving (need-to-know.md, sections 6 and 6a).
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { addDays } from '../../policies/core/time/london.js';
import { paths } from '../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { expectOk } from '../support/line.js';
import { expectRefused, fillIn, readersOf } from '../support/officers.js';
import { behindTheApi, byRule, notFound } from '../support/people.js';
import { readyToVisit, VisitWalk } from '../support/visiting.js';

const council = useCouncil();
const { world } = council;
const as = readersOf(council);

const monday = '2027-01-11';
const tuesday = addDays(monday, 1);
const window = { from: monday, to: '2027-02-05' };
beforeEach(() => {
  council.clock = new Date(`${monday}T10:00:00Z`);
});

const reasons = 'The line of another visit was copied.';
const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const get = async (by: Account, path: string): Promise<Answer> => (await council.as(by)).get(path);

const propose = (
  visit: Pick<VisitWalk, 'id'>,
  corrected: object | string,
  { by = 'host', field = 'outcome' }: { by?: Account; field?: string } = {},
): Promise<Answer> =>
  post(by, '/api/corrections', { of: { kind: 'attendance', id: visit.id, field }, corrected, reasons });
const confirm = (id: string, by: Account = 'childrens.services'): Promise<Answer> =>
  post(by, `/api/corrections/${id}/confirm`);
const correct = async (
  visit: Pick<VisitWalk, 'id'>,
  corrected: object | string,
  more: { by?: Account; field?: string } = {},
): Promise<string> => {
  const { body } = expectOk(await propose(visit, corrected, more));
  expectOk(await confirm(body.id as string));
  return body.id as string;
};

/** A visit of that afternoon, recorded by the host. */
const recorded = async (
  changes: object = {},
  preparing: Pick<Parameters<typeof readyToVisit>[1], 'author' | 'changes'> = {},
): Promise<VisitWalk> => {
  const visit = await readyToVisit(council, { date: tuesday, window, ...preparing });
  visit.at('13:00');
  expectOk(await visit.attended(changes));
  return visit;
};
const attendanceOf = async (visit: VisitWalk, by: Account) => (await visit.read(by)).body.attendance;
/** As the database keeps it, for what looks at no record of attendance. */
const eventsUsed = async (visit: VisitWalk): Promise<number | undefined> =>
  (await world.db('grants').where({ id: visit.grant.id }).first('events_used'))?.events_used;
const incidentsOf = async (visit: VisitWalk, by: Account = 'data.protection'): Promise<Answer['body'][]> => {
  const { body } = await get(by, '/api/incidents');
  return (body.items as Answer['body'][]).filter((each) => each.visit === visit.id);
};
const told = (reference: string, kind: string): Promise<string[]> =>
  world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.reference': reference, 'm.kind': kind })
    .orderBy('p.email')
    .pluck<string[]>('p.email');
const email = (account: string): string => `${account}@council.example`;

describe('a wrong attendance', () => {
  test('a wrong attendance is proposed by who recorded it, confirmed by a second person, and both records stand', async () => {
    const visit = await recorded();
    const { reference } = visit.grant.line;
    expectOk(
      await visit.post('confirm', { agrees: false, comment: 'I came a little later.' }, 'scrutiny.chair'),
    );
    const proposed = await propose(visit, { arrived: '10:15', chaperone: 'The deputy manager' });
    expect(proposed).toMatchObject({
      status: 201,
      body: { status: 'waiting', corrected: { chaperone: 'The deputy manager' }, can: ['withdraw'] },
    });
    const id = proposed.body.id as string;
    expect(await propose(visit, { left: '11:45' }, { field: 'left' })).toMatchObject(
      byRule(409, 'correction_waits'),
    );
    expect(await told(reference, 'correction_to_confirm')).toEqual([email('childrens.services')]);
    expect((await attendanceOf(visit, 'scrutiny.chair')).corrections).toEqual([]);
    for (const by of ['scrutiny.chair', 'data.protection', 'auditor', 'administrator'] as const)
      expect([by, await get(by, `/api/corrections/${id}`)]).toMatchObject([by, notFound]);
    for (const by of ['legal', 'democratic.services'] as const)
      expect([by, await confirm(id, by)]).toMatchObject([by, byRule(403, 'office')]);
    expect((await confirm(id, 'host')).status).toBe(403);

    expect(await confirm(id)).toMatchObject({ status: 200, body: { status: 'counts', can: [] } });
    for (const by of ['scrutiny.chair', 'host', 'childrens.services', 'legal', 'data.protection'] as const) {
      const attendance = await attendanceOf(visit, by);
      expect([by, attendance]).toMatchObject([
        by,
        {
          arrived: `${tuesday}T10:15:00.000Z`,
          left: `${tuesday}T11:40:00.000Z`,
          chaperone: 'The deputy manager',
          confirmation: null,
          corrections: [
            {
              was: { arrived: `${tuesday}T10:05:00.000Z`, chaperone: 'The team manager' },
              corrected: { arrived: `${tuesday}T10:15:00.000Z`, chaperone: 'The deputy manager' },
              reasons,
              by: { office: 'host' },
            },
          ],
          saidBefore: [{ agrees: false, comment: 'I came a little later.' }],
        },
      ]);
    }
    const [seen] = (await attendanceOf(visit, 'auditor')).corrections;
    expect(seen).not.toHaveProperty('corrected');
    expect(seen).not.toHaveProperty('reasons');
    expect((await attendanceOf(visit, 'auditor')).saidBefore).toEqual([
      { agrees: false, at: expect.any(String) },
    ]);
    expect((await attendanceOf(visit, 'scrutiny.chair')).corrections[0]).not.toHaveProperty('judged');
  });

  test('tells the councillor, who confirms the record again where they had confirmed it', async () => {
    const visit = await recorded();
    const { reference } = visit.grant.line;
    expectOk(await visit.post('confirm', { agrees: true }, 'scrutiny.chair'));
    expect(await visit.post('confirm', { agrees: true }, 'scrutiny.chair')).toMatchObject(
      byRule(409, 'nothing_to_confirm'),
    );
    expect(await told(reference, 'attendance_recorded')).toEqual([email('scrutiny.chair')]);
    await correct(visit, '11:30', { field: 'left' });
    expect(await told(reference, 'record_corrected')).toEqual([
      email('data.protection'),
      email('host'),
      email('scrutiny.chair'),
    ]);
    expect(await told(reference, 'attendance_recorded')).toEqual([
      email('scrutiny.chair'),
      email('scrutiny.chair'),
    ]);
    expect((await visit.read('scrutiny.chair')).body).toMatchObject({ status: 'recorded' });
    expectOk(await visit.post('confirm', { agrees: true }, 'scrutiny.chair'));
    expect(await visit.post('confirm', { agrees: true }, 'scrutiny.chair')).toMatchObject(
      byRule(409, 'nothing_to_confirm'),
    );
    expect(await attendanceOf(visit, 'host')).toMatchObject({
      confirmation: { agrees: true },
      saidBefore: [{ agrees: true }],
    });
    expect(council.lines.join('')).not.toContain(reasons);
  });

  test('that shows something outside is an incident for Data Protection, as a first record is', async () => {
    const visit = await recorded({}, { author: 'scrutiny.member', changes: { events: 2 } });
    expect(await incidentsOf(visit)).toEqual([]);
    await correct(
      visit,
      {
        categories: ['process', 'health'],
        departures: [{ text: 'They stayed for a call.', causedBy: 'councillor' }],
      },
      { field: 'categories' },
    );
    expect(await incidentsOf(visit)).toMatchObject([
      { what: 'outside_scope', causedBy: 'councillor', outside: ['departure', 'categories'], exposed: 'yes' },
    ]);
    expect((await visit.grant.read('legal')).body.status).toBe('frozen');
    expect(await attendanceOf(visit, 'host')).toMatchObject({
      authorised: true,
      outside: ['departure', 'categories'],
      corrections: [{ judged: { outside: ['departure', 'categories'], before: [] } }],
    });
    // What it showed already is no second one.
    await correct(visit, '11:45', { field: 'left' });
    expect(await incidentsOf(visit)).toHaveLength(1);
  });

  test('that shows it was inside closes no incident, and stands beside it', async () => {
    const visit = await recorded({ chaperone: null });
    const [made] = await incidentsOf(visit);
    expect(made).toMatchObject({ what: 'unauthorised_access', closed: false });
    await correct(visit, 'The team manager', { field: 'chaperone' });
    expect(await attendanceOf(visit, 'legal')).toMatchObject({ authorised: true, outside: [] });
    expect(await incidentsOf(visit)).toMatchObject([{ id: made?.id, closed: false }]);
    for (const by of ['data.protection', 'legal', 'auditor'] as const)
      expect([by, (await get(by, `/api/incidents/${made?.id}`)).body.corrections]).toMatchObject([
        by,
        [{ outside: [] }],
      ]);
    const page = await (await as('data.protection')).open(paths.incident(made?.id as string));
    expect(page.text).toMatch(/corrected on \d+ January 2027/);
    expect(page.text).toContain('nothing lay outside what was approved');
  });

  test('of somebody who did not attend at all gives the event back, and is no disclosure any more', async () => {
    const visit = await recorded();
    const search = async () =>
      (
        await post('data.protection', '/api/disclosures/search', { caseReference: 'CP-2026-0042' })
      ).body.items.filter((each: Answer['body']) => each.visit === visit.id);
    expect((await visit.grant.read('legal')).body).toMatchObject({ eventsLeft: 0 });
    expect(await search()).toHaveLength(1);
    expect(await eventsUsed(visit)).toBe(1);
    await correct(visit, 'did_not_attend');
    expect((await visit.grant.read('legal')).body).toMatchObject({ eventsLeft: 1, status: 'active' });
    expect(await eventsUsed(visit)).toBe(0);
    expect(await search()).toEqual([]);
    expect((await visit.read('host')).body).toMatchObject({
      endedBecause: 'not_attended',
      attendance: {
        outcome: 'did_not_attend',
        arrived: null,
        categories: [],
        authorised: null,
        corrections: [{ was: { outcome: 'attended', categories: ['process'] } }],
      },
    });
    // The event is there to be used.
    const again = await VisitWalk.planned(council, visit.grant, {
      type: 'core_group',
      date: addDays(tuesday, 1),
    });
    await again.checkAll();
    again.at('13:00');
    expectOk(await again.attended());
    expect(await incidentsOf(again)).toEqual([]);
    expect((await visit.grant.read('legal')).body).toMatchObject({ eventsLeft: 0 });
  });

  test('of somebody who attended after all uses an event, and is judged as if it had been recorded so', async () => {
    const visit = await readyToVisit(council, { date: tuesday, window });
    visit.at('13:00');
    expectOk(await visit.post('attendance', { outcome: 'did_not_attend' }));
    expect(await propose(visit, { outcome: 'attended', arrived: '10:05' })).toMatchObject({
      status: 422,
      body: {
        rule: 'attendance',
        errors: [
          { field: 'corrected.left' },
          { field: 'corrected.chaperone' },
          { field: 'corrected.categories' },
        ],
      },
    });
    await correct(visit, {
      outcome: 'attended',
      arrived: '10:05',
      left: '11:40',
      chaperone: 'The team manager',
      categories: ['process'],
    });
    expect(await incidentsOf(visit)).toEqual([]);
    const { body } = await visit.read('host');
    expect(body).toMatchObject({ status: 'recorded', attendance: { authorised: true, outside: [] } });
    expect(body).not.toHaveProperty('endedBecause');
    expect(await eventsUsed(visit)).toBe(1);
    expect((await visit.grant.read('legal')).body).toMatchObject({ eventsLeft: 0 });
  });

  test('is corrected by nobody else, from nothing, or to what stands or cannot be', async () => {
    const visit = await recorded();
    for (const by of ['legal', 'democratic.services', 'childrens.services', 'data.protection'] as const)
      expect([by, (await propose(visit, '10:15', { by, field: 'arrived' })).status]).toEqual([by, 403]);
    expect(await propose(visit, '10:05', { field: 'arrived' })).toMatchObject(byRule(422, 'correction_same'));
    for (const [corrected, field, at] of [
      ['9 o’clock', 'arrived', 'corrected'],
      ['somehow', 'outcome', 'corrected'],
      [{ arrived: 'later' }, 'arrived', 'corrected.arrived'],
      ['11:50', 'arrived', 'corrected'],
      [{ categories: [] }, 'categories', 'corrected.categories'],
    ] as const)
      expect([corrected, await propose(visit, corrected, { field })]).toMatchObject([
        corrected,
        { status: 422, body: { errors: [{ field: at }] } },
      ]);
    council.clock = new Date(`${monday}T10:00:00Z`);
    const unseen = await readyToVisit(council, { date: tuesday, window });
    expect(await propose(unseen, '10:15', { field: 'arrived' })).toMatchObject({
      status: 422,
      body: { rule: 'correction_unknown' },
    });
  });

  test('is corrected on pages, by the form that records it, and stands on the visit with its day', async () => {
    const visit = await recorded();
    const host = await as('host');
    const page = await host.open(paths.visit(visit.id));
    const link = (/href="(\/corrections\/new\?kind=attendance[^"]+)"/.exec(page.html)?.[1] ?? '').replaceAll(
      '&amp;',
      '&',
    );
    expect((await host.open(link)).html).toContain('value="10:05"');
    expectRefused(await fillIn(host, link, { arrived: '11:50', reasons }), 422, 'after the arrival');
    expect((await fillIn(host, link, { outcome: 'did_not_attend', reasons })).text).toContain(
      'has been recorded',
    );
    const officer = await as('childrens.services');
    const list = await officer.open(paths.corrections);
    const confirming = /href="(\/corrections\/[^"]+\/confirm)"/.exec(list.main)?.[1] ?? '';
    expect((await officer.open(confirming)).text).toContain('The councillor did not come');
    expect((await fillIn(officer, confirming, {})).text).toContain('counts from now on');
    for (const by of ['scrutiny.chair', 'host', 'data.protection'] as const) {
      const { text } = await (await as(by)).open(paths.visit(visit.id));
      expect(text).toMatch(/Corrected on 12 January 2027/);
      expect(text).toContain('The councillor attended');
      expect(text).toContain('The councillor did not come');
    }
  });
});

describe('behind the service', () => {
  test('nobody gives an event back that was used, or changes a record but by a correction', async () => {
    const visit = await recorded();
    await expect(
      behindTheApi(world.db, (trx) => trx('grants').where({ id: visit.grant.id }).update({ events_used: 0 })),
    ).rejects.toMatchObject({ constraint: 'grants_kept' });
    await expect(
      behindTheApi(world.db, (trx) =>
        trx('attendances')
          .where({ visit_id: visit.id })
          .update({ outcome: 'cancelled' } as never),
      ),
    ).rejects.toThrow(/permission denied/);
  });

  test('no correction says that something else stood before, or has authority that nobody had', async () => {
    const visit = await recorded({ chaperone: null });
    await expect(
      behindTheApi(world.db, (trx) =>
        trx('corrections').insert({
          of_kind: 'attendance',
          of_id: visit.id,
          of_field: 'arrived',
          visit_id: visit.id,
          office: 'host',
          confirmer: 'childrens_services',
          was: JSON.stringify({ arrived: `${tuesday}T10:00:00Z` }),
          corrected: JSON.stringify({ arrived: `${tuesday}T10:10:00Z` }),
          reasons,
          proposed_at: council.clock,
          proposed_by: world
            .db('people')
            .where({ email: email('host') })
            .select('id') as never,
          proposed_capacity: 'principal',
          status: 'waiting',
        }),
      ),
    ).rejects.toMatchObject({ constraint: 'corrections_of_attendances' });
    const { id } = expectOk(await propose(visit, 'The team manager', { field: 'chaperone' })).body;
    const settling = {
      status: 'counts' as const,
      settled_at: council.clock,
      settled_by: world
        .db('people')
        .where({ email: email('childrens.services') })
        .select('id') as never,
      settled_capacity: 'principal',
    };
    await expect(
      behindTheApi(world.db, (trx) => trx('corrections').where({ id }).update(settling)),
    ).rejects.toMatchObject({ constraint: 'corrections_judged_check' });
    // Once the condition of the visit's door did not hold, no correction says that it did.
    await behindTheApi(world.db, (trx) =>
      trx('grant_freezes').insert({
        grant_id: visit.grant.id,
        frozen_at: new Date(`${tuesday}T09:00:00Z`),
        incident_id: world.db('incidents').where({ visit_id: visit.id }).select('id') as never,
      }),
    );
    await expect(
      behindTheApi(world.db, (trx) =>
        trx('corrections')
          .where({ id })
          .update({
            ...settling,
            judged: JSON.stringify({
              authorised: true,
              outside: [],
              before: { authorised: false, outside: ['chaperone'] },
            }),
          }),
      ),
    ).rejects.toMatchObject({ constraint: 'attendance_without_authority' });
  });
});
