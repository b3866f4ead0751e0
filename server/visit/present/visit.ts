import { visitCommands } from '../../../policies/permission/every-command.js';
import { available } from '../../../policies/permission/permit.js';
import { viewOf, type View } from '../../../policies/permission/offices/view.js';
import { ofVisit } from '../../../policies/deadline/open-deadlines.js';
import type { Grant } from '../../../policies/grant/grant.js';
import type { Attendance } from '../../../policies/visit/attended.js';
import { visitChecks, type Visit } from '../../../policies/visit/visit.js';
import { checkFinding, visitAccess } from '../../../policies/visit/visit-access.js';
import type { Ctx } from '../../case/ctx.js';
import type { VisitFile } from '../visit-file.js';
import { presentCorrections } from '../../correction/present/beside.js';
import { presentAccess } from '../../grant/present/access.js';
import { presentDeadline } from '../../deadline/present.js';
import { presentQuestion } from '../../question/present.js';

type Reader = Pick<Ctx, 'actor' | 'ability' | 'settings'>;

export const visitStatuses = ['planned', 'ended', 'recorded', 'confirmed', 'closed'] as const;
export type VisitStatus = (typeof visitStatuses)[number];

/**
 * The state of a visit. After the record, the councillor confirms or disputes it, and the visit is closed when
 * nothing is left to do before closing.
 */
const visitStatus = ({ attendance, endedAt }: Visit, { conditions }: Grant): VisitStatus => {
  if (!attendance) return endedAt ? 'ended' : 'planned';
  if (!attendance.confirmation) return 'recorded';
  const open = conditions.some(({ before, state }) => before === 'closing' && state === 'pending');
  return open ? 'confirmed' : 'closed';
};

/** A visit in one line, beside its grant: without the case and the checks. */
export const presentVisitLine = (visit: Visit, grant: Grant) => ({
  id: visit.id,
  date: visit.date,
  from: visit.from,
  to: visit.to,
  status: visitStatus(visit, grant),
});

/** The case is for Children's Services, Data Protection and the host, never for the councillor. */
const seesCase = ({ actor }: Reader, view: View, visit: Visit): boolean =>
  view !== 'own' &&
  (visit.hostId === actor.id ||
    actor.holdings.some(({ office }) => office === 'childrens_services' || office === 'data_protection'));

const presentChecks = ({ settings }: Reader, visit: Visit, now: Date) =>
  visitChecks.map((question) => {
    const given = visit.checks[question];
    const { result, explanation } = checkFinding(question, visit, now, settings);
    return {
      question,
      result,
      explanation,
      ...(question === 'legal_bars' && visit.barsReported.length > 0 ? { reported: visit.barsReported } : {}),
      ...(given === undefined ? {} : { answer: given.answer }),
      ...(given?.reason === undefined ? {} : { reason: given.reason }),
    };
  });

/** The record as it stands, with what was corrected of it, and what the councillor said to it before that. */
const presentAttendance = (
  view: View,
  attendance: Attendance,
  { corrections, saidBefore }: Pick<VisitFile, 'corrections' | 'saidBefore'>,
) => {
  const said = ({ agrees, comment, at }: NonNullable<Attendance['confirmation']>) => ({
    agrees,
    at,
    ...(view === 'auditor' ? {} : { comment }),
  });
  const coded = {
    outcome: attendance.outcome,
    arrived: attendance.arrived,
    left: attendance.left,
    categories: attendance.categories,
    closedPartsLeft: attendance.closedPartsLeft,
    authorised: attendance.authorised,
    recordedAt: attendance.recordedAt,
    confirmation: attendance.confirmation && said(attendance.confirmation),
    corrections: presentCorrections(
      view,
      corrections.filter(({ kind }) => kind === 'attendance'),
    ),
    saidBefore: saidBefore.map(said),
  };
  if (view === 'auditor') {
    return {
      ...coded,
      outside: attendance.outside,
      departures: attendance.departures.map(({ causedBy }) => ({ causedBy })),
    };
  }
  return {
    ...coded,
    chaperone: attendance.chaperone,
    // Which limit did not hold may be a party's word: the councillor confirms what happened, not why.
    ...(view === 'own' ? {} : { outside: attendance.outside }),
    departures: attendance.departures,
  };
};

/** A visit as that reader may see it: need-to-know.md, section 5. */
export const presentVisit = (reader: Reader, file: VisitFile, now: Date) => {
  const { visit, grant, questions } = file;
  const view = viewOf(reader, visit);
  const type = reader.settings.type(visit.observationType);
  return {
    ...presentVisitLine(visit, grant),
    grant: visit.grantId,
    reference: visit.reference,
    observationType: visit.observationType,
    plannedAt: visit.plannedAt,
    access: presentAccess(view, visitAccess(grant, visit, now, reader.settings), grant, now),
    ...(view === 'auditor'
      ? {}
      : {
          councillor: { name: visit.councillorName },
          host: visit.hostName === null ? null : { name: visit.hostName },
          chaperone: visit.chaperone,
          rules: type.rules,
        }),
    ...(seesCase(reader, view, visit) ? { caseReference: visit.caseReference } : {}),
    ...(type.startsAtConference && view !== 'auditor' && view !== 'own'
      ? { conferenceOn: visit.conferenceOn }
      : {}),
    ...(view === 'own' || view === 'auditor' ? {} : { checks: presentChecks(reader, visit, now) }),
    // Who withdrew, or which check said no, is not for the councillor: it is over, and that is all.
    ...(visit.endedAt === null
      ? {}
      : { endedAt: visit.endedAt, ...(view === 'own' ? {} : { endedBecause: visit.endedBecause }) }),
    // The open work is for the people who do it, and names a check that the councillor does not hear of.
    ...(view === 'own'
      ? {}
      : { deadlines: ofVisit(reader.settings, grant, visit, now).map(({ due }) => presentDeadline(due)) }),
    attendance: visit.attendance && presentAttendance(view, visit.attendance, file),
    questions: questions.map((question) =>
      presentQuestion(reader, visit, { question, corrections: file.corrections }, now),
    ),
    can: available(visitCommands, reader, visit, { now }),
  };
};
