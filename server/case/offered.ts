/** How people meet a command: the line that offers it where a thing is shown, or says why not. */
import type { Command, FileOf, GivenOf, On } from '../../policies/command/command.js';
import type { EveryCommand } from '../../policies/permission/every-command.js';
import { refusalOf, verdict, type No } from '../../policies/permission/permit.js';
import type { Ctx } from './ctx.js';

type Name = EveryCommand['name'];

/** Something that this person does; where they cannot do it now, why. */
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
  /** The address at which it is done. */
  readonly at: (file: FileOf<K>, given: GivenOf<K>) => string;
  /** What it is offered for one by one, each on a line of its own. */
  readonly each?: (file: FileOf<K>, given: GivenOf<K>) => readonly GivenOf<K>[];
  /**
   * Whether it is worth telling of a command that cannot be given now, to who has the authority: before its time, and
   * not when all is over, which the status says once.
   */
  readonly told: (file: FileOf<K>, because: No) => boolean;
}

export interface Offered<K extends On> extends How<K> {
  readonly command: Command<Name, K>;
}

export const offered = <K extends On>(command: Command<Name, K>, how: How<K>): Offered<K> => ({
  command,
  ...how,
});

const lineOf = <K extends On>(
  ctx: Ctx,
  { command, says, at, told }: Offered<K>,
  file: FileOf<K>,
  given: GivenOf<K>,
): ActionLine[] => {
  const refusal = refusalOf(verdict(command, ctx, file, given));
  if (refusal && (refusal.from === 'authority' || !told(file, refusal))) return [];
  return [
    {
      name: command.name,
      text: typeof says === 'string' ? says : says(file, given),
      href: at(file, given),
      whyNot: refusal && refusal.says,
    },
  ];
};

/** What this person can do with a thing now, and what they cannot do yet, with the reason. */
export const linesOf = <K extends On>(
  ctx: Ctx,
  offers: readonly Offered<K>[],
  file: FileOf<K>,
  given: GivenOf<K>,
): ActionLine[] =>
  offers.flatMap((each) =>
    (each.each?.(file, given) ?? [given]).flatMap((one) => lineOf(ctx, each, file, one)),
  );
