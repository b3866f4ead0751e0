import { describe, expect, test } from '@jest/globals';
import { authorities } from '../../../policies/core/authorities.js';
import { Conflict, Forbidden, Invalid, NotFound, Refusal } from '../../../policies/core/refusals.js';
import { conflict, forbid, invalid, ruleKeys, ruleOf, ruleSays } from '../../../policies/core/rules.js';

describe('the rule book', () => {
  test.each(ruleKeys)('%s is a sentence that the person refused can read, with an authority', (key) => {
    expect(ruleSays(key)).toMatch(/^\p{Lu}.{10,}\.$/u);
    expect(ruleSays(key)).not.toMatch(/ [a-z]+_[a-z]+ (?!needs)/u);
    const { rule, authority } = ruleOf(key);
    expect(rule).toBe(key);
    expect(Object.values(authorities)).toContain(authority);
    expect(authority.length).toBeGreaterThan(10);
  });

  test('has keys in one style, and no two rules that say the same', () => {
    for (const key of ruleKeys) expect(key).toMatch(/^[a-z]+(_[a-z]+)*$/u);
    expect(new Set(ruleKeys.map(ruleSays)).size).toBe(ruleKeys.length);
  });

  test('has a rule for everybody who may not sign', () => {
    expect(ruleKeys).toEqual(
      expect.arrayContaining([
        'requester',
        'any_councillor',
        'host_signs',
        'line_manager_signs',
        'declared_relation',
        'complaint',
        'one_person_one_office',
        'principal_present',
        'head_signs',
      ]),
    );
  });
});

describe('a refusal by a rule', () => {
  test('403, 409 and 422 each carry the rule, its authority and its words', () => {
    for (const key of ruleKeys) {
      const refusals = [forbid(key), conflict(key), invalid(key, [{ field: 'x', message: 'Leave it out.' }])];
      expect(refusals.map(({ status }) => status)).toEqual([403, 409, 422]);
      for (const refusal of refusals) {
        expect(refusal).toBeInstanceOf(Refusal);
        expect(refusal).toMatchObject({ ...ruleOf(key), message: ruleSays(key) });
      }
    }
  });

  test('is of the kind that its status says', () => {
    expect(forbid('office')).toBeInstanceOf(Forbidden);
    expect(conflict('status')).toBeInstanceOf(Conflict);
    expect(invalid('complete', [])).toBeInstanceOf(Invalid);
    expect(forbid('office').name).toBe('Forbidden');
  });

  test('says more where more can be said, under the same rule', () => {
    expect(conflict('status', 'It is approved.')).toMatchObject({
      rule: 'status',
      message: 'It is approved.',
    });
  });

  test('names every field at fault', () => {
    const errors = [
      { field: 'window.to', message: 'The window ends before it starts.' },
      { field: 'events', message: 'Say how many events.' },
    ];
    expect(invalid('complete', errors).errors).toEqual(errors);
  });
});

describe('not found', () => {
  test('says the same about missing and hidden records, and names no rule', () => {
    const refusal = new NotFound();
    expect(refusal.status).toBe(404);
    expect(refusal.rule).toBeUndefined();
    expect(refusal.authority).toBeUndefined();
    expect(refusal.message).toBe(new NotFound().message);
  });
});
