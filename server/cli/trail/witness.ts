import { setTimeout as pause } from 'node:timers/promises';
import { witnessLogin } from '../../config.js';
import type { Login } from '../../witness/log-client.js';
import { signedIn, Unreachable } from '../../witness/log-client.js';
import { openWitness, type WitnessState } from '../../witness/state.js';
import { type Alarm, witness as look, type Witnessed } from '../../witness/witness.js';
import {
  type Command,
  type ExitCode,
  exitCodes,
  onlyWord,
  type Terminal,
  Usage,
  wholeNumber,
} from '../command.js';
import { keptKey } from './kept-file.js';

const once = async (state: WitnessState, base: URL, login: Login): Promise<Witnessed | Alarm> => {
  const client = await signedIn(base, login);
  try {
    return await look(state, client, new Date());
  } finally {
    // The look counts even if signing out fails: the session ends by itself.
    await client.signOut().catch(() => undefined);
  }
};

const report = (result: Witnessed | Alarm, state: WitnessState, { say, warn }: Terminal): ExitCode => {
  if ('alarm' in result) {
    warn(`ALARM: ${result.alarm.message} (${result.alarm.code})`);
    warn(`Nothing was signed. Both sides of it are kept in ${result.evidence}.`);
    return exitCodes.failed;
  }
  say(
    result.from === null
      ? `Witnessed for the first time by ${state.name}: ${result.size} entries.`
      : `Witnessed by ${state.name}: the ${result.from} entries of before have grown to ${result.size}.`,
  );
  return exitCodes.done;
};

/**
 * Looks again after each pause, until it is stopped or there is an alarm; a log that does not answer is asked again.
 */
const keepLooking = async (
  state: WitnessState,
  base: URL,
  login: Login,
  everySeconds: number,
  terminal: Terminal,
): Promise<ExitCode> => {
  const stopped = new AbortController();
  const stop = () => {
    stopped.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  while (!stopped.signal.aborted) {
    try {
      const code = report(await once(state, base, login), state, terminal);
      if (code !== exitCodes.done) return code;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      terminal.warn(error.message);
    }
    await pause(everySeconds * 1000, undefined, { signal: stopped.signal }).catch(() => undefined);
  }
  return exitCodes.done;
};

const addressOf = (word: string): URL => {
  const base = URL.canParse(word) ? new URL(word) : null;
  if (base?.protocol === 'https:' || base?.protocol === 'http:') return base;
  throw new Usage('Say the address of the service, such as https://need-to-know.council.example.');
};

export const witness: Command = {
  name: 'witness',
  takes: 'ADDRESS --state FOLDER [--key FILE] [--name NAME] [--every SECONDS]',
  says: 'watch the trail of a service from outside: that it only ever grows',
  help: `To be run by somebody else than who runs the service, and elsewhere: Internal Audit, say. It asks the service
for its signed checkpoint, has it prove that the last one witnessed is how it began, signs beside it, and remembers it
in its folder (cosigned.checkpoint, to hand to anyone who asks). Where the service shows another trail it signs nothing,
keeps both sides, and ends with 1.

WITNESS_EMAIL and WITNESS_PASSWORD sign it in, as an auditor.

  --state FOLDER   what the witness keeps; made the first time
  --key FILE       the log's key (log.vkey), the first time
  --name NAME      what the witness is called, the first time: audit.council.example/witness
  --every SECONDS  go on looking until it is stopped`,
  options: {
    state: { type: 'string' },
    key: { type: 'string' },
    name: { type: 'string' },
    every: { type: 'string' },
  },
  async run(given, terminal, { env }) {
    const base = addressOf(onlyWord(given, 'the address of the service'));
    const key = given.text('key');
    const every = given.text('every');
    const login = witnessLogin(env());
    const state = openWitness(given.needed('state'), {
      key: key === undefined ? undefined : keptKey(key),
      name: given.text('name'),
    });
    if (every !== undefined) {
      const seconds = wholeNumber(every, 'The seconds to wait');
      if (seconds === 0) throw new Usage('The seconds to wait are one or more.');
      return keepLooking(state, base, login, seconds, terminal);
    }
    return report(await once(state, base, login), state, terminal);
  },
};
