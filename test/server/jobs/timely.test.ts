/**
 * The jobs one by one: each does everything that has fallen due, once, dates it when it fell due, and makes up for
 * the time in which nothing ran.
 */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { atLondonTime } from '../../../policies/core/time/london.js';
import type { JobName } from '../../../policies/operations/jobs.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { sign } from '../../../server/signing/sign.js';
import { returnRequest } from '../../../server/request/return-request.js';
import { settingsInForce } from '../../../db/settings/settings.js';
import { useCouncil } from '../../support/council.js';
import { brought, behindTheApi, ctxFor, lineAt, personId, stepsOf } from '../../support/people.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
// Monday: nothing is in its way before Easter.
const begin = atLondonTime('2027-02-01', '09:00');
council.clock = begin;
const log = pino({ level: 'silent' });
const run = (name: JobName): Promise<number> =>
  jobRunner({ db: council.world.db, now: () => council.clock, log })(name);
const at = (date: string, time = '08:00'): void => {
  council.clock = atLondonTime(date, time);
};

interface Said {
  readonly what: string;
  readonly step: string;
  readonly due: string | null;
  readonly fell: string;
  readonly to: string[];
}
/** What was said of a request, in order, and to whom. */
const saidOf = async (reference: string): Promise<Said[]> => {
  const { rows } = await council.world.db.raw<{ rows: (Omit<Said, 'fell'> & { fell: Date })[] }>(
    `select t.what, t.step, t.due_on as due, t.fell_due_at as fell,
       (select coalesce(array_agg(split_part(p.email, '@', 1) order by split_part(p.email, '@', 1) collate "C"), '{}')
          from reminder_recipients c join people p on p.id = c.person_id where c.reminder_id = t.id) as to
     from reminders t join requests r on r.id = t.request_id where r.reference = ? order by t.fell_due_at, t.seq`,
    [reference],
  );
  return rows.map((row) => ({ ...row, fell: row.fell.toISOString() }));
};
const digestsOf = async (account: string): Promise<{ key: string; reference: string }[]> =>
  council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'p.email': `${account}@council.example`, 'm.kind': 'digest' })
    .orderBy('m.created_at')
    .select('m.key', 'm.reference');

beforeAll(async () => {
  // What the demonstration has in stock is said first, so that only ours is counted.
  at('2027-01-29');
  for (const name of ['withdrawals', 'reminders', 'escalations', 'digests'] as const) await run(name);
  council.clock = begin;
}, 60_000);
beforeEach(() => {
  council.clock = begin;
});

describe('a decision that is due', () => {
  test('is reminded of two days and one day before, and told on when it was missed and is missed still', async () => {
    const { reference } = await brought(council.world.db, 'ready', { now: () => begin });
    for (const [date, time] of [
      ['2027-02-11', '07:59'],
      ['2027-02-11', '08:00'],
      ['2027-02-11', '12:00'],
      ['2027-02-12', '08:00'],
      ['2027-02-15', '23:59'],
      ['2027-02-16', '00:00'],
      ['2027-02-16', '08:00'],
      ['2027-02-17', '00:00'],
      ['2027-02-19', '08:00'],
    ] as const) {
      at(date, time);
      await run('reminders');
      await run('escalations');
    }
    const legal = ['legal', 'legal.second', 'two.offices'];
    expect((await saidOf(reference)).filter(({ what }) => what === 'decide')).toEqual([
      { what: 'decide', step: 'two_days', due: '2027-02-15', fell: '2027-02-11T08:00:00.000Z', to: legal },
      { what: 'decide', step: 'one_day', due: '2027-02-15', fell: '2027-02-12T08:00:00.000Z', to: legal },
      { what: 'decide', step: 'missed', due: '2027-02-15', fell: '2027-02-16T00:00:00.000Z', to: ['legal'] },
      {
        what: 'decide',
        step: 'still_missed',
        due: '2027-02-15',
        fell: '2027-02-17T00:00:00.000Z',
        to: ['monitoring.officer'],
      },
    ]);
    const { body } = await (await council.as('legal')).get(`/api/requests/${reference}`);
    expect(body.status).toBe('submitted');
  });

  test('after a week in which nothing ran is reported once, dated when it fell due, without a stale reminder', async () => {
    const { reference } = await brought(council.world.db, 'ready', { now: () => begin });
    at('2027-02-18', '10:30');
    await run('reminders');
    await run('escalations');
    await run('escalations');
    const said = (await saidOf(reference)).filter(({ what }) => what === 'decide');
    expect(said.map(({ step, fell }) => `${step} ${fell}`)).toEqual([
      'missed 2027-02-16T00:00:00.000Z',
      'still_missed 2027-02-17T00:00:00.000Z',
    ]);
    const entries = (await stepsOf(council.world.db, reference)).filter(
      ({ type, decision }) => type === 'deadline.missed' && decision?.['what'] === 'decide',
    );
    expect(entries).toHaveLength(2);
  });

  test('of two mornings that went by only the later one is made up for', async () => {
    const { reference } = await brought(council.world.db, 'ready', { now: () => begin });
    at('2027-02-12', '11:00');
    await run('reminders');
    expect((await saidOf(reference)).filter(({ what }) => what === 'decide').map(({ step }) => step)).toEqual(
      ['one_day'],
    );
  });

  test('that was made is not spoken of', async () => {
    const line = await lineAt(council, 'ready');
    expect((await line.decide('refuse', { grounds: ['no_remit_link'] })).status).toBe(201);
    at('2027-02-17', '08:00');
    await run('reminders');
    await run('escalations');
    expect((await saidOf(line.reference)).filter(({ what }) => what === 'decide')).toEqual([]);
  });
});

