/**
 * The stages of a child's journey in time: the next one waits until somebody has watched the one before or that one has
 * ended, and none follows proceedings. Source: need-to-know.md, section 3.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { addDays, addMonths, atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import { dueOf } from '../../../policies/request/clock.js';
import { settleLapses } from '../../../server/jobs/lapses.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { useCouncil } from '../../support/council.js';
import { foundRow } from '../../support/found-row.js';
import type { Granted } from '../../support/granted.js';
import { complete, expectOk, type Line } from '../../support/line.js';
import { readersOf } from '../../support/officers.js';
import { lineAt } from '../../support/people.js';
import { VisitWalk } from '../../support/visiting.js';

const council = useCouncil();
const as = readersOf(council);
const type = 'childs_journey' as const;
const began = londonDate(council.clock);
const on = (date: string) => {
  council.clock = atLondonTime(date, '09:00');
};
beforeEach(() => on(began));

/** Three months to the day, and no day more. */
const months = (from: string) => ({ from, to: addDays(addMonths(from, 3), -1) });
const firstWindow = months(began);
const secondWindow = months(addDays(firstWindow.to, 1));

const ready = (window: object, continues?: Line): Promise<Line> =>
  lineAt(council, 'ready', {
    changes: {
      observationType: type,
      window,
      ...(continues ? { continues: continues.reference } : {}),
    } as object,
  });
const grantOf = async (line: Line): Promise<Granted> => {
  const { id } = (await line.read('host')).body.grant as { id: string };
  return { id, path: `/api/grants/${id}` } as Granted;
};
const firstStage = async (): Promise<Line> => {
  const line = await ready(firstWindow);
  expectOk(await line.decide('approve'));
  return line;
};
const visitTo = async (line: Line, date: string, conferenceOn: string): Promise<VisitWalk> =>
  VisitWalk.planned(council, await grantOf(line), { type, date, conferenceOn, caseReference: null });
const says =
  'A further stage of a child’s journey is approved once the first attendance at the stage before is recorded, or that stage has ended.';
const early = {
  status: 409,
  body: {
    rule: 'journey_early',
    kind: 'council',
    authority: expect.stringContaining('a child’s journey goes stage by stage'),
  },
};

