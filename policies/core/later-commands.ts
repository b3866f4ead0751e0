/** The commands on a grant, a visit and an incident by name, for callers that do not hold the command itself. */
import type { Command, On } from './command.js';
import {
  grantCommands as onGrant,
  incidentCommands as onIncident,
  visitCommands as onVisit,
  type LaterCommandName,
} from './every-command.js';
import { isOpen, permit, refusalOf, verdictOn, type Who } from './permit.js';
import type { Acting, Grant, Incident, Visit } from './subjects.js';

const byName = <N extends string, K extends On>(
  list: readonly Command<N, K>[],
): Readonly<Record<N, Command<N, K>>> =>
  Object.fromEntries(list.map((command) => [command.name, command])) as Readonly<Record<N, Command<N, K>>>;

export const grantCommands = byName<(typeof onGrant)[number]['name'], 'Grant'>(onGrant);
export const visitCommands = byName<(typeof onVisit)[number]['name'], 'Visit'>(onVisit);
export const incidentCommands = byName<(typeof onIncident)[number]['name'], 'Incident'>(onIncident);

type KindOf<N extends LaterCommandName> = N extends keyof typeof grantCommands
  ? 'Grant'
  : N extends keyof typeof visitCommands
    ? 'Visit'
    : 'Incident';
type SubjectOf<N extends LaterCommandName> =
  KindOf<N> extends 'Grant' ? Grant : KindOf<N> extends 'Visit' ? Visit : Incident;

const find = (name: LaterCommandName) =>
  ({ ...grantCommands, ...visitCommands, ...incidentCommands })[name] as unknown as Command<
    LaterCommandName,
    'Grant'
  >;

/** @throws Forbidden, Conflict */
export const permitLater = <N extends LaterCommandName>(
  name: N,
  who: Who,
  subject: SubjectOf<N>,
  now: Date,
): Acting => permit({ ...find(name), hinders: [] }, who, subject as Grant, { now });

/** The names of the commands that this person may give on this subject now, of those of its kind. */
export const availableLater = (
  who: Who,
  subject: Grant | Visit | Incident,
  now: Date,
): LaterCommandName[] => {
  switch (subject.kind) {
    case 'Grant':
      return onGrant.filter((each) => isOpen(each, who, subject, { now })).map(({ name }) => name);
    case 'Visit':
      return onVisit.filter((each) => isOpen(each, who, subject, { now })).map(({ name }) => name);
    case 'Incident':
      return onIncident.filter((each) => isOpen(each, who, subject, {})).map(({ name }) => name);
  }
};

/** Whether this person may give that command on this subject now. */
export const may = <N extends LaterCommandName>(
  name: N,
  who: Who,
  subject: SubjectOf<N>,
  now: Date,
): boolean => refusalOf(verdictOn(find(name), who, subject as Grant, { now })) === null;
