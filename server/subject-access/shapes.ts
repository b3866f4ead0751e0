/** The shape of a subject access file: a field that is not here has not been thought of, and fails the tests. */
import { directionEffects } from '../../policies/request/reviewed.js';
import { z } from 'zod';
import { entryTypes } from '../../db/audit/entry-types.js';
import { signedFields } from '../../policies/decision/signed.js';
import { lawfulBasisSchema } from '../../policies/need-to-know/lawful-basis.js';
import { liftOutcomes } from '../../policies/need-to-know/lift.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { wishes } from '../../policies/deadline/reminding.js';
import { categories } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { capacities, offices, seats } from '../../policies/core/office.js';
import { conditionOwners, conditionStates, conditionTimes } from '../../policies/grant/condition.js';
import { incidentKinds } from '../../policies/incident/incident.js';
import { claimableRights, rightFindings, statutoryRights } from '../../policies/request/statutory-right.js';
import { requestStatuses } from '../../policies/request/request.js';
import { hearingMatters } from '../../policies/request/reviewed.js';
import { conflictKinds } from '../../policies/core/conflict.js';
import { attendanceOutcomes } from '../../policies/visit/attended.js';
import { answerValue, reason } from '../need-to-know/shapes.js';
import { utcInstant } from '../web/schema/schemas.js';

const instant = utcInstant;
const day = z.iso.date().meta({ id: 'Day' });
const time = z.string();
const version = z.int();
const capacity = z.enum(capacities);
const by = { office: z.enum(offices), capacity };
const list = <T extends z.ZodRawShape>(shape: T) => z.array(z.strictObject(shape));
const category = z.array(z.enum(categories));
const judged = {
  question: z.enum(questionKeys),
  answer: answerValue,
  reason: reason.nullable(),
  at: instant,
  ...by,
};

const visit = {
  date: day,
  from: time,
  to: time,
  plannedAt: instant,
  endedAt: instant.nullable(),
  plans: list({ date: day, from: time, to: time, at: instant }),
  checks: list({ ...judged, date: day }),
  attendance: z
    .strictObject({
      outcome: z.enum(attendanceOutcomes),
      arrivedAt: instant.nullable(),
      leftAt: instant.nullable(),
      categories: category,
      closedPartsLeft: z.boolean().nullable(),
      departures: list({ text: z.string(), causedBy: z.enum(causes) }),
      authorised: z.boolean().nullable(),
      recordedAt: instant,
      ...by,
    })
    .nullable(),
  confirmation: z
    .strictObject({ agrees: z.boolean(), comment: z.string().nullable(), at: instant })
    .nullable(),
  questions: list({
    kind: z.enum(['question', 'challenge']),
    text: z.string(),
    askedAt: instant,
    dueOn: day,
    response: z.string().nullable(),
    toCommittee: z.boolean().nullable(),
    answeredAt: instant.nullable(),
  }),
};

const grant = z.strictObject({
  from: day,
  to: day,
  events: z.int(),
  eventsUsed: z.int(),
  categories: category,
  madeAt: instant,
  endedAt: instant.nullable(),
  conditions: list({
    text: z.string(),
    owner: z.enum(conditionOwners),
    before: z.enum(conditionTimes),
    state: z.enum(conditionStates),
  }),
  freezes: list({ frozenAt: instant, releasedAt: instant.nullable(), releaseReasons: z.string().nullable() }),
  visits: list(visit),
});

