/** By which stored days a deadline is found when one of its steps has come: neither later nor earlier than the rule. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  clockEscalationsDue,
  clockRemindersDue,
  dueKindOf,
  dueKinds,
  escalatedKinds,
  escalationsDue,
  kindsButVisits,
  kindsByClock,
  kindsOfVisits,
  remindersDue,
  type StepsDue,
} from '../../../policies/deadline/due-days.js';
import { addDays } from '../../../policies/core/time/london.js';
import {
  deadlineKinds,
  ofBreach,
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
        fc.pre(!(kindsByClock as readonly string[]).includes(what));
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

test('what is counted by the clock is found from its moment on, on any day of the week', () => {
  fc.assert(
    fc.property(moment, moment, (awareAt, now) => {
      const [breach] = ofBreach({
        incidentId: '',
        reference: 'incidents',
        awareAt,
        reportedAt: new Date(0),
      });
      if (!breach) throw new Error('It runs.');
      const { at } = breach.due;
      const reminding = clockRemindersDue(now);
      const word = reminderOf(settings, breach, now);
      const reminded = word === null ? 0 : word.step === 'due_today' ? 2 : 1;
      // On its own day it is found until the day is over: what is missed by then gets no reminder.
      for (const said of [0, 1]) if (said < reminded) expect(isFound(reminding, said, at)).toBe(true);
      if (reminded > 0) expect(reminding.come(at)).toBe(reminded);
      const escalating = clockEscalationsDue(settings, now);
      const told = escalationsOf(settings, breach, now).length;
      const isOver = escalating.isOver?.(breach) ?? true;
      for (const said of [0, 1, 2, 3, 4])
        expect(isOver && isFound(escalating, said, at)).toBe(told > 0 && said < 2 + told);
      if (told > 0) expect(escalating.come(at)).toBe(2 + told);
    }),
    { numRuns: isLong ? 10_000 : 1_000 },
  );
});

test('each kind is looked for by one job for reminders', () => {
  expect([...kindsOfVisits, ...kindsButVisits, ...kindsByClock].toSorted()).toEqual(dueKinds.toSorted());
  expect(new Set(deadlineKinds.map(dueKindOf))).toEqual(new Set(dueKinds));
  const escalated: readonly string[] = [...escalatedKinds, ...kindsByClock];
  expect(dueKinds.filter((kind) => !escalated.includes(kind))).toEqual([
    'answer_returned',
    'ask_for_review',
    'check_connection',
  ]);
});
