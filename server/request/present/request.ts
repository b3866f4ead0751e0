import { requestCommands } from '../../../policies/permission/every-command.js';
import { saysTooSoon } from '../../../policies/request/clock.js';
import { available } from '../../../policies/permission/permit.js';
import { listedViewOf, viewOf, type View } from '../../../policies/permission/offices/view.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import type { Ctx } from '../../case/ctx.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { presentCorrections } from '../../correction/present/beside.js';
import { presentLifts } from '../../need-to-know/present/lifts.js';
import { presentAssessment } from '../../need-to-know/present.js';
import { presentDeadlines, presentDue } from '../../deadline/present.js';
import { presentGrantLine } from '../../grant/present/grant.js';
import { presentPapers } from '../../papers/present.js';
import { presentHearing } from '../../review/present/hearing.js';
import { presentReview } from '../../review/present/review.js';
import { presentDecision, presentSignOffs } from '../../decision/present/sign-offs.js';
import { presentTimeline } from './timeline.js';

type Reader = Pick<Ctx, 'actor' | 'ability' | 'now' | 'settings'>;

/** The part of a request for every reader except its host: coded values and dates. */
const metadata = ({ settings }: Reader, row: ObservationRequest) => ({
  reference: row.reference,
  observationType: row.observationType,
  status: row.status,
  version: row.version,
  submittedAt: row.submittedAt,
  due: presentDue(settings, row),
});

const windowOf = ({ content }: ObservationRequest) => (content.window ? { window: content.window } : {});

const namesOf = (view: View, row: ObservationRequest) => ({
  councillor: { id: row.councillorId, name: row.councillorName },
  host:
    row.hostId === null
      ? null
      : {
          id: row.hostId,
          name: row.hostName,
          ...(view === 'office' ? { manager: { id: row.managerId, name: row.managerName } } : {}),
        },
});

/** The line of a request in a list, as far as that reader may see it. */
export const presentRequestLine = (reader: Reader, row: ObservationRequest) => {
  const view = listedViewOf(reader, row);
  const can = available(requestCommands, reader, row, {});
  switch (view) {
    case 'host':
      return { ...hosted(row), can };
    case 'auditor':
      return { ...metadata(reader, row), ...windowOf(row), events: row.content.events, can };
    default:
      return {
        ...metadata(reader, row),
        ...namesOf(view, row),
        ...windowOf(row),
        events: row.content.events,
        can,
      };
  }
};

/** A host sees type, window and the councillor's name; the reference and the status to know which. */
const hosted = (row: ObservationRequest) => ({
  reference: row.reference,
  observationType: row.observationType,
  status: row.status,
  version: row.version,
  ...windowOf(row),
  councillor: { name: row.councillorName },
});

/**
 * A request as that reader may see it, with `can`: the commands that this reader may give now. Source:
 * need-to-know.md, section 5, row by row.
 */
export const presentRequest = (reader: Reader, file: CaseFile) => {
  const { row, signOffs, grant } = file;
  const now = reader.now();
  const view = viewOf(reader, row);
  const can = available(requestCommands, reader, row, {});
  const decision = presentDecision(reader.settings, view, signOffs, row.version, grant);
  const timed = {
    deadlines: presentDeadlines(reader.settings, file, now),
    moves: file.time.moves,
  };
  const granted = {
    ...(grant ? { grant: presentGrantLine(view, grant, now) } : {}),
    ...presentPapers(view, file),
    ...(row.observationType === 'childs_journey' ? { continuedBy: file.continuedBy } : {}),
  };
  switch (view) {
    case 'host':
      return {
        ...hosted(row),
        ...granted,
        conditions: grant?.conditions ?? [],
        can,
      };
    case 'auditor':
      return {
        ...metadata(reader, row),
        ...windowOf(row),
        signOffs: presentSignOffs(view, signOffs),
        lifts: presentLifts(view, file.lifts, signOffs),
        decision,
        ...presentHearing(view, file),
        review: presentReview(reader.settings, view, file),
        ...timed,
        ...granted,
        timeline: presentTimeline(view, file),
        corrections: presentCorrections(view, file.corrections),
        can,
      };
    default:
      return {
        ...metadata(reader, row),
        ...namesOf(view, row),
        ...row.content,
        ...(view === 'own' ? warned(reader, row, now) : {}),
        ...(view === 'office' ? forOffices(reader, file, can) : {}),
        ...(view === 'data_protection' && file.assessment ? { outcome: file.assessment.test.outcome } : {}),
        decision,
        ...presentHearing(view, file),
        review: presentReview(reader.settings, view, file),
        ...timed,
        ...granted,
        timeline: presentTimeline(view, file),
        corrections: presentCorrections(view, file.corrections),
        can,
      };
  }
};

/** What the councillor is warned of while asking. */
const warned = ({ settings }: Reader, row: ObservationRequest, now: Date) => {
  const message = saysTooSoon(settings, row, now);
  return message === null ? {} : { warnings: [{ field: 'window.to', message }] };
};

const forOffices = (
  reader: Reader,
  { row, assessment, signOffs, lifts, discussed }: CaseFile,
  can: ReturnType<typeof presentRequestLine>['can'],
) => ({
  assessment: presentAssessment(reader, row, assessment, can),
  discussed,
  signOffs: presentSignOffs('office', signOffs),
  lifts: presentLifts('office', lifts, signOffs),
});
