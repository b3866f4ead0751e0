import { statSync } from 'node:fs';

/**
 * The order of the test files: whatever takes long begins first, so that no worker is left with it at the end while
 * the others have nothing to do. These took longest when it was last looked at (`npm test -- --json` says how long
 * each took); of the others the larger file is taken for the longer.
 */
const slowest = [
  /[/\\]browser[/\\]pages\.test\.ts$/,
  /[/\\]embedded\.test\.ts$/,
  /[/\\]browser[/\\]/,
  /[/\\]approval-impossible\.test\.ts$/,
  /[/\\](bad-input|versions|leak|month)\.test\.ts$/,
  /[/\\](killed|start|first-decision|visibility|visits)\.test\.ts$/,
  /[/\\](line|screening|officers-refused|review)\.test\.ts$/,
  /[/\\]journeys[/\\]/,
  /[/\\](walk|calendar-count)\.test\.ts$/,
];

const placeOf = ({ path }) => {
  const found = slowest.findIndex((each) => each.test(path));
  return found === -1 ? slowest.length : found;
};

const inOrder = (tests) =>
  tests
    .map((test) => ({ test, place: placeOf(test), size: statSync(test.path).size }))
    .toSorted((a, b) => a.place - b.place || b.size - a.size)
    .map(({ test }) => test);

/** What jest asks of a sequencer. Nothing is kept between runs, so `--onlyFailures` finds nothing. */
export default class Sequencer {
  sort(tests) {
    return inOrder([...tests]);
  }

  shard(tests, { shardIndex, shardCount }) {
    return inOrder([...tests]).filter((_, index) => index % shardCount === shardIndex - 1);
  }

  allFailedTests() {
    return [];
  }

  cacheResults() {}
}
