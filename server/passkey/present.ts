/** How passkeys are presented to their owner, and what a browser is asked about them. */
import type { z } from 'zod';
import type { StoredPasskey } from '../../db/passkey/passkeys.js';
import type { Ctx } from '../case/ctx.js';
import type { RelyingParty } from '../case/proving/relying-party.js';
import { answerTime } from './follows/challenge.js';
import { handleOf } from './follows/use-passkey.js';
import { algorithms } from './follows/verified.js';
import type { creationOptionsShape, passkeyShape, requestOptionsShape } from './shapes.js';

/** What the owner is told of a passkey; never a key. */
export const presentPasskey = ({
  id,
  name,
  madeAt,
  lastUsedAt,
  backedUp,
}: StoredPasskey): z.infer<typeof passkeyShape> => ({
  id,
  name,
  madeAt: madeAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  backedUp,
});

const named = ({ credentialId, transports }: StoredPasskey) => ({
  type: 'public-key' as const,
  id: credentialId.toString('base64url'),
  transports: [...transports],
});

/** What a browser is asked, to make a passkey: one that needs no address to sign in, and asks its user who they are. */
export const creationOptions = (
  { actor, proving }: Pick<Ctx, 'actor' | 'proving'>,
  {
    party,
    challenge,
    found,
  }: {
    readonly party: RelyingParty;
    readonly challenge: string;
    readonly found: readonly StoredPasskey[];
  },
): z.infer<typeof creationOptionsShape> => ({
  challenge,
  rp: { id: party.id, name: proving.councilName },
  user: { id: handleOf(actor.id), name: actor.email, displayName: actor.name },
  pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
  timeout: answerTime,
  excludeCredentials: found.map(named),
  authenticatorSelection: {
    residentKey: 'required',
    requireResidentKey: true,
    userVerification: 'required',
  },
  attestation: 'none',
});

/** What a browser is asked, to use a passkey. @param found those that may answer; none stands for any */
export const requestOptions = (
  party: RelyingParty,
  challenge: string,
  found: readonly StoredPasskey[] = [],
): z.infer<typeof requestOptionsShape> => ({
  challenge,
  rpId: party.id,
  timeout: answerTime,
  userVerification: 'required',
  allowCredentials: found.map(named),
});
