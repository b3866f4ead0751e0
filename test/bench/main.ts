/** Reads the command line of `npm run bench`, and runs one measurement. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BenchFault } from './fault.js';
import { machine } from './machine.js';
import { measureReading } from './reading.js';

const usage = `npm run bench -- reading [options]

  reading         recorded readings, commands and lists through HTTP, against pgbench on the same server

  --seconds N     how long each run takes (8)
  --runs N        how many runs of each, in turn (5)
  --processes N   how many processes answer (as many as the machine has cores)
  --of FOLDER     another checkout of the service to measure (this one)
  --data FOLDER   where the throwaway database is made; on a disk, not in memory (/var/tmp)
  --profile FOLDER  writes a CPU profile of the service there; its figures then count for nothing
  --dry           writes no results
`;

const wholeFrom1 = (name: string, text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new BenchFault(`--${name} must be a whole number from 1.`);
  return number;
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '8' },
      runs: { type: 'string', default: '5' },
      processes: { type: 'string', default: String(machine().cores) },
      of: { type: 'string' },
      data: { type: 'string', default: '/var/tmp' },
      profile: { type: 'string' },
      dry: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.join() !== 'reading') {
    process.stdout.write(usage);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  await measureReading({
    seconds: wholeFrom1('seconds', values.seconds),
    runs: wholeFrom1('runs', values.runs),
    processes: wholeFrom1('processes', values.processes),
    checkout: path.resolve(values.of ?? path.join(import.meta.dirname, '../..')),
    dataParent: path.resolve(values.data),
    profile: values.profile === undefined ? undefined : path.resolve(values.profile),
    keep: !values.dry && values.profile === undefined,
  });
};

try {
  await main();
} catch (error) {
  // A program that was ended by an interruption gives that as its cause.
  const { code, cause } = error as { code?: string; cause?: unknown };
  const fault = [error, cause].find((each) => each instanceof BenchFault);
  const isUsage = code?.startsWith('ERR_PARSE_ARGS');
  console.error(fault?.message ?? (isUsage ? (error as Error).message : error));
  process.exitCode = 1;
}
