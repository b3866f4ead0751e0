/**
 * What a council sets for itself: by Democratic Services, within bounds, with every change kept and every deadline
 * that runs moved to its new day.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { calendarOf, nations, type Nation } from '../../../policies/settings/bank-holidays.js';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { periods } from '../../../policies/core/time/deadlines.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted } from '../../support/granted.js';
import { expectOk, Line } from '../../support/line.js';
import { byRule, notFound } from '../../support/people.js';

const council = useCouncil();
council.clock = atLondonTime('2027-02-01', '09:00');
const { world } = council;

const keeper: Account = 'democratic.services';
const read = async (by: Account = keeper): Promise<Answer> => (await council.as(by)).get('/api/settings');
const change = async (given: object, by: Account = keeper): Promise<Answer> => {
  const { revision } = (await read()).body;
  return (await council.as(by)).patch('/api/settings', { revision, ...given });
};
const list = async (body: object, query = '', by: Account = keeper): Promise<Answer> =>
  (await council.as(by)).post(`/api/settings/bank-holidays${query}`, body);

const division: Readonly<Record<Nation, string>> = {
  england_and_wales: 'england-and-wales',
  scotland: 'scotland',
  northern_ireland: 'northern-ireland',
};
const eventsOf = (nation: Nation, years: readonly number[]) =>
  years.flatMap((year) => {
    const events: { title: string; date: string; notes: string; bunting: boolean }[] = [];
    for (let date = `${year}-01-01`; date.startsWith(String(year)); date = addDays(date, 1)) {
      const title = calendarOf(nation).holiday(date);
      if (title !== null) events.push({ title, date, notes: '', bunting: true });
    }
    return events;
  });
/** The file as GOV.UK publishes it, with days added to that of England and Wales. */
const published = (more: readonly { title: string; date: string }[] = []) =>
  Object.fromEntries(
    nations.map((nation) => [
      division[nation],
      {
        division: division[nation],
        events: [
          ...eventsOf(nation, [2026, 2027, 2028]),
          ...(nation === 'england_and_wales'
            ? more.map((day) => ({ ...day, notes: '', bunting: false }))
            : []),
        ],
      },
    ]),
  );
const proclaimed = { title: 'A day of celebration', date: '2027-02-10' };

const dueOf = async (line: Line, by: Account = 'legal') => {
  const { body } = await (await council.as(by)).get(line.path);
  return { due: body.due.at, deadlines: body.deadlines, moves: body.moves };
};
const lastChange = async () => (await search(world.db, { type: 'settings.changed', limit: 1 }))[0];

let line: Line;
beforeAll(async () => {
  line = await Line.submitted(council);
});

