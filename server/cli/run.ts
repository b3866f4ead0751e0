import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { Fault } from '../../db/audit/log/fault.js';
import { EmbeddedFault } from '../../db/embedded/embedded.js';
import { MissingRoles } from '../../db/schema/roles.js';
import { NoBundle } from '../bundles/place.js';
import {
  type Command,
  type Environment,
  type ExitCode,
  exitCodes,
  type Given,
  type Terminal,
  Usage,
} from './command.js';
import { NotSignedIn } from './as-person.js';
import { NoFeed } from './feed-source.js';
import { createAccount } from './create-account.js';
import { dispose } from './dispose.js';
import { exportBundle } from './trail/export-bundle.js';
import { importRegister } from './import-register.js';
import { migrate, rollback } from './migrate.js';
import { rules } from './rules.js';
import { verify } from './trail/verify.js';
import { verifyBundle } from './trail/verify-bundle.js';
import { verifyEntry } from './trail/verify-entry.js';
import { verifyGrowth } from './trail/verify-growth.js';
import { witness } from './trail/witness.js';
import { quotedAuthority } from '../../policies/core/authorities.js';
import { Refusal } from '../../policies/core/refusals.js';
import { ProtocolError } from '../web/api/problem.js';
import { ConfigFault, loadConfig } from '../config.js';
import { findDatabase, type DatabasePlace } from '../database.js';
import { SigningRefused } from '../signing/sign.js';
import { Unreachable } from '../witness/log-client.js';
import { WitnessFault } from '../witness/state.js';

const commands: readonly Command[] = [
  migrate,
  rollback,
  createAccount,
  verify,
  exportBundle,
  verifyBundle,
  verifyEntry,
  verifyGrowth,
  witness,
  dispose,
  importRegister,
  rules,
];

const width = Math.max(...commands.map(({ name }) => name.length));
const overview = `Usage: npm run cli -- COMMAND

${commands.map(({ name, says }) => `  ${name.padEnd(width)}  ${says}`).join('\n')}

More about one of them: npm run cli -- COMMAND --help
Settings are those of the service (see the README). A command ends with ${exitCodes.done} where it did what it says or what
it checked holds, with ${exitCodes.failed} where not, and with ${exitCodes.usage} where it was asked wrongly.`;

const helpOf = ({ name, takes, says, help }: Command): string =>
  `Usage: npm run cli -- ${`${name} ${takes}`.trim()}\n\n${says}\n\n${help}`;

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

const givenTo = (command: Command, args: readonly string[]): Given & { readonly wantsHelp: boolean } => {
  const { positionals, values }: { positionals: string[]; values: Values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...command.options, help: { type: 'boolean', short: 'h' } },
  });
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    words: positionals,
    text,
    needed: (name) => {
      const value = text(name);
      if (value === undefined) throw new Usage(`--${name} is missing.`);
      return value;
    },
    flag: (name) => values[name] === true,
    wantsHelp: values['help'] === true,
  };
};

const run = async (
  command: Command,
  args: readonly string[],
  terminal: Terminal,
  env: Environment,
): Promise<ExitCode> => {
  const given = givenTo(command, args);
  if (given.wantsHelp) {
    terminal.say(helpOf(command));
    return exitCodes.done;
  }
  let opened: Promise<DatabasePlace> | undefined;
  const config = () => loadConfig(env(), 'command');
  const open = () => {
    const settings = config();
    const level = settings.logLevel === 'info' ? 'error' : settings.logLevel;
    return findDatabase(settings, pino({ level }));
  };
  try {
    return await command.run(given, terminal, { env, place: () => (opened ??= open()) });
  } finally {
    await (await opened)?.stop();
  }
};

const mendable: readonly (abstract new (...args: never[]) => Error)[] = [
  ConfigFault,
  EmbeddedFault,
  MissingRoles,
  NoBundle,
  NoFeed,
  NotSignedIn,
  ProtocolError,
  Refusal,
  SigningRefused,
  Unreachable,
  WitnessFault,
  Fault,
];

/** Errors that the person at the terminal can act on: the sentence alone is enough for them. */
const isMendable = (error: unknown): error is Error => mendable.some((kind) => error instanceof kind);

const isUsage = (error: unknown): error is Error =>
  error instanceof Usage || isOfArguments(error as { readonly code?: unknown });

const isOfArguments = ({ code }: { readonly code?: unknown }): boolean =>
  typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');

/** A fault with its code, which other programs can match, and the file that it was found in. */
const inWords = (error: Error): string => {
  if (error instanceof Refusal && error.authority)
    return `${error.message} (${quotedAuthority(error.authority)})`;
  if (!(error instanceof Fault)) return error.message;
  const { code, file } = error as Fault<string> & { readonly file?: string };
  return `It does not hold: ${error.message} (${file ? `${code}, ${file}` : code})`;
};

/** Runs the command that was typed. @param args what follows `npm run cli --` */
export const runCommand = async (
  [name, ...rest]: readonly string[],
  terminal: Terminal,
  env: Environment,
): Promise<ExitCode> => {
  const command = commands.find((each) => each.name === name);
  if (!command) {
    const isAsked = name === '--help' || name === '-h' || name === 'help';
    if (!isAsked && name !== undefined) terminal.warn(`There is no command "${name}".\n`);
    (isAsked ? terminal.say : terminal.warn)(overview);
    return isAsked ? exitCodes.done : exitCodes.usage;
  }
  try {
    return await run(command, rest, terminal, env);
  } catch (error) {
    if (isUsage(error)) {
      terminal.warn(`${error.message}\n\n${helpOf(command)}`);
      return exitCodes.usage;
    }
    if (!isMendable(error)) throw error;
    terminal.warn(inWords(error));
    return exitCodes.failed;
  }
};
