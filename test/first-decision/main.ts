/**
 * Prints each step from an empty database to the first decision, with its time; ends with 1 where one fails. With
 * `--unconfirmed` no second person confirms an office: a lone administrator then gets no further than that.
 */
import { parseArgs } from 'node:util';
import { StepFailed } from '../../server/demo-line/client.js';
import { toFirstDecision } from './council.js';
import { setUpMachine } from './machine.js';
import type { Step } from './people.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const since = (began: number): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
const began = performance.now();

const { values } = parseArgs({ options: { unconfirmed: { type: 'boolean', default: false } } });

let done = 0;
const step: Step = async (says, work) => {
  const from = performance.now();
  const made = await work(says);
  done += 1;
  say(`${since(from).padStart(7)}  ${says}`);
  return made;
};

let stop: (() => Promise<void>) | undefined;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void (stop?.() ?? Promise.resolve()).finally(() => process.exit(1)));
}

try {
  say('From an empty database to the first decision, as a council takes the service into use.');
  say('Everybody in it is invented. A call comes as a proxy passes it on; no step writes SQL.\n');
  const machine = await step('An empty PostgreSQL and a mail server start', setUpMachine);
  ({ stop } = machine);
  await toFirstDecision(machine, step, { confirms: !values.unconfirmed });
  say(`\nThe first decision is made: ${done} steps in ${since(began)}.`);
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  process.exitCode = 1;
  process.stderr.write(`Failed at the step: ${error.step}\n  ${error.says.replaceAll('\n', '\n  ')}\n`);
} finally {
  await stop?.();
}
