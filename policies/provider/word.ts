/**
 * What the council's own sign-in says of somebody, once its signature, issuer, audience, nonce and time have been checked,
 * and what it is worth here. Source: People, accounts and sign-in, “Ways in” and “Step-up”.
 */
import { provedMinutes } from '../proof/proof.js';

export interface ProviderWord {
  /** Who it is, by a name that the provider never gives to anybody else. */
  readonly subject: string;
  readonly email: string | null;
  /** Whether the provider says that the address is theirs. */
  readonly emailVerified: boolean;
  /** When they last proved themselves there; null where it does not say. */
  readonly provedAt: Date | null;
  /** The class of that proof, and the means used. */
  readonly acr: string | null;
  readonly amr: readonly string[];
  /** Their session there; null where it does not say. */
  readonly session: string | null;
}

/** What a council asks of a proof: one of these classes, and all of these means. */
export interface Demands {
  readonly acr: readonly string[];
  readonly amr: readonly string[];
}

/** Whether somebody proved themselves in the way that the council asks for. */
export const meets = ({ acr, amr }: Pick<ProviderWord, 'acr' | 'amr'>, demands: Demands): boolean =>
  (demands.acr.length === 0 || (acr !== null && demands.acr.includes(acr))) &&
  demands.amr.every((means) => amr.includes(means));

/** The address by which an account is found that is not bound yet; null where the provider does not vouch for it. */
export const vouchedEmail = ({ email, emailVerified }: ProviderWord): string | null =>
  emailVerified ? email : null;

/** By how many seconds the clock of the provider may be ahead. */
export const clockSeconds = 60;

/** For how many minutes somebody may be at the provider before they come back. */
export const absentMinutes = 10;

/**
 * How long ago somebody proved themselves at the provider, in milliseconds; null where it does not say, or says a time to
 * come.
 * @param now by the clock of the machine
 */
export const sinceProof = ({ provedAt }: Pick<ProviderWord, 'provedAt'>, now: Date): number | null => {
  if (provedAt === null) return null;
  const age = now.getTime() - provedAt.getTime();
  return age < -clockSeconds * 1000 ? null : Math.max(0, age);
};

/** Whether a proof of that age counts before something that weighs much. */
export const isFreshProof = (age: number | null): age is number =>
  age !== null && age < provedMinutes * 60_000;
