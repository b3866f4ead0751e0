import { inTransaction } from '../../db/core/connection.js';
import { lockVisit } from '../../db/grant/grants.js';
import { insertAttendance } from '../../db/visit/visits.js';
import {
  assertRecordable,
  exposureOf,
  judge,
  momentOf,
  type Recorded,
} from '../../policies/visit/attendance.js';
import { permit } from '../../policies/permission/permit.js';
import { recordAttendance as command } from '../../policies/visit/commands.js';
import { attendanceRecorded } from '../../policies/visit/notices.js';
import type { Ctx } from '../case/ctx.js';
import { chaperoneNamed } from './chaperone.js';
import { textsOfAttendance } from './follows/attendance-corrected.js';
import { raiseIncident, whatIncident } from '../incident/follows/incident.js';
import { keepsReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { standing } from '../../policies/visit/visit-standing.js';
import type { SentAttendance } from './bodies.js';

/**
 * The host or Children's Services record what happened. The service judges it by what was allowed between arrival and
 * leaving; anything outside is an incident for Data Protection in the same transaction, and attendance without a live
 * grant is recorded as unauthorised (need-to-know.md, section 6).
 * @returns the visit's id
 */
export const recordAttendance = (ctx: Ctx, id: string, sent: SentAttendance): Promise<string> => {
  screened(ctx, textsOfAttendance(sent));
  return inTransaction(ctx.db, async (trx) => {
    const { record: grantRecord, visit: visitRecord } = await lockVisit(trx, ctx.ability, id);
    const at = ctx.now();
    const visit = standing(visitRecord, at);
    const acting = permit(command, ctx, visit, { now: at, outcome: sent.outcome });
    const given: Recorded = {
      outcome: sent.outcome,
      arrived: sent.arrived ? momentOf(visit.date, sent.arrived) : null,
      left: sent.left ? momentOf(visit.date, sent.left) : null,
      chaperone: sent.chaperone ? await chaperoneNamed(trx, sent.chaperone) : sent.chaperone,
      categories: [...new Set(sent.categories)],
      closedPartsLeft: sent.closedPartsLeft ?? null,
      departures: sent.departures,
    };
    assertRecordable(visit, given, at);
    const judged = judge(grantRecord, visitRecord, given, ctx.settings);
    await insertAttendance(trx, visit, given, judged, { at, by: ctx.actor.id, acting });
    keepsReading(trx, ctx, acting, visit.reference);
    const entry = record(trx, ctx, acting, {
      type: 'attendance.recorded',
      subject: visit.reference,
      decision: {
        visit: visit.id,
        outcome: given.outcome,
        authorised: judged.authorised,
        outside: [...judged.outside],
        categories: [...given.categories],
      },
    });
    if (judged.causedBy) {
      await raiseIncident(trx, ctx, acting, {
        what: whatIncident(judged),
        causedBy: judged.causedBy,
        councillorId: visit.councillorId,
        record: grantRecord,
        visitId: visit.id,
        happenedAt: given.arrived ?? at,
        // The person who accompanied the councillor saw what went outside, and a limit that did not hold nobody need have known of.
        awareAt: judged.limits.length === 0 && given.left ? given.left : at,
        exposed: exposureOf(judged, given, grantRecord.categories),
        text: null,
        outside: judged.outside,
      });
    }
    notify(trx, ctx, entry, attendanceRecorded(visit.reference, visit.councillorId));
    return visit.id;
  });
};