describe('a receipt that does not go out', () => {
  test('is reported to the head of Democratic Services when a working day is over', async () => {
    const { reference } = await brought(council.world.db, 'submitted', { now: () => begin });
    at('2027-02-03', '00:00');
    await run('escalations');
    expect(await saidOf(reference)).toEqual([
      {
        what: 'acknowledge',
        step: 'missed',
        due: '2027-02-02',
        fell: '2027-02-03T00:00:00.000Z',
        to: ['democratic.services'],
      },
    ]);
  });
});

describe('a request that was returned', () => {
  const returned = async (): Promise<string> => {
    const { db } = council.world;
    const changes = { window: { from: '2027-03-08', to: '2027-03-25' } };
    const { reference } = await brought(db, 'submitted', { changes, now: () => begin });
    const ds = await ctxFor(db, await personId(db, 'democratic.services'), () => council.clock);
    await returnRequest(ds, reference, 1, 'Which committee is it for?');
    return reference;
  };
  const stateOf = async (reference: string) =>
    council.world.db('requests').where({ reference }).first('status', 'withdrawn_at as at', 'due_on as due');

  test('is withdrawn after twenty working days, as of the moment, however late that is found', async () => {
    const reference = await returned();
    at('2027-03-01', '23:59');
    await run('withdrawals');
    expect(await stateOf(reference)).toMatchObject({ status: 'returned', due: '2027-03-01' });
    at('2027-03-04', '15:00');
    expect(await run('withdrawals')).toBeGreaterThan(0);
    await run('withdrawals');
    expect(await stateOf(reference)).toEqual({
      status: 'withdrawn',
      at: new Date('2027-03-02T00:00:00.000Z'),
      due: null,
    });
    const withdrawals = (await stepsOf(council.world.db, reference)).filter(
      ({ type }) => type === 'request.withdrawn',
    );
    expect(withdrawals).toHaveLength(1);
    const notified: string[] = await council.world
      .db('messages as m')
      .join('people as p', 'p.id', 'm.to_person')
      .where({ reference })
      .whereIn('kind', ['request_unanswered', 'request_withdrawn'])
      .orderBy('p.email')
      .pluck('p.email');
    expect(notified[0]).toBe('childrens.services@council.example');
    expect(notified).toContain('scrutiny.chair@council.example');
    const { body } = await (await council.as('scrutiny.chair')).get(`/api/requests/${reference}`);
    expect(body.status).toBe('withdrawn');
  });

  test('is not handed in again when its time is over, whether or not anything has run', async () => {
    const reference = await returned();
    at('2027-03-02', '00:30');
    const chair = await council.as('scrutiny.chair');
    const late = await chair.post(`/api/requests/${reference}/submit`, { version: 1 });
    expect(late.status).toBe(409);
    expect(late.body.rule).toBe('answer_time');
    at('2027-03-01', '23:59');
    const inTime = await (
      await council.as('scrutiny.chair')
    ).post(`/api/requests/${reference}/submit`, { version: 1 });
    expect(inTime.status).toBe(200);
    at('2027-03-05', '08:00');
    await run('withdrawals');
    expect(await stateOf(reference)).toMatchObject({ status: 'submitted' });
  });
});

