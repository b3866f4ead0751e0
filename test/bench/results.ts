import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { plotRatios } from './plot.js';
import type { Outcome, Reading } from './outcome.js';

const folder = path.join(import.meta.dirname, 'results');
const whole = (number: number) => Math.round(number).toLocaleString('en-GB');

/** The table of the README. */
export const tableOf = ({ outcomes, pgbench }: Reading): string =>
  [
    '| through HTTP, 8 clients | a second | p50 | p99 | of pgbench | to be reached |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...outcomes.map(
      ({ what, perSecond, p50, p99, ratio, reach }: Outcome) =>
        `| ${what} | ${whole(perSecond)} | ${whole(p50)} ms | ${whole(p99)} ms | ${ratio.toFixed(2)} | ${reach.toFixed(2)} |`,
    ),
    `| pgbench, TPC-B-like | ${whole(pgbench.perSecond)} | | | 1 | |`,
  ].join('\n');

/** Where and how it was measured, in one line. */
export const conditionsOf = ({ machine, postgres, at, processes, runs, seconds, load }: Reading): string =>
  `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, PostgreSQL ${postgres}, ${at.slice(0, 10)}; ` +
  `PROCESSES=${processes}, median of ${runs} runs of ${seconds} s each, load before ${load.before}`;

/** Writes `reading-DATE.json`, in place of the one before, and the plot. Answers the paths. */
export const keepResults = (reading: Reading): readonly string[] => {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (/^reading-[\d-]+\.json$/.test(name)) rmSync(path.join(folder, name));
  }
  const json = path.join(folder, `reading-${reading.at.slice(0, 10)}.json`);
  writeFileSync(json, `${JSON.stringify(reading, null, 2)}\n`);
  const svg = path.join(folder, 'reading.svg');
  writeFileSync(svg, `${plotRatios(reading.outcomes, conditionsOf(reading))}\n`);
  return [json, svg];
};
