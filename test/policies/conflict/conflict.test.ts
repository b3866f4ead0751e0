/** Who may do what about a recorded conflict, by whose it is, who recorded it and where it stands. */
import { describe, expect, test } from '@jest/globals';
import { contestConflict, endConflict, settleConflict } from '../../../policies/conflict/commands.js';
import {
  assertAuthority,
  assertRecorded,
  conflictStatuses,
  conflictToRecord,
  settlementDue,
  type ConflictStatus,
  type RecordedConflict,
} from '../../../policies/conflict/conflict.js';
import { conflictContested, conflictEnded, conflictRecorded } from '../../../policies/conflict/notices.js';
import type { Office } from '../../../policies/core/office.js';
import { Invalid } from '../../../policies/core/refusals.js';
import { abilityFor } from '../../../policies/permission/ability.js';
import { refusalToOneself, verdict, type Who } from '../../../policies/permission/permit.js';
import type { Actor, Holding } from '../../../policies/people/actor.js';
import { defaultSettings } from '../../../policies/settings/settings.js';

const principal = (office: Office): Holding => ({ office, capacity: 'principal', head: false });
const who = (id: string, ...offices: readonly Office[]): Who => {
  const actor: Actor = {
    kind: 'Actor',
    id,
    name: id,
    email: `${id}@council.example`,
    councillorId: null,
    standing: null,
    holdings: offices.map(principal),
  };
  return { actor, ability: abilityFor(actor) };
};
const people = {
  'the person': who('person', 'legal'),
  'who recorded it': who('recorder', 'democratic_services'),
  'another keeper': who('keeper', 'democratic_services'),
  'the Monitoring Officer': who('officer', 'monitoring_officer'),
  'somebody else': who('else', 'legal'),
} satisfies Readonly<Record<string, Who>>;

const ofAnother = (changes: Partial<RecordedConflict> = {}): RecordedConflict =>
  conflictToRecord({ personId: 'person', recordedBy: 'recorder', ...changes });
const ofOfficer = (status: ConflictStatus = 'recorded') =>
  ofAnother({ personId: 'officer', ofMonitoringOfficer: true, status });

const answer = (command: typeof endConflict | typeof settleConflict, by: Who, conflict: RecordedConflict) => {
  const found = verdict(command, by, conflict, { by: by.actor.id });
  return 'rule' in found ? found.rule : 'may';
};
const everybody = (command: typeof endConflict | typeof settleConflict, conflict: RecordedConflict) =>
  Object.fromEntries(Object.entries(people).map(([name, by]) => [name, answer(command, by, conflict)]));

describe('ending what somebody else recorded', () => {
  test('is for who recorded it and for the Monitoring Officer', () => {
    expect(everybody(endConflict, ofAnother())).toEqual({
      'the person': 'office',
      'who recorded it': 'may',
      'another keeper': 'conflict_recorder',
      'the Monitoring Officer': 'may',
      'somebody else': 'office',
    });
  });

  test('is not for the person, whatever office they hold', () => {
    const both = who('person', 'democratic_services', 'monitoring_officer');
    expect(answer(endConflict, both, ofAnother())).toBe('conflict_of_oneself');
    expect(answer(settleConflict, both, ofAnother({ status: 'contested' }))).toBe('conflict_of_oneself');
  });

  test('of the Monitoring Officer is for Democratic Services alone', () => {
    const second = who('second officer', 'monitoring_officer');
    expect(answer(endConflict, people['another keeper'], ofOfficer())).toBe('may');
    expect(answer(endConflict, second, ofOfficer())).toBe('conflict_chief_executive');
    expect(answer(settleConflict, second, ofOfficer('contested'))).toBe('conflict_chief_executive');
    expect(answer(settleConflict, people['another keeper'], ofOfficer('contested'))).toBe('may');
  });
});

