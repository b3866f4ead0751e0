import { authoriseTo } from '../../../policies/permission/permit.js';
import { Invalid, type FieldError } from '../../../policies/core/refusals.js';
import { keepRegister } from '../../../policies/register/commands.js';
import type { FeedChoices } from '../../../policies/register/feed-choices.js';
import type { FeedMember } from '../../../policies/register/register-feed.js';
import type { Ctx } from '../../case/ctx.js';
import { importUnattended, type ImportedUnattended } from './import-unattended.js';

const judgement = 'Leave this out: a person decides who somebody is, on the page of the import';

/**
 * Imports a feed that a program sends. Nobody looks on, as with the nightly command: it takes over the same, and leaves
 * the same for Democratic Services. Source: People, accounts and sign-in, “Machines”; need-to-know.md, section 6, “The
 * register of members”.
 * @throws Invalid if the program decides who somebody is, or leaves out somebody who is not in the file
 */
export const importWithToken = async (
  ctx: Ctx,
  feed: readonly FeedMember[],
  choices: FeedChoices,
): Promise<ImportedUnattended> => {
  authoriseTo(keepRegister, ctx, { kind: 'Register' });
  const errors: FieldError[] = (['same', 'another'] as const)
    .filter((field) => choices[field].length > 0)
    .map((field) => ({ field, message: judgement }));
  if (errors.length > 0) throw new Invalid(errors);
  return importUnattended(ctx.db, ctx, feed, choices.leaveOut);
};
