/**
 * A conflict of interest, as it is recorded: with a councillor or on a request, by oneself or by Democratic Services with
 * reasons. It stands while it is contested, and is ended with reasons. One against the Monitoring Officer is the Chief
 * Executive’s: Democratic Services record what they decided, and cite it. Source: need-to-know.md, section 4.
 */
import { deadline, type Deadline } from '../core/time/deadlines.js';
import { invalid } from '../core/rules.js';
import type { FieldError } from '../core/refusals.js';
import type { Settings } from '../settings/settings.js';

/** `upheld`: it was contested, and stands all the same. Until it ends the person signs nothing. */
export const conflictStatuses = ['recorded', 'contested', 'upheld', 'ended'] as const;
export type ConflictStatus = (typeof conflictStatuses)[number];

/** What becomes of one that was contested. */
export const conflictOutcomes = ['upheld', 'ended'] as const satisfies readonly ConflictStatus[];
export type ConflictOutcome = (typeof conflictOutcomes)[number];

/** A recorded conflict as the rules see it. */
export interface RecordedConflict {
  readonly kind: 'RecordedConflict';
  /** Whose conflict it is. */
  readonly personId: string;
  /** Who recorded it; null for one that the demonstration brought. */
  readonly recordedBy: string | null;
  /** Whether that person holds the office of the Monitoring Officer now, and not as a deputy. */
  readonly ofMonitoringOfficer: boolean;
  readonly status: ConflictStatus;
}

/** Whether somebody declared it themselves. */
export const isOwn = ({ personId, recordedBy }: Pick<RecordedConflict, 'personId' | 'recordedBy'>): boolean =>
  personId === recordedBy;

/** Whether only the Chief Executive decides about it. */
export const isForChiefExecutive = (conflict: Omit<RecordedConflict, 'kind' | 'status'>): boolean =>
  conflict.ofMonitoringOfficer && !isOwn(conflict);

/** The office that settles it: Democratic Services record what the Chief Executive decides. */
export const settlingOffice = (conflict: Omit<RecordedConflict, 'kind' | 'status'>) =>
  isForChiefExecutive(conflict) ? 'democratic_services' : 'monitoring_officer';

/** One that somebody is about to record. */
export const conflictToRecord = (
  given: Pick<RecordedConflict, 'personId' | 'recordedBy'> & Partial<RecordedConflict>,
): RecordedConflict => ({
  kind: 'RecordedConflict',
  ofMonitoringOfficer: false,
  status: 'recorded',
  ...given,
});

/** By when one that is contested is settled. */
export const settlementDue = (settings: Settings, contestedAt: Date): Deadline =>
  deadline(settings, 'settle_conflict', contestedAt, settings.periods.settleConflict, []);

interface Given {
  readonly reasons?: string | undefined;
  readonly authority?: string | undefined;
}

const authorityFault = (
  conflict: Omit<RecordedConflict, 'kind' | 'status'>,
  { authority }: Given,
): FieldError[] => {
  if (isForChiefExecutive(conflict) === (authority !== undefined)) return [];
  return [
    {
      field: 'authority',
      message:
        authority === undefined
          ? 'Enter the Chief Executive’s authority: this is a conflict of the Monitoring Officer'
          : 'Leave the authority out: it is for a conflict of the Monitoring Officer alone',
    },
  ];
};

/** @throws Invalid by the rule `conflict`, naming `authority` */
export const assertAuthority = (conflict: Omit<RecordedConflict, 'kind' | 'status'>, given: Given): void => {
  const errors = authorityFault(conflict, given);
  if (errors.length > 0) throw invalid('conflict', errors);
};

/** That of somebody else has reasons. @throws Invalid by the rule `conflict`, naming the fields */
export const assertRecorded = (conflict: Omit<RecordedConflict, 'kind' | 'status'>, given: Given): void => {
  const errors: FieldError[] = [
    ...(isOwn(conflict) || given.reasons !== undefined
      ? []
      : [{ field: 'reasons', message: 'Enter the reasons: this is a conflict of somebody else' }]),
    ...authorityFault(conflict, given),
  ];
  if (errors.length > 0) throw invalid('conflict', errors);
};
