/**
 * Tokens with which a program calls the service in the place of a person: what each opens, for how long, and when it has
 * ended. Source: People, accounts and sign-in, “Machines”.
 */
import type { Office } from '../core/office.js';
import { addDays } from '../core/time/london.js';
import { inDays } from '../core/words/in-days.js';

/** What a token opens: the import of the register, the trail with its proofs, or parts of the trail as files. */
export const tokenScopes = ['register.import', 'trail', 'bundle'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/** Whose reading it is, and so who makes the token. */
export const officeOfScope: Readonly<Record<TokenScope, Office>> = {
  'register.import': 'democratic_services',
  trail: 'auditor',
  bundle: 'auditor',
};

/** Why a token has ended before its last day. */
export const tokenEnds = ['revoked', 'suspended'] as const;

/** A token as the rules see it. */
export interface Token {
  readonly kind: 'Token';
  /** Whose it is. */
  readonly personId: string;
  readonly scope: TokenScope;
  /** Whether somebody has revoked it, or its owner was suspended. */
  readonly ended: boolean;
}

/** A token opens its scope for at most so many days, the first among them. */
const tokenDays = 365;

/** The last day that a token made today may have, `YYYY-MM-DD` in London. */
export const lastDayOfToken = (today: string): string => addDays(today, tokenDays - 1);

/** What is wrong with that last day of a token that is made today; null where nothing is. */
export const faultOfLastDay = (last: string, today: string): string | null => {
  if (last < today) return 'Enter today or a later day';
  const latest = lastDayOfToken(today);
  return last > latest ? `Enter a day from today to ${inDays(latest)}` : null;
};

/** The state of a token, as people are told. */
export const tokenStates = ['works', 'over', 'office_ended', ...tokenEnds] as const;
export type TokenState = (typeof tokenStates)[number];

/** What the state of a token is worked out from. */
export interface TokenFacts {
  readonly endsAt: Date;
  readonly endedBecause: (typeof tokenEnds)[number] | null;
  /** Whether its owner holds, today, the office with which it was made. */
  readonly inOffice: boolean;
}

export const stateOfToken = ({ endsAt, endedBecause, inOffice }: TokenFacts, now: Date): TokenState => {
  if (endedBecause !== null) return endedBecause;
  if (!inOffice) return 'office_ended';
  return endsAt <= now ? 'over' : 'works';
};

/** A use of a token is noted at most once in so many minutes: a call does not write for it. */
const minutesBetweenUses = 60;

/** Whether a use is to be noted, where the last one noted was then. */
export const isUseNoted = (last: Date | null, now: Date): boolean =>
  last === null || now.getTime() - last.getTime() >= minutesBetweenUses * 60_000;
