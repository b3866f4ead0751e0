/** By which stored days a deadline is found when one of its steps has come: neither later nor earlier than the rule. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  dueKindOf,
  dueKinds,
  escalatedKinds,
  escalationsDue,
  kindsButVisits,
  kindsOfVisits,
  remindersDue,
  type StepsDue,
} from '../../../policies/deadline/due-days.js';
import { addDays } from '../../../policies/core/time/london.js';
import {
  deadlineKinds,
  type DeadlineKind,
  type OpenDeadline,
} from '../../../policies/deadline/open-deadlines.js';
import { escalationsOf, reminderOf } from '../../../policies/deadline/reminding.js';
import { noChoices, settingsOf } from '../../../policies/settings/settings.js';
import { isLong } from '../../support/long.js';

const settings = settingsOf({
  ...noChoices,
  bankHolidays: { england_and_wales: [{ date: '2027-02-10', name: 'A day of thanksgiving' }] },
});
const open = (what: DeadlineKind, at: string): OpenDeadline => ({
  what,
  reference: 'OBS-2027-0001',
  subject: null,
  since: new Date(0),
  due: { what, at, counted: [], skipped: [], pauses: [] },
  waitsFor: [],
  knownTo: [],
  escalatesTo: ['legal'],
  called: 'OBS-2027-0001',
});

/** Around Christmas, Easter and the day of thanksgiving, at the hours at which something falls due and beside them. */
const moment = fc
  .tuple(fc.integer({ min: 0, max: 150 }), fc.constantFrom(0, 1, 479, 480, 481, 900, 1_439))
  .map(
    ([days, minutes]) => new Date(Date.parse('2026-12-15T00:00:00Z') + days * 86_400_000 + minutes * 60_000),
  );
const dueOn = fc.integer({ min: -20, max: 170 }).map((days) => addDays('2026-12-15', days));

const isFound = ({ ranges }: StepsDue, said: number, day: string): boolean =>
  ranges.some(
    (range) => range.said === said && day <= range.to && (range.from === null || day >= range.from),
  );

describe('a stored day is found', () => {
  test('exactly when a reminder has come that is not said yet, whatever the day and the moment', () => {
    fc.assert(
      fc.property(fc.constantFrom(...deadlineKinds), dueOn, moment, (what, day, now) => {
        const kinds = ([kindsOfVisits, kindsButVisits] as const).find((some) =>
          (some as readonly string[]).includes(dueKindOf(what)),
        );
        const steps = remindersDue(settings, now, kinds ?? []);
        const word = reminderOf(settings, open(what, day), now);
        const last = kinds === kindsOfVisits ? 'due_today' : 'one_day';
        const come = word === null ? 0 : word.step === last ? 2 : 1;
        for (const said of [0, 1, 2, 3, 4]) expect(isFound(steps, said, day)).toBe(said < come);
        if (come > 0) expect(steps.come(day)).toBe(come);
      }),
      { numRuns: isLong ? 10_000 : 1_000 },
    );
  });

  test('exactly when something was missed that is not told yet', () => {
    fc.assert(
      fc.property(dueOn, moment, (day, now) => {
        const steps = escalationsDue(settings, now);
        const told = escalationsOf(settings, open('decide', day), now).length;
        const come = told === 0 ? 0 : 2 + told;
        for (const said of [0, 1, 2, 3, 4]) expect(isFound(steps, said, day)).toBe(said < come);
        if (come > 0) expect(steps.come(day)).toBe(come);
      }),
      { numRuns: isLong ? 10_000 : 1_000 },
    );
  });
});

test('each kind is looked for by one job for reminders', () => {
  expect([...kindsOfVisits, ...kindsButVisits].toSorted()).toEqual(dueKinds.toSorted());
  expect(new Set(deadlineKinds.map(dueKindOf))).toEqual(new Set(dueKinds));
  expect(dueKinds.filter((kind) => !(escalatedKinds as readonly string[]).includes(kind))).toEqual([
    'answer_returned',
    'ask_for_review',
    'check_connection',
  ]);
});
