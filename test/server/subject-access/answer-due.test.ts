/** The month of a subject access request (UK GDPR, Article 12(3)): Data Protection are reminded, and a missed day escalates. */
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { atLondonTime } from '../../../policies/core/time/london.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { Access, secondOfDataProtection } from '../../support/access.js';
import { useCouncil } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { signInAgain } from '../../support/people.js';

const council = useCouncil();
// A Monday; the month is over on Monday 1 March.
const begin = atLondonTime('2027-02-01', '09:00');
council.clock = begin;
const log = pino({ level: 'silent' });
const run = () => jobRunner({ db: council.world.db, now: () => council.clock, log })('access_requests');

const recorded = async (): Promise<Access> => {
  council.clock = begin;
  const { councillorId } = await council.as('coopted.member');
  return Access.recorded(council, councillorId, '2027-02-01');
};
const saidOf = async ({ id }: Access): Promise<string[]> => {
  const { rows } = await council.world.db.raw<{ rows: { says: string }[] }>(
    `select t.step || ' ' || t.due_on || ' ' || string_agg(split_part(p.email, '@', 1), ' ' order by p.email collate "C") as says
       from reminders t join reminder_recipients c on c.reminder_id = t.id join people p on p.id = c.person_id
       where t.key like ? group by t.id order by t.fell_due_at, t.seq`,
    [`answer_access:access-requests:${id}:%`],
  );
  return rows.map(({ says }) => says);
};
const walk = async (...moments: readonly (readonly [string, string])[]): Promise<void> => {
  for (const [date, time] of moments) {
    council.clock = atLondonTime(date, time);
    await run();
    await run();
  }
};

test('Data Protection are reminded twice, their head hears that it is missed, and the Monitoring Officer that it is missed still', async () => {
  const access = await recorded();
  await walk(
    ['2027-02-25', '07:59'],
    ['2027-02-25', '08:00'],
    ['2027-02-26', '08:00'],
    ['2027-03-01', '23:59'],
    ['2027-03-02', '00:00'],
    ['2027-03-03', '00:00'],
  );
  expect(await saidOf(access)).toEqual([
    'two_days 2027-03-01 data.protection',
    'one_day 2027-03-01 data.protection',
    'missed 2027-03-01 data.protection',
    'still_missed 2027-03-01 monitoring.officer',
  ]);
}, 120_000);

test('of one that was extended they hear by its further months, and of a released one nothing', async () => {
  await secondOfDataProtection(council);
  const [extended, released] = [await recorded(), await recorded()];
  await signInAgain(council, 'data.protection', 'auditor');
  expectOk(await extended.post('extend', { reasons: 'It covers many years.' }));
  await released.markAll();
  await released.released('auditor');
  await walk(
    ['2027-02-26', '08:00'],
    ['2027-03-03', '00:00'],
    ['2027-04-30', '08:00'],
    ['2027-05-05', '00:00'],
  );
  expect(await saidOf(extended)).toEqual([
    'one_day 2027-05-04 auditor data.protection',
    'missed 2027-05-04 data.protection',
  ]);
  expect(await saidOf(released)).toEqual([]);
}, 120_000);
