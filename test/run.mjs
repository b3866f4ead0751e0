/**
 * `npm test`: installs what is missing, then runs jest with its arguments. With `--long` first, as `npm run
 * test:long` passes it, samples have their full length.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { BootstrapFault, ensureInstalled, root, whenOrphaned } from '../server/bootstrap.mjs';

const args = process.argv.slice(2);
const given = (flag) => args[0] === flag && args.shift() === flag;
const underNpm = given('--under-npm');
const long = given('--long');

try {
  ensureInstalled();
} catch (error) {
  if (!(error instanceof BootstrapFault)) throw error;
  console.error(error.message);
  process.exit(1);
}

const jest = spawn(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', path.join(root, 'node_modules/jest/bin/jest.js'), ...args],
  { cwd: root, stdio: 'inherit', env: long ? { ...process.env, LONG: '1' } : process.env },
);
// From a terminal jest has the signal already; from a supervisor this process alone has it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => jest.kill(signal));
if (underNpm) whenOrphaned(() => jest.kill('SIGTERM'));
jest.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
