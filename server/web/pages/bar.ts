/** What keeps somebody from doing now what their office does at other times. */
import type { FileOf, GivenOf, On } from '../../../policies/command/command.js';
import { refusalOf, verdict, type No } from '../../../policies/permission/permit.js';
import { conflict, forbid } from '../../../policies/core/rules.js';
import type { Acting } from '../../../policies/people/actor.js';
import type { Ctx } from '../../case/ctx.js';
import type { Line } from '../../case/offered.js';

/** Why something cannot be done now, and by which authority. */
export interface Bar {
  readonly says: string;
  readonly authority: string;
}

/**
 * The words in place of a page's form, by the verdict on its command; null if the command can be given.
 * @throws Forbidden if the person can never give it: the page is not for them
 */
export const barOf = (answer: Acting | No): Bar | null => {
  const refusal = refusalOf(answer);
  if (refusal === null) return null;
  if (refusal.from === 'authority') throw forbid(refusal.rule);
  return { says: refusal.says, authority: refusal.authority };
};

/**
 * The bar of a command where people meet it. What it is never offered of, as papers of a request for anything but
 * documents, has no such page.
 * @throws Forbidden as `barOf`; Conflict by the rule that refuses it, where it is never offered
 */
export const barHere = <K extends On>(
  ctx: Ctx,
  { command, each }: Line<K>,
  file: FileOf<K>,
  given: GivenOf<K>,
): Bar | null => {
  const answer = verdict(command, ctx, file, given);
  const bar = barOf(answer);
  const refusal = refusalOf(answer);
  if (refusal && each?.(file, given).length === 0) throw conflict(refusal.rule, refusal.says);
  return bar;
};
