import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** What jest puts on a file's globals for that file alone; all else goes to those of the process. */
const OF_THE_FILE = new Set(['console', 'process']);

/** Where `jest.setTimeout` and `jest.retryTimes` keep what a file asks for. */
const settings = [Symbol.for('TEST_TIMEOUT_SYMBOL'), Symbol.for('RETRY_TIMES')];

/**
 * The process itself as the place where a test file runs, in the stead of a vm context for each file. What a file
 * changes of the process (environment variables, folder, console, timeouts) is put back after it.
 */
export default class ProcessEnvironment {
  constructor({ projectConfig }) {
    const own = { console: globalThis.console, process: Object.create(process) };
    this.global = new Proxy(globalThis, {
      get: (target, key) => (OF_THE_FILE.has(key) ? own[key] : Reflect.get(target, key)),
      set: (target, key, value) =>
        OF_THE_FILE.has(key) ? Reflect.set(own, key, value) : Reflect.set(target, key, value),
      defineProperty: (target, key, how) =>
        Reflect.defineProperty(OF_THE_FILE.has(key) ? own : target, key, how),
    });
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {
    this.before = {
      console: globalThis.console,
      exit: Object.getOwnPropertyDescriptor(process, 'exit'),
      env: { ...process.env },
      folder: process.cwd(),
    };
    globalThis.console = this.global.console;
    Object.defineProperty(process, 'exit', Object.getOwnPropertyDescriptor(this.global.process, 'exit'));
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    if (!this.before) return;
    const { console, exit, env, folder } = this.before;
    globalThis.console = console;
    Object.defineProperty(process, 'exit', exit);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    process.chdir(folder);
    for (const name of settings) delete globalThis[name];
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }
}
