/**
 * The table of rights: every combination of standing, appointment, governance, right, citation, finding and category,
 * against an expectation made from the text of need-to-know.md, section 3a. The text is written down here as a plain
 * table, by another hand than the rule: it lists who has each right and what each releases, and nothing else does.
 */
import { describe, expect, test } from '@jest/globals';
import { categories } from '../../../policies/core/category.js';
import { settingsOf, noChoices, defaultSettings } from '../../../policies/settings/settings.js';
import { appointmentKinds, standings } from '../../../policies/register/member.js';
import { governances } from '../../../policies/settings/governance.js';
import {
  citedKinds,
  claimableRights,
  confirmersOf,
  rightFindings,
  type Cites,
} from '../../../policies/request/statutory-right.js';
import {
  holderOn,
  noRights,
  noRightSays,
  refuseRight,
  whyNoRight,
  whyNotCited,
  whyNotReleased,
} from '../../../policies/papers/rights.js';
import { dueOf, rightDue } from '../../../policies/request/clock.js';

/** "Who": one line for each person whom the text names; anybody who is on no line has no right. */
const who = `
  right   standing  governance           must hold            must not hold
  s100F   sitting   leader_and_cabinet   -                    -
  s100F   sitting   mayor_and_cabinet    -                    -
  s100F   sitting   committee_system     -                    -
  reg16   sitting   leader_and_cabinet   -                    -
  reg16   sitting   mayor_and_cabinet    -                    -
  reg17   sitting   leader_and_cabinet   relevant_committee   lead_member
  reg17   sitting   mayor_and_cabinet    relevant_committee   lead_member
  reg17   coopted   leader_and_cabinet   relevant_committee   lead_member
  reg17   coopted   mayor_and_cabinet    relevant_committee   lead_member
`;

/** "Not": what a right releases of a category that is not `process`, by what was found and what is cited. */
const what = `
  right   finding            review  scrutiny  meeting
  s100F   -                  no      no        no
  s100F   not_exempt         yes     yes       yes
  s100F   paragraph_3        yes     yes       yes
  s100F   paragraph_6        yes     yes       yes
  s100F   exempt             no      no        no
  s100F   confidential       no      no        no
  s100F   political_advice   no      no        no
  s100F   outside_right      no      no        no
  reg16   -                  no      no        no
  reg16   not_exempt         yes     yes       yes
  reg16   paragraph_3        yes     yes       yes
  reg16   paragraph_6        yes     yes       yes
  reg16   exempt             no      no        no
  reg16   confidential       no      no        no
  reg16   political_advice   no      no        no
  reg16   outside_right      no      no        no
  reg17   -                  yes     yes       no
  reg17   not_exempt         yes     yes       yes
  reg17   paragraph_3        yes     yes       no
  reg17   paragraph_6        yes     yes       no
  reg17   exempt             no      no        no
  reg17   confidential       no      no        no
  reg17   political_advice   no      no        no
  reg17   outside_right      no      no        no
`;
/** What is withheld even where it is `process`. */
const withheld = ['exempt', 'confidential', 'political_advice', 'outside_right'];

const linesOf = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s{2,}/));

const personLines = linesOf(who);
const releaseLines = new Map(linesOf(what).map(([right, finding, ...yes]) => [`${right} ${finding}`, yes]));

/** Every set of appointments: none, one, and each beside a seat on the committee and beside the executive. */
const appointmentSets = [
  [],
  ...appointmentKinds.map((kind) => [kind]),
  ...appointmentKinds.map((kind) => [kind, 'relevant_committee' as const]),
  ...appointmentKinds.map((kind) => [kind, 'lead_member' as const]),
];

const cited: Readonly<Record<'review' | 'scrutiny' | 'meeting', Cites>> = {
  review: { kind: 'review', body: 'Scrutiny committee', date: '2026-05-01' },
  scrutiny: { kind: 'decision', body: 'Cabinet', date: '2026-05-01', scrutiny: 'Minute 9' },
  meeting: { kind: 'meeting', body: 'Cabinet', date: '2026-05-01' },
};

