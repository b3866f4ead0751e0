import { startBroker } from './broker.mjs';

/** Jest runs this once before the tests; the workers inherit the variables. */
export default async function setup() {
  const broker = await startBroker();
  process.env.TEST_RUN_BEGAN = String(Date.now());
  process.env.TEST_BROKER_PORT = String(broker.port);
  globalThis.testBroker = broker;
}
