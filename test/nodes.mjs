/**
 * `npm run test:nodes [-- version …]`: a short form of the suite on other lines of Node than the one that runs this:
 * by default the two that came after the oldest that `engines` names. Each Node comes from the npm registry, as the
 * package for this platform that carries it, and is kept under node_modules/.cache.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from '../server/bootstrap.mjs';

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['22.23.5', '24.22.3'];

/** Rules, a database, the API, the runner itself, and `npm start`. Each has to find at least one file. */
const paths = ['test/policies/', 'visible\\.test', 'standby\\.test', 'runner\\.test', 'start\\.test'];

const isWindows = process.platform === 'win32';
const carrier = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
const cache = path.join(root, 'node_modules', '.cache', 'nodes');

/** @returns {string} the program, fetched where it is not there yet */
const nodeOf = (version) => {
  const folder = path.join(cache, version);
  const program = path.join(folder, 'node_modules', carrier, 'bin', isWindows ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--no-save', '--ignore-scripts', '--loglevel=error', '--prefix', folder];
  const { status } = spawnSync('npm', [...args, `${carrier}@${version}`], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: isWindows,
  });
  if (status !== 0 || !existsSync(program)) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`npm could not bring ${carrier}@${version}.`);
  }
  return program;
};

/** @returns {boolean} whether the short form passed on that Node */
const passesOn = (version) => {
  const program = nodeOf(version);
  const results = path.join(cache, `${version}.json`);
  rmSync(results, { force: true });
  const env = { ...process.env, PATH: `${path.dirname(program)}${path.delimiter}${process.env.PATH}` };
  const began = Date.now();
  const { status } = spawnSync(
    program,
    [path.join(root, 'test', 'run.mjs'), ...paths, '--json', `--outputFile=${results}`],
    { cwd: root, env, stdio: ['ignore', 'ignore', 2] },
  );
  const seconds = Math.round((Date.now() - began) / 1000);
  const line = version.split('.')[0];
  if (!existsSync(results)) {
    console.log(`${line}: failed, jest did not end its run (Node ${version})`);
    return false;
  }
  const run = JSON.parse(readFileSync(results, 'utf8'));
  const missed = paths.filter((words) => !run.testResults.some(({ name }) => new RegExp(words).test(name)));
  const passed = status === 0 && run.success && missed.length === 0;
  const why = missed.length > 0 ? `, no file for ${missed.join(', ')}` : '';
  console.log(
    `${line}: ${passed ? 'passed' : 'failed'} ${run.numPassedTests} of ${run.numTotalTests - run.numPendingTests} tests ` +
      `in ${run.numTotalTestSuites} files (Node ${version}, ${seconds} s)${why}`,
  );
  return passed;
};

ensureInstalled();
const outcomes = versions.map(passesOn);
process.exitCode = outcomes.every(Boolean) ? 0 : 1;
