/** `npm run bench -- NAME`: installs what is missing, here and for the service, and runs that measurement. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BootstrapFault, ensureInstalled, root, whenOrphaned } from '../../server/bootstrap.mjs';

const here = import.meta.dirname;
const args = process.argv.slice(2);
const underNpm = args[0] === '--under-npm' && args.shift() !== undefined;

/** The peers stay out of the service's own lock file: they serve nothing but the measurement. */
function ensurePeers() {
  const lock = readFileSync(path.join(here, 'package-lock.json'), 'utf8');
  const stamp = path.join(here, 'node_modules/.installed-from-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing what the measurement needs (npm ci in test/bench) ...');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: here,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new BootstrapFault('npm ci did not succeed in test/bench; what it said stands above.');
  writeFileSync(stamp, lock);
}

try {
  ensureInstalled();
  ensurePeers();
} catch (error) {
  if (!(error instanceof BootstrapFault)) throw error;
  console.error(error.message);
  process.exit(1);
}

const bench = spawn(process.execPath, ['--import', 'tsx', path.join(here, 'main.ts'), ...args], {
  cwd: root,
  stdio: 'inherit',
});
// From a terminal it has the signal already; from a supervisor this process alone has it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => bench.kill(signal));
if (underNpm) whenOrphaned(() => bench.kill('SIGTERM'));
bench.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
