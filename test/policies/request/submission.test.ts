import { describe, expect, test } from '@jest/globals';
import { Invalid } from '../../../policies/core/refusals.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import {
  assertComplete,
  leastWordsOfNecessity,
  submissionFaults,
} from '../../../policies/request/submission.js';
import type { Councillor } from '../../../policies/register/member.js';
import type { RequestContent } from '../../../policies/request/request.js';

const today = '2026-09-15';
const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

const councillor: Councillor = {
  kind: 'Councillor',
  id: 'c1',
  name: 'A Councillor',
  ward: 'Riverside',
  standing: 'sitting',
  term: { from: '2025-05-05', to: '2029-05-07' },
  appointments: [
    { id: 'committee', title: 'Scrutiny', kind: 'relevant_committee', from: '2025-05-20', to: '2027-05-31' },
    { id: 'lead', title: 'Lead member', kind: 'lead_member', from: '2026-01-01', to: null },
  ],
  training: [],
  undertaking: null,
  finding: null,
  defeat: null,
};

const complete: RequestContent = {
  observationType: 'initial_child_protection_conference',
  role: { kind: 'relevant_committee', appointmentId: 'committee' },
  authority: { kind: 'work_programme', citation: 'Minute 42 of 15 September 2026' },
  necessity: words(40),
  window: { from: '2026-10-05', to: '2026-10-30' },
  events: 1,
  alternatives: 'A briefing was given and did not show how a conference hears the family.',
  declarations: { collateralPurpose: 'no', connection: 'none', documents: 'no' },
};

const faults = (changes: RequestContent = {}, member: Partial<Councillor> = {}) =>
  submissionFaults(
    { ...complete, ...changes },
    { settings: defaultSettings, councillor: { ...councillor, ...member }, today },
  );
const fields = (changes: RequestContent = {}, member: Partial<Councillor> = {}) =>
  faults(changes, member).map(({ field }) => field);

describe('a complete request', () => {
  test('has no fault', () => {
    expect(faults()).toEqual([]);
    expect(() => assertComplete(complete, { settings: defaultSettings, councillor, today })).not.toThrow();
  });

  test('may be urgent: the window may start today, and be one day', () => {
    expect(faults({ window: { from: today, to: today } })).toEqual([]);
  });
});

describe('each part that a decision rests on must be there', () => {
  test.each([
    ['observationType', 'observationType'],
    ['role', 'role'],
    ['authority', 'authority'],
    ['necessity', 'necessity'],
    ['window', 'window'],
    ['events', 'events'],
    ['alternatives', 'alternatives'],
  ] as const)('%s', (part, field) => {
    const [fault, ...others] = faults({ [part]: undefined });
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ field, rule: 'complete' });
    expect(fault?.message).toMatch(/^\p{Lu}.*\.$/u);
  });

  test.each(['collateralPurpose', 'connection', 'documents'] as const)('the declaration %s', (key) => {
    expect(fields({ declarations: { ...complete.declarations, [key]: undefined } })).toEqual([
      `declarations.${key}`,
    ]);
  });

  test('an empty draft gets all its faults at once, and the answer repeats no input', () => {
    const said = submissionFaults({}, { settings: defaultSettings, councillor, today }).map(
      ({ field }) => field,
    );
    expect(said).toEqual([
      'observationType',
      'role',
      'authority',
      'necessity',
      'alternatives',
      'window',
      'events',
      'declarations.collateralPurpose',
      'declarations.connection',
      'declarations.documents',
    ]);
  });
});

describe('the necessity', () => {
  test('takes forty words, and not thirty-nine', () => {
    expect(leastWordsOfNecessity).toBe(40);
    expect(fields({ necessity: words(39) })).toEqual(['necessity']);
    expect(faults({ necessity: words(39) })[0]?.message).toContain('39');
    expect(fields({ necessity: words(41) })).toEqual([]);
  });

  test('is not made of marks', () => {
    expect(fields({ necessity: `${words(39)} … — ! .` })).toEqual(['necessity']);
  });
});

