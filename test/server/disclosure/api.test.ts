/**
 * Who received what, when, and under which decision (need-to-know.md, sections 5 and 6): asked by case or by
 * councillor, in a body and never in an address, and each search is on the trail without the case.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { attendedVisit, granted, plannedVisit, type Granted } from '../../support/granted.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';
import { reason } from '../../support/line.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
const today = londonDate(new Date());
council.clock = atLondonTime(today, '08:00');

const caseReference = 'Zkf9qxw 77/a';
const search = async (by: Account, body: object, headers = {}): Promise<Answer> =>
  (await council.as(by)).post('/api/disclosures/search', body, headers);

let chair: Granted;
let member: Granted;
let chairId: string;
const visits: string[] = [];

const fromToday = { window: { from: today, to: addDays(today, 20) }, events: 3 };

beforeAll(async () => {
  chair = await granted(council, { changes: fromToday });
  member = await granted(council, { author: 'scrutiny.member', changes: fromToday });
  chairId = (await council.as('scrutiny.chair')).councillorId;
  const by = await personId(council.world.db, 'host');
  const at = council.clock;
  council.clock = atLondonTime(today, '18:00');
  const day = (time: string) => atLondonTime(today, time);
  await behindTheApi(council.world.db, async (trx) => {
    const attend = async (
      grant: Granted,
      times: readonly [string, string],
      authorised: boolean,
      spelt: string | null,
    ) => {
      const [from, to] = times;
      const id = await plannedVisit(trx, grant.id, {
        date: today,
        from,
        to,
        at,
        by,
        ...(spelt === null ? {} : { caseReference: spelt }),
      });
      await attendedVisit(
        trx,
        { grantId: grant.id, visitId: id },
        {
          arrived: day(from),
          left: day(to),
          authorised,
          categories: authorised ? ['process'] : ['process', 'family'],
          at: council.clock,
          by,
        },
      );
      visits.push(id);
    };
    await attend(chair, ['09:00', '10:00'], true, caseReference);
    await attend(member, ['11:00', '12:00'], false, 'zkf9qxw-77 A');
    await attend(chair, ['13:00', '14:00'], false, 'Oth case 5');
    const request = await foundRow(trx('requests').where({ reference: chair.line.reference }).first('id'));
    const release = (version: number, category: string, time: string) =>
      trx('releases').insert({
        request_id: request.id,
        version,
        category,
        released_at: day(time),
        returned_at: null,
        recorded_at: council.clock,
        person_id: by,
        office: 'childrens_services',
        capacity: 'principal',
      });
    await release(1, 'minutes', '13:30');
    // Under a right to another version, which no approval was given for.
    await trx('statutory_rights').insert({
      request_id: request.id,
      version: 2,
      right_given: 'reg16',
      due_on: today,
      recorded_at: day('15:30'),
      person_id: by,
      capacity: 'principal',
      reasons: reason,
      document: 'The reports of the panel.',
      cites_kind: 'meeting',
      cites_body: 'Cabinet',
      cites_on: addDays(today, 6),
    });
    await trx('statutory_rights')
      .where({ request_id: request.id, version: 2 })
      .update({
        confirmed_at: day('15:30'),
        confirmed_by: await personId(trx, 'democratic.services'),
        confirmed_office: 'democratic_services',
        confirmed_capacity: 'principal',
        findings: JSON.stringify([{ category: 'reports', finding: 'not_exempt', reasons: reason }]),
      });
    await release(2, 'reports', '16:00');
  });
}, 60_000);

describe('a search of disclosures', () => {
  test('by case: everybody who was there, with authority or without, in any spelling of the case', async () => {
    const { status, body } = await search('data.protection', { caseReference: 'ZKF9QXW77A' });
    expect([status, body.next]).toEqual([200, null]);
    const decision = { outcome: 'approve', at: expect.any(String) };
    const shared = {
      observationType: 'initial_child_protection_conference',
      received: 'attendance',
      categories: ['process', 'family'],
      decision,
      statutoryRight: null,
    };
    expect(body.items).toEqual([
      {
        ...shared,
        councillor: { id: expect.any(String), name: expect.any(String) },
        reference: member.line.reference,
        at: atLondonTime(today, '11:00').toISOString(),
        until: atLondonTime(today, '12:00').toISOString(),
        visit: visits[1],
        authorised: false,
        caseReference: 'zkf9qxw-77 A',
      },
      {
        ...shared,
        councillor: { id: chairId, name: expect.any(String) },
        reference: chair.line.reference,
        at: atLondonTime(today, '09:00').toISOString(),
        until: atLondonTime(today, '10:00').toISOString(),
        visit: visits[0],
        categories: ['process'],
        authorised: true,
        caseReference,
      },
    ]);
    // Papers have the case of the sitting that they were read in.
    const sitting = await search('data.protection', { caseReference: 'oth case 5' });
    expect(
      sitting.body.items.map((each: { received: string; papers: unknown }) => [each.received, each.papers]),
    ).toEqual([
      ['papers', 'minutes'],
      ['attendance', undefined],
    ]);
    expect(await search('childrens.services', { caseReference: '!!' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'caseReference' }] },
    });
  });

  test('by councillor: visits and papers, newest first, page by page; Democratic Services see no case', async () => {
    const all = (await search('childrens.services', { councillor: chairId })).body;
    expect(all.items.map((item: { at: string; papers?: string }) => item.papers ?? item.at)).toEqual([
      'reports',
      'minutes',
      atLondonTime(today, '13:00').toISOString(),
      atLondonTime(today, '09:00').toISOString(),
    ]);
    expect(all.items[0]).toMatchObject({ received: 'papers', decision: null, statutoryRight: 'reg16' });
    expect(all.items[1]).toMatchObject({
      received: 'papers',
      returnedAt: null,
      authorised: true,
      decision: { outcome: 'approve' },
      statutoryRight: null,
    });
    const paged: object[] = [];
    let cursor: string | null = null;
    do {
      const { body }: Answer = await search('childrens.services', {
        councillor: chairId,
        limit: 1,
        ...(cursor === null ? {} : { cursor }),
      });
      paged.push(...body.items);
      cursor = body.next;
    } while (cursor !== null);
    expect(paged).toEqual(all.items);

    const { body } = await search('democratic.services', { councillor: chairId });
    expect(body.items).toHaveLength(4);
    expect(JSON.stringify(body)).not.toMatch(/caseReference|Zkf9|Oth case/);
  });

  test('papers by the case of their planned sitting too, before the record and after a move', async () => {
    const grant = await granted(council, { author: 'scrutiny.member', changes: fromToday });
    const by = await personId(council.world.db, 'host');
    const at = council.clock;
    const who = { person_id: by, office: 'host', capacity: 'principal' } as const;
    await behindTheApi(council.world.db, async (trx) => {
      const plan = { date: today, at: atLondonTime(today, '08:00'), by };
      await plannedVisit(trx, grant.id, { ...plan, caseReference: 'Pln 1' });
      const moved = await plannedVisit(trx, grant.id, { ...plan, caseReference: 'Pln 2' });
      const gone = await plannedVisit(trx, grant.id, { ...plan, caseReference: 'Pln 4' });
      const to = { date: addDays(today, 5), from_time: '10:00', to_time: '12:00' };
      for (const [id, of, since] of [
        [moved, 'Pln 2', new Date(at.getTime() + 1)],
        [gone, 'Pln 4', new Date(at.getTime() - 1)],
      ] as const) {
        await trx('visits').where({ id }).update(to);
        await trx('visit_plans').insert({ visit_id: id, ...to, case_reference: of, ...who, at: since });
      }
      await plannedVisit(trx, grant.id, { ...plan, date: addDays(today, 1), caseReference: 'Pln 3' });
      const { id } = await foundRow(trx('requests').where({ reference: grant.line.reference }).first('id'));
      await trx('releases').insert({
        request_id: id,
        version: 1,
        category: 'records',
        released_at: at,
        recorded_at: at,
        ...who,
        office: 'childrens_services',
      });
    });
    const papersOf = async (of: string) =>
      (await search('data.protection', { caseReference: of })).body.items.map(
        ({ papers }: { papers: string }) => papers,
      );
    expect([await papersOf('pln-1'), await papersOf('PLN 2')]).toEqual([['records'], ['records']]);
    // On another day, and moved away before they were released.
    expect([await papersOf('pln 3'), await papersOf('pln 4')]).toEqual([[], []]);
  });

  test('without any visit, as an incident tells: by case and by councillor, beside the visits', async () => {
    const { councillorId } = await council.as('ward.member');
    const [from, until] = ['15:00', '15:30'].map((time) => atLondonTime(today, time).toISOString());
    const reported = await (
      await council.as('childrens.services')
    ).post('/api/incidents', {
      what: 'unauthorised_access',
      causedBy: 'other',
      text: 'A file was handed over in the corridor.',
      happenedAt: atLondonTime(today, '15:00').toISOString(),
      councillor: councillorId,
      caseReference: 'ZKF9QXW 77A',
      categories: ['family', 'health', 'family'],
      from,
      until,
    });
    expect(reported.status).toBe(201);
    const row = {
      councillor: { id: councillorId, name: expect.any(String) },
      reference: null,
      observationType: null,
      received: 'incident',
      at: from,
      until,
      incident: reported.body.id,
      categories: ['family', 'health'],
      authorised: false,
      decision: null,
      statutoryRight: null,
    };
    const key = { 'Idempotency-Key': 'with-an-incident' };
    const ofCase = (await search('data.protection', { caseReference }, key)).body.items;
    expect(ofCase).toHaveLength(3);
    expect(ofCase[0]).toEqual({ ...row, caseReference: 'ZKF9QXW 77A' });
    const ofCouncillor = await search('democratic.services', { councillor: councillorId });
    expect(ofCouncillor.body.items).toEqual([row]);
    const { body } = await (
      await council.as('democratic.services')
    ).get('/api/audit?type=disclosures.searched&limit=2');
    expect(body.items[0].decision).toEqual({
      by: 'councillor',
      found: 1,
      references: [],
      incidents: [reported.body.id],
    });
    expect(body.items[1].decision).toMatchObject({ found: 3, incidents: [reported.body.id] });
  });

  test('only for people whom section 5 allows', async () => {
    const may = async (by: Account, body: object) => (await search(by, body)).status === 200;
    const table: Record<string, readonly [boolean, boolean]> = {
      'childrens.services': [true, true],
      'data.protection': [true, true],
      'democratic.services': [false, true],
      legal: [false, false],
      'monitoring.officer': [false, false],
      host: [false, false],
      auditor: [false, false],
      administrator: [false, false],
      'scrutiny.chair': [false, false],
    };
    for (const [by, expected] of Object.entries(table)) {
      expect([by, await may(by, { caseReference }), await may(by, { councillor: chairId })]).toEqual([
        by,
        ...expected,
      ]);
    }
    expect(await search('scrutiny.chair', { councillor: chairId })).toMatchObject(byRule(403, 'office'));
    expect(await search('legal', { caseReference, councillor: chairId })).toMatchObject({ status: 422 });
    expect(await search('legal', {})).toMatchObject({ status: 422 });
    expect(await search('data.protection', { caseReference, cursor: 'bm9uc2Vuc2U' })).toMatchObject({
      status: 422,
    });
  });

  test('and each search is one entry, which names its findings and never the case', async () => {
    const democratic = await council.as('democratic.services');
    const entries = async () =>
      (await democratic.get('/api/audit?type=disclosures.searched&limit=100')).body.items as {
        subject: string;
        decision: object;
      }[];
    const before = (await entries()).length;
    const key = { 'Idempotency-Key': 'search' };
    const one = await search('data.protection', { caseReference }, key);
    const two = await search('data.protection', { caseReference }, key);
    expect(two.body).toEqual(one.body);
    await search('democratic.services', { councillor: chairId });
    const all = await entries();
    expect(all).toHaveLength(before + 4);
    const references = [member.line.reference, chair.line.reference];
    expect(all.slice(0, 2).map(({ subject, decision }) => [subject, decision])).toEqual([
      [`councillor:${chairId}`, { by: 'councillor', found: 4, references: [chair.line.reference] }],
      ['disclosures', expect.objectContaining({ by: 'case', found: 3, references })],
    ]);
    expect((await democratic.get('/api/audit?subject=disclosures')).status).toBe(200);
    const { rows } = await council.world.db.raw<{ rows: { n: number; all: number }[] }>(
      `select count(*)::int as all, (count(*) filter (where value::text ilike '%zkf9qxw%'))::int as n
         from audit.secret`,
    );
    expect(rows[0]?.all).toBeGreaterThan(100);
    expect(rows[0]?.n).toBe(0);
    expect(council.lines.join('\n')).not.toMatch(/zkf9qxw/i);
  });
});
