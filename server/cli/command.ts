import type { ParseArgsConfig } from 'node:util';
import type { DatabasePlace } from '../database.js';

/** How a command ends: done (or the thing it checked is valid); failed; or used wrongly. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command was asked wrongly: the sentence says how, and its help follows. */
export class Usage extends Error {}

/** Where a command writes: its result, and everything else. */
export interface Terminal {
  /** One line of the answer. */
  readonly say: (line: string) => void;
  /** One line beside it: a warning, or the first fault. */
  readonly warn: (line: string) => void;
  /** Asks for a password; empty if nobody answers. */
  readonly secret: (question: string) => Promise<string>;
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The words typed after a command's name. */
export interface Given {
  readonly words: readonly string[];
  /** The value of an option that takes one; undefined where it was left out. */
  readonly text: (name: string) => string | undefined;
  /** The same, where it has to be there. @throws Usage */
  readonly needed: (name: string) => string;
  readonly flag: (name: string) => boolean;
}

/** The settings as they were set, read when they are needed. @throws ConfigFault */
export type Environment = () => Readonly<Record<string, string | undefined>>;

/** What the service's own settings lead to; only the commands that need it open it. */
export interface Surroundings {
  readonly env: Environment;
  /** Starts the embedded database where that is the one; it is ended when the command has. */
  readonly place: () => Promise<DatabasePlace>;
}

export interface Command {
  readonly name: string;
  /** The arguments after the name, for the list of commands: `BUNDLE [--key FILE]`. */
  readonly takes: string;
  /** One line, for a list of commands. */
  readonly says: string;
  /** The command's own help, after that line. */
  readonly help: string;
  readonly options: Options;
  /** @throws Usage, or anything that the person who typed it can mend (`isMendable` in cli.ts) */
  readonly run: (given: Given, terminal: Terminal, around: Surroundings) => Promise<ExitCode>;
}

/** One word after the command's name. @throws Usage where there are more or fewer */
export const onlyWord = ({ words }: Given, what: string): string => {
  const [word, ...rest] = words;
  if (word === undefined) throw new Usage(`Say ${what}.`);
  if (rest.length > 0) throw new Usage(`Say ${what}, and nothing more.`);
  return word;
};

/** A whole number from 0. @throws Usage */
export const wholeNumber = (text: string, what: string): number => {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw new Usage(`${what} is a whole number from 0.`);
  return number;
};
