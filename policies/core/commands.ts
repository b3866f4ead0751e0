/** The commands on a request by name, for callers that do not hold the command itself. */
import type { CommandName } from './every-command.js';
import { requestCommands } from './every-command.js';
import type { Command } from './command.js';
import { giveBack } from '../papers/commands.js';
import { isOpen, permitAtStage, type Who } from './permit.js';
import type { Acting, ObservationRequest, Office } from './subjects.js';

export const commands = Object.fromEntries(
  requestCommands.map((command) => [command.name, command]),
) as unknown as Readonly<
  Record<CommandName, Command<CommandName, 'Request'> & { readonly from: readonly string[] }>
>;

/** What a command is narrowed to where it names an office: one question's, or one seat. */
export type Narrowed = Office | undefined;

/** @throws Forbidden, Conflict */
export const permit = (
  name: CommandName,
  who: Who,
  row: ObservationRequest,
  given: { readonly version?: number | undefined; readonly office?: Narrowed } = {},
): Acting => permitAtStage(commands[name], who, row, given);

/** @throws Forbidden */
export const permitGivingBack = (who: Who, row: ObservationRequest): Acting =>
  permitAtStage(giveBack, who, row, {});

/** The names of the commands that this person may give on this row now. */
export const available = (who: Who, row: ObservationRequest): CommandName[] =>
  requestCommands.filter((command) => isOpen(command, who, row, {})).map(({ name }) => name);
