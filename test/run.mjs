/** `npm test`: installs what is missing, then runs jest with the arguments it was given. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { BootstrapFault, ensureInstalled, root, whenOrphaned } from '../server/bootstrap.mjs';

const underNpm = process.argv[2] === '--under-npm';
const args = process.argv.slice(underNpm ? 3 : 2);

try {
  ensureInstalled();
} catch (error) {
  if (!(error instanceof BootstrapFault)) throw error;
  console.error(error.message);
  process.exit(1);
}

const jest = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    path.join(root, 'node_modules/jest/bin/jest.js'),
    ...args,
  ],
  { cwd: root, stdio: 'inherit' },
);
// From a terminal jest has the signal already; from a supervisor this process alone has it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => jest.kill(signal));
if (underNpm) whenOrphaned(() => jest.kill('SIGTERM'));
jest.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
