import { incidentCommands } from '../../policies/permission/every-command.js';
import { isOverdue } from '../../policies/core/time/deadlines.js';
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

/** What the councillor was told is alleged, and their answer; the auditor reads when. */
const heard = (withText: boolean, { hearing }: ListedIncident) =>
  hearing === null
    ? {}
    : {
        hearing: {
          ...(withText ? { gist: hearing.gist, answer: hearing.answer } : {}),
          toldAt: hearing.toldAt,
          due: hearing.dueOn,
          answeredAt: hearing.answeredAt,
        },
      };

/** The cases that nobody had planned: for who may search by case, and for the host, whose they are. */
const casesOf = ({ ability, actor }: Reader, { cases, hostId }: ListedIncident) =>
  ability.can('search', { kind: 'Disclosures', by: 'case' }) || hostId === actor.id ? { cases } : {};

/** What the councillor is told happens next, and by which day, where there is one. */
const nextOf = ({ settings, now }: Reader, { incident, grants }: IncidentFile) => {
  const { hearing, closedAt } = incident;
  if (closedAt !== null) return null;
  if (hearing !== null && hearing.answeredAt === null && !isOverdue({ at: hearing.dueOn }, now()))
    return { what: 'answer' as const, by: hearing.dueOn };
  const waiting = grants.find(({ frozen, confirmedAt }) => frozen && confirmedAt === null);
  if (waiting) return { what: 'confirm_or_release' as const, by: releaseDue(settings, waiting.frozenAt) };
  const isFrozen = grants.some(({ frozen }) => frozen);
  if (isFrozen && hearing === null) return { what: 'tell' as const, by: null };
  return { what: isFrozen ? ('decide' as const) : ('close' as const), by: null };
};

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
  if (view === 'own')
    return { ...line, ...heard(true, incident), next: nextOf(reader, { incident, grants }) };
  const frozen = grants.map((grant) => ({
    id: grant.id,
    reference: grant.reference,
    frozen: grant.frozen,
    frozenAt: grant.frozenAt,
    confirmedAt: grant.confirmedAt,
    releasedAt: grant.releasedAt,
    due: grant.confirmedAt === null ? releaseDue(reader.settings, grant.frozenAt) : null,
    can: grant.can,
    ...(view === 'office' && grant.releaseReasons !== null ? { reasons: grant.releaseReasons } : {}),
    ...(view === 'office' && grant.confirmReasons !== null ? { confirmReasons: grant.confirmReasons } : {}),
  }));
  const corrections = incident.corrections.length > 0 ? { corrections: incident.corrections } : {};
  const assessments = incident.assessments.map((each) => assessed(view === 'office', each));
  if (view === 'auditor')
    return {
      ...line,
      ...disclosed(reader, incident),
      ...heard(false, incident),
      assessments,
      ...corrections,
      grants: frozen,
    };
  return {
    ...line,
    text: incident.text,
    ...disclosed(reader, incident),
    ...casesOf(reader, incident),
    ...(view === 'office' ? heard(true, incident) : {}),
    assessments,
    ...corrections,
    grants: frozen,
    ...(view === 'office' ? { closedReasons: incident.closedReasons } : {}),
  };
};
