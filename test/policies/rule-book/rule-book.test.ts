/** The book that an edition keeps: it holds every rule and every table, so that a change of one is a change of it. */
import { describe, expect, test } from '@jest/globals';
import { rulesOf } from '../../../policies/permission/ability.js';
import { matrix } from '../../../policies/rule-book/matrix.js';
import { periods } from '../../../policies/core/time/deadlines.js';
import { authorities, kindOfAuthority } from '../../../policies/core/authorities.js';
import { grounds, groundSays } from '../../../policies/core/grounds.js';
import { questionKeys, questions } from '../../../policies/need-to-know/questions.js';
import { observationTypes } from '../../../policies/core/observation-types.js';
import { ruleBook, type Plain } from '../../../policies/rule-book/rule-book.js';
import { ruleKeys, ruleOf, ruleSays } from '../../../policies/core/rules.js';

type Section = { readonly [key: string]: Plain };
const section = (name: string): Section => ruleBook[name] as Section;
const asked = (key: string) =>
  (ruleBook['questions'] as readonly Section[]).find((each) => each['key'] === key);

describe('the rule book', () => {
  test('has every rule in its words, with its authority', () => {
    expect(section('rules')).toEqual(
      Object.fromEntries(
        ruleKeys.map((key) => {
          const { authority, kind } = ruleOf(key);
          return [key, { says: ruleSays(key), authority, kind }];
        }),
      ),
    );
    expect(section('authorities')).toEqual(
      Object.fromEntries(
        Object.entries(authorities).map(([key, cites]) => [key, { kind: kindOfAuthority(cites), cites }]),
      ),
    );
  });

  test('has every question in its order, with the office, the authority and each answer', () => {
    const { questions: all } = ruleBook;
    expect((all as readonly Section[]).map(({ key }) => key)).toEqual(questionKeys);
    for (const { key, asks, office, authority, answers } of questions) {
      expect(asked(key)).toMatchObject({ asks, office, authority });
      const written = JSON.stringify(asked(key));
      const choices =
        answers.shape === 'each'
          ? Object.keys(answers.itemSays).map((item) => answers.values(item))
          : [answers.values];
      for (const { says } of choices.flatMap((choice) => Object.values(choice)))
        expect(written).toContain(says);
    }
  });

  test('says in which circumstances an answer blocks or needs a reason, where that depends on them', () => {
    expect(asked('connection')).toMatchObject({
      answers: {
        one: {
          personal: { blocks: 'connection', needsReason: false },
          unchecked: {
            blocks: [
              { when: { eventIsNear: false }, is: null },
              { when: { eventIsNear: true }, is: 'connection' },
            ],
          },
        },
      },
    });
    expect(asked('scope')).toMatchObject({
      answers: {
        one: {
          specific: {
            needsReason: [
              { when: { events: 1 }, is: false },
              { when: { events: 2 }, is: true },
              { when: { events: 3 }, is: true },
            ],
          },
        },
      },
    });
  });

  test('says for which types each party is asked', () => {
    for (const party of ['police', 'family', 'hosts'] as const) {
      expect(asked('agreements')).toMatchObject({
        answers: {
          items: {
            [party]: {
              askedFor: observationTypes
                .filter(({ parties }) => parties.includes(party))
                .map(({ key }) => key),
            },
          },
        },
      });
    }
  });

  test('has the grounds, the observation types, the commands and the defaults', () => {
    expect(section('grounds')).toEqual(Object.fromEntries(grounds.map((each) => [each, groundSays[each]])));
    expect(ruleBook['observationTypes']).toEqual(observationTypes);
    for (const { on, command, by, from, to, signs, hinders } of matrix()) {
      const rules = hinders.map(({ rule }) => rule);
      expect((section('commands')[on] as Section)[command]).toEqual({ by, from, to, signs, hinders: rules });
    }
    expect(section('defaults')).toMatchObject({ workingDays: periods });
  });

  test('has the commands of each office, those that a councillor may not give, and the rule for each', () => {
    const permissions = section('permissions');
    expect(Object.keys(permissions)).toEqual(expect.arrayContaining(Object.keys(rulesOf)));
    for (const rules of Object.values(permissions))
      expect((rules as readonly Plain[]).length).toBeGreaterThan(0);
    for (const action of ['return', 'answer', 'discuss', 'decide']) {
      expect(permissions['legal']).toContainEqual({
        action,
        subject: 'Request',
        conditions: { submitted: true },
      });
    }
    for (const action of ['create', 'edit', 'submit', 'withdraw', 'ask_review']) {
      expect(permissions['former_councillor']).toContainEqual({
        action,
        subject: 'Request',
        inverted: true,
        reason: 'standing',
      });
    }
  });
});
