import type { Knex } from 'knex';
import { noteUse, type PasskeyInUse } from '../../../db/passkey/passkeys.js';
import type { Proving } from '../../case/proving/proving.js';
import type { SentAssertion } from '../bodies.js';
import { challengeUsed } from './challenge.js';
import { judgedAssertion, type Key } from './verified.js';

/** What answers for a credential that nobody has: a key whose other half was thrown away, so that it takes as long. */
const nobodys: Key = {
  credentialId: Buffer.alloc(16),
  publicKey: Buffer.from(
    'a5010203262001215820' +
      '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
      '225820' +
      '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
    'hex',
  ),
  counter: 0,
};

/** The id of a person, as a passkey keeps it and says it with each answer. */
export const handleOf = (person: string): string =>
  Buffer.from(person.replaceAll('-', ''), 'hex').toString('base64url');

/** Whether an answer says that it is of somebody else than the owner of the passkey. */
const isOfAnother = ({ response: { userHandle } }: SentAssertion, { person }: PasskeyInUse): boolean =>
  typeof userHandle === 'string' && userHandle !== handleOf(person);

/**
 * Uses the answer of a passkey up. It needs an entry on the trail in the same transaction.
 * @param found the passkey that the answer names; null where there is none
 * @param use what it was asked for
 * @returns whether it is right; `copied` where its counter went back
 */
export const usePasskey = async (
  trx: Knex.Transaction,
  { keys, relyingParty: party }: Pick<Proving, 'keys' | 'relyingParty'>,
  {
    found,
    sent,
    use,
    at,
  }: {
    readonly found: PasskeyInUse | null;
    readonly sent: SentAssertion;
    readonly use: string;
    readonly at: Date;
  },
): Promise<boolean | 'copied'> => {
  const { clientDataJSON } = sent.response;
  const challenge = await challengeUsed(trx, keys, { clientDataJSON, use, at });
  if (party === null || challenge === null) return false;
  const judged = await judgedAssertion(sent, { party, challenge, key: found ?? nobodys });
  if (judged === null || found === null || isOfAnother(sent, found)) return false;
  if (judged === 'copied') return judged;
  return noteUse(trx, { id: found.id, before: found.counter, ...judged, at });
};