describe('a day that was worked out by another calendar', () => {
  test('is put right, and the move is kept, once', async () => {
    const { db } = council.world;
    const { reference } = await brought(db, 'submitted', { now: () => begin });
    await behindTheApi(db, (trx) => trx('requests').where({ reference }).update({ due_on: '2027-02-12' }));
    expect(await run('due_days')).toBe(1);
    expect(await run('due_days')).toBe(0);
    expect(await db('requests').where({ reference }).first('due_on')).toEqual({ due_on: '2027-02-15' });
    const { body } = await (await council.as('legal')).get(`/api/requests/${reference}`);
    expect(body.moves).toMatchObject([{ what: 'decide', was: '2027-02-12', became: '2027-02-15' }]);
  });
});

describe('recurring reminders', () => {
  test('a day begins on the trail once', async () => {
    const beats = async () =>
      Number(
        (
          await council.world
            .db('audit.entries')
            .where({ type: 'audit.heartbeat' })
            .count<{ n: number }[]>('* as n')
            .first()
        )?.n,
      );
    const before = await beats();
    await Promise.all([run('heartbeat'), run('heartbeat')]);
    await run('heartbeat');
    expect(await beats()).toBe(before + 1);
    at('2027-02-02', '00:00');
    await run('heartbeat');
    expect(await beats()).toBe(before + 2);
  });

  test('the last checkpoint goes to the auditors each morning, and once for the days that nothing ran', async () => {
    const { db } = council.world;
    await council.place();
    await sign(db, council.signer, council.clock);
    const sent = async () =>
      db('messages as m')
        .join('people as p', 'p.id', 'm.to_person')
        .where({ 'm.kind': 'checkpoint_daily' })
        .whereLike('m.key', 'checkpoint:2027-02-%')
        .orderBy('m.key')
        .pluck('p.email');
    at('2027-02-02', '07:00');
    await run('checkpoint');
    await run('checkpoint');
    expect(await sent()).toEqual(['auditor@council.example']);
    at('2027-02-09', '09:00');
    await Promise.all([run('checkpoint'), run('checkpoint')]);
    expect(await sent()).toHaveLength(2);
  });

  test('about training that expires go out thirty days before, to the councillor and to the keeper of the register', async () => {
    const { db } = council.world;
    const member = await personId(db, 'scrutiny.member');
    const row = await foundRow(db('people').where({ id: member }).first('councillor_id'));
    const councillorId = row.councillor_id ?? '';
    const expires = '2027-03-20';
    await behindTheApi(council.world.owner, (trx) =>
      trx('training').where({ councillor_id: councillorId, kind: 'safeguarding' }).update({ expires }),
    );
    const said = async () =>
      db('reminders')
        .where({ councillor_id: councillorId, what: 'training' })
        .select('due_on', 'fell_due_at');
    at('2027-02-18', '07:59');
    await run('training');
    expect(await said()).toEqual([]);
    at('2027-02-20', '12:00');
    await run('training');
    await run('training');
    expect(await said()).toEqual([{ due_on: expires, fell_due_at: new Date('2027-02-18T08:00:00.000Z') }]);
    await run('digests');
    expect((await digestsOf('scrutiny.member')).length).toBeGreaterThan(0);
  });

  test('the bank holidays are to be checked in October, and it is made up for until the end of January', async () => {
    const said = async () => council.world.db('reminders').where({ what: 'bank_holidays' }).pluck('key');
    const before = await said();
    at('2027-06-01');
    await run('bank_holidays');
    expect(await said()).toEqual(before);
    at('2028-01-15');
    await run('bank_holidays');
    await run('bank_holidays');
    expect((await said()).filter((key: string) => !before.includes(key))).toEqual(['bank_holidays:2028']);
  });

  test('about data due for disposal go out once a month, and propose nothing', async () => {
    const { db } = council.world;
    const said = async () => db('reminders').where({ what: 'retention' }).orderBy('seq').pluck('key');
    const proposals = async () => db('disposals').count<{ n: number }[]>('* as n').first();
    const before = await proposals();
    at('2029-05-10');
    await run('retention');
    await run('retention');
    at('2029-06-01', '08:00');
    await run('retention');
    expect(await said()).toEqual(['retention:2029-05', 'retention:2029-06']);
    expect(await proposals()).toEqual(before);
  });
});

