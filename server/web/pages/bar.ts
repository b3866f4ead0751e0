/** What keeps somebody from doing now what their office does at other times. */
import type { No } from '../../../policies/permission/permit.js';
import { refusalOf } from '../../../policies/permission/permit.js';
import { forbid, ruleOf } from '../../../policies/core/rules.js';
import type { Acting } from '../../../policies/people/actor.js';

/** Why something cannot be done now, and by which authority. */
export interface Bar {
  readonly says: string;
  readonly authority: string;
}

/**
 * What a page says in place of its form, by the verdict on its command; null where the command can be given.
 * @throws Forbidden where it is not for this person at all: the page is then no page of theirs
 */
export const barOf = (verdict: Acting | No): Bar | null => {
  const refusal = refusalOf(verdict);
  if (refusal === null) return null;
  if (refusal.from === 'authority') throw forbid(refusal.rule);
  return { says: refusal.says, authority: ruleOf(refusal.rule).authority };
};
