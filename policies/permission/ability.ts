/**
 * What one person may do: the rules of all the offices they hold. Each call builds its ability again from the actor
 * in the database, never from what was sent.
 */
import { AbilityBuilder, createMongoAbility } from '@casl/ability';
import type { Action, AppAbility, Builder, OfficeRules } from './actions.js';
import { grantedTo, grantedToCouncillor, grantedToHost, grantedToNamed, grantedToSelf } from './granted.js';
import { administrator } from './offices/administrator.js';
import { auditor } from './offices/auditor.js';
import { childrensServices } from './offices/childrens-services.js';
import { councillor } from './offices/councillor.js';
import { dataProtection } from './offices/data-protection.js';
import { democraticServices } from './offices/democratic-services.js';
import { acted, everyone } from './offices/everyone.js';
import { host } from './offices/host.js';
import { legal } from './offices/legal.js';
import { monitoringOfficer } from './offices/monitoring-officer.js';
import { NotFound } from '../core/refusals.js';
import { forbid, ruleKeys, type RuleKey } from '../core/rules.js';
import { holdsOffice, type Actor } from '../people/actor.js';
import type { Office } from '../core/office.js';
import type { Subject } from '../command/things.js';

export type { AppAbility } from './actions.js';

/** The rules that each office adds for the people who hold it. */
export const rulesOf: Readonly<Partial<Record<Office, OfficeRules>>> = {
  childrens_services: childrensServices,
  legal,
  monitoring_officer: monitoringOfficer,
  democratic_services: democraticServices,
  data_protection: dataProtection,
  auditor,
  administrator,
};

/**
 * The ability of one person: what every officer may do, what each office held adds, and last the
 * councillor's rules, whose prohibitions stand above the rest.
 */
export const abilityFor = (actor: Actor): AppAbility => {
  const builder: Builder = new AbilityBuilder<AppAbility>(createMongoAbility);
  everyone(builder, actor);
  grantedToSelf(builder, actor);
  // An administrator keeps nothing of what they once signed, hosted or were named for.
  if (actor.councillorId === null && !holdsOffice(actor, 'administrator')) {
    acted(builder, actor);
    host(builder, actor);
    grantedToHost(builder, actor);
    grantedToNamed(builder, actor);
  }
  for (const office of new Set(actor.holdings.map((holding) => holding.office))) {
    const reads = rulesOf[office];
    if (!reads) continue;
    reads(builder, actor);
    grantedTo(office, builder, actor);
  }
  if (actor.councillorId !== null) {
    councillor(builder, actor);
    grantedToCouncillor(builder, actor);
  }
  return builder.build({
    detectSubjectType: (subject) => (typeof subject === 'string' ? subject : subject.kind),
  });
};

const isRuleKey = (key: string | undefined): key is RuleKey => ruleKeys.some((known) => known === key);

/** The rule that forbids it; `otherwise` if no rule covers it at all; null if it is allowed. */
export const forbiddenBy = (
  ability: AppAbility,
  action: Action,
  row: Subject,
  otherwise: RuleKey = 'office',
): RuleKey | null => {
  if (ability.can(action, row)) return null;
  const because = ability.relevantRuleFor(action, row)?.reason;
  return isRuleKey(because) ? because : otherwise;
};

/**
 * Checks a permission on a loaded row. Throws NotFound if the person may not read the row, or else Forbidden by the
 * rule that says no (`otherwise` if no rule covers it at all).
 */
export const authorise = (
  ability: AppAbility,
  action: Action,
  row: Subject,
  otherwise: RuleKey = 'office',
): void => {
  const rule = forbiddenBy(ability, action, row, otherwise);
  if (rule === null) return;
  throw action.startsWith('read') ? new NotFound() : forbid(rule);
};
