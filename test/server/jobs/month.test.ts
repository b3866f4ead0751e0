/**
 * A month goes by, and nobody does anything. What the clock then brings about is held against a reckoning of its own:
 * every reminder, escalation, withdrawal and lapse exactly once, none before its moment and none after it, with two
 * nodes at every job together. In short it is eleven days and some thirty requests; at length a month and five hundred.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createCourier } from '../../../emails/courier/courier.js';
import { mailboxTransport } from '../../../emails/courier/transport.js';
import { addDays, atLondonTime, startOfLondonDay } from '../../../policies/core/time/london.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { jobNames } from '../../../policies/operations/jobs.js';
import { noticesOf } from '../../../server/web/notices.js';
import { returnRequest } from '../../../server/request/return-request.js';
import { useCouncil } from '../../support/council.js';
import { granted, plannedVisit } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { isLong } from '../../support/long.js';
import { behindTheApi, brought, copiesOf, ctxFor, lineAt, personId } from '../../support/people.js';

const council = useCouncil();
/** Easter is at the end of this month, and the clocks go forward in it. */
const begin = '2027-03-01';
const days = isLong ? 31 : 11;
const copies = isLong ? 26 : 2;
council.clock = atLondonTime(begin, '12:00');

// The other reckoning: in whole days, with the holidays of that spring by name.
const holidays = ['2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31'];
const isWorking = (date: string): boolean =>
  ![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay()) && !holidays.includes(date);
const step = (date: string, by: 1 | -1): string => {
  let day = addDays(date, by);
  while (!isWorking(day)) day = addDays(day, by);
  return day;
};
const worked = (date: string, count: number): string => {
  let day = date;
  for (let left = Math.abs(count); left > 0; left -= 1) day = step(day, count < 0 ? -1 : 1);
  return day;
};
/** Day 0 of what came in on that day, by that time of day. */
const zeroOf = (date: string, time: string): string =>
  isWorking(date) && time <= '17:00' ? date : step(date, 1);

const expected: string[] = [];
const last = addDays(begin, days - 1);
const said = (reference: string, what: string, name: string, due: string, at: Date): void => {
  if (at > council.clock && at <= atLondonTime(last, '16:00'))
    expected.push(`${reference} ${what} ${name} ${due} ${at.toISOString()}`);
};
const morningOf = (date: string): Date => atLondonTime(date, '08:00');
const after = (date: string): Date => startOfLondonDay(addDays(date, 1));
const remindedAndMissed = (reference: string, what: string, due: string, isEscalated: boolean): void => {
  said(reference, what, 'two_days', due, morningOf(worked(due, -2)));
  said(reference, what, 'one_day', due, morningOf(worked(due, -1)));
  if (!isEscalated) return;
  said(reference, what, 'missed', due, after(due));
  said(reference, what, 'still_missed', due, after(worked(due, 1)));
};

/** When requests came in: on the days before, early and late, on a Saturday too. */
const arrivals = [
  '2027-02-19',
  '2027-02-20',
  '2027-02-23',
  ...(isLong ? ['2027-02-18', '2027-02-22', '2027-02-24', '2027-02-25'] : []),
];
const times = ['10:00', '17:30'];
const withdrawals = new Map<string, string>();
const lapses = new Map<string, string>();

const submittedOnes = async (stage: 'submitted' | 'ready', date: string, time: string): Promise<string[]> => {
  const at = atLondonTime(date, time);
  const { reference } = await brought(council.world.db, stage, { now: () => at });
  return [reference, ...(await copiesOf(council.world.db, reference, copies))];
};

beforeAll(async () => {
  const { db } = council.world;
  for (const date of arrivals) {
    for (const time of times) {
      for (const reference of await submittedOnes(time === '10:00' ? 'submitted' : 'ready', date, time)) {
        remindedAndMissed(reference, 'decide', worked(zeroOf(date, time), 10), true);
      }
    }
  }
  // Returned with questions, which nobody answers.
  const ds = await personId(db, 'democratic.services');
  for (const [date, time] of [
    ['2027-02-09', '11:00'],
    ['2027-02-12', '18:00'],
    ['2027-02-16', '09:00'],
    ['2027-02-27', '10:00'],
  ] as const) {
    const at = atLondonTime(date, time);
    for (const reference of await submittedOnes('submitted', addDays(date, -1), '09:00')) {
      await returnRequest(await ctxFor(db, ds, () => at), reference, 1, 'Which committee is it for?');
      const due = worked(zeroOf(date, time), 20);
      remindedAndMissed(reference, 'answer_returned', due, false);
      withdrawals.set(reference, after(due).toISOString());
    }
  }
  // Refused: a review may be asked for.
  const now = council.clock;
  for (const date of ['2027-02-22', '2027-02-25']) {
    council.clock = atLondonTime(date, '10:00');
    const line = await lineAt(council, 'ready');
    expectOk(await line.decide('refuse', { grounds: ['no_remit_link'] }));
    council.clock = now;
    remindedAndMissed(line.reference, 'ask_for_review', worked(date, 10), false);
  }
  // Approved: a visit that nobody checks or records, and a window that ends.
  for (const [visit, end] of [
    ['2027-03-05', '2027-03-08'],
    ['2027-03-10', '2027-03-12'],
    ['2027-03-24', '2027-03-27'],
    ['2027-03-30', '2027-03-31'],
  ] as const) {
    const grant = await granted(council, { changes: { window: { from: begin, to: end } } });
    const { reference } = grant.line;
    const by = await personId(db, 'host');
    await behindTheApi(db, (trx) => plannedVisit(trx, grant.id, { date: visit, at: now, by }));
    const checked = worked(visit, -1);
    said(reference, 'check_connection', 'one_day', checked, morningOf(worked(checked, -1)));
    said(reference, 'check_connection', 'due_today', checked, morningOf(checked));
    const recorded = worked(visit, 2);
    said(reference, 'attendance_record', 'one_day', recorded, morningOf(worked(recorded, -1)));
    said(reference, 'attendance_record', 'due_today', recorded, morningOf(recorded));
    said(reference, 'attendance_record', 'missed', recorded, after(recorded));
    said(reference, 'attendance_record', 'still_missed', recorded, after(worked(recorded, 1)));
    lapses.set(grant.id, after(end).toISOString());
  }
}, 240_000);

