import { describe, expect, test } from '@jest/globals';
import { needToKnow } from '../../../policies/need-to-know/test.js';
import { englandAndWales } from '../../support/calendar.js';
import {
  asExpected,
  expectation,
  ownScenarios,
  scenarioFiles,
  sharedScenarios,
} from '../../support/scenarios.js';
import type { Scenario } from '../../support/scenarios.js';

/** Where a scenario sets no time it does not turn on one; no event is fixed then either. */
const anyTime = '2026-09-15T10:00:00+01:00';

const weigh = ({ observationType, events = 1, now = anyTime, eventAt, answers }: Scenario) =>
  needToKnow({
    observationType,
    events,
    answers,
    now: new Date(now),
    eventAt: eventAt === undefined ? undefined : new Date(eventAt),
    calendar: englandAndWales,
  });

describe.each(scenarioFiles)('$name', ({ scenarios }) => {
  test.each(scenarios)('$id: $facts', (scenario) => {
    expect(asExpected(scenario, weigh(scenario))).toEqual(expectation(scenario));
  });
});

test('the scenarios reach every outcome and every result', () => {
  const weighed = ownScenarios.scenarios.map(weigh);
  expect(new Set(weighed.map(({ outcome }) => outcome))).toEqual(
    new Set(['established', 'not_established', 'incomplete']),
  );
  expect(new Set(weighed.flatMap(({ findings }) => findings.map(({ result }) => result)))).toEqual(
    new Set(['blocks', 'unanswered', 'needs_reason', 'satisfied']),
  );
});

test('no two scenarios of one file share an id', () => {
  for (const { scenarios } of scenarioFiles) {
    expect(new Set(scenarios.map(({ id }) => id)).size).toBe(scenarios.length);
  }
});

test('the repository’s copy equals the team’s shared one, if that folder exists', () => {
  const shared = sharedScenarios.find(({ name }) => name.endsWith(' need-to-know.json'));
  expect(ownScenarios.scenarios).toEqual((shared ?? ownScenarios).scenarios);
});