const request = {
  reference: z.string(),
  status: z.enum(requestStatuses),
  observationType: z.enum(observationTypeKeys).nullable(),
  begunAt: instant,
  submittedAt: instant,
  dueOn: day.nullable(),
  decidedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  timePassedAt: instant.nullable(),
  // As the councillor wrote it.
  versions: list({ version, content: z.record(z.string(), z.unknown()), at: instant }),
  returns: list({
    version,
    questions: z.string(),
    returnedAt: instant,
    resubmittedAt: instant.nullable(),
    ...by,
  }),
  answers: list({ version, ...judged, basis: lawfulBasisSchema.nullable() }),
  signOffs: list({
    version,
    office: z.enum(seats),
    ...signedFields,
    conditions: list({
      text: z.string(),
      owner: z.enum(conditionOwners),
      before: z.enum(conditionTimes),
    }),
    capacity,
    at: instant,
    voidedAt: instant.nullable(),
  }),
  // What an office said of lifting a council rule for that version.
  lifts: list({
    version,
    question: z.enum(questionKeys),
    outcome: z.enum(liftOutcomes),
    reasons: z.string(),
    office: z.enum(seats),
    capacity,
    at: instant,
    voidedAt: instant.nullable(),
  }),
  hearings: list({
    version,
    matters: z.array(z.enum(hearingMatters)),
    gist: z.string(),
    toldAt: instant,
    dueOn: day,
    answer: z.string().nullable(),
    answeredAt: instant.nullable(),
  }),
  reviews: list({
    version,
    reasons: z.string(),
    askedAt: instant,
    outcome: z.enum(['upheld', 'remitted', 'superseded']).nullable(),
    decisionReasons: z.string().nullable(),
    decidedAt: instant.nullable(),
    capacity: capacity.nullable(),
  }),
  directions: list({
    version,
    body: z.string(),
    givenOn: day,
    minute: z.string(),
    effect: z.enum(directionEffects),
    recordedAt: instant,
  }),
  statutoryRights: list({
    version,
    right: z.enum(statutoryRights),
    dueOn: day.nullable(),
    recordedAt: instant,
    capacity,
    claimed: z.enum(claimableRights).nullable(),
    confirmedAt: instant.nullable(),
    // Only of what counts: until then nothing is decided.
    reasons: z.string().nullable(),
    document: z.string().nullable(),
    findings: list({ category: z.string(), finding: z.enum(rightFindings), reasons: z.string() }),
    reviewAskedAt: instant.nullable(),
    reviewReasons: z.string().nullable(),
    reviewOutcome: z.enum(['upheld', 'remitted']).nullable(),
    reviewDecisionReasons: z.string().nullable(),
  }),
  papers: list({
    category: z.string(),
    releasedAt: instant,
    returnedAt: instant.nullable(),
    authorised: z.boolean(),
    copy: z.boolean(),
    ...by,
  }),
  grant: grant.nullable(),
};

const span = { from: day, to: day };

export const heldShape = z.strictObject({
  madeAt: instant,
  councillor: z.strictObject({
    id: z.string(),
    name: z.string(),
    numberInCommitteeSystem: z.string().nullable(),
    email: z.string().nullable(),
    posts: z.array(z.string()),
    enteredAt: instant,
  }),
  // Standing, ward, term, a seat lost, appointments and training, as they were entered each time.
  register: list({ at: instant, facts: z.record(z.string(), z.unknown()) }),
  findings: list({ body: z.string(), date: day, minute: z.string(), until: day, recordedAt: instant }),
  undertakings: list({ version, acceptedAt: instant }),
  account: z
    .strictObject({
      name: z.string(),
      email: z.string(),
      createdAt: instant,
      suspendedAt: instant.nullable(),
      reminders: z.enum(wishes),
      offices: list({
        ...by,
        head: z.boolean(),
        delegation: z.string().nullable(),
        from: day.nullable(),
        to: day.nullable(),
        givenAt: instant.nullable(),
        confirmedAt: instant.nullable(),
      }),
      deputy: list({ office: by.office, ...span, authority: z.string(), recordedAt: instant }),
      delegations: list({ ...span, authority: z.string(), recordedAt: instant }),
      absences: list({ office: by.office, ...span, recordedAt: instant }),
    })
    .nullable(),
  // Own: that this person has one; otherwise that an officer has one with them.
  conflicts: list({
    kind: z.enum(conflictKinds),
    reference: z.string().nullable(),
    recordedAt: instant,
    own: z.boolean(),
  }),
  drafts: z.int(),
  requests: list(request),
  incidents: list({
    what: z.enum(incidentKinds),
    causedBy: z.enum(causes),
    reference: z.string().nullable(),
    happenedAt: instant,
    reportedAt: instant,
    closedAt: instant.nullable(),
    text: z.string().nullable(),
    closedReasons: z.string().nullable(),
  }),
  notifications: list({
    kind: z.string(),
    reference: z.string(),
    action: z.string().nullable(),
    due: day.nullable(),
    createdAt: instant,
    sentAt: instant.nullable(),
    failedAt: instant.nullable(),
    tells: list({ what: z.string(), step: z.string(), called: z.string(), dueOn: day.nullable() }),
  }),
  trail: list({
    at: instant,
    type: z.enum(entryTypes),
    subject: z.string().nullable(),
    office: by.office.nullable(),
    capacity: capacity.nullable(),
    byThemselves: z.boolean(),
  }),
  leftOut: list({ what: z.string(), ground: z.string() }),
});
heldShape.register(z.globalRegistry, { id: 'SubjectAccess' });
