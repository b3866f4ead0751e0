/** The bodies of the discussion, the sign-offs and the decision of a request. */
import { z } from 'zod';
import { categories } from '../../policies/core/category.js';
import { decidingOffices } from '../../policies/core/office.js';
import { conditionOwners, conditionTimes } from '../../policies/grant/condition.js';
import { grounds } from '../../policies/core/grounds.js';
import { asked } from '../web/schema/field-words.js';
import { date, text, version } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

const reasons = text(4000);
const noConflict = asked(z.literal(true), 'No conflict of interest', {
  missing: 'Confirm that you have no conflict of interest',
  wrong: 'Confirm that you have no conflict of interest',
});
const conditions = z
  .array(
    z
      .union([
        asked(text(1000), 'Condition'),
        z.strictObject({
          text: asked(text(1000), 'Condition'),
          owner: z.enum(conditionOwners),
          before: z.enum(conditionTimes),
        }),
      ])
      .meta({ id: 'ConditionAsked' }),
  )
  .max(30)
  .default([]);
const coded = z.array(z.enum(grounds)).max(grounds.length).default([]);
/** The common fields of a sign-off and a decision. */
export const signing = { reasons, grounds: coded, conditions };
export const twoOffices = z.enum(['childrens_services', 'democratic_services']);

/** An office's words in the discussion. */
export const spokenBody = z.strictObject({
  version,
  text: asked(text(10_000), 'Text', { missing: 'Enter what you want to say' }),
  privileged: z.boolean().optional(),
  // For which office, where the person holds more than one; else the first they may act for.
  office: z.enum(decidingOffices).optional(),
});
spokenBody.register(z.globalRegistry, { id: 'SpokenBody' });

/** The note of a meeting of the offices. */
export const meetingBody = z.strictObject({
  version,
  meeting: z.strictObject({
    date: asked(date, 'Date of the meeting'),
    present: asked(z.array(z.enum(decidingOffices)).min(1).max(4), 'Offices present', {
      missing: 'Select the offices that were present',
      wrong: 'Select the offices that were present',
    }),
    note: asked(text(10_000), 'Note of the meeting'),
  }),
  privileged: z.boolean().optional(),
  office: z.enum(decidingOffices).optional(),
});
meetingBody.register(z.globalRegistry, { id: 'MeetingBody' });
/** Whether an office was at a meeting, as its note says. */
export const confirmationBody = z
  .strictObject({
    version,
    present: asked(z.boolean(), 'Whether your office was there', {
      missing: 'Select whether your office was there',
    }),
    // For which office, where the person holds more than one; else the first that has still to say so.
    office: z.enum(decidingOffices).optional(),
  })
  .meta({ id: 'MeetingConfirmationBody' });
export type SentConfirmation = Sent<typeof confirmationBody>;
/** What is sent to the discussion: either of both. */
export const discussionBody = z.union([spokenBody, meetingBody]).meta({ id: 'DiscussionBody' });
export type Contribution = Sent<typeof spokenBody> | Sent<typeof meetingBody>;

export const signOffBody = z.strictObject({
  version,
  office: twoOffices,
  outcome: asked(z.enum(['agree', 'object']), 'Outcome', {
    missing: 'Select whether your office agrees or objects',
  }),
  ...signing,
  noConflict,
});
signOffBody.register(z.globalRegistry, { id: 'SignOffBody' });
export type SentSignOff = Sent<typeof signOffBody, 'noConflict'>;

export const withdrawalBody = z.strictObject({ version, reasons }).meta({ id: 'SignOffWithdrawalBody' });
export type SentWithdrawal = Sent<typeof withdrawalBody>;

/** What an approval opens. */
const opening = {
  categories: asked(z.array(z.enum(categories)).min(1).max(categories.length), 'Categories', {
    wrong: 'Select at least one category',
  }).default(['process']),
  from: date.optional(),
  to: date.optional(),
};

export const decisionBody = z.strictObject({
  version,
  outcome: asked(z.enum(['approve', 'refuse']), 'Outcome', {
    missing: 'Select whether to approve or refuse',
  }),
  ...signing,
  ...opening,
  noConflict,
});
decisionBody.register(z.globalRegistry, { id: 'DecisionBody' });
export type SentDecision = Sent<typeof decisionBody, 'noConflict'>;

/** The arrangements of what is ordered. */
export const arrangementsBody = z
  .strictObject({ version, conditions, ...opening, noConflict })
  .meta({ id: 'ArrangementsBody' });
export type SentArrangements = Sent<typeof arrangementsBody, 'noConflict'>;

/** What Legal signs to carry out an order, in the words of the order: need and grounds are not judged again. */
export const signingOrdered = ({ conditions: arranged }: SentArrangements, words: string) =>
  ({ outcome: 'approve', grounds: [], reasons: words, conditions: arranged }) as const;
