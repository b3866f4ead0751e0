/** The council’s forms of a case reference, set through the API and on the page, in every field that takes one. */
import { describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil } from '../../support/council.js';
import { granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';

const council = useCouncil();
const as = readersOf(council);
const forms = { prefixes: ['ehm'], patterns: ['EHM 99999999'] };
const read = 'EHM 01022015';
const other = 'CP-2026-0042';

const set = async (caseReferences: object) => {
  const keeper = await council.as('democratic.services');
  const { revision } = (await keeper.get('/api/settings')).body;
  return keeper.patch('/api/settings', { revision, caseReferences });
};

describe('the forms of case references', () => {
  test('are set through the API by Democratic Services, in capitals, and read back with their history', async () => {
    const { body } = expectOk(await set(forms));
    expect(body.caseReferences).toEqual({ prefixes: ['EHM'], patterns: ['EHM 99999999'] });
    expect(body.history[0].changed.map(({ setting }: { setting: string }) => setting)).toEqual([
      'caseReferences.prefixes',
      'caseReferences.patterns',
    ]);
    expect(await set({ patterns: ['(A+)+$'] })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'caseReferences.patterns' }] },
    });
    // Ten figures would be read as an NHS number; a form stands for any.
    const tenFigures = { patterns: ['999 999 9999'] };
    expect(expectOk(await set(tenFigures)).body.caseReferences).toMatchObject(tenFigures);
    const legal = await council.as('legal');
    const { revision } = (await (await council.as('democratic.services')).get('/api/settings')).body;
    expect((await legal.patch('/api/settings', { revision, caseReferences: forms })).status).toBe(403);
    expect(expectOk(await set({ patterns: [] })).body.caseReferences).toEqual({
      prefixes: ['EHM'],
      patterns: [],
    });
  });

  test('hold for a visit, an incident and a search: also where the figures read as a date', async () => {
    expectOk(await set(forms));
    const { path } = await granted(council);
    const host = await council.as('host');
    const { councillorId: councillor } = await council.as('ward.member');
    const today = londonDate(council.clock);
    const plan = (caseReference: string) => ({
      date: addDays(today, 10),
      from: '10:00',
      to: '11:00',
      caseReference,
    });
    const wrong = await host.post(`${path}/visits`, plan(other));
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'caseReference' }] } });
    expect(wrong.body.errors[0].message).toContain('EHM 99999999');
    const visit = expectOk(await host.post(`${path}/visits`, plan(read))).body;
    expect(visit.caseReference).toBe(read);

    const incident = (caseReference: string) => ({
      what: 'unauthorised_access',
      causedBy: 'other',
      councillor,
      happenedAt: council.clock.toISOString(),
      text: 'A file was left in the open.',
      caseReference,
    });
    const services = await council.as('childrens.services');
    const refused = await services.post('/api/incidents', incident(other));
    expect(refused).toMatchObject({ status: 422 });
    expect(JSON.stringify(refused.body.errors)).toContain('EHM 99999999');
    const search = (caseReference: string) => services.post('/api/disclosures/search', { caseReference });
    for (const known of [read, other]) expect([known, (await search(known)).status]).toEqual([known, 200]);
    for (const unknown of ['Zdenka', '01022015'])
      expect(await search(unknown)).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'caseReference' }] },
      });

    // What was named before is not asked about again.
    expectOk(await set({ prefixes: [], patterns: ['AAA-999999'] }));
    expectOk(await host.patch(`/api/visits/${visit.id}`, { chaperone: 'The team manager' }));
    expect((await host.patch(`/api/visits/${visit.id}`, { caseReference: 'EHM 01022016' })).status).toBe(422);
  });

  test('are set on their page, one on each line, and named on the form of a visit', async () => {
    const keeper = await as('democratic.services');
    const wrong = await fillIn(keeper, paths.caseSettings, { prefixes: 'EHM', patterns: 'EHMS-9' });
    expectRefused(wrong, 422, /at most 3 letters in a row/u);
    const done = await fillIn(keeper, paths.caseSettings, { prefixes: 'EHM', patterns: 'EHM-999\nAA 99' });
    expect(done.text).toContain('How case references are written has been saved.');
    expect(done.text).toContain('EHM-999 or AA 99, with a letter for A and a figure for 9');
    const { id } = await granted(council);
    const host = await as('host');
    const page = await host.open(paths.planVisit(id));
    expect(page.text).toContain('As your council writes it: EHM-999 or AA 99');
  });
});
