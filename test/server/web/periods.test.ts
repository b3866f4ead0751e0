/** A council changes every period that it may set: pages, the API and mail state the new ones, and none of the old. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { calendarOf } from '../../../policies/settings/bank-holidays.js';
import { observationTypeKeys } from '../../../policies/core/observation-types.js';
import { limitsOf, periodKeys } from '../../../policies/settings/settings-keeping.js';
import { countWorkingDays } from '../../../policies/core/time/working-days.js';
import { paths } from '../../../server/web/paths.js';
import { inDays } from '../../../policies/core/words/in-days.js';
import { readable } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { expectOk, type Line, reason } from '../../support/line.js';
import { readersOf } from '../../support/officers.js';
import { lineAt } from '../../support/people.js';
import { readyToVisit } from '../../support/visiting.js';
import { granted } from '../../support/granted.js';

const council = useCouncil();
/** A Monday in term, no holiday near. */
const monday = '2027-02-01';
council.clock = atLondonTime(monday, '09:00');
const as = readersOf(council);

/** Working days; each number is of one period alone, and of no default. */
const periods = {
  acknowledge: 3,
  decide: 31,
  askForReview: 33,
  review: 35,
  attendanceRecord: 4,
  answerQuestion: 37,
  frozen: 5,
  answerReturned: 39,
  settleConflict: 6,
};
const types = {
  assessment_team: { maxHours: 3 },
  child_in_need_team: { maxHours: 1 },
  safeguarding_unit: { maxHours: 5 },
  initial_child_protection_conference: { familyNoticeDays: 7 },
  childs_journey: { maxWindowMonths: 2, maxMonthsInAll: 5 },
};
const longest = { from: monday, to: '2027-03-31' };

/** How the defaults were stated, in digits and in words. */
const ofDefaults = new RegExp(
  [
    '(?<!\\d)(?:10|20|1|2|ten|twenty|one|two) working days?',
    '(?:Stage|stage) (?:of|lasts) (?:3|three) months|(?:6|six) months (?:in all|from)|journey (?:6|six) months',
    '[Hh]alf a day|(?<!\\d)4 hours',
  ].join('|'),
  'u',
);
const endOf = (days: number, from = council.clock): string =>
  inDays(countWorkingDays(calendarOf('england_and_wales'), from, days).due);

const page = async (account: string, path: string): Promise<string> => {
  const { status, text } = await (await as(account)).open(path);
  expect([path, status]).toEqual([path, 200]);
  expect([path, ofDefaults.exec(text)?.[0]]).toEqual([path, undefined]);
  return text;
};

const mail = async (line: Line, kind: string): Promise<string> => {
  const [row] = await council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.kind': kind, 'm.reference': line.reference })
    .select('m.to_person as person');
  const { html } = await (await as('scrutiny.chair')).open(`${paths.mailbox}?person=${row.person}`);
  // Mail gives the day of the week as well.
  return readable(html).replaceAll(/\b[A-Z][a-z]+day (?=\d)/g, '');
};

beforeAll(async () => {
  const keeper = await council.as('democratic.services');
  expectOk(await keeper.patch('/api/settings', { revision: 0, periods, types }));
}, 60_000);

test('every period and every limit that a council may set has another number here', () => {
  expect(Object.keys(periods).toSorted()).toEqual([...periodKeys].toSorted());
  const limited = observationTypeKeys.filter((key) => limitsOf(key).length > 0);
  expect(Object.keys(types).toSorted()).toEqual([...limited].toSorted());
  for (const key of limited)
    expect(Object.keys((types as Record<string, object>)[key] ?? {})).toEqual([...limitsOf(key)]);
});

test('GET /api/observation-types states the limits and the rules that hold', async () => {
  const { body } = await (await council.as('scrutiny.chair')).get('/api/observation-types');
  const words = Object.fromEntries(
    (body.items as { key: string; limit: string; rules: string[] }[]).map(({ key, limit, rules }) => [
      key,
      [limit, ...rules].join(' | '),
    ]),
  );
  expect(words).toMatchObject({
    assessment_team: expect.stringContaining('3 hours |'),
    child_in_need_team: expect.stringContaining('1 hour |'),
    safeguarding_unit: expect.stringContaining('5 hours |'),
    initial_child_protection_conference: expect.stringContaining(
      'The family is asked at least 7 working days before.',
    ),
    childs_journey: expect.stringContaining('A stage of 2 months at most, 5 months in all'),
  });
  expect(ofDefaults.exec(JSON.stringify(words))?.[0]).toBeUndefined();
});