test('a month of the clock: each thing once, at its moment, on two nodes', async () => {
  const { db } = council.world;
  const now = () => council.clock;
  const log = pino({ level: 'silent' });
  const courier = createCourier({
    db,
    now,
    log,
    render: noticesOf({
      baseUrl: new URL('http://127.0.0.1:3000'),
      councilName: 'Test Council',
      sessionSecret: 'a secret of the test',
    }),
    transport: mailboxTransport(),
    from: 'need-to-know@council.example',
  });
  await courier.deliver();
  const nodes = [jobRunner({ db, now, log }), jobRunner({ db: council.world.open(), now, log })];
  const ours = [...expected];
  for (let date = begin; date <= last; date = addDays(date, 1)) {
    for (const time of isLong ? ['00:00', '04:00', '08:00', '12:00', '16:00', '20:00'] : ['00:00', '08:00']) {
      const at = atLondonTime(date, time);
      if (at <= council.clock || at > atLondonTime(last, '16:00')) continue;
      council.clock = at;
      for (const name of jobNames) await Promise.all(nodes.map((run) => run(name)));
      await courier.deliver();
    }
  }

  const references = new Set([...ours.map((line) => line.split(' ')[0] ?? ''), ...withdrawals.keys()]);
  const rows: {
    reference: string;
    what: string;
    step: string;
    due: string;
    fell: Date;
    recorded: Date;
  }[] = await db('reminders as t')
    .join('requests as r', 'r.id', 't.request_id')
    .select(
      'r.reference',
      't.what',
      't.step',
      't.due_on as due',
      't.fell_due_at as fell',
      't.recorded_at as recorded',
    );
  const found = rows
    .filter(({ reference, what }) => references.has(reference) && what !== 'acknowledge')
    .map(
      ({ reference, what, step: name, due, fell }) =>
        `${reference} ${what} ${name} ${due} ${fell.toISOString()}`,
    );
  expect(found.toSorted()).toEqual(ours.toSorted());
  expect(ours.length).toBeGreaterThan(isLong ? 1_000 : 40);
  expect(
    rows.filter(({ fell, recorded, reference }) => references.has(reference) && recorded > fell),
  ).toEqual([]);

  // Each is on the trail once, and in one message for each person it was meant for.
  const entries: { type: string; n: number }[] = await db('audit.entries')
    .whereIn('type', ['deadline.reminded', 'deadline.missed'])
    .groupBy('type')
    .select('type', db.raw('count(*)::int as n'));
  const all: { n: number }[] = await db('reminders')
    .whereNotIn('what', ['checkpoint'])
    .select(db.raw('count(*)::int as n'));
  expect(entries.reduce((sum, { n }) => sum + n, 0)).toBe(all[0]?.n);
  const loose: { n: number }[] = await db('reminder_recipients as c')
    .leftJoin('messages as m', 'm.id', 'c.message_id')
    .whereRaw('c.gathered_at is null or m.sent_at is null')
    .select(db.raw('count(*)::int as n'));
  expect(loose[0]?.n).toBe(0);
  const flood: unknown[] = await db('messages')
    .where({ kind: 'digest' })
    .groupBy('to_person', 'created_at')
    .havingRaw('count(*) > 1')
    .select('to_person');
  expect(flood).toEqual([]);

  const closed = ([...withdrawals] as const).filter(([, at]) => at <= council.clock.toISOString());
  expect(closed.length).toBeGreaterThanOrEqual(isLong ? 40 : 1);
  const withdrawn: { reference: string; at: Date }[] = await db('requests')
    .where({ status: 'withdrawn' })
    .whereIn('reference', [...withdrawals.keys()])
    .select('reference', 'withdrawn_at as at');
  expect(withdrawn.map(({ reference, at }) => `${reference} ${at.toISOString()}`).toSorted()).toEqual(
    closed.map(([reference, at]) => `${reference} ${at}`).toSorted(),
  );
  const ended: { id: string; at: Date }[] = await db('grants')
    .whereIn('id', [...lapses.keys()])
    .whereNotNull('ended_at')
    .select('id', 'ended_at as at');
  const over = [...lapses].filter(([, at]) => at <= council.clock.toISOString());
  expect(ended.map(({ id, at }) => `${id} ${at.toISOString()}`).toSorted()).toEqual(
    over.map(([id, at]) => `${id} ${at}`).toSorted(),
  );
  for (const type of ['grant.lapsed', 'request.withdrawn']) {
    const doubled: unknown[] = await db('audit.entries as e')
      .join('audit.secret as s', 's.entry_id', 'e.id')
      .where({ 'e.type': type, 's.field': 'subject' })
      .groupBy('s.value')
      .havingRaw('count(*) > 1')
      .select('s.value');
    expect({ type, doubled }).toEqual({ type, doubled: [] });
  }
}, 900_000);
