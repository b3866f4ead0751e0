/** Everything on record about one request as one JSON value. */
import { directingBodies, directionEffects, reviewOutcomes } from '../../policies/request/reviewed.js';
import { z } from 'zod';
import { capacities, decidingOffices, seats } from '../../policies/core/office.js';
import { statutoryRights } from '../../policies/request/statutory-right.js';
import { requestStatuses } from '../../policies/request/request.js';
import { hearingMatters } from '../../policies/request/reviewed.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { day, instant, since, whole } from '../core/rows/stored.js';
import { allowed } from '../core/rows/tables.js';
import { ownFields } from '../grant/stored-grant.js';
import { storedLift } from '../decision/stored-lift.js';
import { lawfulBasisSchema } from '../../policies/need-to-know/lawful-basis.js';
import { storedAnswer, storedAnswerValue, storedReason } from '../need-to-know/stored-answer.js';
import { member, registered } from '../register/stored-councillor.js';
import { storedCounted } from '../correction/stored-correction.js';
import { storedConfirmation } from '../decision/stored-meeting.js';
import { storedSignOff } from '../decision/stored-sign-off.js';
import { ids, storedConflict } from '../core/rows/separation.js';
import { storedContent, storedType } from '../request/stored-request.js';
import { storedStage } from '../request/stored-stage.js';
import { storedCites, storedClaim, storedFinding } from '../request/stored-right.js';

const capacity = z.enum(capacities);
const text = z.string();

const given = z
  .tuple([
    z.enum(questionKeys),
    storedAnswerValue,
    storedReason.nullable(),
    lawfulBasisSchema.nullable(),
    z.boolean(),
    text,
    z.enum(seats),
    capacity,
    instant,
  ])
  .transform(([question, answer, reason, basis, confirmed, by, office, as, at]) => ({
    question,
    answer,
    ...(reason === null ? {} : { reason }),
    ...(basis === null ? {} : { basis }),
    confirmed,
    by,
    office,
    capacity: as,
    at,
  }));

/** Rows that come beside the number that says their place, in that order. */
const inOrder = <Row>(row: z.ZodType<Row>) =>
  z
    .array(z.tuple([z.number(), row]))
    .transform((rows) => rows.toSorted(([a], [b]) => a - b).map(([, each]) => each));

const review = z.strictObject({
  version: whole,
  reasons: text,
  askedAt: instant,
  outcome: z.enum(reviewOutcomes).nullable(),
  decisionReasons: text.nullable(),
  decidedAt: instant.nullable(),
  decidedBy: text.nullable(),
  name: text.nullable(),
  capacity: capacity.nullable(),
  deputyFor: text.nullable(),
  afresh: text.nullable(),
  late: z
    .strictObject({ because: text, acceptedAt: instant.nullable(), acceptReasons: text.nullable() })
    .nullable(),
});

const remittal = z.strictObject({
  version: whole,
  reasons: text,
  ownBecause: text.nullable(),
  at: instant,
  remittedBy: text,
  name: text,
  capacity,
  deputyFor: text.nullable(),
});

/** The columns of `caseSelected`, by their names. */
export const storedCase = z.strictObject({
  id: whole,
  reference: text,
  status: z.enum(requestStatuses),
  version: whole,
  submitted: z.boolean(),
  submitted_at: instant.nullable(),
  created_at: instant,
  decided_at: instant.nullable(),
  withdrawn_at: instant.nullable(),
  time_passed_at: instant.nullable(),
  observation_type: storedType.nullable(),
  remitted_at: instant.nullable(),
  remitted_from: whole.nullable(),
  named_ids: ids,
  acted_by: ids,
  decided_before: ids,
  councillor_id: text,
  host_id: text.nullable(),
  host_name: text.nullable(),
  manager_id: text.nullable(),
  manager_name: text.nullable(),
  conflicts: z.array(storedConflict),
  content: storedContent,
  versions: inOrder(z.strictObject({ version: whole, at: instant })),
  returns: inOrder(
    z.strictObject({
      version: whole,
      questions: text,
      office: text,
      by: text,
      returnedAt: instant,
      resubmittedAt: instant.nullable(),
    }),
  ),
  sign_offs: inOrder(storedSignOff),
  lifts: inOrder(storedLift),
  corrections: inOrder(storedCounted),
  given: z.array(given),
  spoken: inOrder(
    z.strictObject({
      personId: text,
      office: z.enum(decidingOffices),
      present: z.array(z.enum(decidingOffices)).nullable(),
      meeting: z.strictObject({ id: text, date: day, confirmations: z.array(storedConfirmation) }).nullable(),
    }),
  ),
  councillor: member.extend({ created_at: instant }),
  acceptances: inOrder(since(whole)),
  protocols: inOrder(since(whole)),
  programme: z.strictObject({ draftAnswers: z.partialRecord(z.enum(questionKeys), storedAnswer) }).nullable(),
  grant: z.strictObject({ ...ownFields, register: inOrder(registered) }).nullable(),
  linked: z.array(
    z.strictObject({
      reference: text,
      observationType: storedType.nullable(),
      status: z.enum(requestStatuses),
    }),
  ),
  rights: inOrder(
    z.strictObject({
      id: whole,
      version: whole,
      right: z.enum(statutoryRights),
      due: day.nullable(),
      recordedAt: instant,
      recordedBy: text,
      by: text,
      reasons: text.nullable(),
      document: text.nullable(),
      cites: storedCites.nullable(),
      claimed: storedClaim,
      counts: z.boolean(),
      confirmed: z
        .strictObject({
          at: instant,
          personId: text,
          by: text,
          office: z.enum(allowed['statutory_rights.confirmed_office']),
          delegation: text.nullable(),
        })
        .nullable(),
      findings: z.array(storedFinding),
      covers: z.array(text).nullable(),
      review: z
        .strictObject({
          askedAt: instant,
          reasons: text,
          decidedAt: instant.nullable(),
          by: text.nullable(),
          outcome: z.enum(allowed['statutory_rights.review_outcome']).nullable(),
          decisionReasons: text.nullable(),
        })
        .nullable(),
    }),
  ),
  releases: inOrder(
    z.strictObject({
      id: text,
      version: whole,
      category: text,
      releasedAt: instant,
      returnedAt: instant.nullable(),
      authorised: z.boolean(),
      copy: z.boolean(),
    }),
  ),
  hearings: inOrder(
    z.strictObject({
      version: whole,
      matters: z.array(z.enum(hearingMatters)),
      gist: text,
      toldAt: instant,
      dueOn: day,
      answer: text.nullable(),
      answeredAt: instant.nullable(),
      endedAt: instant.nullable(),
      by: text,
    }),
  ),
  reviews: inOrder(review),
  remittals: inOrder(remittal),
  named: inOrder(
    z.strictObject({
      personId: text,
      office: z.enum([...seats, 'monitoring_officer']),
      name: text,
      namedBy: text,
      authority: text,
      at: instant,
    }),
  ),
  directions: inOrder(
    z.strictObject({
      version: whole,
      body: text,
      date: day,
      minute: text,
      effect: z.enum(directionEffects),
      givenBy: z.enum(directingBodies),
      afresh: text.nullable(),
      recordedBy: text,
      at: instant,
    }),
  ),
  acknowledged_at: instant.nullable(),
  moves: inOrder(
    z.strictObject({
      what: text,
      was: day,
      became: day,
      because: z.enum(allowed['deadline_moves.because']),
      at: instant,
    }),
  ),
  continued_by: text.nullable(),
  stage_before: storedStage.nullable(),
});
export type StoredCase = z.output<typeof storedCase>;
