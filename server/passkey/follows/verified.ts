/**
 * Whether an answer of a browser is right, by `@simplewebauthn/server`. It is loaded with the first answer: it takes half a
 * second, and no start waits for it.
 */
import { counterGoesOn } from '../../../policies/passkey/passkey.js';
import type { RelyingParty } from '../../case/proving/relying-party.js';
import type { SentAssertion, SentCredential } from '../bodies.js';

/** EdDSA, ECDSA with P-256, and RSA, by their numbers in COSE: every authenticator has one of them. */
export const algorithms = [-8, -7, -257];

export interface NewCredential {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly backedUp: boolean;
}

interface Asked {
  readonly party: RelyingParty;
  readonly challenge: string;
}

/** What must hold of every answer: where it was given, for whom, and that its user proved to the device that it is they. */
const expected = ({ party, challenge }: Asked) => ({
  expectedChallenge: challenge,
  expectedOrigin: party.origin,
  expectedRPID: party.id,
  requireUserVerification: true,
});

/** The library throws what it has against an answer, whatever somebody sent in the place of one. */
const orNull = async <T>(judge: () => T | Promise<T>): Promise<T | null> => {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
};

/**
 * The credential of an answer to a challenge to make one; null where the answer is not right. Statements of makers are not
 * asked for: one that comes all the same is not looked into, which could mean to ask other servers about its certificates.
 */
export const newCredentialOf = async (sent: SentCredential, asked: Asked): Promise<NewCredential | null> => {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const { id, rawId, type, clientExtensionResults } = sent;
  const { clientDataJSON, attestationObject } = sent.response;
  const made = await orNull(async () => {
    const stated = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
    const isPlain = stated.get('fmt') === 'none';
    const isBySelf = stated.get('fmt') === 'packed' && stated.get('attStmt').get('x5c') === undefined;
    if (!isPlain && !isBySelf) return null;
    return verifyRegistrationResponse({
      response: { id, rawId, type, clientExtensionResults, response: { clientDataJSON, attestationObject } },
      ...expected(asked),
      supportedAlgorithmIDs: algorithms,
    });
  });
  if (!made?.verified) return null;
  const { credential, credentialBackedUp } = made.registrationInfo;
  return {
    credentialId: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    backedUp: credentialBackedUp,
  };
};

export interface Key {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
}

/** A right answer of a passkey: its counter now; `copied` where everything is right but that the counter went back. */
export type Judged = { readonly counter: number; readonly backedUp: boolean } | 'copied';

/** What an answer to a challenge to use a passkey is worth; null where it is not right. */
export const judgedAssertion = async (
  sent: SentAssertion,
  { key, ...asked }: Asked & { readonly key: Key },
): Promise<Judged | null> => {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { id, rawId, type, clientExtensionResults } = sent;
  const { clientDataJSON, authenticatorData, signature } = sent.response;
  const judged = await orNull(() =>
    verifyAuthenticationResponse({
      response: {
        id,
        rawId,
        type,
        clientExtensionResults,
        response: { clientDataJSON, authenticatorData, signature },
      },
      ...expected(asked),
      // The counter is judged by our own rule, so that the trail can say that it went back.
      credential: {
        id: key.credentialId.toString('base64url'),
        publicKey: new Uint8Array(key.publicKey),
        counter: 0,
      },
    }),
  );
  if (!judged?.verified) return null;
  const { newCounter, credentialBackedUp } = judged.authenticationInfo;
  return counterGoesOn(key.counter, newCounter)
    ? { counter: newCounter, backedUp: credentialBackedUp }
    : 'copied';
};
