/**
 * How a worker's Node finds and reads modules: `./name.js` is `./name.ts` where that is what there is, and
 * `@jest/globals`, which jest gives only to modules that it loads itself, is `globals.mjs` under its own address,
 * so that its lines are left out of a failure's stack as jest's own are.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from './transform.mjs';

const globals = pathToFileURL(createRequire(import.meta.url).resolve('@jest/globals')).href;
const isRelative = (specifier) => specifier.startsWith('./') || specifier.startsWith('../');

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: globals, format: 'module', shortCircuit: true };
  if (isRelative(specifier) && specifier.endsWith('.js') && !context.parentURL.includes('/node_modules/')) {
    const { href } = new URL(`${specifier.slice(0, -'.js'.length)}.ts`, context.parentURL);
    if (existsSync(fileURLToPath(href))) return { url: href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (url === globals) {
    const source = readFileSync(new URL('globals.mjs', import.meta.url), 'utf8');
    return { format: 'module', source, shortCircuit: true };
  }
  const { pathname } = new URL(url);
  if (url.startsWith('file:') && pathname.endsWith('.ts') && !pathname.includes('/node_modules/')) {
    const file = fileURLToPath(url);
    const { code } = transform(readFileSync(file, 'utf8'), file);
    return { format: 'module', source: code, shortCircuit: true };
  }
  return next(url, context);
}
