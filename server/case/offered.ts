/** How people meet a command: the line that offers it or says why not, its page, its form and its route. */
import type { Command, FileOf, GivenOf, On } from '../../policies/command/command.js';
import type { EveryCommand } from '../../policies/permission/every-command.js';
import type { z } from 'zod';
import { refusalOf, subjectOf, verdict, type No } from '../../policies/permission/permit.js';
import type { Ctx } from './ctx.js';

type Name = EveryCommand['name'];

/** A command that this person may give; if they cannot give it now, why not. */
export interface ActionLine {
  readonly name: Name;
  readonly text: string;
  readonly href: string;
  /** Null where it can be done now. */
  readonly whyNot: string | null;
}

interface How<K extends On> {
  /** The text of the line. */
  readonly says: string | ((file: FileOf<K>, given: GivenOf<K>) => string);
  /** The address at which it is done, by what it names in its order. */
  readonly at: (...names: string[]) => string;
  /** What the address names, where that is not the reference or the id of the thing alone. */
  readonly names?: (file: FileOf<K>, given: GivenOf<K>) => readonly string[];
  /** What it is offered for one by one, each on a line of its own. */
  readonly each?: (file: FileOf<K>, given: GivenOf<K>) => readonly GivenOf<K>[];
  /**
   * Whether it is worth telling of a command that cannot be given now, to who has the authority: before its time, and
   * not when all is over, which the status says once. Left out, it never is.
   */
  readonly explains?: (file: FileOf<K>, because: No) => boolean;
}

/** A line that leads to where a command is given. */
export interface Line<K extends On> extends How<K> {
  readonly command: Command<Name, K>;
}

type Call = readonly ['POST' | 'PUT' | 'PATCH' | 'DELETE', `/api/${string}`];

/** Where and with what a command is given, once for its page, its form and its API route. */
interface Given<P, B> {
  /** What the address names, each with its schema. */
  readonly params: P;
  /** What is sent with it; undefined where nothing is. */
  readonly body: B;
  /** The call of the API that gives it. */
  readonly api: Call;
}

/** A command as people meet it. */
export interface Offered<K extends On, P, B> extends Line<K> {
  /** Of its page: the address and what it names. */
  readonly page: { readonly path: `/${string}`; readonly params: P };
  /** Of its form, as of the API. */
  readonly body: B;
  /** Of its route. */
  readonly api: { readonly method: Call[0]; readonly path: Call[1]; readonly params: P; readonly body: B };
}

export const lineTo = <K extends On>(command: Command<Name, K>, how: How<K>): Line<K> => ({
  command,
  ...how,
});

export const offered = <K extends On, P extends z.ZodObject, B extends z.ZodType | undefined>(
  command: Command<Name, K>,
  { params, body, api: [method, path], ...how }: How<K> & Given<P, B>,
): Offered<K, P, B> => {
  const pattern = how.at(...Object.keys(params.shape).map((name) => `:${name}`));
  return {
    ...lineTo(command, how),
    page: { path: `/${pattern.slice(1)}`, params },
    body,
    api: { method, path, params, body },
  };
};

/** The reference of a request, or the id of something else. */
const nameOf = <K extends On>({ on }: Command<Name, K>, file: FileOf<K>): string => {
  const thing: object = subjectOf<K>(file);
  const name = on === 'Request' ? 'reference' in thing && thing.reference : 'id' in thing && thing.id;
  return typeof name === 'string' ? name : '';
};

const lineOf = <K extends On>(
  ctx: Ctx,
  { command, says, at, names, explains }: Line<K>,
  file: FileOf<K>,
  given: GivenOf<K>,
): ActionLine[] => {
  const refusal = refusalOf(verdict(command, ctx, file, given));
  if (refusal && (refusal.from === 'authority' || !explains?.(file, refusal))) return [];
  return [
    {
      name: command.name,
      text: typeof says === 'string' ? says : says(file, given),
      href: at(...(names?.(file, given) ?? [nameOf(command, file)])),
      whyNot: refusal && refusal.says,
    },
  ];
};

/** What this person can do with a thing now, and what they cannot do yet, with the reason. */
export const linesOf = <K extends On>(
  ctx: Ctx,
  offers: readonly Line<K>[],
  file: FileOf<K>,
  given: GivenOf<K>,
): ActionLine[] =>
  offers.flatMap((each) =>
    (each.each?.(file, given) ?? [given]).flatMap((one) => lineOf(ctx, each, file, one)),
  );
