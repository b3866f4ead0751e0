/**
 * Lapses (need-to-know.md, section 6): access is gone the moment a limit is over, even if nothing has run; the job
 * stores the end as of that moment, once, and notifies councillor and host once.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { changeRegister } from '../../../db/register/register-history.js';
import { findGrant, openRecordsAmong } from '../../../db/grant/grants.js';
import { lapsing } from '../../../db/grant/lapsing.js';
import { defeatLapsesAfterDays } from '../../../policies/register/defeat.js';
import { access, longestGrantMonths } from '../../../policies/grant/access.js';
import { lapseOf } from '../../../policies/grant/grant-record.js';
import {
  addDays,
  addMonths,
  atLondonTime,
  londonDate,
  startOfLondonDay,
} from '../../../policies/core/time/london.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import { settleLapses } from '../../../server/jobs/lapses.js';
import { useCouncil } from '../../support/council.js';
import * as histories from '../../support/histories.js';
import { isLong } from '../../support/long.js';
import { granted, plannedVisit, type Granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { behindTheApi, ctxFor, personId, stepsOf } from '../../support/people.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });

const start = atLondonTime(londonDate(new Date()), '09:00');
council.clock = start;
const today = londonDate(start);
const window = { from: today, to: addDays(today, 30) };

const settle = (db: Knex = council.world.db) =>
  settleLapses({ db, now: () => council.clock, log, settings: defaultSettings });
const rowOf = async ({ id }: Granted) =>
  foundRow(
    council.world.db('grants').where({ id }).first('ended_at', 'ended_because', 'end_reasons', 'ended_by'),
  );
const statusOf = async ({ id }: Granted): Promise<string> => {
  const { db } = council.world;
  const ctx = await ctxFor(db, await personId(db, 'legal'), () => council.clock);
  return access(await findGrant(db, ctx.ability, id, council.clock), council.clock).status;
};
const lapsed = async ({ line }: Granted) =>
  (await stepsOf(council.world.db, line.reference)).filter(({ type }) => type === 'grant.lapsed');
const notified = async ({ line }: Granted) =>
  council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.reference': line.reference, 'm.kind': 'grant_ended' })
    .orderBy('p.email')
    .pluck<string[]>('p.email');
/** Changes what the register holds about the councillor of a grant, at that moment. */
const register = async (
  { line }: Granted,
  at: Date,
  change: (trx: Knex.Transaction, councillorId: string) => Knex.QueryBuilder,
) =>
  behindTheApi(council.world.owner, async (trx) => {
    const { councillor_id: id } = await foundRow(
      trx('requests').where({ reference: line.reference }).first('councillor_id'),
    );
    await changeRegister(trx, id, at, [change(trx, id)]);
  });

let grant: Granted;
let other: Granted;

beforeAll(async () => {
  // What the demonstration has in stock lapses in its own time: first, so that only ours is counted.
  council.clock = new Date(start.getTime() + 365 * 86_400_000);
  await settle();
  council.clock = start;
}, 60_000);

beforeEach(async () => {
  council.clock = start;
  grant = await granted(council, { changes: { window } });
  other = await granted(council, { author: 'scrutiny.member', changes: { window } });
});
afterEach(async () => {
  // The register is as it was for the next one; what lapsed stays so.
  council.clock = start;
  for (const each of [grant, other]) {
    const row = await rowOf(each);
    if (row.ended_at === null)
      await (await council.as('legal')).post(`${each.path}/revoke`, { reasons: 'Over.' });
  }
});

/** Before the moment nothing has lapsed; from it on access is gone at once, and the job stores that moment. */
const expectLapse = async (moment: Date, limit: string) => {
  council.clock = new Date(moment.getTime() - 1);
  expect(await statusOf(grant)).not.toBe('lapsed');
  await settle();
  expect((await rowOf(grant)).ended_at).toBeNull();

  // Found only days afterwards, it is dated when it was due.
  council.clock = new Date(moment.getTime() + 2 * 86_400_000);
  expect(await statusOf(grant)).toBe('lapsed');
  expect((await rowOf(grant)).ended_at).toBeNull();
  await settle();
  const row = await rowOf(grant);
  expect(row).toEqual({ ended_at: moment, ended_because: 'lapsed', end_reasons: null, ended_by: null });
  expect(await lapsed(grant)).toEqual([
    { type: 'grant.lapsed', decision: { limit, since: moment.toISOString(), visits: expect.any(Number) } },
  ]);
  const mails = await notified(grant);
  expect(mails).toEqual(['host@council.example', 'scrutiny.chair@council.example']);

  expect(await settle()).toBe(0);
  expect([await rowOf(grant), await lapsed(grant), await notified(grant)]).toEqual([
    row,
    expect.any(Array),
    mails,
  ]);
  expect(await lapsed(grant)).toHaveLength(1);
};
const dayAfter = (date: string) => startOfLondonDay(addDays(date, 1));

