/**
 * Which statutory right to papers a person can have, what it hangs on, and which papers it releases, kind by kind. Each
 * no has words and an authority of its own, in full, so that a reader can look it up.
 *
 * Source: need-to-know.md, section 3a; Local Government Act 1972, sections 83 and 100F, and Schedule 12A; Local
 * Government Act 2000, sections 9B and 9FA; SI 2012/2089, regulations 2, 16, 17 and 20.
 */
import { authorities } from '../core/authorities.js';
import { Conflict } from '../core/refusals.js';
import { ruleOf } from '../core/rules.js';
import type { AppointmentKind, Councillor, Standing } from '../register/member.js';
import { standingOn } from '../register/register.js';
import { hasExecutive, type Governance } from '../settings/governance.js';
import {
  withholdingFindings,
  type Cites,
  type ClaimableRight,
  type RightFinding,
} from '../request/statutory-right.js';

/** Why there is no right, or why it does not release some papers. */
export const noRights = {
  not_in_office: {
    says: 'Only a member in office has this right.',
    authority: authorities.membership,
  },
  coopted: {
    says: 'A co-opted member is not a member of the council, so this right is not theirs.',
    authority: authorities.rightOfMembers,
  },
  coopted_executive: {
    says: 'A co-opted member is not a member of the council, so this right is not theirs.',
    authority: authorities.rightOnExecutiveBusiness,
  },
  no_executive: {
    says: 'The council has a committee system and no executive, so this right does not exist here.',
    authority: authorities.governance,
  },
  no_scrutiny: {
    says: 'The register has no seat on an overview and scrutiny committee for this person.',
    authority: authorities.rightOfScrutiny,
  },
  executive_member: {
    says: 'A member of the executive is not on an overview and scrutiny committee, so this right is not theirs.',
    authority: authorities.scrutinyWithoutExecutive,
  },
  meeting_to_come: {
    says: 'This right is to papers on business that is still to be transacted at a meeting: cite that meeting.',
    authority: authorities.rightOfMembers,
  },
  executive_business: {
    says: 'This right is to papers on the business of a meeting or on a decision of the executive: cite that.',
    authority: authorities.rightOnExecutiveBusiness,
  },
  not_over: {
    says: 'The private meeting is not over, or the decision is not made: until then there is no right to its papers.',
    authority: authorities.rightOnExecutiveBusiness,
  },
  not_transacted: {
    says: 'This right is to papers on business that was transacted, or on a decision that was made.',
    authority: authorities.rightOfScrutiny,
  },
  exempt: {
    says: 'These papers are exempt unless the proper officer records, with reasons, that they are not, or that they fall within paragraph 3 (no terms under negotiation) or paragraph 6.',
    authority: authorities.rightOfMembersExempt,
  },
  exempt_executive: {
    says: 'These papers are exempt unless the proper officer records, with reasons, that they are not, or that they fall within paragraph 3 (no terms under negotiation) or paragraph 6.',
    authority: authorities.rightOnExecutiveBusinessExempt,
  },
  not_under_scrutiny: {
    says: 'Exempt or confidential papers need a review in the work programme, or an action or decision under scrutiny, to which they are relevant: cite it.',
    authority: authorities.rightOfScrutinyExempt,
  },
  withheld: {
    says: 'These papers are withheld as exempt: they are not relevant to what is under scrutiny.',
    authority: authorities.rightOfScrutinyExempt,
  },
  confidential: {
    says: 'These papers are confidential information: no right releases them in breach of that obligation.',
    authority: authorities.confidentialInformation,
  },
  political_advice: {
    says: 'These papers hold advice of a political adviser or assistant, to which there is no right.',
    authority: authorities.politicalAdvice,
  },
  outside_right: {
    says: 'These papers hold no material on the business or the decision that is cited.',
    authority: authorities.rightOfScrutiny,
  },
} as const;
export type NoRight = keyof typeof noRights;

