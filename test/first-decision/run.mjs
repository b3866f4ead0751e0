/** `npm run demo:council`: installs and builds what is missing, then takes an empty council to its first decision. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { BootstrapFault, ensureBuilt, ensureInstalled, root, whenOrphaned } from '../../server/bootstrap.mjs';

const args = process.argv.slice(2);
const underNpm = args[0] === '--under-npm' && args.shift() !== undefined;

try {
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  if (!(error instanceof BootstrapFault)) throw error;
  console.error(error.message);
  process.exit(1);
}

const main = path.join(import.meta.dirname, 'main.ts');
const run = spawn(process.execPath, ['--import', 'tsx', main, ...args], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal));
if (underNpm) whenOrphaned(() => run.kill('SIGTERM'));
run.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