test('settling is for the Monitoring Officer, and for nobody who recorded it', () => {
  expect(everybody(settleConflict, ofAnother({ status: 'contested' }))).toEqual({
    'the person': 'office',
    'who recorded it': 'conflict_settler',
    'another keeper': 'conflict_settler',
    'the Monitoring Officer': 'may',
    'somebody else': 'office',
  });
  const both = who('recorder', 'monitoring_officer');
  expect(answer(settleConflict, both, ofAnother({ status: 'contested' }))).toBe(
    'conflict_settled_by_another',
  );
});

test('each is done from the statuses that it names, and from no other', () => {
  const officer = people['the Monitoring Officer'];
  const by = (rule: (status: ConflictStatus) => string | undefined) =>
    Object.fromEntries(conflictStatuses.map((status) => [status, rule(status) ?? 'may']));
  const over = 'conflict_over';
  expect(by((status) => answer(endConflict, officer, ofAnother({ status })))).toEqual({
    recorded: 'may',
    contested: 'may',
    upheld: 'may',
    ended: over,
  });
  expect(by((status) => answer(settleConflict, officer, ofAnother({ status })))).toEqual({
    recorded: over,
    contested: 'may',
    upheld: over,
    ended: over,
  });
  expect(by((status) => refusalToOneself(contestConflict, ofAnother({ status }), {})?.rule)).toEqual({
    recorded: 'may',
    contested: over,
    upheld: over,
    ended: over,
  });
});

test('one’s own is ended and not contested', () => {
  const own = ofAnother({ recordedBy: 'person' });
  expect(refusalToOneself(contestConflict, own, { by: 'person' })?.rule).toBe('conflict_own');
  expect(refusalToOneself(endConflict, own, { by: 'person' })).toBeNull();
  const { ability } = people['the person'];
  expect([ability.can('end', own), ability.can('contest', own)]).toEqual([true, true]);
  expect(people['somebody else'].ability.can('contest', own)).toBe(false);
});

describe('what is recorded', () => {
  const fieldsOf = (act: () => void): readonly string[] => {
    try {
      act();
      return [];
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      return error.errors.map(({ field }) => field);
    }
  };
  const reasons = 'It is on the register of interests.';
  const authority = 'A decision of the Chief Executive.';

  test('has reasons where it is of somebody else, and the Chief Executive’s authority where it is the Monitoring Officer’s', () => {
    expect(fieldsOf(() => assertRecorded(ofAnother(), {}))).toEqual(['reasons']);
    expect(fieldsOf(() => assertRecorded(ofAnother(), { reasons }))).toEqual([]);
    expect(fieldsOf(() => assertRecorded(ofAnother({ recordedBy: 'person' }), {}))).toEqual([]);
    expect(fieldsOf(() => assertRecorded(ofOfficer(), {}))).toEqual(['reasons', 'authority']);
    expect(fieldsOf(() => assertRecorded(ofOfficer(), { reasons, authority }))).toEqual([]);
  });

  test('cites no authority where none is asked for', () => {
    expect(fieldsOf(() => assertAuthority(ofAnother(), { authority }))).toEqual(['authority']);
    expect(fieldsOf(() => assertAuthority(ofOfficer(), {}))).toEqual(['authority']);
    const own = conflictToRecord({ personId: 'officer', recordedBy: 'officer', ofMonitoringOfficer: true });
    expect(fieldsOf(() => assertAuthority(own, {}))).toEqual([]);
  });
});

test('the notices go to the person, the Monitoring Officer and who recorded it; a contest to who settles it', () => {
  const officer = { office: 'monitoring_officer' };
  expect(conflictRecorded(ofAnother()).to).toEqual([{ personId: 'person' }, officer]);
  expect(conflictContested(ofAnother(), null).to).toEqual([officer, { personId: 'recorder' }]);
  expect(conflictContested(ofOfficer(), null).to).toEqual([
    { office: 'democratic_services' },
    { personId: 'recorder' },
  ]);
  expect(conflictEnded(ofAnother()).to).toEqual([{ personId: 'person' }, officer, { personId: 'recorder' }]);
});

test('a contest on a Friday after the closing hour is settled by Wednesday', () => {
  const due = settlementDue(defaultSettings, new Date('2026-09-18T17:30:00+01:00'));
  expect(due.at).toBe('2026-09-23');
});
