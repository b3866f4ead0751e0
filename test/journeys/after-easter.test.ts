/**
 * A review asked for over Easter, of a refusal that the Monitoring Officer had signed (need-to-know.md, sections 4 and 7):
 * Good Friday and Easter Monday do not count, and the deputy decides what the Monitoring Officer may not.
 */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { atLondonTime } from '../../policies/core/time/london.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { expectOk, type Line } from '../support/line.js';
import { behindTheApi, byRule, lineAt, personId, stepsOf } from '../support/people.js';

const council = useCouncil();
const at = (date: string, time: string): void => {
  council.clock = atLondonTime(date, time);
};
// The Monday before Easter: Good Friday is 26 March, and Easter Monday 29 March.
const monday = '2027-03-22';
const [tenthDay, theDayAfter] = ['2027-04-07', '2027-04-08'] as const;
council.clock = atLondonTime(monday, '10:00');
beforeEach(() => at(monday, '10:00'));

const officer: Account = 'monitoring.officer';
const deputy: Account = 'monitoring.officer.deputy';

beforeAll(async () => {
  const { db } = council.world;
  const person = await personId(db, officer);
  await behindTheApi(db, (trx) =>
    trx('offices_held').insert({ person_id: person, office: 'legal', capacity: 'authorised' }),
  );
});

/** Refused by the Monitoring Officer, who acts for Legal as well. */
const refused = async (): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  expectOk(await line.decide('refuse', {}, officer));
  return line;
};
const ask = async (line: Line): Promise<Answer> =>
  (await council.as('scrutiny.chair')).post(`${line.path}/review`, { reasons: 'It does not say why.' });
const decide = async (line: Line, by: Account): Promise<Answer> =>
  (await council.as(by)).post(`${line.path}/review/decision`, {
    outcome: 'upheld',
    reasons: 'It stands on its ground.',
    noConflict: true,
  });

describe('a review on the tenth day after Easter', () => {
  test('is asked for until its end, as Good Friday and Easter Monday do not count', async () => {
    const line = await refused();
    const { deadlines } = (await line.read('scrutiny.chair')).body as {
      deadlines: { what: string; at: string; skipped: { date: string; reason: string }[] }[];
    };
    const due = deadlines.find(({ what }) => what === 'ask_for_review');
    expect(due?.at).toBe(tenthDay);
    expect(due?.skipped.map(({ date }) => date)).toEqual([
      '2027-03-26',
      '2027-03-27',
      '2027-03-28',
      '2027-03-29',
      '2027-04-03',
      '2027-04-04',
    ]);
    at(tenthDay, '23:59');
    const asked = await ask(line);
    // After 17:00 it is in time, and the time for the review counts from the next working day.
    expect(asked).toMatchObject({
      status: 201,
      body: { status: 'refused', due: { what: 'review', at: '2027-04-22' } },
    });
  });

  test('is asked for no more one day later: the answer names the rule and the last day', async () => {
    const line = await refused();
    at(theDayAfter, '00:00');
    const late = await ask(line);
    expect(late).toMatchObject(byRule(409, 'review_time'));
    expect(late.body.detail).toContain('7 April 2027');
    expect((await line.read('scrutiny.chair')).body.review).toBeNull();
  });

  test('of what the Monitoring Officer had signed is decided by the deputy, and not by them', async () => {
    const line = await refused();
    at(tenthDay, '16:00');
    expectOk(await ask(line));
    expect((await line.read(officer)).body.can).not.toContain('decide_review');
    expect(await decide(line, officer)).toMatchObject(byRule(403, 'reviewer_signed'));
    expect((await line.read(deputy)).body.can).toContain('decide_review');
    const { body } = expectOk(await decide(line, deputy));
    expect(body.review.decision).toMatchObject({ outcome: 'upheld' });
    // The Monitoring Officer did not decide this review, and may be written to.
    expect(body.review.next).toContain('or to the Monitoring Officer, who did not decide this review');
    const types = (await stepsOf(council.world.db, line.reference)).map(({ type }) => type);
    const order = ['request.decided', 'review.requested', 'authority.refused', 'review.decided'];
    expect(types.filter((type) => order.includes(type))).toEqual(order);
  });

  test('stays the Monitoring Officer’s own where they signed nothing: their deputy decides none of it', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.decide('refuse'));
    at(tenthDay, '16:00');
    expectOk(await ask(line));
    expect(await decide(line, deputy)).toMatchObject(byRule(403, 'principal_present'));
    expectOk(await decide(line, officer));
  });
});
