/** The samples in the order of their names. */
export default class ByName {
  sort(tests) {
    return [...tests].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  allFailedTests() {
    return [];
  }

  cacheResults() {}
}
