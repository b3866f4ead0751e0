/** Jest runs this once after the tests, in the process that ran setup.mjs. */
export default async function teardown() {
  await globalThis.testBroker.close();
}
