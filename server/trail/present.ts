import type { TrailRow } from '../../db/audit/search.js';

/** One entry of the trail. `actor` is a person's id, `system` for the service itself, or `erased`. */
export const presentTrailRow = (row: TrailRow) => ({
  index: row.index,
  at: row.at,
  type: row.type,
  actor: row.actor,
  actorName: row.actorName,
  office: row.office,
  capacity: row.capacity,
  ...(row.deputyFor === null ? {} : { deputyFor: row.deputyFor }),
  subject: row.subject,
  ...(row.decision === null ? {} : { decision: row.decision }),
  ...(row.reasons === null ? {} : { reasons: row.reasons }),
});
