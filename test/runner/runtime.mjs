import { readFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import JestRuntime from 'jest-runtime';
import { transform } from './transform.mjs';

const Base = JestRuntime.default ?? JestRuntime;
const require = createRequire(import.meta.url);

register(new URL('hooks.mjs', import.meta.url));

/** Where the lines of a stack come from, for jest: the map of a file is made again when a stack first names it. */
class SourceMaps extends Map {
  get(generated) {
    const file = generated.startsWith('file:') ? fileURLToPath(generated) : generated;
    if (!file.endsWith('.ts') || file.includes(`${path.sep}node_modules${path.sep}`)) return undefined;
    if (!this.has(file)) this.set(file, mapOf(file));
    return super.get(file);
  }
}

const mapOf = (file) => {
  try {
    const { map } = transform(readFileSync(file, 'utf8'), file);
    return `data:application/json;base64,${Buffer.from(map).toString('base64')}`;
  } catch {
    return undefined;
  }
};

const sourceMaps = new SourceMaps();
/** Where the framework keeps the tests of a file, and who hears of them. */
const kept = new Set(['JEST_STATE_SYMBOL', 'EVENT_HANDLERS']);

const imported = new Map();

const refuse = () => {
  throw new Error('The files of a worker share their modules, so no test replaces or reloads one.');
};
const refused = Object.fromEntries(
  ['doMock', 'isolateModules', 'isolateModulesAsync', 'mock', 'resetModules', 'unstable_mockModule'].map(
    (name) => [name, refuse],
  ),
);

/**
 * Loads the tests by Node's own `import` instead of jest's: a worker then reads the app, its packages and the
 * tests' support once, and not once for each test file, which took a third of the whole run. No test mocks a
 * module, so none needs a fresh one; each test file itself is evaluated afresh.
 */
export default class SharedRuntime extends Base {
  constructor(...given) {
    super(...given);
    this.testFile = given[6];
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(file) {
    const { href } = pathToFileURL(file);
    const times = imported.get(href) ?? 0;
    imported.set(href, times + 1);
    return import(times === 0 ? href : `${href}?again=${times}`);
  }

  /** The framework: natively, and a new one for each test file, as it keeps the file's tests. */
  requireInternalModule(file) {
    for (const symbol of Object.getOwnPropertySymbols(globalThis))
      if (kept.has(symbol.description)) delete globalThis[symbol];
    delete require.cache[file];
    return require(file);
  }

  setGlobalsForRuntime(globals) {
    super.setGlobalsForRuntime(globals);
    const { jest, ...rest } = this.requireModuleOrMock(this.testFile, '@jest/globals');
    globalThis[Symbol.for('need-to-know.jest-globals')] = { ...rest, jest: { ...jest, ...refused } };
  }

  getSourceMaps() {
    return sourceMaps;
  }
}