describe('the table of rights', () => {
  test('a person has the rights that the text gives them, and no other', () => {
    let compared = 0;
    for (const right of claimableRights) {
      for (const standing of standings) {
        for (const governance of governances) {
          for (const appointments of appointmentSets) {
            const held: readonly string[] = appointments;
            const expected = personLines.some(
              ([of, as, under, must = '-', never = '-']) =>
                of === right &&
                as === standing &&
                under === governance &&
                (must === '-' || held.includes(must)) &&
                (never === '-' || !held.includes(never)),
            );
            const computed = whyNoRight(right, { standing, appointments, governance });
            expect([right, standing, governance, appointments, computed === null]).toEqual([
              right,
              standing,
              governance,
              appointments,
              expected,
            ]);
            compared += 1;
          }
        }
      }
    }
    expect(compared).toBe(3 * 4 * 3 * appointmentSets.length);
  });

  test('a right releases the categories that the text lets it release, and no other', () => {
    for (const right of claimableRights) {
      for (const finding of [null, ...rightFindings]) {
        for (const [column, by] of (['review', 'scrutiny', 'meeting'] as const).entries()) {
          for (const category of [...categories, 'Audits of recording']) {
            const line = releaseLines.get(`${right} ${finding ?? '-'}`);
            const expected =
              category === 'process' ? !withheld.includes(finding ?? '-') : line?.[column] === 'yes';
            const computed = whyNotReleased(right, { category, cites: cited[by], finding });
            expect([right, finding, by, category, computed === null]).toEqual([
              right,
              finding,
              by,
              category,
              expected,
            ]);
          }
        }
      }
    }
  });

  test('each reason has words and a citation of its own that can be looked up', () => {
    for (const reason of Object.keys(noRights) as (keyof typeof noRights)[]) {
      const { says, authority } = noRightSays(reason);
      expect(says).toMatch(/\.$/);
      expect(authority).toMatch(/(Act \d{4}, sections? \w+|\(SI 2012\/2089\), regulations? \d+)/);
      expect(refuseRight(reason)).toMatchObject({ status: 409, rule: 'statutory_right', authority });
    }
  });
});

describe('what a right hangs on', () => {
  const days = { received: '2026-04-02', today: '2026-04-10' };
  const carries = (right: (typeof claimableRights)[number], cites: Omit<Cites, 'body'>) =>
    whyNotCited(right, { body: 'Cabinet', ...cites }, days) === null;

  test('is a meeting to come for section 100F, business of the executive for regulation 16, and something done for 17', () => {
    const kinds = citedKinds.flatMap((kind) =>
      (['2026-04-01', '2026-04-02', '2026-04-10', '2026-04-11'] as const).map((date) => [
        `${kind} ${date}`,
        claimableRights.filter((right) => carries(right, { kind, date })).join(' '),
      ]),
    );
    expect(Object.fromEntries(kinds)).toEqual({
      'meeting 2026-04-01': 'reg16 reg17',
      'meeting 2026-04-02': 's100F reg16 reg17',
      'meeting 2026-04-10': 's100F reg16 reg17',
      'meeting 2026-04-11': 's100F reg16',
      'decision 2026-04-01': 'reg16 reg17',
      'decision 2026-04-02': 'reg16 reg17',
      'decision 2026-04-10': 'reg16 reg17',
      'decision 2026-04-11': '',
      'review 2026-04-01': 'reg17',
      'review 2026-04-02': 'reg17',
      'review 2026-04-10': 'reg17',
      'review 2026-04-11': 'reg17',
    });
    expect(carries('reg16', { kind: 'meeting', private: true, date: '2026-04-11' })).toBe(false);
    expect(carries('reg16', { kind: 'meeting', private: true, date: '2026-04-10' })).toBe(true);
  });

  test('is held by the register’s appointments of that day alone', () => {
    const councillor = {
      standing: 'sitting',
      term: { from: '2025-05-01', to: null },
      appointments: [
        { id: '1', title: 'Scrutiny', kind: 'relevant_committee', from: '2026-01-01', to: '2026-03-31' },
        { id: '2', title: 'Lead', kind: 'lead_member', from: '2026-04-01', to: null },
      ],
    } as const;
    const kindsOn = (day: string) => holderOn(councillor, day, 'leader_and_cabinet').appointments;
    expect([kindsOn('2025-12-31'), kindsOn('2026-03-31'), kindsOn('2026-04-01')]).toEqual([
      [],
      ['relevant_committee'],
      ['lead_member'],
    ]);
  });

  test('is confirmed by the proper officer, or for regulation 17 by the delegate of the executive', () => {
    const proper = ['democratic_services'];
    const delegate = ['democratic_services', 'childrens_services'];
    expect(claimableRights.map((right) => confirmersOf({ right, claimed: null }))).toEqual([
      proper,
      proper,
      delegate,
    ]);
    expect(claimableRights.map((claimed) => confirmersOf({ right: 'none', claimed }))).toEqual([
      proper,
      proper,
      delegate,
    ]);
  });
});

