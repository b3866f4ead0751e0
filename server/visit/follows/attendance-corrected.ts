/** What follows for a visit where its record is corrected: proposed beside what stands, and judged once it counts. */
import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { lockVisit } from '../../../db/grant/grants.js';
import { storedRecorded } from '../../../db/grant/stored-grant.js';
import type { Rejudged } from '../../../policies/correction/correction.js';
import { NotFound } from '../../../policies/core/refusals.js';
import type { Notice } from '../../../policies/core/notices.js';
import type { GrantRecord, VisitRecord } from '../../../policies/grant/grant-record.js';
import type { Acting } from '../../../policies/people/actor.js';
import {
  asCorrected,
  assertRecordable,
  beforeRecord,
  exposureOf,
  judge,
  momentOf,
  recordedFields,
  recordedOf,
  showsMoreOutside,
  type AttendanceChanges,
  type Recorded,
} from '../../../policies/visit/attendance.js';
import type { Attendance } from '../../../policies/visit/attended.js';
import { attendanceRecorded } from '../../../policies/visit/notices.js';
import { standing } from '../../../policies/visit/visit-standing.js';
import type { Ctx } from '../../case/ctx.js';
import { raiseIncident, whatIncident } from '../../incident/follows/incident.js';
import type { SentAttendanceChanges } from '../bodies.js';
import { chaperoneNamed, textOfChaperone } from '../chaperone.js';

type Values = Readonly<Record<string, unknown>>;

/** The free texts of a record, by field. */
export const textsOfAttendance = ({
  chaperone,
  departures = [],
}: Pick<SentAttendanceChanges, 'chaperone' | 'departures'>): Record<string, string | undefined> => ({
  chaperone: textOfChaperone(chaperone),
  ...Object.fromEntries(departures.map(({ text }, index) => [`departures.${index}.text`, text])),
});

interface OfVisit {
  readonly record: GrantRecord;
  readonly visit: VisitRecord;
  readonly attendance: Attendance;
}

/** @throws NotFound where nothing is recorded of it, or it is hidden from this person */
const recordedVisit = async (
  trx: Knex.Transaction,
  { ability }: Pick<Ctx, 'ability'>,
  id: string,
): Promise<OfVisit> => {
  const { record, visit } = await lockVisit(trx, ability, id);
  if (visit.attendance === null) throw new NotFound();
  return { record, visit, attendance: visit.attendance };
};

const changesOf = async (
  trx: Knex.Transaction,
  date: string,
  { arrived, left, chaperone, ...sent }: SentAttendanceChanges,
): Promise<AttendanceChanges> => ({
  ...(sent.outcome === undefined ? {} : { outcome: sent.outcome }),
  ...(arrived === undefined ? {} : { arrived: arrived === null ? null : momentOf(date, arrived) }),
  ...(left === undefined ? {} : { left: left === null ? null : momentOf(date, left) }),
  ...(chaperone === undefined
    ? {}
    : { chaperone: chaperone === null ? null : await chaperoneNamed(trx, chaperone) }),
  ...(sent.categories === undefined ? {} : { categories: [...new Set(sent.categories)] }),
  ...(sent.closedPartsLeft === undefined ? {} : { closedPartsLeft: sent.closedPartsLeft }),
  ...(sent.departures === undefined ? {} : { departures: sent.departures }),
});

/**
 * What a correction of the record of a visit would change, with what stood before; the field that is named with them.
 * @throws Invalid, naming the fields of the record; NotFound
 */
export const attendanceToCorrect = async (
  ctx: Pick<Ctx, 'ability' | 'now'>,
  trx: Knex.Transaction,
  { id, field }: { readonly id: string; readonly field: string },
  sent: SentAttendanceChanges,
): Promise<{ readonly was: Values; readonly corrected: Values; readonly isSame: boolean }> => {
  const { visit: known, attendance } = await recordedVisit(trx, ctx, id);
  const at = ctx.now();
  const visit = standing(known, at);
  const before = recordedOf(attendance);
  const after = asCorrected(attendance, await changesOf(trx, visit.date, sent));
  assertRecordable(visit, after, at);
  const changed = recordedFields.filter((each) => !isDeepStrictEqual(before[each], after[each]));
  const values = (recorded: Recorded): Values =>
    Object.fromEntries(
      recordedFields
        .filter((each) => changed.includes(each) || each === field)
        .map((each) => [each, recorded[each] ?? null]),
    );
  return { was: values(before), corrected: values(after), isSame: changed.length === 0 };
};

/** A correction that is confirmed, as it was proposed. */
interface Proposed {
  readonly visitId: string;
  readonly corrected: Values;
  readonly proposedAt: Date;
}

export interface CorrectedAttendance {
  readonly judged: Rejudged;
  /** To be called once the correction counts. */
  readonly follows: (acting: Acting) => Promise<readonly Notice[]>;
}

/**
 * Judges a record as corrected, by what was allowed between arrival and leaving. Anything outside that the record before did
 * not show is an incident for Data Protection, as at recording; an incident that was made stays (need-to-know.md, section 6a).
 */
export const judgeCorrected = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  { visitId, corrected, proposedAt }: Proposed,
): Promise<CorrectedAttendance> => {
  const known = await recordedVisit(trx, ctx, visitId);
  const { record, visit } = beforeRecord(known.record, known.visit);
  const stood = recordedOf(known.attendance);
  const [arrived, left] = [stood.arrived, stood.left].map((at) => at?.toISOString() ?? null);
  const given = storedRecorded.parse({ ...stood, arrived, left, ...corrected });
  const judged = judge(record, visit, given, ctx.settings);
  const { authorised, outside } = known.attendance;
  const { causedBy } = judge(record, visit, stood, ctx.settings);
  const before = { given: stood, judged: { authorised, outside, causedBy } };
  return {
    judged: { authorised: judged.authorised, outside: judged.outside, before: { authorised, outside } },
    async follows(acting) {
      if (judged.causedBy && showsMoreOutside(before, { given, judged }, record.categories))
        await raiseIncident(trx, ctx, acting, {
          what: whatIncident(judged),
          causedBy: judged.causedBy,
          councillorId: visit.councillorId,
          record,
          visitId,
          happenedAt: given.arrived ?? proposedAt,
          // As at recording; of a limit that did not hold who proposed the correction knew.
          awareAt: judged.limits.length === 0 && given.left ? given.left : proposedAt,
          exposed: exposureOf(judged, given, record.categories),
          text: null,
          outside: judged.outside,
        });
      // Who said something to the record before is asked anew; who said nothing yet was asked.
      return known.attendance.confirmation === null
        ? []
        : [attendanceRecorded(visit.reference, visit.councillorId)];
    },
  };
};
