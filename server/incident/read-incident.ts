import { recordedOne } from '../../db/core/recorded.js';
import { findIncidentOnRecord } from '../../db/incident/incident-records.js';
import { subjectOfIncident } from '../../db/incident/incidents.js';
import type { Ctx } from '../case/ctx.js';
import { aboutCouncillor } from './follows/incident.js';
import { incidentFileOf, type IncidentFile } from './incident-file.js';
import { readingEntry } from '../case/record.js';

/** One incident with what it froze, as much of it as this person may see. The reading is on the trail first. @throws NotFound */
export const readIncident = async (ctx: Ctx, id: string): Promise<IncidentFile> => {
  const incident = id.toLowerCase();
  // What is not there takes the same statements as what is hidden: the time taken tells nobody which it is.
  const about = await subjectOfIncident(ctx.db, incident);
  const entry = readingEntry(ctx, {
    type: 'incident.read',
    subject: about ? (about.reference ?? aboutCouncillor(about.councillorId)) : `incident:${incident}`,
    decision: { incident },
  });
  return incidentFileOf(
    ctx,
    await findIncidentOnRecord(ctx.db, ctx.ability, incident, recordedOne(ctx.db, entry)),
  );
};
