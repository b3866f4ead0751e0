import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../../../policies/need-to-know/answers.js';
import type { QuestionKey } from '../../../policies/need-to-know/questions.js';
import {
  appointmentReliedOn,
  contradiction,
  covers,
  proposals,
  standingOn,
  type Facts,
} from '../../../policies/register/register.js';
import type { Appointment, Councillor, Standing, Training } from '../../../policies/register/member.js';
import type { RequestContent } from '../../../policies/request/request.js';

const today = '2026-09-15';
const window = { from: '2026-10-05', to: '2026-10-30' };

const committee: Appointment = {
  id: 'committee',
  title: 'Children and Families Scrutiny Committee',
  kind: 'relevant_committee',
  from: '2025-05-20',
  to: '2027-05-31',
};
const training = (kind: string, completed: string, expires: string): Training => ({
  kind,
  completed,
  expires,
});

const councillor: Councillor = {
  kind: 'Councillor',
  id: 'c1',
  name: 'A Councillor',
  ward: 'Riverside',
  standing: 'sitting',
  term: { from: '2025-05-05', to: '2029-05-07' },
  appointments: [committee],
  training: [
    training('safeguarding', '2026-01-10', '2028-01-09'),
    training('data_protection', '2026-01-10', '2028-01-09'),
  ],
  undertaking: { version: 3, acceptedAt: new Date('2026-06-01T09:00:00Z') },
  finding: null,
  defeat: null,
};

const facts = (changes: Partial<Councillor> = {}, content: RequestContent = {}): Facts => ({
  councillor: { ...councillor, ...changes },
  content: { window, role: { kind: 'relevant_committee', appointmentId: 'committee' }, ...content },
  today,
  protocolVersion: 3,
});

const says = (key: QuestionKey, answer: Answer['answer'], given: Facts = facts()) =>
  contradiction(given, key, { answer }) === null ? 'agrees' : 'contradicts';

describe('the register’s proposals', () => {
  test('is every fact it knows, as the answer it makes', () => {
    expect(proposals(facts())).toEqual({
      standing: { answer: 'sitting' },
      role: { answer: 'relevant_committee' },
      prerequisites: {
        answer: { undertaking: 'met', safeguarding_training: 'met', data_protection_training: 'met' },
      },
    });
  });

  test('never contradicts the register itself', () => {
    const situations = [
      facts(),
      facts({ standing: 'coopted', ward: null }),
      facts({ training: [], undertaking: null }),
      facts({ term: { from: '2025-05-05', to: '2026-10-10' } }),
      facts({ appointments: [{ ...committee, to: '2026-10-10' }] }),
    ];
    for (const situation of situations) {
      for (const [key, answer] of Object.entries(proposals(situation))) {
        expect(contradiction(situation, key as QuestionKey, answer)).toBeNull();
      }
    }
  });

  test('is not a role if the appointment does not last for the whole window, or is somebody else’s', () => {
    expect(proposals(facts({ appointments: [{ ...committee, to: '2026-10-29' }] })).role).toBeUndefined();
    expect(proposals(facts({ appointments: [{ ...committee, from: '2026-10-06' }] })).role).toBeUndefined();
    expect(proposals(facts({ appointments: [] })).role).toBeUndefined();
  });
});

describe('standing', () => {
  test.each(['sitting', 'coopted', 'elect', 'former'] as const)(
    'a member who is %s has that standing and no other',
    (standing) => {
      for (const answer of ['sitting', 'coopted', 'elect', 'former'] satisfies Standing[]) {
        expect(says('standing', answer, facts({ standing }))).toBe(
          answer === standing ? 'agrees' : 'contradicts',
        );
      }
    },
  );

  test('is former where the term ends within the window, on the day before its last day', () => {
    const until = (to: string) => facts({ term: { from: '2025-05-05', to } });
    expect(says('standing', 'sitting', until('2026-10-30'))).toBe('agrees');
    expect(says('standing', 'sitting', until('2026-10-29'))).toBe('contradicts');
    expect(says('standing', 'former', until('2026-10-29'))).toBe('agrees');
  });

  test('is judged today as well, where the window is over', () => {
    const given = { ...facts({ term: { from: '2021-05-05', to: '2026-11-01' } }), today: '2026-11-02' };
    expect(says('standing', 'sitting', given)).toBe('contradicts');
  });

  test('lasts through the last day of the term', () => {
    const member = { standing: 'sitting', term: { from: '2025-05-05', to: '2026-10-30' } } as const;
    expect(standingOn(member, '2026-10-30')).toBe('sitting');
    expect(standingOn(member, '2026-10-31')).toBe('former');
    expect(standingOn({ ...member, term: { from: '2025-05-05', to: null } }, '2099-01-01')).toBe('sitting');
    expect(standingOn({ ...member, standing: 'former' }, '2026-01-01')).toBe('former');
  });

  test('begins with the first day of the term, and is merely elected before it, whatever the window', () => {
    const term = { from: '2026-10-05', to: '2029-05-07' };
    const member = { standing: 'sitting', term } as const;
    expect(standingOn(member, '2026-10-04')).toBe('elect');
    expect(standingOn(member, '2026-10-05')).toBe('sitting');
    expect(standingOn({ ...member, standing: 'former' }, '2026-10-04')).toBe('former');
    // A person who becomes a member by the first day of the window is not one today.
    expect(proposals(facts({ term })).standing).toEqual({ answer: 'elect' });
  });
});

