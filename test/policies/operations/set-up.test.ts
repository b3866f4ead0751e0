/** The check list: what is missing before the first request can be decided. */
import { describe, expect, test } from '@jest/globals';
import {
  setUpSteps,
  stepsMissing,
  type OfficeCount,
  type SetUpCounts,
} from '../../../policies/operations/set-up.js';

const filled: OfficeCount = { held: 1, signIn: 1, heads: 1, waiting: 0, deputies: 1 };
/** A council with all that it needs, and all that is good to have. */
const complete: SetUpCounts = {
  offices: {
    administrator: { ...filled, held: 2, signIn: 2 },
    monitoring_officer: filled,
    childrens_services: filled,
    democratic_services: filled,
    legal: filled,
    host: filled,
    data_protection: filled,
    auditor: filled,
  },
  members: { inRegister: 3, invited: 0, signIn: 1 },
  protocols: 1,
  mail: { sent: 9, waiting: 0, givenUp: 0 },
};
const empty: SetUpCounts = {
  offices: {},
  members: { inRegister: 0, invited: 0, signIn: 0 },
  protocols: 0,
  mail: { sent: 0, waiting: 0, givenUp: 0 },
};

const lacking = (counts: SetUpCounts): Readonly<Record<string, string>> =>
  Object.fromEntries(setUpSteps(counts).flatMap(({ key, lacks }) => (lacks === null ? [] : [[key, lacks]])));
const withOffice = (office: keyof SetUpCounts['offices'], count: Partial<OfficeCount>): SetUpCounts => ({
  ...complete,
  offices: { ...complete.offices, [office]: { ...filled, ...count } },
});

describe('the check list', () => {
  test('lacks nothing where everything is set up', () => {
    expect(lacking(complete)).toEqual({});
    expect(stepsMissing(setUpSteps(complete))).toBe(0);
  });

  test('of a council that has nothing names each step, and counts those without which no request is decided', () => {
    const nobody = [
      'administrator',
      'monitoring_officer',
      'childrens_services',
      'democratic_services',
      'legal',
      'host',
      'data_protection',
      'auditor',
    ];
    expect(lacking(empty)).toEqual({
      ...Object.fromEntries(nobody.map((key) => [key, 'nobody'])),
      register: 'register',
      members: 'register',
      protocol: 'protocol',
      mail: 'mail_unsent',
      second_administrator: 'second_person',
      deputies: 'deputy',
    });
    expect(stepsMissing(setUpSteps(empty))).toBe(10);
  });

  test.each(['childrens_services', 'democratic_services', 'legal'] as const)(
    'says of %s whether it waits for a second person, for a password or for a head',
    (office) => {
      const of = (count: Partial<OfficeCount>) => lacking(withOffice(office, count))[office];
      expect(of({ held: 0, signIn: 0, heads: 0, waiting: 1 })).toBe('confirmation');
      expect(of({ held: 1, signIn: 0, heads: 0 })).toBe('password');
      expect(of({ held: 2, signIn: 1, heads: 0 })).toBe('head');
      expect(of({ held: 0, signIn: 0, heads: 0 })).toBe('nobody');
    },
  );

  test('asks no head of an office that needs none', () => {
    for (const office of ['administrator', 'monitoring_officer', 'host', 'auditor'] as const)
      expect(lacking(withOffice(office, { signIn: 2, heads: 0 }))[office]).toBeUndefined();
  });

  test('says of the members whether they are to be imported, invited, or have to set a password', () => {
    const of = (members: SetUpCounts['members']) => lacking({ ...complete, members })['members'];
    expect(of({ inRegister: 0, invited: 0, signIn: 0 })).toBe('register');
    expect(of({ inRegister: 3, invited: 0, signIn: 0 })).toBe('invitation');
    expect(of({ inRegister: 3, invited: 2, signIn: 0 })).toBe('password');
    expect(of({ inRegister: 3, invited: 2, signIn: 1 })).toBeUndefined();
  });

  test('does not call mail well while some was given up', () => {
    const mail = { sent: 9, waiting: 0, givenUp: 1 };
    expect(lacking({ ...complete, mail })).toEqual({ mail: 'mail_given_up' });
  });

  test('counts what is good to have among nothing that is missing', () => {
    const counts = withOffice('legal', { deputies: 0 });
    expect(lacking(counts)).toEqual({ deputies: 'deputy' });
    expect(stepsMissing(setUpSteps(counts))).toBe(0);
  });
});
