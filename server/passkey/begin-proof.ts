import type { z } from 'zod';
import { usePasskey as command } from '../../policies/passkey/commands.js';
import { permitOneself } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { offering } from '../case/proving/relying-party.js';
import { notSignedIn } from '../web/api/problem.js';
import { challengesFor, newChallenge } from './follows/challenge.js';
import { requestOptions } from './present.js';
import { asPasskeys, readPasskeys } from './read-passkeys.js';
import type { requestOptionsShape } from './shapes.js';

/**
 * What a browser needs so that one of the person’s own passkeys proves that it is they. Nothing is kept of it.
 * @throws Conflict by the rules `passkeys_here` and `no_passkey`
 */
export const beginProof = async (ctx: Ctx): Promise<z.infer<typeof requestOptionsShape>> => {
  const { proving, session, now } = ctx;
  if (!session) throw notSignedIn();
  const found = await readPasskeys(ctx);
  permitOneself(command, ctx, asPasskeys(ctx, found), {});
  const challenge = newChallenge(proving.keys, challengesFor.stepUp(session.id), now());
  return requestOptions(offering(proving.relyingParty), challenge, found);
};