describe('the role', () => {
  test.each(['relevant_committee', 'lead_member', 'corporate_parenting', 'task_group'] as const)(
    '%s is relied on through an appointment',
    (kind) => {
      expect(fields({ role: { kind } })).toEqual(['role.appointmentId']);
    },
  );

  test.each(['ward', 'other'] as const)('%s needs none', (kind) => {
    expect(fields({ role: { kind } })).toEqual([]);
  });

  test('is that of the appointment, which is the councillor’s own', () => {
    expect(fields({ role: { kind: 'lead_member', appointmentId: 'committee' } })).toEqual([
      'role.appointmentId',
    ]);
    expect(fields({ role: { kind: 'lead_member', appointmentId: 'somebody-else' } })).toEqual([
      'role.appointmentId',
    ]);
    expect(fields({ role: { kind: 'lead_member', appointmentId: 'lead' } })).toEqual([]);
  });

  test('of the ward needs a ward: the co-opted have none', () => {
    expect(fields({ role: { kind: 'ward' } }, { standing: 'coopted', ward: null })).toEqual(['role.kind']);
  });
});

describe('the authority', () => {
  test('of the work programme is cited; the others need no citation', () => {
    expect(fields({ authority: { kind: 'work_programme' } })).toEqual(['authority.citation']);
    expect(fields({ authority: { kind: 'work_programme', citation: ' \n' } })).toEqual([
      'authority.citation',
    ]);
    expect(fields({ authority: { kind: 'appointment' } })).toEqual([]);
    expect(fields({ authority: { kind: 'none' } })).toEqual([]);
  });
});

describe('the window', () => {
  test.each([
    ['starts yesterday', { from: '2026-09-14', to: '2026-09-20' }, ['window.from']],
    ['ends before it starts', { from: '2026-10-05', to: '2026-10-04' }, ['window.to']],
  ] as const)('%s: refused', (_, window, expected) => {
    expect(fields({ window })).toEqual(expected);
    expect(faults({ window })[0]?.rule).toBe('window');
  });

  test('does not pass the term, and the refusal names the last day', () => {
    const member = { term: { from: '2025-05-05', to: '2026-10-29' } };
    const [fault, ...others] = faults({}, member);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ field: 'window.to', rule: 'window' });
    expect(fault?.message).toContain('29 October 2026');
    expect(faults({}, { term: { from: '2025-05-05', to: '2026-10-30' } })).toEqual([]);
  });

  test('does not pass the appointment, and the refusal names the last day', () => {
    const until = (to: string | null) => ({
      appointments: councillor.appointments.map((held) => (held.id === 'committee' ? { ...held, to } : held)),
    });
    const [fault, ...others] = faults({}, until('2026-10-29'));
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ field: 'window.to', rule: 'window' });
    expect(fault?.message).toContain('29 October 2026');
    expect(faults({}, until('2026-10-30'))).toEqual([]);
    expect(faults({}, until(null))).toEqual([]);
  });

  test('is not held by an appointment that is not relied on', () => {
    const ended = councillor.appointments.map((held) => ({ ...held, to: '2026-10-29' }));
    expect(faults({ role: { kind: 'ward' } }, { appointments: ended })).toEqual([]);
  });

  test('must not start before the term, nor before the appointment', () => {
    expect(fields({}, { term: { from: '2026-10-06', to: null } })).toEqual(['window.from']);
    const later = councillor.appointments.map((held) => ({ ...held, from: '2026-10-06' }));
    expect(fields({}, { appointments: later })).toEqual(['window.from']);
  });

  test('of a stage of a child’s journey is three months at most', () => {
    const stage = (to: string) =>
      fields({ observationType: 'childs_journey', window: { from: '2026-10-05', to } });
    expect(stage('2027-01-04')).toEqual([]);
    expect(stage('2027-01-05')).toEqual(['window.to']);
    expect(fields({ window: { from: '2026-10-05', to: '2027-01-05' } })).toEqual([]);
  });
});

describe('standing', () => {
  test('neither a former member nor one whose term is over may submit', () => {
    expect(faults({}, { standing: 'former' })).toEqual([expect.objectContaining({ rule: 'standing' })]);
    const over = faults({}, { term: { from: '2021-05-05', to: '2026-09-14' } });
    expect(over.map(({ rule }) => rule)).toContain('standing');
  });
});

describe('the refusal', () => {
  test('is a 422 that names each field and carries the first rule', () => {
    let refusal: unknown;
    try {
      assertComplete(
        { ...complete, events: undefined, window: { from: '2026-10-05', to: '2026-10-04' } },
        { settings: defaultSettings, councillor, today },
      );
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(Invalid);
    expect(refusal).toMatchObject({ status: 422, rule: 'window' });
    expect((refusal as Invalid).errors.map(({ field }) => field)).toEqual(['window.to', 'events']);
    expect(Object.keys((refusal as Invalid).errors[0] ?? {})).toEqual(['field', 'message']);
  });
});
