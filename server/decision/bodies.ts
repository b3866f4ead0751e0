/** What is sent to the discussion, the sign-offs and the decision of a request. */
import { z } from 'zod';
import {
  categories,
  conditionOwners,
  conditionTimes,
  decidingOffices,
} from '../../policies/core/subjects.js';
import { grounds } from '../../policies/need-to-know/grounds.js';
import { date, text, version } from '../web/api/schemas.js';
import type { Sent } from '../web/api/sent.js';

const reasons = text(4000);
const noConflict = z.literal(true, 'Declare that you have no conflict: send true.');
const conditions = z
  .array(
    z.union([
      text(1000),
      z.strictObject({ text: text(1000), owner: z.enum(conditionOwners), before: z.enum(conditionTimes) }),
    ]),
  )
  .max(30)
  .default([]);
const coded = z.array(z.enum(grounds)).max(grounds.length).default([]);
export const twoOffices = z.enum(['childrens_services', 'democratic_services']);

/** What an office says in the discussion. */
export const spokenBody = z.strictObject({
  version,
  text: text(10_000),
  privileged: z.boolean().optional(),
  // For which office, where the person holds more than one; else the first they may act for.
  office: z.enum(decidingOffices).optional(),
});
spokenBody.register(z.globalRegistry, { id: 'SpokenBody' });

/** The note of a meeting of the offices. */
export const meetingBody = z.strictObject({
  version,
  meeting: z.strictObject({
    date,
    present: z.array(z.enum(decidingOffices)).min(1, 'Name the offices that were present.').max(4),
    note: text(10_000),
  }),
  privileged: z.boolean().optional(),
  office: z.enum(decidingOffices).optional(),
});
meetingBody.register(z.globalRegistry, { id: 'MeetingBody' });
export type Contribution = Sent<typeof spokenBody> | Sent<typeof meetingBody>;

export const signOffBody = z.strictObject({
  version,
  office: twoOffices,
  outcome: z.enum(['agree', 'object']),
  reasons,
  grounds: coded,
  conditions,
  noConflict,
});
signOffBody.register(z.globalRegistry, { id: 'SignOffBody' });
export type SentSignOff = Sent<typeof signOffBody, 'noConflict'>;

export const withdrawalBody = z.strictObject({ version, reasons }).meta({ id: 'SignOffWithdrawalBody' });
export type SentWithdrawal = Sent<typeof withdrawalBody>;

export const decisionBody = z.strictObject({
  version,
  outcome: z.enum(['approve', 'refuse']),
  reasons,
  grounds: coded,
  conditions,
  categories: z.array(z.enum(categories)).min(1).max(categories.length).default(['process']),
  from: date.optional(),
  to: date.optional(),
  noConflict,
});
decisionBody.register(z.globalRegistry, { id: 'DecisionBody' });
export type SentDecision = Sent<typeof decisionBody, 'noConflict'>;
