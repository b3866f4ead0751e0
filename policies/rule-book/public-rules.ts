/**
 * The rule book as anybody may read it: each authority with whose it is, where it stands, and the rules and questions that
 * rest on it. Source: need-to-know.md, first paragraph (“every council rule has its place on the public page `/rules`,
 * generated from the rule book”).
 */
import {
  authorities,
  authorityKeys,
  kindOfAuthority,
  type AuthorityKey,
  type AuthorityKind,
} from '../core/authorities.js';
import { ruleKeys, ruleOf, ruleSays, type RuleKey } from '../core/rules.js';
import { questions, type QuestionKey } from '../need-to-know/questions.js';
import { placeOf, type Adopted, type Place } from '../settings/adopted.js';

export interface PublicAuthority {
  readonly key: AuthorityKey;
  /** As refusals and findings quote it. */
  readonly authority: string;
  readonly kind: AuthorityKind;
  /** Where a council rule stands; null for the law, for guidance, and where the council has named no document. */
  readonly place: Place | null;
}

export interface PublicRule {
  readonly rule: RuleKey;
  readonly says: string;
  readonly authority: string;
  readonly kind: AuthorityKind;
}

export interface PublicQuestion {
  readonly question: QuestionKey;
  readonly asks: string;
  readonly authority: string;
  readonly kind: AuthorityKind;
}

export interface PublicRules {
  readonly authorities: readonly PublicAuthority[];
  readonly rules: readonly PublicRule[];
  readonly questions: readonly PublicQuestion[];
}

/** @param adopted the document in which this council’s own rules stand */
export const publicRules = (adopted: Adopted | null): PublicRules => ({
  authorities: authorityKeys.map((key) => ({
    key,
    authority: authorities[key],
    kind: kindOfAuthority(authorities[key]),
    place: placeOf(adopted, key),
  })),
  rules: ruleKeys.map((key) => {
    const { authority, kind } = ruleOf(key);
    return { rule: key, says: ruleSays(key), authority, kind };
  }),
  questions: questions.map(({ key, asks, authority }) => ({
    question: key,
    asks,
    authority,
    kind: kindOfAuthority(authority),
  })),
});
