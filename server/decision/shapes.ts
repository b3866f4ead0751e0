/** The shapes of a decision: conditions, sign-offs, the decision itself and the discussion. */
import { z } from 'zod';
import { cautionKinds } from '../../policies/core/words/cautions.js';
import { capacities, offices, seats } from '../../policies/core/office.js';
import { conditionOwners, conditionStates, conditionTimes } from '../../policies/grant/condition.js';
import { codedFields, condition, wordedFields } from '../../policies/decision/signed.js';

const day = z.string();
const instant = z.string();

const conditionSays = {
  id: z.string(),
  text: z.string(),
  owner: z.enum(conditionOwners),
  before: z.enum(conditionTimes),
};
export const conditionShape = condition;
conditionShape.register(z.globalRegistry, { id: 'Condition' });

const by = z.strictObject({
  name: z.string(),
  capacity: z.enum(capacities),
  deputyFor: z.string().optional(),
});
by.register(z.globalRegistry, { id: 'SignedBy' });
const signature = { office: z.enum(seats), at: instant, version: z.int() };
/** The kinds of caution about the words that the signer confirmed; not there where there were none. */
const considered = z.array(z.enum(cautionKinds)).optional();
const inWords = { ...z.strictObject(wordedFields).partial().shape, considered };
export const decisionShape = z
  .strictObject({
    ...signature,
    ...codedFields,
    by: by.optional(),
    ...inWords,
    conditions: z
      .array(z.strictObject({ ...conditionSays, state: z.enum(conditionStates).optional() }))
      .optional(),
    reviewBy: day.nullable(),
  })
  .meta({ id: 'Decision' })
  .nullable();
/** Outcome and grounds are not there for an auditor until Legal has decided. */
export const signOffShape = z.strictObject({
  ...signature,
  ...z.strictObject(codedFields).partial().shape,
  by,
  voidedAt: instant.optional(),
  ...inWords,
});
signOffShape.register(z.globalRegistry, { id: 'SignOff' });

const entryBy = z.strictObject({ name: z.string(), office: z.enum(offices), capacity: z.enum(capacities) });
const officeList = z.array(z.enum(offices));
export const discussionShape = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      version: z.int(),
      at: instant,
      by: entryBy,
      privileged: z.boolean(),
      text: z.string().optional(),
      meeting: z
        .strictObject({
          date: day,
          present: officeList,
          note: z.string(),
          /** The offices that say they were there; the one that recorded it among them. */
          confirmed: officeList,
          /** The offices that are named wrongly: the meeting does not count for them. */
          absent: officeList,
        })
        .optional(),
    }),
  ),
  next: z.string().nullable(),
});
discussionShape.register(z.globalRegistry, { id: 'DiscussionPage' });