describe('the settings', () => {
  test('are read by every officer and by no councillor, and kept by Democratic Services alone', async () => {
    for (const by of ['legal', 'auditor', 'administrator', 'host']) {
      expect(await read(by)).toMatchObject({ status: 200, body: { nation: 'england_and_wales', can: [] } });
    }
    for (const by of ['scrutiny.chair', 'former.member']) expect(await read(by)).toMatchObject(notFound);
    for (const by of ['legal', 'monitoring.officer', 'administrator'])
      expect(await change({ periods: { decide: 12 } }, by)).toMatchObject({ status: 403 });
    expect(await change({ periods: { decide: 12 } }, 'scrutiny.chair')).toMatchObject(notFound);
    expect((await read()).body).toMatchObject({ periods, can: ['keep'], history: [], revision: 0 });
  });

  test('are refused beyond their bounds, each fault with its field, and nothing is changed', async () => {
    const refused = await change({ periods: { decide: 0 }, retention: { requests: 3 } });
    expect(refused).toMatchObject({ status: 422, body: { rule: 'settings' } });
    expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'periods.decide',
      'retention.requests',
    ]);
    expect((await change({ types: { core_group: { maxHours: 2 } } })).body.errors[0].field).toBe(
      'types.core_group.maxHours',
    );
    expect(await change({ periods: { lunch: 1 } })).toMatchObject({ status: 422 });
    expect((await read()).body.revision).toBe(0);
  });

  test('a change made from older ones than hold now is refused', async () => {
    const ds = await council.as(keeper);
    expectOk(await change({ periods: { acknowledge: 2 } }));
    const stale = await ds.patch('/api/settings', { revision: 0, periods: { acknowledge: 3 } });
    expect(stale).toMatchObject(byRule(409, 'settings_changed'));
    expectOk(await change({ periods: { acknowledge: 1 } }));
  });

  test('a label goes wherever the type does; personal data in it is refused', async () => {
    const label = 'Core group (family network)';
    const saved = expectOk(await change({ types: { core_group: { label } } }));
    expect(saved.body.types.find(({ key }: { key: string }) => key === 'core_group').label).toBe(label);
    const { body } = await (await council.as('scrutiny.chair')).get('/api/observation-types');
    expect(body.items.find(({ key }: { key: string }) => key === 'core_group').label).toBe(label);
    const entry = await lastChange();
    expect(entry?.decision).toMatchObject({ changed: [{ setting: 'types.core_group.label' }] });
    expect(JSON.stringify(entry?.decision)).not.toContain('family network');
    const personal = await change({ types: { core_group: { label: 'Call 01632 960123' } } });
    expect(personal).toMatchObject(byRule(422, 'personal_data'));
  });

  test('a limit counts for visits planned from now on', async () => {
    expectOk(await change({ types: { assessment_team: { maxHours: 2 } } }));
    const window = { from: '2027-02-02', to: '2027-02-26' };
    const grant = await granted(council, { changes: { observationType: 'assessment_team', window } });
    const host = await council.as('host');
    const plan = { date: '2027-02-16', from: '10:00', to: '13:00' };
    const long = await host.post(`${grant.path}/visits`, plan);
    expect(long).toMatchObject({ status: 422 });
    expect(long.body.errors[0]).toEqual({
      field: 'to',
      message: 'A visit of this type lasts 2 hours at most.',
    });
    expectOk(await host.post(`${grant.path}/visits`, { ...plan, to: '12:00' }));
  });

  test('the time that data is kept is the one in the schedule, and its change is in the history', async () => {
    const saved = expectOk(await change({ retention: { notifications: 6 } }));
    expect(saved.body.retention.notifications).toBe(6);
    expect(saved.body.history[0].changed).toEqual([
      { setting: 'retention.notifications', was: 12, became: 6 },
    ]);
    const kept = await (await council.as(keeper)).get('/api/retention');
    expect(kept.body.schedule.notifications).toBe(6);
  });
});

describe('a deadline that runs', () => {
  test('moves with its period, is stored with both days, and the people it waits for get a notice', async () => {
    expect((await dueOf(line)).due).toBe('2027-02-15');
    expectOk(await change({ periods: { decide: 12 } }));
    const { due, moves } = await dueOf(line);
    expect(due).toBe('2027-02-17');
    expect(moves.at(-1)).toMatchObject({
      what: 'decide',
      was: '2027-02-15',
      became: '2027-02-17',
      because: 'settings',
    });
    const moved = (await search(world.db, { subject: line.reference, type: 'deadline.moved', limit: 1 }))[0];
    expect(moved?.decision).toMatchObject({ was: '2027-02-15', became: '2027-02-17' });
    const notified: string[] = await world
      .db('reminders as t')
      .join('requests as r', 'r.id', 't.request_id')
      .join('reminder_recipients as c', 'c.reminder_id', 't.id')
      .join('people as p', 'p.id', 'c.person_id')
      .where({ 't.step': 'moved', 't.what': 'decide', 't.due_on': '2027-02-17' })
      .where('r.reference', line.reference)
      .pluck('p.email');
    expect(notified).toEqual(
      expect.arrayContaining(['legal@council.example', 'scrutiny.chair@council.example']),
    );
    const queue = await (await council.as('legal')).get('/api/requests?due=2027-02-16&limit=100');
    expect(queue.body.items.map(({ reference }: { reference: string }) => reference)).not.toContain(
      line.reference,
    );
    expectOk(await change({ periods: { decide: 10 } }));
    expect((await dueOf(line)).due).toBe('2027-02-15');
  });

  test('shows its working with every other, and the receipt with when it went out', async () => {
    const { deadlines } = await dueOf(line, 'scrutiny.chair');
    expect(deadlines.map(({ what }: { what: string }) => what)).toEqual(['acknowledge', 'decide']);
    for (const each of deadlines) expect(each.counted.at(-1)).toBe(each.at);
    expect(deadlines[1].skipped).toContainEqual({ date: '2027-02-06', reason: 'Saturday' });
    expect(deadlines[0].metAt).toBeNull();
  });
});