describe('a child’s journey', () => {
  test('a second stage before the first was attended is not approved, by the council’s own rule; an attendance opens it', async () => {
    const first = await firstStage();
    const second = await ready(secondWindow, first);
    expect(await second.decide('approve')).toMatchObject(early);
    const page = await (await as('legal')).open(`/requests/${second.reference}/decide`);
    expect(page.text).toContain('It cannot be approved now.');
    expect(page.text).toContain(says);
    expect(page.text).not.toContain('It cannot be refused now.');
    const request = await (await as('legal')).open(`/requests/${second.reference}`);
    expect(request.text).toContain('Not counted while the stage before was neither watched nor over');

    // Nobody has watched anything where the councillor did not come.
    const tomorrow = addDays(began, 1);
    const missed = await visitTo(first, tomorrow, began);
    missed.at('13:00');
    expectOk(await missed.post('attendance', { outcome: 'did_not_attend' }));
    expect(await second.decide('approve')).toMatchObject(early);

    const visit = await visitTo(first, addDays(began, 2), began);
    await visit.checkAll();
    visit.at('13:00');
    expectOk(await visit.attended());
    expect((await (await as('legal')).open(`/requests/${second.reference}/decide`)).text).not.toContain(says);
    expectOk(await second.decide('approve'));
  }, 60_000);

  test('the clock of a second stage stands still until the first is watched: its day says why, and moves then', async () => {
    const first = await firstStage();
    const second = await lineAt(council, 'submitted', {
      changes: { observationType: type, window: secondWindow, continues: first.reference },
    });
    const due = async () => (await second.read('legal')).body.due;
    const before = await due();
    expect(before).toMatchObject({
      what: 'decide',
      pauses: [{ from: began, because: 'stage', to: expect.any(String) }],
    });
    expect(before.at > firstWindow.to).toBe(true);
    const visit = await visitTo(first, addDays(began, 1), began);
    await visit.checkAll();
    visit.at('13:00');
    expectOk(await visit.attended());
    const after = await due();
    expect(after.pauses).toEqual([expect.objectContaining({ because: 'stage' })]);
    expect(after.at < before.at).toBe(true);
    await jobRunner({ db: council.world.db, now: () => council.clock, log: pino({ level: 'silent' }) })(
      'due_days',
    );
    const stored = await foundRow(
      council.world.db('requests').where({ reference: second.reference }).first('due_on'),
    );
    expect(stored.due_on).toBe(after.at);
    const { body } = await second.read('legal');
    expect(JSON.stringify(body)).toContain('"because":"stage"');
    const moves = await council.world
      .db('deadline_moves as m')
      .join('requests as r', 'r.id', 'm.request_id')
      .where({ 'r.reference': second.reference })
      .select('m.was', 'm.became', 'm.because');
    expect(moves).toEqual([{ was: before.at, became: after.at, because: 'stage' }]);
  }, 60_000);

  test('a stage whose clock stood still is not paused by an order, nor once the stage before was watched', () => {
    const stageBefore = { to: firstWindow.to, endedAt: null, observedAt: null };
    const at = council.clock;
    const row = { status: 'submitted', submittedAt: at, returns: [] } as const;
    const pausesOf = (more: object) => dueOf(defaultSettings, { ...row, ...more })?.pauses;
    expect(pausesOf({ stageBefore })).toHaveLength(1);
    for (const more of [
      {},
      { stageBefore: { ...stageBefore, observedAt: at } },
      { stageBefore: { ...stageBefore, endedAt: at } },
      { stageBefore: { ...stageBefore, to: addDays(began, -1) } },
      { stageBefore, order: { recordedBy: 'somebody', givenBy: 'court' } },
    ])
      expect(pausesOf(more)).toEqual([]);
  });

  test('a second stage before the first was attended may be refused', async () => {
    const second = await ready(secondWindow, await firstStage());
    expect(expectOk(await second.decide('refuse')).body.status).toBe('refused');
  });

  test('a second stage waits for no attendance once the first has ended', async () => {
    const first = await firstStage();
    on(firstWindow.to);
    const window = { ...secondWindow, to: addDays(secondWindow.from, 30) };
    const second = await ready(window, first);
    expect(await second.decide('approve')).toMatchObject(early);
    on(secondWindow.from);
    expectOk(await second.decide('approve'));
  });

  test('the database grants no second stage before the first was attended, whoever asks it to', async () => {
    const second = await ready(secondWindow, await firstStage());
    const { db } = council.world;
    const { id, version } = await foundRow(
      db('requests').where({ reference: second.reference }).first('id', 'version'),
    );
    const signed = await foundRow(db('sign_offs').where({ request_id: id }).first('id'));
    const granting = db('grants').insert({
      request_id: id,
      version,
      sign_off_id: signed.id,
      window_from: secondWindow.from,
      window_to: secondWindow.to,
      events: 1,
      categories: ['process'],
      made_at: council.clock,
    });
    await expect(granting).rejects.toMatchObject({ constraint: 'grants_journey_early' });
  });

  test('an order to admit the councillor to a second stage is carried out before the first was attended', async () => {
    const second = await ready(secondWindow, await firstStage());
    expectOk(await second.decide('refuse'));
    const officer = await council.as('monitoring.officer');
    const order = { body: 'The Family Court', date: began, minute: 'Case 17', effect: 'order' };
    const { body } = expectOk(await officer.post(`${second.path}/direction`, order));
    second.version = body.version as number;
    expectOk(await second.answer('legal_bars', { answer: [] }, 'legal.second'));
    const legal = await council.as('legal.second');
    const carried = { version: second.version, noConflict: true };
    expectOk(await legal.post(`${second.path}/direction/carried-out`, carried));
  });

  test('proceedings in month four end the journey: the councillor is told “to protect others” and no more, and no third stage follows', async () => {
    const first = await firstStage();
    const monthFour = addDays(addMonths(began, 3), 7);
    on(monthFour);
    const window = { from: monthFour, to: addDays(monthFour, 21) };
    const second = await ready(window, first);
    expectOk(await second.decide('approve'));
    const rest = { from: addDays(window.to, 1), to: addDays(window.to, 14) };
    const third = await ready(rest, second);

    const visit = await visitTo(second, addDays(monthFour, 1), began);
    const route = 'The court has given permission.';
    expectOk(await visit.check('legal_bars', { answer: [{ bar: 'proceedings', lawfulRoute: route }] }));
    const grant = await grantOf(second);
    expect((await (await council.as('legal')).get(grant.path)).body.status).toBe('lapsed');

    // Whoever is told before the end is stored, and after it, is told the same.
    const chair = await council.as('scrutiny.chair');
    const told = async () => {
      const answers = [
        await chair.get(grant.path),
        await chair.get(second.path),
        await visit.read('scrutiny.chair'),
      ];
      // The rules of the type are the same for everyone, whatever has happened.
      const shown = answers.map(({ body: { rules: _ofType, ...body } }) => body as object);
      expect(JSON.stringify(shown)).not.toMatch(/proceedings|court|permission|legal_bars/i);
      const { endedBecause, endedReasons, access } = answers[0]?.body ?? {};
      return { endedBecause, endedReasons, access };
    };
    const before = await told();
    expect(before).toMatchObject({
      endedBecause: 'to_protect_others',
      endedReasons: undefined,
      access: { allowed: false },
    });
    await settleLapses({
      db: council.world.db,
      now: () => council.clock,
      log: pino({ level: 'silent' }),
      settings: defaultSettings,
    });
    expect(await told()).toEqual(before);

    expect(await third.decide('approve')).toMatchObject({
      status: 409,
      body: { rule: 'journey', kind: 'council' },
    });
    expectOk(await third.decide('refuse'));
    const content = await complete(council, chair, { observationType: type, window: rest });
    const asked = await chair.post('/api/requests', { ...content, continues: second.reference });
    expect(asked).toMatchObject({
      status: 422,
      body: { rule: 'journey', errors: [expect.objectContaining({ field: 'continues' })] },
    });
    expect(JSON.stringify(asked.body)).not.toMatch(/proceedings|court/i);
  }, 60_000);
});
