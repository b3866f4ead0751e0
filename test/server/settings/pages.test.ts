/** The pages of what a council sets for itself, and of its jobs and mail. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { calendarOf, nations } from '../../../policies/settings/bank-holidays.js';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { noChoices } from '../../../policies/settings/settings.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil } from '../../support/council.js';
import { Line } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi } from '../../support/people.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
council.clock = atLondonTime('2027-02-01', '09:00');
const as = readersOf(council);

const file = (more: readonly object[] = []): string =>
  JSON.stringify(
    Object.fromEntries(
      nations.map((nation) => {
        const events: object[] = nation === 'england_and_wales' ? [...more] : [];
        for (let date = '2027-01-01'; date.startsWith('2027'); date = addDays(date, 1)) {
          const title = calendarOf(nation).holiday(date);
          if (title !== null) events.push({ title, date });
        }
        return [nation.replaceAll('_', '-'), { events }];
      }),
    ),
  );

let line: Line;
beforeAll(async () => {
  line = await Line.submitted(council);
});

describe('the settings', () => {
  test('are changed by Democratic Services, read by officers, and not there for a councillor', async () => {
    const keeper = await as('democratic.services');
    const page = await keeper.open(paths.settings);
    expect(page.text).toMatch(/Decide a request\s+10 working days/);
    expect(page.text).toContain('Working days are those of England and Wales.');
    expect(page.html).toContain(`href="${paths.deadlineSettings}"`);
    const reader = await (await as('legal')).open(paths.settings);
    expect(reader.status).toBe(200);
    expect(reader.main).not.toContain(paths.deadlineSettings);
    expect((await (await as('legal')).open(paths.deadlineSettings)).status).toBe(403);
    for (const path of [paths.settings, paths.deadlineSettings, paths.importHolidays])
      expect([path, (await (await as('scrutiny.chair')).open(path)).status]).toEqual([path, 404]);
  });

  test('a deadline that is not a number is refused at its field, and the page keeps the typed text', async () => {
    const keeper = await as('democratic.services');
    const page = await fillIn(keeper, paths.deadlineSettings, { decide: 'ten' });
    expectRefused(page, 422, 'Enter a whole number of working days from 1 to 60');
    expect(page.form.fields['decide']).toBe('ten');
    expect(page.html).toContain('href="#decide"');
    expectRefused(await fillIn(keeper, paths.deadlineSettings, { review: '61' }), 422, 'from 1 to 60');
    expectRefused(await fillIn(keeper, paths.retentionSettings, { requests: '3' }), 422, 'from 12 to 600');
    expectRefused(
      await fillIn(keeper, paths.typeSetting('core_group'), { label: '' }),
      422,
      'Enter the name of the type',
    );
  });

  test('a deadline that is changed moves those that run, and both days stand on the request', async () => {
    const keeper = await as('democratic.services');
    const saved = await fillIn(keeper, paths.deadlineSettings, { decide: '12' });
    expect(saved.text).toContain('The deadlines have been saved.');
    expect(saved.text).toMatch(/Deadline: Decide a request: 12 working days, was 10 working days/);
    const request = await (await as('scrutiny.chair')).open(paths.request(line.reference));
    expect(request.text).toContain('moved from 15 February 2027 to 17 February 2027');
    expect(request.text).toContain('How that was counted');
    await fillIn(keeper, paths.deadlineSettings, { decide: '10' });
  });

  test('a type goes by its new name wherever it is shown', async () => {
    const keeper = await as('democratic.services');
    const label = 'Conference to protect a child';
    const type = 'initial_child_protection_conference';
    expect((await fillIn(keeper, paths.typeSetting(type), { label })).text).toContain(
      'The type has been saved.',
    );
    const request = await (await as('scrutiny.chair')).open(paths.request(line.reference));
    expect(request.headings).toEqual([label]);
    expect((await (await as('legal')).open(paths.requests)).text).toContain(label);
    await fillIn(keeper, paths.typeSetting(type), { label: 'Initial child protection conference' });
  });
});

describe('the names of offices and of the ward', () => {
  test('are shown on the pages as the council calls them, and the API keeps its codes', async () => {
    const keeper = await as('democratic.services');
    const saved = await fillIn(keeper, paths.nameSettings, {
      legal: 'Director of Law',
      childrens_services: 'Children and Families',
      ward: 'division',
    });
    expect(saved.text).toContain('The names have been saved.');
    expect(saved.text).toMatch(/Name: Legal: Director of Law, was the usual name/);
    const request = await (await as('legal')).open(paths.discussion(line.reference));
    expect(request.text).toContain(
      'once Children and Families, Democratic Services and Director of Law have',
    );
    expect(request.text).not.toContain('Children’s Services');
    const list = await keeper.open(paths.councillors);
    expect([list.html.includes('>Division</th>'), list.html.includes('>Ward</th>')]).toEqual([true, false]);
    const { body } = await (await council.as('legal')).get(`/api/requests/${line.reference}`);
    expect(JSON.stringify(body)).toContain('childrens_services');
    expect(JSON.stringify(body)).not.toContain('Children and Families');

    const back = await fillIn(keeper, paths.nameSettings, { legal: '', childrens_services: '', ward: '' });
    expect(back.text).toContain('Offices and wards have their usual names.');
    expect((await keeper.open(paths.councillors)).html).toContain('>Ward</th>');
  });

  test('how the council is governed is saved, shown and kept in the history', async () => {
    const keeper = await as('democratic.services');
    const saved = await fillIn(keeper, paths.governanceSettings, {
      governance: 'committee_system',
      clearDays: 'working_days',
    });
    expect(saved.text).toContain('The governance has been saved.');
    expect(saved.text).toMatch(/Governance: A committee system, was A leader and cabinet/);
    expect(saved.text).toMatch(/Clear days: Working days alone, was Every day/);
    await fillIn(keeper, paths.governanceSettings, {
      governance: 'leader_and_cabinet',
      clearDays: 'calendar_days',
    });
    expect((await (await as('legal')).open(paths.governanceSettings)).status).toBe(403);
  });

  test('are the usual ones where the settings were stored before a council could choose names', async () => {
    const { names: _none, ...before } = noChoices;
    const { id } = await foundRow(
      council.world.db('people').where({ email: 'democratic.services@council.example' }).first('id'),
    );
    await behindTheApi(council.world.db, (trx) =>
      trx('settings').insert({
        choices: JSON.stringify(before),
        at: council.clock,
        person_id: id,
        office: 'democratic_services',
        capacity: 'principal',
      }),
    );
    const keeper = await as('democratic.services');
    expect((await keeper.open(paths.settings)).text).toContain('Offices and wards have their usual names.');
    expect((await keeper.open(paths.councillors)).html).toContain('>Ward</th>');
  });

  test('are kept apart from the trail’s text in clear, and screened as every text', async () => {
    const keeper = await as('democratic.services');
    await fillIn(keeper, paths.nameSettings, { auditor: 'Audit and Risk' });
    const [entry] = await search(council.world.db, { type: 'settings.changed', limit: 1 });
    expect(entry?.decision).toMatchObject({ changed: [{ setting: 'names.auditor' }] });
    expect(JSON.stringify(entry?.decision)).not.toContain('Audit and Risk');
    expectRefused(
      await fillIn(keeper, paths.nameSettings, { auditor: 'x'.repeat(81) }),
      422,
      '80 characters or fewer',
    );
    expectRefused(await fillIn(keeper, paths.nameSettings, { auditor: '943 476 5919' }), 422, 'NHS');
    await fillIn(keeper, paths.nameSettings, { auditor: '' });
  });
});

describe('the list of bank holidays', () => {
  test('is held against the days that are known and taken over in a second step', async () => {
    const keeper = await as('democratic.services');
    const chosen = async (text: string) => {
      await keeper.open(paths.importHolidays);
      return keeper.upload({ name: 'bank-holidays.json', content: text });
    };
    expectRefused(await chosen('no JSON'), 422, 'cannot be read as JSON');
    expectRefused(await chosen('{}'), 422, 'England and Wales: The division');
    expect((await chosen(file())).text).toContain('There is nothing to take over.');
    const shown = await chosen(file([{ title: 'A day of celebration', date: '2027-02-10' }]));
    expect(shown.text).toMatch(/10 February 2027\s+England and Wales\s+A day of celebration/);
    expect(shown.text).toMatch(/deadlines? that runs? would move/);
    const taken = await keeper.submit();
    expect(taken.text).toContain('The calendar has been saved.');
    expect(taken.text).toContain('10 February 2027: A day of celebration');
    const request = await (await as('legal')).open(paths.request(line.reference));
    expect(request.text).toContain('10 February 2027 (A day of celebration)');
    expect((await keeper.open(paths.checkHolidays)).text).toContain('No file waits.');
  });

  test('of another nation is chosen on a page of its own', async () => {
    const keeper = await as('democratic.services');
    const saved = await fillIn(keeper, paths.calendarSettings, { nation: 'scotland' });
    expect(saved.text).toContain('Working days are those of Scotland.');
    await fillIn(keeper, paths.calendarSettings, { nation: 'england_and_wales' });
  });
});

describe('jobs and mail', () => {
  test('show a message that was given up, and send it again', async () => {
    const { db } = council.world;
    const { id } = await foundRow(db('messages').where({ reference: line.reference }).first('id'));
    await behindTheApi(db, (trx) =>
      trx('messages').where({ id }).update({ failed_at: council.clock, last_error: 'refused:EENVELOPE' }),
    );
    const keeper = await as('democratic.services');
    const page = await keeper.open(paths.operations);
    expect(page.text).toMatch(/refused:EENVELOPE/);
    expect(page.text).toContain(line.reference);
    const administrator = await (await as('administrator')).open(paths.operations);
    expect(administrator.text).toContain('refused:EENVELOPE');
    expect(administrator.main).not.toMatch(/OBS-|Send again/);
    const form = page.forms.find(({ fields }) => fields['message'] === id);
    if (!form) throw new Error('The message cannot be sent again.');
    const sent = await keeper.send(form);
    expect(sent.text).toContain('The message is on its way again.');
    expect(sent.text).toContain('No message was given up.');
    for (const by of ['legal', 'scrutiny.chair'])
      expect((await (await as(by)).open(paths.operations)).status).toBe(404);
  });

  test('are reached from every page, by those whom they are for', async () => {
    for (const [by, isLed] of [
      ['democratic.services', true],
      ['administrator', true],
      ['scrutiny.chair', false],
    ] as const) {
      const page = await (await as(by)).open(paths.reminderWishes);
      expect([by, page.html.includes(`href="${paths.operations}"`)]).toEqual([by, isLed]);
    }
  });
});
