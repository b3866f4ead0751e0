/** A request whose dates are over before anybody decided it: need-to-know.md, section 4. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { foundRow } from '../../support/found-row.js';
import { useCouncil, type Account } from '../../support/council.js';
import { readersOf } from '../../support/officers.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { behindTheApi, personId, signInAgain, stepsOf } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const today = '2027-02-01';
const begin = atLondonTime(today, '09:00');
const window = { from: '2027-02-15', to: '2027-02-19' };
council.clock = begin;
beforeEach(() => {
  council.clock = begin;
});

const run = (): Promise<number> =>
  jobRunner({ db: council.world.db, now: () => council.clock, log: pino({ level: 'silent' }) })(
    'times_passed',
  );
const at = async (date: string, ...accounts: Account[]): Promise<void> => {
  council.clock = atLondonTime(date, '08:00');
  await signInAgain(council, ...accounts);
};
const rowOf = (reference: string) =>
  council.world.db('requests').where({ reference }).first('status', 'time_passed_at as at', 'due_on as due');
const toldOf = (reference: string, kind: string): Promise<string[]> =>
  council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ reference, kind })
    .orderBy('p.email')
    .pluck('p.email');

describe('a request whose dates are over before a decision', () => {
  test('closes by itself, as of the end of its last day, and once', async () => {
    const line = await Line.readyForLegal(council, { window });
    await at('2027-02-19');
    await run();
    expect(await rowOf(line.reference)).toMatchObject({ status: 'submitted' });
    await at('2027-02-23');
    expect(await run()).toBeGreaterThan(0);
    await run();
    expect(await rowOf(line.reference)).toEqual({
      status: 'time_passed',
      at: new Date('2027-02-20T00:00:00.000Z'),
      due: null,
    });
    const closings = (await stepsOf(council.world.db, line.reference)).filter(
      ({ type }) => type === 'request.time_passed',
    );
    expect(closings.map(({ decision }) => decision)).toEqual([
      { version: 1, last: '2027-02-19', due: '2027-02-15', late: true, since: '2027-02-20T00:00:00.000Z' },
    ]);
  });

  test('has no ground: the councillor reads that it closed, and is told with an apology', async () => {
    const line = await Line.readyForLegal(council, { window });
    await at('2027-02-20', 'scrutiny.chair');
    await run();
    const { body } = await line.read('scrutiny.chair');
    // It was due before its dates were over, so that the councillor may have that reviewed.
    expect(body).toMatchObject({ status: 'time_passed', can: ['ask_review'] });
    expect(body.decision ?? null).toBeNull();
    expect(body.timeline.at(-1)).toMatchObject({ what: 'time_passed', at: '2027-02-20T00:00:00.000Z' });
    expect(await toldOf(line.reference, 'request_overtaken')).toEqual(['scrutiny.chair@council.example']);
    expect(await toldOf(line.reference, 'request_closed_by_time')).toEqual(
      expect.arrayContaining(['legal@council.example', 'host@council.example']),
    );
    const page = await (await as('scrutiny.chair')).open(`/requests/${line.reference}`);
    expect(page.text).toContain('Dates passed before a decision');
    expect(page.text).toContain('We are sorry');
  });

  test('is found and counted by its status', async () => {
    const line = await Line.submitted(council, { window });
    await at('2027-02-20', 'democratic.services');
    await run();
    const client = await council.as('democratic.services');
    const { body } = await client.get('/api/requests?status=time_passed&limit=100');
    expect(body.items.map((each: { reference: string }) => each.reference)).toContain(line.reference);
  });

  test('closes while the councillor has it as well', async () => {
    const line = await Line.submitted(council, { window });
    const legal = await council.as('legal');
    expectOk(await legal.post(`${line.path}/return`, { version: 1, questions: 'Which duty is it?' }));
    await at('2027-02-20');
    await run();
    expect((await rowOf(line.reference))?.status).toBe('time_passed');
  });

  test('is signed, answered, changed and decided by nobody after it, whether or not anything has run', async () => {
    const line = await Line.readyForLegal(council, { window });
    await at('2027-02-20', 'scrutiny.chair', 'legal.second', 'childrens.services');
    for (const refused of [
      await line.decide('approve', {}, 'legal.second'),
      await line.decide('refuse', {}, 'legal.second'),
      await line.answer('necessity', { answer: 'duty', reason }, 'legal.second'),
      await line.speak('childrens.services'),
      await line.edit({ window: { from: '2027-03-01', to: '2027-03-05' } }),
    ]) {
      expect([refused.status, refused.body.rule]).toEqual([409, 'time_passed']);
      expect(refused.body.detail).toContain('19 February 2027');
    }
  });

  test('is signed by nobody behind the service either, nor closed before its time', async () => {
    const { db } = council.world;
    const line = await Line.assessed(council, { window });
    const sign = behindTheApi(db, async (trx) => {
      const request = await foundRow(trx('requests').where({ reference: line.reference }).first('id'));
      const person_id = await personId(db, 'legal');
      await trx('sign_offs').insert({
        request_id: request.id,
        version: 1,
        office: 'legal',
        outcome: 'approve',
        reasons: reason,
        grounds: [],
        person_id,
        capacity: 'principal',
        at: new Date('2027-02-20T08:00:00Z'),
      });
    });
    await expect(sign).rejects.toMatchObject({ constraint: 'sign_offs_in_time' });
    const close = behindTheApi(db, (trx) =>
      trx('requests')
        .where({ reference: line.reference })
        .update({ status: 'time_passed', time_passed_at: new Date('2027-02-19T12:00:00Z'), due_on: null }),
    );
    await expect(close).rejects.toMatchObject({ constraint: 'requests_time_passed' });
  });
});

describe('a request that was remitted', () => {
  test('whose dates are over waits until its fresh deadline is over, so that the councillor can move them', async () => {
    const line = await Line.readyForLegal(council, { window });
    expectOk(await line.decide('refuse'));
    await at('2027-02-22', 'scrutiny.chair', 'monitoring.officer');
    const officer = await council.as('monitoring.officer');
    expectOk(
      await officer.post(`${line.path}/direction`, {
        body: 'Children and Families Scrutiny Committee',
        date: '2027-02-22',
        minute: 'Minute 7',
        outcome: 'remitted',
      }),
    );
    await at('2027-03-08');
    await run();
    expect(await rowOf(line.reference)).toMatchObject({ status: 'submitted', due: '2027-03-08' });
    await at('2027-03-08', 'scrutiny.chair');
    line.version = 2;
    expectOk(await line.edit({ window: { from: '2027-03-15', to: '2027-03-19' } }));
    await at('2027-03-12');
    await run();
    expect((await rowOf(line.reference))?.status).toBe('submitted');
  });

  test('is not approved for dates that are over, and closes once its fresh deadline is', async () => {
    const line = await Line.readyForLegal(council, { window });
    expectOk(await line.decide('refuse'));
    await at('2027-02-22', 'monitoring.officer');
    const officer = await council.as('monitoring.officer');
    expectOk(
      await officer.post(`${line.path}/direction`, {
        body: 'Children and Families Scrutiny Committee',
        date: '2027-02-22',
        minute: 'Minute 8',
        outcome: 'remitted',
      }),
    );
    await at(addDays('2027-03-08', 1));
    await run();
    expect((await rowOf(line.reference))?.status).toBe('time_passed');
  });
});

describe('a request for papers', () => {
  const papers = [{ category: 'process', from: '2026-01-01', to: '2026-12-31' }];
  const asked = (claimedRight?: string): Promise<Line> =>
    Line.submitted(council, { observationType: 'document_inspection', papers, window, claimedRight });

  test('is not closed by time while a right may stand, and is where it counts that there is none', async () => {
    const [claimed, open, none] = [await asked('s100F'), await asked(), await asked()];
    expectOk(await none.right('none'));
    await at('2027-02-20');
    await run();
    expect([
      (await rowOf(claimed.reference))?.status,
      (await rowOf(open.reference))?.status,
      (await rowOf(none.reference))?.status,
    ]).toEqual(['submitted', 'submitted', 'time_passed']);
  });
});
