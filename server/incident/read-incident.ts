import { recordedOne } from '../../db/core/recorded.js';
import { findIncidentOnRecord } from '../../db/incident/incident-records.js';
import { subjectOfIncident } from '../../db/incident/incidents.js';
import type { Ctx } from '../case/ctx.js';
import { aboutCase } from './follows/incident.js';
import { incidentFileOf, type IncidentFile } from './incident-file.js';
import { readingEntry } from '../case/record.js';

/**
 * One incident with the grants it froze, as far as this person may see them. The trail records the reading first.
 * @throws NotFound
 */
export const readIncident = async (ctx: Ctx, id: string): Promise<IncidentFile> => {
  const incident = id.toLowerCase();
  // A missing incident takes the same statements as a hidden one, so that the time taken does not disclose which it
  // is.
  const about = await subjectOfIncident(ctx.db, incident);
  const entry = readingEntry(ctx, {
    type: 'incident.read',
    subject: about ? aboutCase(about) : `incident:${incident}`,
    decision: { incident },
  });
  return incidentFileOf(
    ctx,
    await findIncidentOnRecord(ctx.db, ctx.ability, incident, recordedOne(ctx.db, entry)),
  );
};
