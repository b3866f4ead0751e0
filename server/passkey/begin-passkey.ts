import type { z } from 'zod';
import { addPasskey as command } from '../../policies/passkey/commands.js';
import { permitOneself } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { offering } from '../case/proving/relying-party.js';
import { challengesFor, newChallenge } from './follows/challenge.js';
import { creationOptions } from './present.js';
import { asPasskeys, readPasskeys } from './read-passkeys.js';
import type { creationOptionsShape } from './shapes.js';

/**
 * What a browser needs to make a passkey. Nothing is kept of it.
 * @throws Forbidden by the rule `step_up`; Conflict by the rules `passkeys_here` and `passkeys_enough`
 */
export const beginPasskey = async (ctx: Ctx): Promise<z.infer<typeof creationOptionsShape>> => {
  const { proving, session, now } = ctx;
  const found = await readPasskeys(ctx);
  permitOneself(command, ctx, asPasskeys(ctx, found), {});
  const party = offering(proving.relyingParty);
  const challenge = newChallenge(proving.keys, challengesFor.adding(session?.id), now());
  return creationOptions(ctx, { party, challenge, found });
};
