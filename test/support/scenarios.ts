/**
 * Made-up cases with the outcome they must have, for every test that runs them: through the rules, and
 * through the API. The repository keeps its own copy, since it is also cloned alone; where the folder that
 * the team shares lies beside it, every scenario there counts as well.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Answers } from '../../policies/need-to-know/answers.js';
import type { QuestionKey } from '../../policies/need-to-know/questions.js';
import type { Outcome, Result, TestResult } from '../../policies/need-to-know/test.js';
import type { ObservationTypeKey } from '../../policies/core/observation-types.js';

export interface Scenario {
  readonly id: string;
  readonly facts: string;
  readonly observationType: ObservationTypeKey;
  readonly events?: number;
  /** ISO 8601. */
  readonly now?: string;
  /** ISO 8601. */
  readonly eventAt?: string;
  readonly answers: Answers;
  /** Each list, where it is given, is exactly the questions with that result. */
  readonly expect: {
    readonly outcome: Outcome;
    readonly blocks?: readonly QuestionKey[];
    readonly needsReason?: readonly QuestionKey[];
    readonly unanswered?: readonly QuestionKey[];
  };
}

/** A file of scenarios: its name, for titles, and its content. */
export interface ScenarioFile {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
}

const root = path.resolve(import.meta.dirname, '../..');
const shared = path.resolve(root, '../shared/scenarios');

const read = (file: string): readonly Scenario[] => JSON.parse(readFileSync(file, 'utf8')) as Scenario[];

/** The scenarios that the repository brings with it. */
export const ownScenarios: ScenarioFile = {
  name: 'the repository’s own scenarios',
  scenarios: read(path.join(root, 'test/scenarios/need-to-know.json')),
};

/** Those of the shared folder, file by file; none where the repository stands alone. */
export const sharedScenarios: readonly ScenarioFile[] = existsSync(shared)
  ? readdirSync(shared)
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => ({ name: `shared scenarios, ${name}`, scenarios: read(path.join(shared, name)) }))
  : [];

export const scenarioFiles: readonly ScenarioFile[] = [ownScenarios, ...sharedScenarios];

const lists = { blocks: 'blocks', needsReason: 'needs_reason', unanswered: 'unanswered' } as const;

/**
 * The result of a scenario, in the shape of its `expect` and with only the lists that it names, so that one `toEqual`
 * compares them. The findings may be the rules' own or the API's.
 */
export const asExpected = (
  { expect: expected }: Scenario,
  {
    outcome,
    findings,
  }: Pick<TestResult, 'outcome'> & { findings: readonly { question: string; result: Result }[] },
): Record<string, unknown> => ({
  outcome,
  ...Object.fromEntries(
    Object.entries(lists)
      .filter(([list]) => list in expected)
      .map(([list, result]) => [
        list,
        new Set(findings.filter((finding) => finding.result === result).map(({ question }) => question)),
      ]),
  ),
});

/** The expected result in the same shape: the lists as sets, because their order says nothing. */
export const expectation = ({ expect: expected }: Scenario): Record<string, unknown> => ({
  outcome: expected.outcome,
  ...Object.fromEntries(
    Object.keys(lists)
      .filter((list) => list in expected)
      .map((list) => [list, new Set(expected[list as keyof typeof lists])]),
  ),
});
