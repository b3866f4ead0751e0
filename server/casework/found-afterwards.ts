import type { Knex } from 'knex';
import { attendedRecordsOf } from '../../db/grants.js';
import { incidentVisits } from '../../db/incidents.js';
import { foundAfterwards } from '../../policies/attendance.js';
import { englandAndWales } from '../../policies/working-days.js';
import type { Ctx } from '../context.js';
import { raiseIncident } from './incident.js';
import { asKeeper } from './trail.js';

/**
 * After the register was changed: where it has learned of an end that had come before an attendance, that was
 * without authority, and goes to Data Protection the same day (need-to-know.md, section 6). Once for each visit.
 * Nothing freezes: whoever came had not been told.
 */
export const reportFoundAfterwards = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  councillorId: string,
): Promise<void> => {
  const found = (await attendedRecordsOf(trx, councillorId)).flatMap((record) =>
    foundAfterwards(record, englandAndWales).map((each) => ({ record, ...each })),
  );
  const acting = asKeeper(ctx.actor);
  if (found.length === 0 || acting === null) return;
  const known = await incidentVisits(
    trx,
    found.map(({ visit }) => visit.id),
  );
  for (const { record, visit, arrived, limits } of found) {
    if (known.has(visit.id)) continue;
    await raiseIncident(trx, ctx, acting, {
      what: 'unauthorised_access',
      causedBy: 'other',
      councillorId,
      record,
      visitId: visit.id,
      happenedAt: arrived,
      text: null,
      outside: limits,
    });
  }
};
