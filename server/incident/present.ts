import { incidentCommands } from '../../policies/permission/every-command.js';
import { available } from '../../policies/permission/permit.js';
import { incidentViewOf } from '../../policies/permission/offices/view.js';
import { mayExpose, reportBy, type Assessment } from '../../policies/incident/breach.js';
import type { ListedIncident } from '../../db/incident/incidents.js';
import type { Ctx } from '../case/ctx.js';
import { releaseDue } from './follows/incident.js';
import type { IncidentFile } from './incident-file.js';

type Reader = Pick<Ctx, 'actor' | 'ability' | 'now' | 'settings'>;

/** The part for every reader, the councillor included: what, when, about which request. */
const own = (incident: ListedIncident) => ({
  id: incident.id,
  what: incident.what,
  reference: incident.reference,
  happenedAt: incident.happenedAt,
  closed: incident.closedAt !== null,
});

/** Further coded values and dates: who caused it, and which limits did not hold. */
const metadata = (incident: ListedIncident) => ({
  ...own(incident),
  causedBy: incident.causedBy,
  outside: incident.outside,
  exposed: incident.exposed,
  awareAt: incident.awareAt,
  reportBy: mayExpose(incident) ? reportBy(incident.awareAt) : null,
  grant: incident.grantId,
  visit: incident.visitId,
  reportedAt: incident.reportedAt,
  closedAt: incident.closedAt,
});

const named = (incident: ListedIncident) => ({
  councillor: { id: incident.councillorId, name: incident.councillorName },
  reportedBy: { name: incident.reporterName },
});

/**
 * A disclosure without any visit, in codes and dates. Only people who may search by case see the case
 * (need-to-know.md, section 5).
 */
const disclosed = ({ ability }: Reader, { disclosed: found }: ListedIncident) =>
  found && {
    categories: found.categories,
    from: found.from,
    until: found.until,
    ...(ability.can('search', { kind: 'Disclosures', by: 'case' })
      ? { caseReference: found.caseReference }
      : {}),
  };

/** How it was assessed as a breach: without the texts in codes and times alone. */
const assessed = (withText: boolean, each: Assessment) => ({
  at: each.at,
  exposed: each.exposed,
  risk: each.risk,
  reportable: each.reportable,
  reportedAt: each.reportedAt,
  subjectsTold: each.subjectsTold,
  ...(withText
    ? {
        id: each.id,
        by: each.by,
        reasons: each.reasons,
        commissionerReference: each.commissionerReference,
        delay: each.delay,
        told: each.told,
      }
    : {}),
});

/** The line of an incident in a list, as far as that reader may see it. */
export const presentIncidentLine = (reader: Reader, incident: ListedIncident) => {
  const view = incidentViewOf(reader, incident);
  const can = available(incidentCommands, reader, incident, {});
  if (view === 'own') return { ...own(incident), can };
  return { ...metadata(incident), ...(view === 'auditor' ? {} : named(incident)), can };
};

/**
 * An incident for that reader (need-to-know.md, section 5). `grants` are those it froze that the reader may see, each
 * with the day by which it must be released or ended.
 */
export const presentIncident = (reader: Reader, { incident, grants }: IncidentFile) => {
  const line = presentIncidentLine(reader, incident);
  const view = incidentViewOf(reader, incident);
  if (view === 'own') return line;
  const frozen = grants.map((grant) => ({
    id: grant.id,
    reference: grant.reference,
    frozen: grant.frozen,
    frozenAt: grant.frozenAt,
    releasedAt: grant.releasedAt,
    due: releaseDue(reader.settings, grant.frozenAt),
    can: grant.can,
    ...(view === 'office' && grant.releaseReasons !== null ? { reasons: grant.releaseReasons } : {}),
  }));
  const assessments = incident.assessments.map((each) => assessed(view === 'office', each));
  if (view === 'auditor') return { ...line, ...disclosed(reader, incident), assessments, grants: frozen };
  return {
    ...line,
    text: incident.text,
    ...disclosed(reader, incident),
    assessments,
    grants: frozen,
    ...(view === 'office' ? { closedReasons: incident.closedReasons } : {}),
  };
};