/** A reason in words, with its authority. */
export const noRightSays = (reason: NoRight): { readonly says: string; readonly authority: string } =>
  noRights[reason];

/** 409 by the rule `statutory_right`, with the authority of this reason. */
export const refuseRight = (reason: NoRight): Conflict =>
  new Conflict(noRights[reason].says, {
    ...ruleOf('statutory_right'),
    authority: noRights[reason].authority,
  });

/** What a right depends on: who the person is that day, and how the council is governed. */
export interface Holder {
  readonly standing: Standing;
  /** The kinds of the appointments that they hold that day. */
  readonly appointments: readonly AppointmentKind[];
  readonly governance: Governance;
}

/** The holder that a councillor is on a day, by the register. */
export const holderOn = (
  councillor: Pick<Councillor, 'standing' | 'term' | 'appointments'>,
  day: string,
  governance: Governance,
): Holder => ({
  standing: standingOn(councillor, day),
  appointments: councillor.appointments
    .filter(({ from, to }) => from <= day && (to === null || to >= day))
    .map(({ kind }) => kind),
  governance,
});

const isIn = (standing: Standing): boolean => standing === 'sitting' || standing === 'coopted';

/** Why this person cannot have this right; null if they can. */
export const whyNoRight = (
  right: ClaimableRight,
  { standing, appointments, governance }: Holder,
): NoRight | null => {
  if (!isIn(standing)) return 'not_in_office';
  if (right === 's100F') return standing === 'coopted' ? 'coopted' : null;
  if (!hasExecutive(governance)) return 'no_executive';
  if (right === 'reg16') return standing === 'coopted' ? 'coopted_executive' : null;
  if (appointments.includes('lead_member')) return 'executive_member';
  return appointments.includes('relevant_committee') ? null : 'no_scrutiny';
};

/** Why what is cited does not carry this right; null if it does. Days are `YYYY-MM-DD`. */
export const whyNotCited = (
  right: ClaimableRight,
  cites: Cites,
  { received, today }: { readonly received: string; readonly today: string },
): NoRight | null => {
  const isToCome = cites.date > today;
  switch (right) {
    case 's100F':
      return cites.kind === 'meeting' && cites.date >= received ? null : 'meeting_to_come';
    case 'reg16':
      if (cites.kind === 'review') return 'executive_business';
      return isToCome && (cites.kind === 'decision' || cites.private === true) ? 'not_over' : null;
    case 'reg17':
      return cites.kind !== 'review' && isToCome ? 'not_transacted' : null;
  }
};

/** Whether a review in the work programme, or an action or decision under scrutiny, is cited (regulation 17(3)). */
const isScrutinised = ({ kind, scrutiny }: Cites): boolean => kind === 'review' || scrutiny !== undefined;

const withholds = (finding: RightFinding | null): boolean =>
  withholdingFindings.some((each) => each === finding);

const whyWithheld = (right: ClaimableRight, finding: RightFinding): NoRight => {
  if (finding === 'confidential' || finding === 'political_advice' || finding === 'outside_right')
    return finding;
  return right === 'reg17' ? 'withheld' : right === 'reg16' ? 'exempt_executive' : 'exempt';
};

/**
 * Why a right that a person has does not release papers of this kind; null if it does. Papers about how the work is
 * done, and no more, are not exempt.
 */
export const whyNotReleased = (
  right: ClaimableRight,
  {
    category,
    cites,
    finding,
  }: { readonly category: string; readonly cites: Cites; readonly finding: RightFinding | null },
): NoRight | null => {
  if (finding !== null && withholds(finding)) return whyWithheld(right, finding);
  if (category === 'process' || finding === 'not_exempt') return null;
  if (right === 'reg17') return isScrutinised(cites) ? null : 'not_under_scrutiny';
  if (finding !== null) return null;
  return right === 'reg16' ? 'exempt_executive' : 'exempt';
};