describe('the pages', () => {
  test('of a request that is asked for state the limits of the types', async () => {
    const line = await lineAt(council, 'draft', { changes: { observationType: 'childs_journey' } });
    const choices = await page('scrutiny.chair', paths.ask(line.reference, 'type'));
    for (const words of [
      'Limit: 3 hours.',
      'Limit: 1 hour.',
      '7 working days before',
      '2 months at most, 5 months',
    ])
      expect(choices).toContain(words);
    expect(await page('scrutiny.chair', paths.ask(line.reference, 'window'))).toContain(
      'stage of 2 months at most',
    );
    const client = await council.as('scrutiny.chair');
    const late = { version: 1, window: { ...longest, to: addDays(longest.to, 1) } };
    expectOk(await client.patch(line.path, late));
    const refused = await client.post(`${line.path}/submit`, { version: line.version + 1 });
    expect(refused.body.errors).toContainEqual({
      field: 'window.to',
      message: 'A stage lasts 2 months at most.',
    });
    for (const step of ['role', 'authority', 'necessity', 'alternatives', 'declarations'])
      await page('scrutiny.chair', paths.ask(line.reference, step));
    await page('scrutiny.chair', paths.check(line.reference));
  });

  test('of a request that is assessed and returned state the time to answer, and so does the mail', async () => {
    const line = await lineAt(council, 'submitted');
    const shown = await page('democratic.services', paths.request(line.reference));
    for (const days of [periods.acknowledge, periods.decide]) expect(shown).toContain(endOf(days));
    await page('legal', paths.test(line.reference));
    expect(await page('legal', paths.return(line.reference))).toContain('within 39 working days');
    const legal = await council.as('legal');
    expectOk(await legal.post(`${line.path}/return`, { version: 1, questions: 'Which meeting is meant?' }));
    expect(await page('scrutiny.chair', paths.request(line.reference))).toContain(
      endOf(periods.answerReturned),
    );
    expect(await mail(line, 'request_returned')).toContain(
      `Answer by the end of ${endOf(periods.answerReturned)}`,
    );
  });

  test('of a decision and its review state the time to ask and to decide, and so does the mail', async () => {
    const line = await lineAt(council, 'ready');
    expect(await page('legal', paths.decide(line.reference))).toContain(
      'ask for a review within 33 working days',
    );
    expectOk(await line.decide('refuse'));
    const last = endOf(periods.askForReview);
    expect(await page('scrutiny.chair', paths.notice(line.reference))).toContain(last);
    expect(await mail(line, 'request_decided')).toContain(`until the end of ${last}`);
    const asking = await page('scrutiny.chair', paths.review(line.reference));
    expect(asking).toContain(last);
    expect(asking).toContain('decides within 35 working days');
    const client = await council.as('scrutiny.chair');
    expectOk(await client.post(`${line.path}/review`, { reasons: reason }));
    expect(await page('monitoring.officer', paths.request(line.reference))).toContain(endOf(periods.review));
    expect(await mail(line, 'review_asked')).toContain(`by the end of ${endOf(periods.review)}`);
  });

  test('of a visit that is planned state how long it may be, and how early the family is asked', async () => {
    const plan = async (observationType: 'assessment_team' | 'initial_child_protection_conference') => {
      const grant = await granted(council, { changes: { observationType, window: longest } });
      return { grant, text: await page('host', paths.planVisit(grant.id)) };
    };
    const team = await plan('assessment_team');
    expect(team.text).toContain('At most 3 hours later');
    const conference = await plan('initial_child_protection_conference');
    expect(conference.text).toContain('The family is asked at least 7 working days before.');
    const host = await council.as('host');
    const visit = { date: addDays(monday, 2), from: '10:00', to: '12:00' };
    const soon = await host.post(`${conference.grant.path}/visits`, visit);
    expect(soon.body.errors).toContainEqual({
      field: 'date',
      message: 'The family is asked at least 7 working days before: choose a later day.',
    });
    const long = await host.post(`${team.grant.path}/visits`, { ...visit, to: '14:00' });
    expect(long.body.errors).toContainEqual({
      field: 'to',
      message: 'A visit of this type lasts 3 hours at most.',
    });
  });

  test('of an incident state the time to release or end what it froze', async () => {
    const { line } = await granted(council, {
      author: 'scrutiny.member',
      changes: { observationType: 'core_group', window: longest },
    });
    const host = await council.as('host');
    const { body } = expectOk(
      await host.post('/api/incidents', {
        what: 'outside_scope',
        causedBy: 'councillor',
        text: 'It went beyond what was approved.',
        happenedAt: new Date(council.clock.getTime() - 3_600_000).toISOString(),
        reference: line.reference,
      }),
    );
    expect(await page('data.protection', paths.incident(body.id))).toContain(endOf(periods.frozen));
  });

  test('of a further stage state how long it and the whole journey may be', async () => {
    const { line } = await granted(council, {
      changes: { observationType: 'childs_journey', window: longest },
    });
    const text = await page('scrutiny.chair', paths.furtherStage(line.reference));
    expect(text).toContain('A stage lasts 2 months at most.');
    expect(text).toContain('The whole journey lasts 5 months at most, from its first day.');
  });

  test('of the settings state each number with its unit, and what is usual beside it', async () => {
    const { text } = await (await as('democratic.services')).open(paths.settings);
    for (const days of Object.values(periods)) expect(text).toContain(`${days} working days`);
  });

  test('that close a visit state the time to record it and to answer what the councillor asks', async () => {
    const walk = await readyToVisit(council, { date: addDays(monday, 1), window: longest });
    walk.at('13:00');
    const { body } = await walk.read('host');
    expect(JSON.stringify(body)).toContain(
      countWorkingDays(calendarOf('england_and_wales'), walk.council.clock, periods.attendanceRecord).due,
    );
    expectOk(await walk.attended());
    const chair = readersOf(council);
    const { text } = await (await chair('scrutiny.chair')).open(paths.putQuestion(walk.id));
    expect(text).toContain('They answer within 37 working days');
    expect(ofDefaults.exec(text)?.[0]).toBeUndefined();
  });
});
