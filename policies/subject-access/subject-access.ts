/**
 * The data held on a councillor, given to them by Data Protection, or by the person who keeps the register for
 * Democratic Services; the trail records it first.
 *
 * Source: UK GDPR, Article 15 (access), 15(4) (the rights of others); Data Protection Act 2018, Schedule 2,
 * paragraph 19 (legal professional privilege); need-to-know.md, section 5 (discussion, advice, and the
 * answers and seats of a request that is not decided are in no subject-access file, a draft is read by its author alone, a councillor is never told of party or cause).
 */
import { authorities } from '../core/authorities.js';

/** Questions whose answers are about a child, a family or proceedings, and not about the councillor. */
export const aboutOthers = ['agreements', 'legal_bars'] as const;

/** Entries that say how the offices stand on a request: in the file once the version that they are about is decided. */
export const saidBeforeADecision = [
  'request.answered',
  'request.signed',
  'request.seat_withdrawn',
  'request.seats_voided',
  'request.lift_said',
  'request.lifts_voided',
] as const;

/** What the file leaves out, and on what ground: said in the file itself. */
export const leftOut: readonly { readonly what: string; readonly ground: string }[] = [
  {
    what: 'The discussion of the three offices, and advice',
    ground: 'Legal professional privilege: Data Protection Act 2018, Schedule 2, paragraph 19',
  },
  {
    what: 'The answers and sign-offs of the offices, and what they said of lifting a council rule, on a request that is not decided, or was changed before it was',
    ground: `Nobody outside the offices reads them before a decision. ${authorities.visibility}`,
  },
  {
    what: 'Legal holds, and what is said of a claim that may come',
    ground: 'Legal professional privilege: Data Protection Act 2018, Schedule 2, paragraph 19',
  },
  {
    what: 'Whether a family, a child or a member of a group agreed, bars of law on a case, what was said of lifting a council rule about these, and case references',
    ground: 'Rights of others: UK GDPR, Article 15(4)',
  },
  {
    what: 'Why a visit or a grant was ended, and which limit did not hold at a visit: that may be the word of a family or child',
    ground: 'Rights of others: UK GDPR, Article 15(4)',
  },
  {
    what: 'What was reported of an incident that somebody else caused',
    ground: 'Rights of others: UK GDPR, Article 15(4)',
  },
  {
    what: 'The names of officers: each is shown by office and capacity',
    ground: 'Rights of others: UK GDPR, Article 15(4)',
  },
  {
    what: 'The text of drafts: the councillor reads their own in the service',
    ground: `A draft is read by its author alone. ${authorities.visibility}`,
  },
  {
    what: 'The hash of the password, and what stands for hours only: sign-in sessions, counts of failed sign-ins, answers kept against double sending',
    ground: 'What is in them stands in this file, or says nothing of a person',
  },
];
