/** `npm start`: installs and builds what is missing, then runs the service in this same process. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BootstrapFault, ensureBuilt, ensureInstalled, root, whenOrphaned } from './bootstrap.mjs';

const ours = new Set(['--under-npm', '--cli']);
const flags = new Set(process.argv.slice(2, 4).filter((word) => ours.has(word)));
process.argv.splice(2, flags.size);

if (flags.has('--under-npm')) whenOrphaned(() => process.kill(process.pid, 'SIGTERM'));

try {
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  if (!(error instanceof BootstrapFault)) throw error;
  console.error(error.message);
  process.exit(1);
}

process.chdir(root);
await import(pathToFileURL(path.join(root, 'dist/server', flags.has('--cli') ? 'cli.js' : 'main.js')).href);