describe('a person’s wish', () => {
  const wish = async (reminders: string) => {
    const answer = await (await council.as('legal')).put('/api/me/reminders', { reminders });
    expect(answer).toMatchObject({ status: 200, body: { reminders } });
  };
  const twoDue = async (): Promise<void> => {
    for (let n = 0; n < 2; n += 1) await brought(council.world.db, 'ready', { now: () => council.clock });
  };
  const gathered = async (date: string): Promise<number> => {
    const before = (await digestsOf('legal')).length;
    at(date);
    await run('reminders');
    await run('escalations');
    await run('digests');
    await run('digests');
    return (await digestsOf('legal')).length - before;
  };

  test('together means one message, one by one means as many as there are, and none means none', async () => {
    at('2027-04-06', '09:00');
    await twoDue();
    expect(await gathered('2027-04-16')).toBe(1);
    await wish('each');
    expect(await gathered('2027-04-19')).toBe(2);
    at('2027-06-01', '09:00');
    await run('escalations');
    await run('digests');
    await twoDue();
    await wish('none');
    expect(await gathered('2027-06-11')).toBe(0);
  });

  test('does not count for a missed deadline: they always hear of that', async () => {
    at('2027-06-21', '09:00');
    await twoDue();
    await wish('none');
    expect(await gathered('2027-07-06')).toBeGreaterThan(0);
  });
});

describe('a job', () => {
  test('that fails is noted with the kind of its fault, and well again when it comes to its end', async () => {
    const { db } = council.world;
    const broken = jobRunner({ db, now: () => council.clock, log });
    await council.world.owner.raw('alter table public.settings rename to settings_away');
    try {
      await expect(broken('reminders')).rejects.toThrow();
      await expect(broken('reminders')).rejects.toThrow();
    } finally {
      await council.world.owner.raw('alter table public.settings_away rename to settings');
    }
    const failed = await db('runtime.job_runs').where({ job: 'reminders' }).first('failures', 'fault');
    expect(failed).toEqual({ failures: 2, fault: 'error:42P01' });
    const { body } = await (await council.as('administrator')).get('/api/operations');
    const job = body.jobs.find(({ name }: { name: string }) => name === 'reminders');
    expect(job).toMatchObject({ failures: 2, lastFailure: { because: 'error:42P01' } });
    await broken('reminders');
    expect(await db('runtime.job_runs').where({ job: 'reminders' }).first('failures')).toEqual({
      failures: 0,
    });
  });

  test('is run by the settings of its moment', async () => {
    const ds = await council.as('democratic.services');
    const { reference } = await brought(council.world.db, 'ready', { now: () => begin });
    const { revision } = await settingsInForce(council.world.db);
    const saved = await ds.patch('/api/settings', { revision, periods: { decide: 5 } });
    expect(saved.status).toBe(200);
    at('2027-02-05');
    await run('reminders');
    const steps = (await saidOf(reference))
      .filter(({ what }) => what === 'decide')
      .map(({ step, due }) => `${step} ${due}`);
    expect(steps).toEqual(['moved 2027-02-08', 'one_day 2027-02-08']);
    const again = await council.as('democratic.services');
    const back = await again.patch('/api/settings', {
      revision: saved.body.revision,
      periods: { decide: 10 },
    });
    expect(back.status).toBe(200);
  });
});
