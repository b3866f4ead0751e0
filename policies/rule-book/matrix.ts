/**
 * Who may do what, from which status to which, and what stands in the way: each command as a row for people to read.
 */
import type { CommandRow, On } from '../command/command.js';
import { everyCommand } from '../permission/every-command.js';
import { officeSays } from '../core/office-names.js';
import { ruleOf, ruleSays, type RuleKey } from '../core/rules.js';

export interface MatrixRow {
  readonly command: string;
  readonly on: On;
  /** The offices that give it, in words, and anyone else who may. */
  readonly by: readonly string[];
  /** Null if the subject has no status. */
  readonly from: readonly string[] | null;
  /** Null where the status stays as it is. */
  readonly to: readonly string[] | null;
  /** Whether the separation of duties applies. */
  readonly signs: boolean;
  /** What may stand in the way, in the order of the checks. */
  readonly hinders: readonly {
    readonly rule: RuleKey;
    readonly says: string;
    readonly authority: string;
  }[];
}

const byWhom = ({ by, byNamed, bySelf, former }: CommandRow): string[] => [
  ...by.map((office) => `${officeSays[office]}${office === 'councillor' && !former ? ' in office' : ''}`),
  ...(byNamed ? ['Somebody whom the Chief Executive has named'] : []),
  ...(bySelf ? ['Anybody about themselves'] : []),
];

const hindrance = (rule: RuleKey) => ({ rule, says: ruleSays(rule), authority: ruleOf(rule).authority });

/** In the order of every command. */
export const matrix = (): MatrixRow[] =>
  everyCommand.map((command) => ({
    command: command.name,
    on: command.on,
    by: byWhom(command),
    from: command.from,
    to: command.to,
    signs: command.signs !== null,
    hinders: [
      ...new Set([
        ...[...command.closedBy, ...command.hinders].map(({ rule }) => rule),
        ...(command.asksProof ? (['step_up'] as const) : []),
      ]),
    ].map(hindrance),
  }));
