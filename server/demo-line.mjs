/** `npm run demo:line`: installs and builds what is missing, then walks the line against a running service. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BootstrapFault, ensureBuilt, ensureInstalled, root } from './bootstrap.mjs';

try {
  ensureInstalled();
  ensureBuilt();
} catch (error) {
  if (!(error instanceof BootstrapFault)) throw error;
  console.error(error.message);
  process.exit(1);
}

await import(pathToFileURL(path.join(root, 'dist/server/demo-line.js')).href);
