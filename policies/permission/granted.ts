/**
 * Turns the commands into rules of the ability: each command says who may give it.
 * Source: need-to-know.md, sections 4 to 6.
 */
import type { MongoQuery } from '@casl/ability';
import type { Builder } from './actions.js';
import type { CommandRow, On } from '../command/command.js';
import { everyCommand, type EveryCommand } from './every-command.js';
import { inOffice } from '../register/in-office.js';
import type { RuleKey } from '../core/rules.js';
import type { Actor } from '../people/actor.js';
import type { Office } from '../core/office.js';

const commands: readonly CommandRow<EveryCommand['name']>[] = everyCommand;

/** A deputy keeps the lists only while the principal is away: else one could make the absence one needs. */
const keeps = ({ holdings }: Actor): boolean =>
  holdings.some(
    ({ office, capacity, principalAbsent }) =>
      office === 'democratic_services' && (capacity !== 'deputy' || principalAbsent === true),
  );

/** The rows that a rule is narrowed to, by their fields: a kind's own, which the compiler cannot tell in a list of all. */
const where = (fields: Readonly<Record<string, string | boolean>>): MongoQuery => fields;

/**
 * What an office may give commands on: a request once it is submitted, and what came of one, at any stage; Democratic
 * Services the accounts of councillors alone.
 */
const before = (on: On, office: Office) => {
  if (on === 'Request') return where({ submitted: true });
  return on === 'Person' && office === 'democratic_services' ? where({ councillor: true }) : undefined;
};

/** The commands of an office that somebody holds. */
export const grantedTo = (office: Office, { can }: Builder, actor: Actor): void => {
  for (const { name, on, by, keeping } of commands) {
    const idle = keeping && office === 'democratic_services' && !keeps(actor);
    if (by.includes(office) && !idle) can(name, on, before(on, office));
  }
};

/** The commands of the host, whom Children's Services named, whatever office they hold. */
export const grantedToHost = ({ can }: Builder, { id }: Actor): void => {
  for (const { name, on, by } of commands) if (by.includes('host')) can(name, on, where({ hostId: id }));
};

/** The commands that anybody gives about themselves. */
export const grantedToSelf = ({ can }: Builder, { id }: Actor): void => {
  for (const { name, on, bySelf } of commands) if (bySelf) can(name, on, where({ personId: id }));
};

/** A person named by the Chief Executive acts in the place of an office, for that request alone. */
export const grantedToNamed = ({ can }: Builder, { id }: Actor): void => {
  for (const { name, on, byNamed } of commands) if (byNamed) can(name, on, where({ namedIds: id }));
};

/** The rule that stops people from giving the commands of others about themselves. */
const onOneself: Readonly<Partial<Record<On, RuleKey>>> = {
  Request: 'requester',
  Grant: 'requester',
  Visit: 'requester',
  Incident: 'requester',
  Hold: 'own_data',
  Disposal: 'own_data',
  Redaction: 'own_data',
  AccessRequest: 'own_data',
  Correction: 'requester',
};

/** What councillors do with things of their own, and what they never do with them, whatever office they hold. */
export const grantedToCouncillor = ({ can, cannot }: Builder, { councillorId, standing }: Actor): void => {
  const own = where({ councillorId: councillorId ?? '' });
  for (const { name, on, by, former } of commands) {
    const scope = on === 'Protocol' ? undefined : own;
    const rule = onOneself[on];
    if (!by.includes('councillor')) {
      if (rule) cannot(name, on, own).because(rule);
    } else if (former || inOffice(standing)) can(name, on, scope);
    else cannot(name, on).because('standing');
  }
};