describe('a grant lapses', () => {
  test('with its window, and the visits to come end with it, not the one that still is to be recorded', async () => {
    const by = await personId(council.world.db, 'host');
    let visits: string[] = [];
    await behindTheApi(council.world.db, async (trx) => {
      const plan = (date: string) => plannedVisit(trx, grant.id, { date, at: start, by });
      visits = [await plan(window.to), await plan(addDays(window.to, 1))];
    });
    await expectLapse(dayAfter(window.to), 'window');
    const ended = await council.world
      .db('visits')
      .whereIn('id', visits)
      .orderBy('seq')
      .pluck('ended_because');
    expect(ended).toEqual([null, 'grant_ended']);
    // The other one’s window was the same.
    expect((await rowOf(other)).ended_because).toBe('lapsed');
  });

  test('after three months', async () => {
    const long = { from: today, to: addMonths(today, 5) };
    await council.world.owner.raw('alter table public.grants disable trigger user');
    await council.world.owner('grants').where({ id: grant.id }).update({ window_to: long.to });
    await council.world.owner.raw('alter table public.grants enable always trigger grants_leaves_a_trace');
    await council.world.owner.raw('alter table public.grants enable trigger user');
    await expectLapse(startOfLondonDay(addMonths(today, 3)), 'three_months');
  });

  test('with the term', async () => {
    const last = addDays(today, 10);
    await register(grant, start, (trx, id) => trx('councillors').where({ id }).update({ term_to: last }));
    await expectLapse(dayAfter(last), 'term');
    expect((await rowOf(other)).ended_at).toBeNull();
    await register(grant, start, (trx, id) =>
      trx('councillors')
        .where({ id })
        .update({ term_to: addMonths(today, 30) }),
    );
  });

  test('with the appointment, and a new one revives nothing', async () => {
    const last = addDays(today, 12);
    await register(grant, start, (trx, id) =>
      trx('appointments').where({ councillor_id: id }).update({ to_date: last }),
    );
    await register(grant, new Date(dayAfter(last).getTime() + 3_600_000), (trx, id) =>
      trx('appointments')
        .where({ councillor_id: id })
        .update({ to_date: addMonths(today, 20) }),
    );
    await expectLapse(dayAfter(last), 'appointment');
  });

  test('with the training', async () => {
    const last = addDays(today, 5);
    await register(grant, start, (trx, id) =>
      trx('training').where({ councillor_id: id, kind: 'safeguarding' }).update({ expires: last }),
    );
    await expectLapse(dayAfter(last), 'training');
    await register(grant, start, (trx, id) =>
      trx('training')
        .where({ councillor_id: id, kind: 'safeguarding' })
        .update({ expires: addMonths(today, 30) }),
    );
  });

  test('on the fourth day after the poll, after the freeze since the result; if it was also frozen otherwise, the councillor gets one notice', async () => {
    const declared = new Date(start.getTime() + 3 * 86_400_000);
    const poll = londonDate(declared);
    await register(grant, declared, (trx, id) =>
      trx('councillors').where({ id }).update({ defeat_poll: poll, defeat_declared_at: declared }),
    );
    council.clock = new Date(declared.getTime() + 1);
    expect(await statusOf(grant)).toBe('frozen');
    council.clock = start;
    expectOk(
      await (
        await council.as('legal')
      ).post('/api/incidents', {
        what: 'outside_scope',
        causedBy: 'councillor',
        text: 'The councillor spoke to the family afterwards.',
        happenedAt: start.toISOString(),
        grant: grant.id,
      }),
    );
    const moment = startOfLondonDay(addDays(poll, 4));
    council.clock = new Date(moment.getTime() - 1);
    expect(await statusOf(grant)).toBe('frozen');
    council.clock = moment;
    expect(await statusOf(grant)).toBe('lapsed');
    expect(await settle()).toBe(1);
    expect(await rowOf(grant)).toMatchObject({ ended_at: moment, ended_because: 'lapsed' });
    const mails = await notified(grant);
    expect(mails.filter((email) => email.startsWith('scrutiny.chair'))).toHaveLength(1);
    expect(await settle()).toBe(0);
    await register(grant, start, (trx, id) =>
      trx('councillors').where({ id }).update({ defeat_poll: null, defeat_declared_at: null }),
    );
  });
});

