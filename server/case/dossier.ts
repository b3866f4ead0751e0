import type { Knex } from 'knex';
import * as assessments from '../../db/need-to-know/assessments.js';
import { timeRecordOf, type TimeRecord } from '../../db/deadline/deadline-moves.js';
import { spokenOn } from '../../db/decision/discussion.js';
import { findGrant } from '../../db/grant/grants.js';
import * as journeys from '../../db/request/journeys.js';
import * as papers from '../../db/papers/papers.js';
import * as programmes from '../../db/programme/programmes.js';
import * as requests from '../../db/request/requests.js';
import { nothingReviewed, reviewRecordOf, type ReviewRecord } from '../../db/review/reviews.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import type { QuestionKey } from '../../policies/need-to-know/questions.js';
import type { Answer, Answers } from '../../policies/need-to-know/answers.js';
import type { TestResult } from '../../policies/need-to-know/test.js';
import { draftAnswersFor } from '../../policies/programme/programme.js';
import { proposals } from '../../policies/register/register.js';
import { discussionHeld } from '../../policies/decision/sign-off.js';
import type { Grant, ObservationRequest } from '../../policies/core/subjects.js';
import type { Ctx } from './ctx.js';
import { factsOf, testOf, type Weighing } from './weigh.js';

/** An answer that is proposed, and by what. Nothing counts until the office of the question answers it. */
export interface Proposal extends Answer {
  readonly from: 'register' | 'programme';
}

/** The test of one version with what it is made of. */
export interface AssessmentOf {
  readonly given: readonly assessments.GivenAnswer[];
  readonly test: TestResult;
  readonly proposed: Readonly<Partial<Record<QuestionKey, Proposal>>>;
}

/** What is on record of papers: those that this request opened or came of, the rights, the releases. */
export interface PapersRecord {
  readonly linked: readonly papers.Linked[];
  readonly rights: readonly papers.RecordedRight[];
  readonly releases: readonly papers.Release[];
}

/** A draft, on which nothing is due. */
const nothingTimed: TimeRecord = { acknowledgedAt: null, moves: [] };

/** Everything on record about one request; a presenter chooses what a reader may see of it. */
export interface Dossier {
  readonly row: ObservationRequest;
  readonly versions: readonly { readonly version: number; readonly at: Date }[];
  readonly returns: readonly requests.RequestReturn[];
  readonly signOffs: readonly signOffs.SignOff[];
  /** Null for a draft, which nobody assesses. */
  readonly assessment: AssessmentOf | null;
  readonly discussed: boolean;
  readonly grant: Grant | null;
  readonly review: ReviewRecord;
  readonly time: TimeRecord;
  readonly papers: PapersRecord;
  /** For a stage of a child's journey: the request that continues it, where this reader may read one. */
  readonly continuedBy: string | null;
}

/** The answers, the test and the register's proposals of a request's current version; null for a draft. */
export const assessmentOf = async (
  { db, settings, now }: Weighing,
  row: ObservationRequest,
): Promise<AssessmentOf | null> => {
  if (!row.submitted || row.observationType === null) return null;
  const given = await assessments.answersOf(db, row);
  return {
    given,
    test: testOf(settings, row, assessments.counted(given), now),
    proposed: await proposedFor(db, row, now),
  };
};

/** What the programme drafted, and over it what the register knows of this councillor. */
const proposedFor = async (
  db: Knex,
  row: ObservationRequest,
  now: Date,
): Promise<AssessmentOf['proposed']> => {
  const { programme } = row.content;
  const opened = programme === undefined ? null : await programmes.find(db, programme);
  const drafted =
    opened && row.observationType ? draftAnswersFor(opened.draftAnswers, row.observationType) : {};
  return {
    ...from('programme', drafted),
    ...from('register', proposals(await factsOf(db, row, now))),
  };
};

const from = (source: Proposal['from'], answers: Answers): Partial<Record<QuestionKey, Proposal>> =>
  Object.fromEntries(Object.entries(answers).map(([key, answer]) => [key, { ...answer, from: source }]));

/** The dossier of a request that the person has just changed: the change is the entry on the trail. */
export const dossierAfter = async (ctx: Ctx, reference: string): Promise<Dossier> =>
  dossierOf(ctx.db, ctx, await requests.find(ctx.db, ctx.ability, reference));

/** The test of a request of which the person has just answered a question. */
export const assessmentAfter = async (
  ctx: Ctx,
  reference: string,
): Promise<{ readonly row: ObservationRequest; readonly assessment: AssessmentOf | null }> => {
  const row = await requests.find(ctx.db, ctx.ability, reference);
  return { row, assessment: await assessmentOf({ db: ctx.db, settings: ctx.settings, now: ctx.now() }, row) };
};

/** Loads a request's dossier, of a row that the person may read. */
export const dossierOf = async (
  db: Knex,
  ctx: Pick<Ctx, 'ability' | 'now' | 'settings'>,
  row: ObservationRequest,
): Promise<Dossier> => ({
  row,
  versions: await requests.versionsOf(db, row.id),
  returns: await requests.returnsOf(db, row.id),
  signOffs: await signOffs.signOffsOf(db, row),
  assessment: await assessmentOf({ db, settings: ctx.settings, now: ctx.now() }, row),
  discussed: discussionHeld(await spokenOn(db, row)),
  grant: row.grantId === null ? null : await findGrant(db, ctx.ability, row.grantId, ctx.now()),
  papers: {
    linked: await papers.linkedTo(db, ctx.ability, row),
    rights: await papers.rightsOf(db, row),
    releases: await papers.releasesOf(db, row),
  },
  continuedBy:
    row.observationType === 'childs_journey'
      ? await journeys.continuedBy(db, ctx.ability, row.reference)
      : null,
  // Nobody is named, and nothing directed, but in a review or what came of one.
  review: row.review || row.remittedAt ? await reviewRecordOf(db, row) : nothingReviewed,
  time: row.submitted ? await timeRecordOf(db, row) : nothingTimed,
});
