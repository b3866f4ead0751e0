import type { Sent } from 'autocannon';
import { prepare, type Prepared } from './council.js';
import { BenchFault } from './fault.js';
import { clients, runLoad, type Load } from './load.js';
import { busy, editionOf, machine } from './machine.js';
import { median } from './median.js';
import type { Outcome, Reading } from './outcome.js';
import { fillPgbench, pgbenchVersion, runPgbench, type Place } from './pgbench.js';
import { conditionsOf, keepResults, tableOf } from './results.js';
import { startService, type Service } from './service.js';
import { assertRecorded, countEntries, makePgbenchDatabase, type Expected } from './trail.js';

export interface ReadingOptions {
  readonly seconds: number;
  readonly runs: number;
  readonly processes: number;
  /** The service's folder. */
  readonly checkout: string;
  readonly dataParent: string;
  readonly profile: string | undefined;
  /** Whether to write the results. */
  readonly keep: boolean;
}

/** One thing that is measured. */
interface Work {
  readonly what: string;
  /** The share of pgbench that is to be reached. */
  readonly reach: number;
  /** What each acknowledged answer leaves on the trail. */
  readonly entry: string;
  readonly next: () => Sent;
}

/** Enough that no two clients meet at one request, and that none grows beyond what one sees in life. */
const commandedRequests = 64;
const warmUpSeconds = 3;

const works = ({ read, commanded }: Prepared): readonly Work[] => {
  let sent = 0;
  const turn = () => {
    sent += 1;
    return { at: `/api/requests/${commanded[sent % commanded.length]}`, sent };
  };
  return [
    {
      what: 'a recorded reading',
      reach: 0.2,
      entry: 'request.read',
      next: () => ({ method: 'GET', path: `/api/requests/${read}` }),
    },
    {
      what: 'answering a question',
      reach: 0.15,
      entry: 'request.answered',
      next: () => {
        const { at, sent: nth } = turn();
        // An answer that changes nothing would be a reading.
        const reason = `It names the duty and the decision it serves, in wording number ${nth}.`;
        const body = JSON.stringify({ version: 1, answer: 'duty', reason });
        return { method: 'PUT', path: `${at}/assessment/necessity`, body };
      },
    },
    {
      what: 'discussing',
      reach: 0.15,
      entry: 'request.discussed',
      next: () => {
        const body = JSON.stringify({
          version: 1,
          office: 'legal',
          text: 'No bar touches what will be observed.',
        });
        return { method: 'POST', path: `${turn().at}/discussion`, body };
      },
    },
    {
      what: 'a list of 25',
      reach: 0.35,
      entry: 'request.listed',
      next: () => ({ method: 'GET', path: '/api/requests?limit=25' }),
    },
  ];
};

/**
 * Measures readings, commands and lists through HTTP in turn with pgbench on the same server, says what came of
 * it and writes it down. Everything that it starts is ended again, also when it is interrupted.
 * @throws BenchFault where a figure would not count
 */
export const measureReading = async (options: ReadingOptions): Promise<void> => {
  const version = pgbenchVersion();
  const before = busy();
  const { cores } = machine();
  if (before > cores / 2) {
    say(
      `The machine is busy (load ${before} on ${cores} cores): pgbench then gains more than one process of Node.`,
    );
  }
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new BenchFault('Interrupted: everything is put away.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

  say(`Starting the service of ${options.checkout}, PROCESSES=${options.processes} ...`);
  const service = await startService({ ...options, signal: interrupted.signal });
  try {
    const { place, version: postgres } = await makePgbenchDatabase(service.administrator);
    await fillPgbench(place, interrupted.signal);
    const prepared = await prepare(service.url, commandedRequests);
    const measured = await measureInTurn({
      ...options,
      service,
      place,
      prepared,
      signal: interrupted.signal,
    });
    const reading: Reading = {
      at: new Date().toISOString(),
      edition: editionOf(options.checkout),
      machine: machine(),
      postgres,
      pgbench: { version, perSecond: rounded(median(measured.pgbench)) },
      clients,
      processes: options.processes,
      seconds: options.seconds,
      runs: options.runs,
      load: { before, after: busy() },
      outcomes: measured.outcomes,
    };
    process.stdout.write(`\n${conditionsOf(reading)}\n\n${tableOf(reading)}\n`);
    if (options.keep) for (const file of keepResults(reading)) say(`Written: ${file}`);
  } finally {
    await service.stop();
  }
};

const measureInTurn = async ({
  seconds,
  runs,
  service,
  place,
  prepared,
  signal,
}: ReadingOptions & {
  readonly service: Service;
  readonly place: Place;
  readonly prepared: Prepared;
  readonly signal: AbortSignal;
}): Promise<{ readonly pgbench: readonly number[]; readonly outcomes: readonly Outcome[] }> => {
  const entriesBefore = await countEntries(service.administrator);
  const expected = new Map<string, Expected>();
  const loaded = async ({ entry, next }: Work, forSeconds: number): Promise<Load> => {
    const load = await runLoad(service.url, prepared.officer.cookie, next, forSeconds, signal);
    service.assertRuns();
    const { acknowledged, cutOff } = expected.get(entry) ?? { acknowledged: 0, cutOff: 0 };
    expected.set(entry, { acknowledged: acknowledged + load.acknowledged, cutOff: cutOff + clients });
    return load;
  };

  const all = works(prepared);
  for (const work of all) await loaded(work, warmUpSeconds);
  const pgbench: number[] = [];
  const loads = all.map((): Load[] => []);
  for (let run = 1; run <= runs; run += 1) {
    pgbench.push(await runPgbench(place, seconds, signal));
    for (const [nth, work] of all.entries()) loads[nth]?.push(await loaded(work, seconds));
    const figures = all.map(({ what }, nth) => `${what} ${loads[nth]?.at(-1)?.perSecond.toFixed(0)}`);
    say(`${run} of ${runs}: pgbench ${pgbench.at(-1)?.toFixed(0)}, ${figures.join(', ')} a second`);
  }
  assertRecorded(entriesBefore, await countEntries(service.administrator), expected);
  const acknowledged = [...expected].map(([type, counts]) => `${counts.acknowledged} ${type}`);
  say(`Each acknowledged answer has its entry on the trail: ${acknowledged.join(', ')}.`);
  return { pgbench, outcomes: all.map((work, nth) => outcomeOf(work, loads[nth] ?? [], pgbench)) };
};

const outcomeOf = ({ what, reach }: Work, loads: readonly Load[], pgbench: readonly number[]): Outcome => {
  const runs = loads.map(({ perSecond }, nth) => {
    const beside = pgbench[nth] ?? Number.NaN;
    return { perSecond: rounded(perSecond), pgbench: rounded(beside), ratio: rounded(perSecond / beside, 4) };
  });
  const medianOf = (of: (load: Load) => number) => rounded(median(loads.map(of)));
  return {
    what,
    reach,
    perSecond: medianOf(({ perSecond }) => perSecond),
    p50: medianOf(({ p50 }) => p50),
    p99: medianOf(({ p99 }) => p99),
    ratio: rounded(median(runs.map(({ ratio }) => ratio)), 3),
    runs,
  };
};

const rounded = (number: number, digits = 1): number => Number(number.toFixed(digits));
const say = (line: string): void => void process.stderr.write(`${line}\n`);