describe('a candidate', () => {
  const candidates = (db: Knex, at: Date) =>
    lapsing(db, {
      today: londonDate(at),
      longestMonths: longestGrantMonths,
      defeatDays: defeatLapsesAfterDays,
      after: null,
      limit: 1000,
    });

  test('is not a grant whose training was renewed in time, but each whose training ran out first', async () => {
    const last = addDays(today, 5);
    const renewed = (id: string) => ({
      councillor_id: id,
      kind: 'safeguarding',
      completed: today,
      expires: addMonths(today, 30),
    });
    const expires = async (each: Granted) =>
      register(each, start, (trx, id) =>
        trx('training').where({ councillor_id: id, kind: 'safeguarding' }).update({ expires: last }),
      );
    const dayLater = (date: string) => atLondonTime(addDays(date, 1), '09:00');
    await expires(grant);
    await expires(other);
    // One on the last day that it lasts, the other the day after; both have expired training on record.
    await register(grant, atLondonTime(last, '17:00'), (trx, id) => trx('training').insert(renewed(id)));
    await register(other, dayLater(last), (trx, id) => trx('training').insert(renewed(id)));
    for (const at of [dayLater(last), dayLater(addDays(last, 3))]) {
      const found = await candidates(council.world.db, at);
      expect([found.includes(grant.id), found.includes(other.id)]).toEqual([false, true]);
    }
    council.clock = dayLater(last);
    expect(await settle()).toBe(1);
    expect(await rowOf(other)).toMatchObject({ ended_at: dayAfter(last), ended_because: 'lapsed' });
  });

  test('is each grant that lapsed by the register, and no other, over random histories', async () => {
    const { owner } = council.world;
    const seen = { lapsed: 0, stands: 0 };
    const rollback = new Error('Nothing of this stays.');
    const tried = owner.transaction(async (trx) => {
      for (const table of ['grants', 'register_history'])
        await trx.raw('alter table public.?? disable trigger user', [table]);
      const { id } = grant;
      const { from, to } = histories.window;
      await trx('grants')
        .where({ id })
        .update({ window_from: from, window_to: to, made_at: histories.madeAt });
      const [first] = await openRecordsAmong(trx, [id]);
      if (!first?.appointmentId) throw new Error('The grant relies on an appointment.');
      const sample = fc.sample(fc.tuple(histories.history, histories.moment), isLong ? 1500 : 200);
      for (const [events, at] of sample.filter(([, moment]) => moment >= histories.madeAt)) {
        const { register: entries } = histories.recordOf(events.filter((event) => event.at <= at)).record;
        await trx('register_history').where({ councillor_id: first.councillorId }).delete();
        for (const entry of entries) {
          const facts = JSON.stringify(entry.value).replaceAll('"relied"', `"${first.appointmentId}"`);
          await trx('register_history').insert({ councillor_id: first.councillorId, at: entry.at, facts });
        }
        const [record] = await openRecordsAmong(trx, [id]);
        const isOver = record !== undefined && lapseOf(record, at) !== null;
        const found = (await candidates(trx, at)).includes(id);
        // By the day alone a result counts that is declared later today: there the rule itself decides.
        const laterToday = entries.some(
          ({ value: { defeat } }) =>
            defeat !== null && defeat.declaredAt > at && londonDate(defeat.declaredAt) === londonDate(at),
        );
        expect({ entries, at, found }).toEqual({ entries, at, found: isOver || (laterToday && found) });
        seen[isOver ? 'lapsed' : 'stands'] += 1;
      }
      throw rollback;
    });
    await expect(tried).rejects.toBe(rollback);
    expect(Math.min(seen.lapsed, seen.stands)).toBeGreaterThan(20);
  }, 120_000);
});

test('any number of nodes store it once', async () => {
  council.clock = dayAfter(window.to);
  const settled = await Promise.all([settle(), settle(), settle()]);
  expect(settled.reduce((sum, each) => sum + each)).toBe(2);
  for (const each of [grant, other])
    expect([await lapsed(each), await notified(each)]).toMatchObject([{ length: 1 }, { length: 2 }]);
});

test('one that fails does not block the rest, and the log names nobody', async () => {
  council.clock = dayAfter(window.to);
  const { owner } = council.world;
  await owner.raw(
    `create function public.break_one() returns trigger language plpgsql as
       $$ begin if new.id = '${grant.id}' then raise exception 'broken for the test'; end if; return new; end $$`,
  );
  await owner.raw(
    'create trigger break_one before update on public.grants for each row execute function break_one()',
  );
  lines.length = 0;
  await expect(settle()).rejects.toThrow('broken for the test');
  expect((await rowOf(other)).ended_because).toBe('lapsed');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { one: grant.id, because: 'error:P0001' },
  ]);
  await owner.raw('drop trigger break_one on public.grants');
  await owner.raw('drop function public.break_one()');
  expect(await settle()).toBe(1);
});
