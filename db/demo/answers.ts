import type { Answer, Answers } from '../../policies/need-to-know/answers.js';
import {
  observationType,
  type ObservationTypeKey,
  type Party,
} from '../../policies/core/observation-types.js';
import type { AppointmentKind } from '../../policies/register/member.js';

/** The differences between the invented assessments. */
export interface Weighed {
  readonly type: ObservationTypeKey;
  readonly role: AppointmentKind;
  readonly standing?: 'sitting' | 'coopted';
  readonly authority: 'work_programme' | 'appointment';
  /** Why a duty needs this. */
  readonly duty: string;
  /** Why nothing less would do. */
  readonly alternatives: string;
  /** Why the benefit is proportionate. */
  readonly proportionate: string;
  /** Why the request asks for more than one event. */
  readonly scope?: string;
}

const alternatives = [
  'briefing',
  'data',
  'anonymised_audit',
  'closed_case',
  'staff_talk',
  'other_type',
] as const;

/** The observation of a family that is not yet known concerns no competent child. */
const agreements = (parties: readonly Party[]): Answer => ({
  answer: Object.fromEntries(
    parties.map((party) => [party, party === 'child' ? 'not_applicable' : 'agreed']),
  ),
  ...(parties.includes('child')
    ? { reason: { child: 'No child who is old enough to be asked is concerned in this.' } }
    : {}),
});

/** All fourteen answers of a test whose outcome is `established`. */
export const established = (given: Weighed): Answers => ({
  standing: {
    answer: given.standing ?? 'sitting',
    ...(given.standing === 'coopted'
      ? { reason: 'A co-opted member holds the same seat on the committee, with the same duties.' }
      : {}),
  },
  role: { answer: given.role },
  authority: { answer: given.authority },
  necessity: { answer: 'duty', reason: given.duty },
  scope: { answer: 'specific', ...(given.scope ? { reason: given.scope } : {}) },
  alternatives: {
    answer: Object.fromEntries(alternatives.map((item) => [item, 'insufficient'])),
    reason: given.alternatives,
  },
  collateral_purpose: { answer: 'no' },
  connection: { answer: 'none' },
  documents: { answer: 'no' },
  legal_bars: { answer: [] },
  proportionality: { answer: 'proportionate', reason: given.proportionate },
  agreements: agreements(observationType(given.type).parties),
  lawful_basis: {
    answer: 'confirmed',
    reason:
      'UK GDPR Article 6(1)(e), public task, and Article 9(2)(g), substantial public interest: scrutiny of how ' +
      'the council safeguards children is a function of the council.',
    basis: {
      article6: '6(1)(e)',
      article9: '9(2)(g)',
      schedule1: 6,
      policyDocument: 'Appropriate policy document for children’s social care',
    },
  },
  prerequisites: {
    answer: {
      undertaking: 'met',
      safeguarding_training: 'met',
      data_protection_training: 'met',
      dbs: 'met',
    },
  },
});
