/** Who is told of a recorded conflict, and of what becomes of it: need-to-know.md, section 4. Never its kind or its reasons. */
import { conflictsReference, personOf, type Notice, type Recipient } from '../core/notices.js';
import { settlingOffice, type RecordedConflict } from './conflict.js';

type Of = Pick<RecordedConflict, 'personId' | 'recordedBy' | 'ofMonitoringOfficer'>;

const monitoringOfficer: Recipient = { office: 'monitoring_officer' };
const settlersOf = (conflict: Of): Recipient => ({ office: settlingOffice(conflict) });

/** The person whose conflict it is, and the Monitoring Officer, at once. */
export const conflictRecorded = ({ personId }: Of): Notice => ({
  kind: 'conflict_recorded',
  reference: conflictsReference,
  to: [{ personId }, monitoringOfficer],
  action: 'read',
  due: null,
});

/** Who settles it, and who recorded it. */
export const conflictContested = (conflict: Of, due: string | null): Notice => ({
  kind: 'conflict_contested',
  reference: conflictsReference,
  to: [settlersOf(conflict), ...personOf(conflict.recordedBy)],
  action: 'look_into',
  due,
});

const over = (conflict: Of): Omit<Notice, 'kind'> => ({
  reference: conflictsReference,
  to: [{ personId: conflict.personId }, monitoringOfficer, ...personOf(conflict.recordedBy)],
  action: 'read',
  due: null,
});

/** It was another person's: who has it after all is told as if it had been recorded, and who has none as if it had ended. */
export const conflictMoved = (was: string, named: string): readonly Notice[] => {
  const to = (personId: string) => ({
    ...over({ personId, recordedBy: null, ofMonitoringOfficer: false }),
    to: [{ personId }],
  });
  return [
    { kind: 'conflict_recorded', ...to(named) },
    { kind: 'conflict_ended', ...to(was) },
  ];
};

export const conflictSettled = (conflict: Of): Notice => ({ kind: 'conflict_settled', ...over(conflict) });
export const conflictEnded = (conflict: Of): Notice => ({ kind: 'conflict_ended', ...over(conflict) });
