import { statSync } from 'node:fs';

/**
 * The order of the test files: whatever takes long begins first, so that no worker is left with it at the
 * end while the other has nothing to do. What takes long is what starts browsers and database servers, then
 * the journeys; of the others the larger file is taken for the longer.
 */
const slowest = [/[/\\]test[/\\]browser[/\\]/, /[/\\]embedded\.test\.ts$/, /[/\\]test[/\\]journeys[/\\]/];

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