describe('role', () => {
  test('needs an appointment of its kind for the whole window', () => {
    expect(says('role', 'relevant_committee')).toBe('agrees');
    expect(says('role', 'lead_member')).toBe('contradicts');
    expect(
      says('role', 'relevant_committee', facts({ appointments: [{ ...committee, to: '2026-10-29' }] })),
    ).toBe('contradicts');
    expect(
      says('role', 'relevant_committee', facts({ appointments: [{ ...committee, to: '2026-10-30' }] })),
    ).toBe('agrees');
    expect(says('role', 'relevant_committee', facts({ appointments: [{ ...committee, to: null }] }))).toBe(
      'agrees',
    );
  });

  test('of the ward needs a ward: the co-opted have none', () => {
    expect(says('role', 'ward')).toBe('agrees');
    expect(says('role', 'ward', facts({ standing: 'coopted', ward: null }))).toBe('contradicts');
  });

  test('other is not known to the register, and contradicts nothing', () => {
    expect(says('role', 'other', facts({ appointments: [], ward: null }))).toBe('agrees');
  });

  test('relied on is the councillor’s own appointment of that id', () => {
    expect(
      appointmentReliedOn(councillor, { role: { kind: 'relevant_committee', appointmentId: 'committee' } }),
    ).toBe(committee);
    expect(
      appointmentReliedOn(councillor, { role: { kind: 'relevant_committee', appointmentId: 'another' } }),
    ).toBeNull();
    expect(appointmentReliedOn(councillor, { role: { kind: 'ward' } })).toBeNull();
    expect(appointmentReliedOn(councillor, {})).toBeNull();
  });
});

describe('prerequisites', () => {
  const known = ['undertaking', 'safeguarding_training', 'data_protection_training'] as const;
  const without = {
    undertaking: facts({ undertaking: null }),
    safeguarding_training: facts({
      training: councillor.training.filter(({ kind }) => kind !== 'safeguarding'),
    }),
    data_protection_training: facts({
      training: councillor.training.filter(({ kind }) => kind !== 'data_protection'),
    }),
  };

  test.each(known)('%s in place cannot be answered as missing or booked', (item) => {
    expect(says('prerequisites', { [item]: 'met' })).toBe('agrees');
    expect(says('prerequisites', { [item]: 'missing' })).toBe('contradicts');
    expect(says('prerequisites', { [item]: 'booked' })).toBe('contradicts');
  });

  test.each(known)('%s not in place may be booked or missing, and is not met', (item) => {
    expect(says('prerequisites', { [item]: 'met' }, without[item])).toBe('contradicts');
    expect(says('prerequisites', { [item]: 'missing' }, without[item])).toBe('agrees');
    expect(says('prerequisites', { [item]: 'booked' }, without[item])).toBe('agrees');
  });

  test('the register knows nothing of the criminal record check', () => {
    for (const dbs of ['met', 'booked', 'missing', 'ineligible']) {
      expect(says('prerequisites', { dbs })).toBe('agrees');
    }
  });

  test('an undertaking in an earlier version of the protocol does not count', () => {
    expect(says('prerequisites', { undertaking: 'met' }, { ...facts(), protocolVersion: 4 })).toBe(
      'contradicts',
    );
  });

  test('training must still run when the window opens, and have been completed', () => {
    const trained = (completed: string, expires: string) =>
      says(
        'prerequisites',
        { safeguarding_training: 'met' },
        facts({ training: [training('safeguarding', completed, expires)] }),
      );
    expect(trained('2026-01-10', '2026-10-05')).toBe('agrees');
    expect(trained('2026-01-10', '2026-10-04')).toBe('contradicts');
    expect(trained('2026-09-15', '2028-01-01')).toBe('agrees');
    expect(trained('2026-09-16', '2028-01-01')).toBe('contradicts');
  });

  test('training that is in place is not undone by a later course that has not been completed', () => {
    const both = [
      training('safeguarding', '2026-01-10', '2028-01-09'),
      training('safeguarding', '2026-12-01', '2028-11-30'),
    ];
    expect(says('prerequisites', { safeguarding_training: 'met' }, facts({ training: both }))).toBe('agrees');
  });

  test('every item that is wrong is named, and none that is right', () => {
    const answer = { undertaking: 'met', safeguarding_training: 'met', data_protection_training: 'met' };
    const said = contradiction(facts({ undertaking: null, training: [] }), 'prerequisites', { answer });
    expect(said).toMatch(/undertaking.*safeguarding training.*data protection training/u);
    expect(contradiction(facts({ undertaking: null }), 'prerequisites', { answer })).not.toMatch(
      /safeguarding/u,
    );
  });
});

describe('facts that the register does not know', () => {
  test.each([
    'authority',
    'necessity',
    'scope',
    'alternatives',
    'collateral_purpose',
    'connection',
    'documents',
    'legal_bars',
    'proportionality',
    'agreements',
    'lawful_basis',
  ] as const)('%s is never contradicted by it', (key) => {
    for (const answer of ['none', 'former', 'met', { undertaking: 'met' }, []] satisfies Answer['answer'][]) {
      expect(says(key, answer, facts({ standing: 'former', training: [], undertaking: null }))).toBe(
        'agrees',
      );
    }
  });
});

describe('covering a window', () => {
  test.each([
    ['2026-10-05', '2026-10-30', true],
    ['2026-10-01', null, true],
    ['2026-10-06', '2026-10-30', false],
    ['2026-10-05', '2026-10-29', false],
  ] as const)('%s to %s: %s', (from, to, expected) => {
    expect(covers({ from, to }, window)).toBe(expected);
  });
});
