import { dueOf } from '../../policies/request/clock.js';
import { deadline, type Deadline } from '../../policies/core/time/deadlines.js';
import { ofRequest, type OpenDeadline } from '../../policies/deadline/open-deadlines.js';
import type { Settings } from '../../policies/settings/settings.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { CaseFile } from '../../policies/case/case-file.js';

/** The deadline that runs now, with its working; null where none does. */
export const presentDue = (settings: Settings, row: ObservationRequest) => dueOf(settings, row);

/** A deadline with its working, and when it was met. */
export const presentDeadline = (due: Deadline, metAt: Date | null = null) => ({ ...due, metAt });

const working = ({ due }: OpenDeadline) => presentDeadline(due);

/** When the receipt was due, and when it went out. */
const receipt = (settings: Settings, { row, time }: CaseFile) =>
  row.submittedAt === null || row.status !== 'submitted'
    ? []
    : [
        presentDeadline(
          deadline(settings, 'acknowledge', row.submittedAt, settings.periods.acknowledge, []),
          time.acknowledgedAt,
        ),
      ];

/** Every deadline of a request that runs, each with its working, and the receipt with when it went out. */
export const presentDeadlines = (settings: Settings, file: CaseFile, now: Date) => [
  ...receipt(settings, file),
  ...ofRequest(settings, file.row, { now, unacknowledged: false }).map(working),
];
