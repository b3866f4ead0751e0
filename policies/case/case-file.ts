/**
 * A request as it stands at a moment: what rules, commands and presenters ask about. It is made only from the record
 * (case-record.ts), the settings in force and the time.
 */
import { londonDate } from '../core/time/london.js';
import type { Since } from '../core/time/spans.js';
import { isWeighed, type Finding } from '../finding/finding.js';
import type { Grant } from '../grant/grant.js';
import type { Meeting } from '../decision/meeting.js';
import { discussionHeld, meetingsIn } from '../decision/sign-off.js';
import { grantAt } from '../grant/grant-record.js';
import type { Answer, Answers } from '../need-to-know/answers.js';
import { counted, type GivenAnswer } from '../need-to-know/given.js';
import type { QuestionKey } from '../need-to-know/questions.js';
import type { TestResult } from '../need-to-know/test.js';
import { testOf } from './weigh.js';
import { draftAnswersFor } from '../programme/programme.js';
import { proposals, type Facts } from '../register/register.js';
import type { Settings } from '../settings/settings.js';
import type { CaseRecord } from './case-record.js';

/** An answer that is proposed, and by what. It counts once the office of the question gives it. */
export interface Proposal extends Answer {
  readonly from: 'register' | 'programme';
}

/** The test of one version, with everything it was made from. */
export interface Assessment {
  readonly given: readonly GivenAnswer[];
  readonly test: TestResult;
  readonly proposed: Readonly<Partial<Record<QuestionKey, Proposal>>>;
  /** The finding about the councillor that is weighed with proportionality; null where there is none. */
  readonly finding: Finding | null;
}

export interface CaseFile extends Omit<CaseRecord, 'grant' | 'given' | 'spoken' | 'protocols' | 'programme'> {
  /** The moment of the file. */
  readonly at: Date;
  /** The settings that it was made by. */
  readonly settings: Settings;
  /** Null for a draft, which nobody assesses. */
  readonly assessment: Assessment | null;
  /** What the register knows of the request. */
  readonly facts: Facts;
  /** Whether the three offices discussed the current version. */
  readonly discussed: boolean;
  /** The meetings that are recorded of the current version, oldest first. */
  readonly meetings: readonly Meeting[];
  /** Whether a finding of a breach of confidentiality against the councillor was upheld. */
  readonly upheldFinding: boolean;
  readonly grant: Grant | null;
}

/** The file of a request at that moment. */
export const caseFileAt = (record: CaseRecord, settings: Settings, at: Date): CaseFile => {
  const { grant, given: _given, spoken, protocols, programme: _programme, ...kept } = record;
  const { row, councillor } = record;
  const facts: Facts = {
    councillor,
    content: row.content,
    today: londonDate(at),
    protocolVersion: inForce(protocols, at),
  };
  return {
    ...kept,
    at,
    settings,
    facts,
    assessment: assessmentOf(record, facts, settings, at),
    discussed: discussionHeld(spoken),
    meetings: meetingsIn(spoken),
    upheldFinding: isWeighed(councillor.finding, londonDate(at)),
    grant: grant && grantAt(grant, at),
  };
};

const inForce = (protocols: readonly Since<number>[], at: Date): number =>
  Math.max(0, ...protocols.filter((each) => each.at <= at).map(({ value }) => value));

const assessmentOf = (
  { row, given, programme }: CaseRecord,
  facts: Facts,
  settings: Settings,
  at: Date,
): Assessment | null => {
  const { observationType } = row;
  if (!row.submitted || observationType === null) return null;
  const drafted = programme ? draftAnswersFor(programme.draftAnswers, observationType) : {};
  return {
    given,
    test: testOf(settings, row, counted(given), at),
    // The register counts before the programme's draft answers.
    finding: isWeighed(facts.councillor.finding, facts.today) ? facts.councillor.finding : null,
    proposed: { ...from('programme', drafted), ...from('register', proposals(facts)) },
  };
};

const from = (source: Proposal['from'], answers: Answers): Partial<Record<QuestionKey, Proposal>> =>
  Object.fromEntries(Object.entries(answers).map(([key, answer]) => [key, { ...answer, from: source }]));
