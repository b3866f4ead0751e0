/** Everything on record about one request as one jsonb value, and the record that the rules read. */
import { z } from 'zod';
import { capacities, decidingOffices, seats } from '../../policies/core/office.js';
import { statutoryRights } from '../../policies/request/statutory-right.js';
import { requestStatuses } from '../../policies/request/request.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import type { CaseRecord } from '../../policies/case/case-record.js';
import { day, instant, since, whole } from '../core/rows/stored.js';
import { storedGrant, toGrantRecord } from '../grant/stored-grant.js';
import { storedAnswer, storedAnswerValue, storedReason } from '../need-to-know/stored-answer.js';
import { storedCouncillor } from '../register/stored-councillor.js';
import { toCouncillor } from '../register/councillors.js';
import { storedSignOff } from '../decision/stored-sign-off.js';
import { storedRequest, storedType, toRequest } from '../request/stored-request.js';

const capacity = z.enum(capacities);
const text = z.string();

const given = z.strictObject({
  question: z.enum(questionKeys),
  answer: storedAnswerValue,
  reason: storedReason.nullable(),
  confirmed: z.boolean(),
  by: text,
  office: z.enum(seats),
  capacity,
  at: instant,
});

const review = z.strictObject({
  version: whole,
  reasons: text,
  askedAt: instant,
  outcome: z.enum(['upheld', 'remitted', 'superseded']).nullable(),
  decisionReasons: text.nullable(),
  decidedAt: instant.nullable(),
  by: z.strictObject({ name: text, capacity, deputyFor: text.nullable() }).nullable(),
});

/** The columns of `caseSelected`, by their names. */
const storedCase = z.strictObject({
  request: storedRequest,
  versions: z.array(z.strictObject({ version: whole, at: instant })),
  returns: z.array(
    z.strictObject({
      version: whole,
      questions: text,
      office: text,
      by: text,
      returnedAt: instant,
      resubmittedAt: instant.nullable(),
    }),
  ),
  sign_offs: z.array(storedSignOff),
  given: z.array(given),
  spoken: z.array(
    z.strictObject({
      personId: text,
      office: z.enum(decidingOffices),
      present: z.array(z.enum(decidingOffices)).nullable(),
    }),
  ),
  councillor: storedCouncillor,
  protocols: z.array(since(whole)),
  programme: z.strictObject({ draftAnswers: z.partialRecord(z.enum(questionKeys), storedAnswer) }).nullable(),
  grant: storedGrant.nullable(),
  linked: z.array(
    z.strictObject({
      reference: text,
      observationType: storedType.nullable(),
      status: z.enum(requestStatuses),
    }),
  ),
  rights: z.array(
    z.strictObject({
      version: whole,
      right: z.enum(statutoryRights),
      due: day.nullable(),
      recordedAt: instant,
    }),
  ),
  releases: z.array(
    z.strictObject({
      id: text,
      version: whole,
      category: text,
      releasedAt: instant,
      returnedAt: instant.nullable(),
      authorised: z.boolean(),
    }),
  ),
  reviews: z.array(review),
  named: z.array(
    z.strictObject({
      office: z.enum([...seats, 'monitoring_officer']),
      name: text,
      namedBy: text,
      authority: text,
      at: instant,
    }),
  ),
  directions: z.array(z.strictObject({ version: whole, body: text, date: day, minute: text, at: instant })),
  acknowledged_at: instant.nullable(),
  moves: z.array(
    z.strictObject({
      what: text,
      was: day,
      became: day,
      because: z.enum(['calendar', 'settings']),
      at: instant,
    }),
  ),
  continued_by: text.nullable(),
});

/** The record for the rules, made from the stored one. @throws ZodError if the two have drifted apart */
export const toCaseRecord = (stored: unknown): CaseRecord => {
  const row = storedCase.parse(stored);
  return {
    row: toRequest(row.request),
    versions: row.versions,
    returns: row.returns,
    signOffs: row.sign_offs,
    given: row.given.map(({ reason, ...rest }) => ({ ...rest, ...(reason === null ? {} : { reason }) })),
    spoken: row.spoken,
    councillor: toCouncillor(row.councillor),
    protocols: row.protocols,
    programme: row.programme,
    grant: row.grant && toGrantRecord(row.grant),
    papers: { linked: row.linked, rights: row.rights, releases: row.releases },
    review: { reviews: row.reviews, named: row.named, directions: row.directions },
    time: { acknowledgedAt: row.acknowledged_at, moves: row.moves },
    continuedBy: row.continued_by,
  };
};
