/** A contested conflict is to be settled in time: who settles it is reminded, and a missed day escalates. */
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { atLondonTime } from '../../../policies/core/time/london.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { conflictOf } from '../../support/conflicts.js';
import { useCouncil, type Account } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';

const council = useCouncil();
// A Monday.
const begin = atLondonTime('2027-02-01', '09:00');
council.clock = begin;
const log = pino({ level: 'silent' });
const run = () => jobRunner({ db: council.world.db, now: () => council.clock, log })('conflicts');

const contested = async (person: Account): Promise<string> => {
  council.clock = begin;
  const line = await Line.submitted(council);
  const keeper = await council.as('democratic.services');
  const about = conflictOf(person, 'complaint', { reference: line.reference });
  const { id } = expectOk(await keeper.post('/api/conflicts', about)).body;
  const own = await council.as(person);
  expectOk(await own.post(`/api/conflicts/${id}/contest`, { reasons: 'It was of another person.' }));
  return id as string;
};
const saidOf = async (id: string): Promise<string[]> => {
  const { rows } = await council.world.db.raw<{ rows: { says: string }[] }>(
    `select t.step || ' ' || t.due_on || ' ' || string_agg(split_part(p.email, '@', 1), ' ' order by p.email collate "C") as says
       from reminders t join reminder_recipients c on c.reminder_id = t.id join people p on p.id = c.person_id
       where t.key like ? group by t.id order by t.fell_due_at, t.seq`,
    [`settle_conflict:conflicts:${id}:%`],
  );
  return rows.map(({ says }) => says);
};
const walk = async (): Promise<void> => {
  for (const [date, time] of [
    ['2027-02-02', '07:59'],
    ['2027-02-02', '08:00'],
    ['2027-02-03', '23:59'],
    ['2027-02-04', '00:00'],
    ['2027-02-05', '00:00'],
  ] as const) {
    council.clock = atLondonTime(date, time);
    await run();
    await run();
  }
};

test('the Monitoring Officer is reminded the day before, and hears when it is missed and missed still', async () => {
  const id = await contested('legal');
  await walk();
  expect(await saidOf(id)).toEqual([
    'one_day 2027-02-03 monitoring.officer',
    'missed 2027-02-03 monitoring.officer',
    'still_missed 2027-02-03 monitoring.officer',
  ]);
}, 120_000);

test('of one against the Monitoring Officer Democratic Services hear, and their head when it is missed', async () => {
  const id = await contested('monitoring.officer');
  await walk();
  const all = 'democratic.services.second democratic.services two.offices';
  expect(await saidOf(id)).toEqual([
    `one_day 2027-02-03 ${all}`,
    'missed 2027-02-03 democratic.services',
    'still_missed 2027-02-03 democratic.services',
  ]);
}, 120_000);

test('of one that was settled or ended nothing is said', async () => {
  const [settled, ended] = [await contested('legal'), await contested('legal.second')];
  const officer = await council.as('monitoring.officer');
  const why = { reasons: 'The complaint was of another person.' };
  expectOk(await officer.post(`/api/conflicts/${settled}/settle`, { outcome: 'upheld', ...why }));
  expectOk(await officer.post(`/api/conflicts/${ended}/end`, why));
  await walk();
  expect([await saidOf(settled), await saidOf(ended)]).toEqual([[], []]);
}, 120_000);
