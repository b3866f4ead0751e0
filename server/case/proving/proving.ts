/** What proving oneself needs: a limit on tries, and what seals the keys that codes are made from. */
import type { Knex } from 'knex';
import type { RelyingParty } from './relying-party.js';
import type { Seal } from './seal.js';

/** Who tries to prove themselves, as far as anyone can say before it has worked. */
export interface Attempt {
  readonly email: string;
  readonly ip: string;
  /** The token of a browser in which that account has signed in before, or the session that asks; null for any other. */
  readonly knownBrowser: string | null;
  /** Whether it is a try of codes by who has the password: those of an account count together, wherever they come from. */
  readonly codes?: true;
}

/** A try that has been counted, and may be made. */
export interface Counted {
  /**
   * Where it has failed: whether it is the first for a day that makes the next one in this account wait. In the transaction
   * that records the failure.
   */
  isFirstBlock(trx: Knex.Transaction): Promise<boolean>;
  /** Where it was right: it cost nothing. In the transaction that records the success. */
  clear(trx: Knex.Transaction): Promise<void>;
}

/** Counts tries before they are made. Those that succeed cost nothing. */
export interface Attempts {
  /** @throws ProtocolError 429 where the next try is not free yet; then nothing is attempted, and nothing counted. */
  limited<T>(who: Attempt, attempt: (counted: Counted) => Promise<T>): Promise<T>;
}

/** The council’s own sign-in: people come in by it, and by passwords the account for emergencies alone. */
export interface CouncilSignIn {
  /** As buttons name it: “your council account”. */
  readonly name: string;
  readonly issuer: string;
  /** Whether passwords work for everybody all the same, as in the demonstration. */
  readonly besidePasswords: boolean;
}

export interface Proving {
  readonly attempts: Attempts;
  /** Seals the keys of codes, and challenges. */
  readonly keys: Seal;
  /** Whom passkeys are for; null where the service takes none. */
  readonly relyingParty: RelyingParty | null;
  /** Whose service it is: the app on the phone shows it beside the code. */
  readonly councilName: string;
  /** Missing where people sign in here alone. */
  readonly provider?: CouncilSignIn | undefined;
}