describe('a bank holiday that is proclaimed', () => {
  test('is shown before it is taken over: which days, and how many deadlines move', async () => {
    const dry = expectOk(await list(published([proclaimed]), '?dryRun=true'));
    expect(dry.body.changes).toEqual([
      { nation: 'england_and_wales', date: proclaimed.date, name: proclaimed.title },
    ]);
    expect(dry.body.moves).toBeGreaterThan(0);
    expect((await dueOf(line)).due).toBe('2027-02-15');
  });

  test('moves the deadlines that it falls into, with the old and the new day and the reason', async () => {
    const taken = expectOk(await list(published([proclaimed])));
    expect(taken.body.changes).toHaveLength(1);
    const { due, deadlines, moves } = await dueOf(line);
    expect(due).toBe('2027-02-16');
    expect(deadlines.at(-1).skipped).toContainEqual({ date: proclaimed.date, reason: proclaimed.title });
    expect(moves.at(-1)).toMatchObject({ was: '2027-02-15', became: '2027-02-16', because: 'calendar' });
    const stored = await world.db('requests').where({ reference: line.reference }).first('due_on');
    expect(stored).toEqual({ due_on: '2027-02-16' });
    const days = await (
      await council.as('legal')
    ).get('/api/working-days?from=2027-02-09T10:00:00%2B00:00&days=1');
    expect(days.body.due).toBe('2027-02-11');
    const again = expectOk(await list(published([proclaimed])));
    expect(again.body).toMatchObject({ changes: [], moves: 0 });
  });

  test('is taken back by a list that has it no more', async () => {
    const back = expectOk(await list(published()));
    expect(back.body.changes).toEqual([{ nation: 'england_and_wales', date: proclaimed.date, name: null }]);
    expect((await dueOf(line)).due).toBe('2027-02-15');
  });

  test('is not taken from a list that cannot be right, and the fault names the nation', async () => {
    const whole = published();
    const short = {
      ...whole,
      scotland: { division: 'scotland', events: eventsOf('scotland', [2027]).slice(0, 2) },
    };
    for (const [body, field] of [
      [{}, 'england-and-wales'],
      [{ ...whole, scotland: undefined }, 'scotland'],
      [{ ...whole, scotland: { events: [{ title: 'A', date: '2027-02-30' }] } }, 'scotland.events.0.date'],
      [{ ...whole, scotland: { events: [{ title: ' ', date: '2027-02-03' }] } }, 'scotland.events.0.title'],
      [short, 'scotland'],
    ] as const) {
      const refused = await list(body);
      expect(refused.status).toBe(422);
      expect(refused.body.errors.map((each: { field: string }) => each.field)).toContain(field);
    }
    expect(await list(short)).toMatchObject(byRule(422, 'holidays'));
    expect(await list(whole, '', 'legal')).toMatchObject({ status: 403 });
  });

  test('of another nation counts once that is the council’s', async () => {
    const saved = expectOk(await change({ nation: 'scotland' }));
    expect(saved.body.nation).toBe('scotland');
    const days = async () =>
      (await (await council.as('legal')).get('/api/working-days?from=2026-11-27T10:00:00%2B00:00&days=1'))
        .body.due;
    expect(await days()).toBe('2026-12-01');
    expectOk(await change({ nation: 'england_and_wales' }));
    expect(await days()).toBe('2026-11-30');
  });
});
