/**
 * Time (need-to-know.md, section 4): whoever asks for a window that ends before the decision is due is warned while asking,
 * with what can be had at once; a window that is over is not asked for at all.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { addDays } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { readersOf } from '../../support/officers.js';

const council = useCouncil();
const as = readersOf(council);

/** A Monday in term, no holiday near: ten working days later is 25 January. */
const monday = '2027-01-11';
const due = '2027-01-25';
beforeEach(() => {
  council.clock = new Date(`${monday}T10:00:00Z`);
});

const warningsOf = async (line: Line) =>
  (await line.read('scrutiny.chair')).body.warnings as { field: string; message: string }[] | undefined;

describe('a request two hours ahead', () => {
  test('is warned of while asking, with what can be had at once, and is taken all the same', async () => {
    const line = await Line.drafted(council, { window: { from: monday, to: monday } });
    const [warning] = (await warningsOf(line)) ?? [];
    expect(warning).toMatchObject({ field: 'window.to' });
    expect(warning?.message).toMatch(/ends on 11 January 2027.*decided by the end of 25 January 2027/u);
    expect(warning?.message).toMatch(/a briefing or data/u);
    const page = await (await as('scrutiny.chair')).open(paths.check(line.reference));
    expect(page.text).toContain(warning?.message);
    const chair = await council.as('scrutiny.chair');
    expectOk(await chair.post(`${line.path}/submit`, { version: 1 }));
    // Once it is handed in, there is nothing left to warn of.
    expect(await warningsOf(line)).toBeUndefined();
  });

  test('is not decided faster: no seat is skipped, and Legal decide last', async () => {
    const line = await Line.assessed(council, { window: { from: monday, to: monday } });
    expect(await line.decide('approve')).toMatchObject({ status: 409, body: { rule: 'three_sign_offs' } });
  });
});

test.each([
  [addDays(due, -1), true],
  [due, false],
])('a window that ends on %s is warned of: %s', async (to, isWarned) => {
  const line = await Line.drafted(council, { window: { from: monday, to } });
  expect((await warningsOf(line)) !== undefined).toBe(isWarned);
});

test('an office reads no warning of the councillor’s, and a request without a window has none', async () => {
  const line = await Line.drafted(council, { window: undefined });
  expect(await warningsOf(line)).toBeUndefined();
  const handedIn = await Line.submitted(council, { window: { from: monday, to: monday } });
  expect((await handedIn.read('legal')).body).not.toHaveProperty('warnings');
});

test('a request for last week is refused as it is handed in, naming the field: nothing is approved after the event', async () => {
  const line = await Line.drafted(council, {
    window: { from: addDays(monday, -7), to: addDays(monday, -3) },
  });
  const chair = await council.as('scrutiny.chair');
  expect(await chair.post(`${line.path}/submit`, { version: 1 })).toMatchObject({
    status: 422,
    body: { rule: 'window', errors: [{ field: 'window.from' }] },
  });
});