describe('the clock of a right', () => {
  const working = settingsOf({ ...noChoices, clearDays: 'working_days' });
  const cites = (kind: Cites['kind'], date: string, more: Partial<Cites> = {}): Cites => ({
    kind,
    body: 'Cabinet',
    date,
    ...more,
  });
  // Maundy Thursday, long after 17:00: the days of section 3a know no 17:00 rule, no weekend and no holiday.
  const received = new Date('2026-04-02T21:30:00+01:00');
  const due = (
    right: (typeof claimableRights)[number],
    on: Cites,
    settings = defaultSettings,
    at = received,
  ) => rightDue(settings, { right, cites: on }, at);

  test('gives a copy within ten clear days of receipt: neither the first nor the last day counts', () => {
    const found = due('reg17', cites('review', '2026-01-01'));
    expect(found).toMatchObject({ at: '2026-04-13', skipped: [] });
    expect(found.counted).toHaveLength(10);
    expect([found.counted[0], found.counted[9]]).toEqual(['2026-04-03', '2026-04-12']);
  });

  test('opens papers five clear days before a public meeting, and by the end of the next day after the rest', () => {
    expect(due('reg16', cites('meeting', '2026-04-20'))).toEqual({
      at: '2026-04-14',
      counted: ['2026-04-15', '2026-04-16', '2026-04-17', '2026-04-18', '2026-04-19'],
      skipped: [],
    });
    expect(due('reg16', cites('meeting', '2026-04-05')).at).toBe('2026-04-02');
    expect(due('reg16', cites('meeting', '2026-04-05', { private: true })).at).toBe('2026-04-06');
    expect(due('reg16', cites('decision', '2026-04-02')).at).toBe('2026-04-03');
    expect(due('reg16', cites('decision', '2026-03-01')).at).toBe('2026-04-02');
    expect(due('s100F', cites('meeting', '2026-04-09')).at).toBe('2026-04-09');
  });

  test('counts working days alone where the council says so, and names those that it skips', () => {
    const found = due('reg17', cites('review', '2026-01-01'), working);
    expect(found.at).toBe('2026-04-21');
    expect(found.counted).toHaveLength(10);
    expect(found.skipped).toContainEqual({ date: '2026-04-03', reason: 'Good Friday' });
  });

  test('is touched by no return, and explains itself', () => {
    const on = cites('review', '2026-01-01');
    const row = {
      status: 'returned',
      submittedAt: received,
      returns: [{ from: new Date('2026-04-03T10:00:00Z'), to: null }],
      statutoryRight: {
        right: 'reg17',
        due: '2026-04-13',
        counts: true,
        reasoned: true,
        claimed: null,
        cites: on,
        recordedBy: 'a person',
      },
    } as const;
    for (const status of ['submitted', 'returned'] as const) {
      const found = dueOf(defaultSettings, { ...row, status });
      expect(found).toMatchObject({ what: 'release', at: '2026-04-13', pauses: [] });
      expect(found?.counted).toHaveLength(10);
    }
    const earlier = { ...row.statutoryRight, due: '2026-04-08' };
    expect(dueOf(defaultSettings, { ...row, statutoryRight: earlier })).toMatchObject({
      at: '2026-04-08',
      counted: [],
    });
  });
});
