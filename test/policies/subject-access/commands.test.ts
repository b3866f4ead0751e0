/** Who marks and who releases a subject access request: need-to-know.md, section 5 (one person marks, a second releases). */
import { describe, expect, test } from '@jest/globals';
import { abilityFor } from '../../../policies/permission/ability.js';
import { permit } from '../../../policies/permission/permit.js';
import type { Actor } from '../../../policies/people/actor.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { accessOf, type AccessRequest } from '../../../policies/subject-access/access-request.js';
import { extendAccess, markPassage, releaseAccess } from '../../../policies/subject-access/commands.js';

const someone = (id: string): Actor => ({
  kind: 'Actor',
  id,
  name: id,
  email: `${id}@council.example`,
  councillorId: null,
  standing: null,
  holdings: [{ office: 'data_protection', capacity: 'authorised', head: false }],
});
const [one, second, third] = [someone('one'), someone('second'), someone('third')];
const markedBy = (...markers: string[]): AccessRequest => ({ ...accessOf('asks'), markers });

type Ruled = typeof markPassage | typeof releaseAccess | typeof extendAccess;
/** The rule that refuses it, or null. */
const ruleFor = (
  command: Ruled,
  actor: Actor,
  access: AccessRequest,
  given: { readonly unmarked?: number } = {},
): string | null => {
  const proof = { by: 'passphrase', at: new Date(0) } as const;
  try {
    permit(command, { actor, ability: abilityFor(actor), proof }, access, given);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.rule ?? 'no rule';
    throw error;
  }
};

describe('the file of a subject access request', () => {
  test('is released by nobody who has marked a passage that stands, and by anybody else of Data Protection', () => {
    for (const [markers, actor, rule] of [
      [['one'], one, 'access_two_people'],
      [['one'], second, null],
      [['one', 'second'], one, 'access_two_people'],
      [['one', 'second'], second, 'access_two_people'],
      [['one', 'second'], third, null],
    ] as const)
      expect([
        markers,
        actor.id,
        ruleFor(releaseAccess, actor, markedBy(...markers), { unmarked: 0 }),
      ]).toEqual([markers, actor.id, rule]);
  });

  test('is kept apart before it is counted: who has marked learns that first, and not how many are left', () => {
    expect(ruleFor(releaseAccess, one, markedBy('one'), { unmarked: 3 })).toBe('access_two_people');
    expect(ruleFor(releaseAccess, second, markedBy('one'), { unmarked: 3 })).toBe('access_unmarked');
  });

  test('is marked by one person or by several: only the release asks for somebody else', () => {
    expect(ruleFor(markPassage, one, markedBy('one'))).toBeNull();
    expect(ruleFor(markPassage, second, markedBy('one'))).toBeNull();
    expect(ruleFor(extendAccess, one, markedBy('one'))).toBeNull();
  });
});
