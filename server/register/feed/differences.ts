import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Knex } from 'knex';
import { accountsWith } from '../../../db/register/register.js';
import type { RegisterChanges } from '../../../policies/register/register-feed.js';

interface Addressed {
  /** Somebody else has the address that the feed gives: it is kept as theirs, and no account goes by it. */
  readonly emailTaken: boolean;
}

/** The differences between a feed and the register, each address held against the accounts there are. */
export interface Differences extends Pick<RegisterChanges, 'gone' | 'doubtful'> {
  readonly added: readonly (RegisterChanges['added'][number] & Addressed)[];
  readonly changed: readonly (RegisterChanges['changed'][number] & Addressed)[];
  /** Equal for the same differences alone. */
  readonly digest: string;
}

/** How many of each: the trail's record of a comparison. */
export const countsOf = ({ added, changed, gone, doubtful }: RegisterChanges) => ({
  added: added.length,
  changed: changed.length,
  gone: gone.length,
  doubtful: doubtful.length,
});

export const digestOf = ({ added, changed, gone, doubtful }: RegisterChanges): string =>
  createHash('sha256')
    .update(canonicalize({ added, changed, gone, doubtful }) ?? '')
    .digest('hex');

const newAddress = ({ changes }: RegisterChanges['changed'][number]): string | null =>
  changes.find((change) => change.field === 'email')?.to ?? null;

/** Says of each address whether somebody else has it, or has it a line further up. */
export const withAccounts = async (db: Knex, found: RegisterChanges): Promise<Differences> => {
  const addresses = [...found.added.map(({ email }) => email), ...found.changed.map(newAddress)];
  const holders = await accountsWith(
    db,
    addresses.filter((email) => email !== null),
  );
  const claim = (email: string | null, councillorId: string | null): boolean => {
    if (email === null) return false;
    const key = email.toLowerCase();
    const isTaken = holders.has(key) && (councillorId === null || holders.get(key) !== councillorId);
    if (!isTaken) holders.set(key, councillorId);
    return isTaken;
  };
  const changed = found.changed.map((each) => ({ ...each, emailTaken: claim(newAddress(each), each.id) }));
  const added = found.added.map((each) => ({ ...each, emailTaken: claim(each.email, null) }));
  return { added, changed, gone: found.gone, doubtful: found.doubtful, digest: digestOf(found) };
};
