import type { z } from 'zod';
import { ruleOf, ruleSays } from '../../../policies/core/rules.js';
import type { Proving } from '../../case/proving/proving.js';
import { ProtocolError } from '../../web/api/problem.js';
import { requestOptions } from '../present.js';
import type { requestOptionsShape } from '../shapes.js';
import { challengesFor, newChallenge } from './challenge.js';

/**
 * What a browser needs so that any passkey for this service signs its owner in. Nothing is kept of it.
 * @param visitor the browser that asks
 * @throws ProtocolError 409 by the rule `passkeys_here`
 */
export const beginSignIn = (
  { keys, relyingParty: party }: Pick<Proving, 'keys' | 'relyingParty'>,
  visitor: string,
  at: Date,
): z.infer<typeof requestOptionsShape> => {
  if (party === null) {
    throw new ProtocolError('conflict', ruleSays('passkeys_here'), {
      by: ruleOf('passkeys_here'),
    });
  }
  return requestOptions(party, newChallenge(keys, challengesFor.signIn(visitor), at));
};
