/** The granted stage of a child's journey that the request of alias `r` continues. */
import { z } from 'zod';
import { day, instant } from '../core/rows/stored.js';

export const stageBeforeSelected = `(select json_build_object('to', b.window_to,
      'endedAt', coalesce(b.ended_at, (select min(i.journey_ended_at) from visits i where i.grant_id = b.id)),
      'observedAt', (select min(a.recorded_at) from attendances a where a.grant_id = b.id and a.authorised is not null))
    from request_versions v join requests p on p.reference = v.content->>'continues' join grants b on b.request_id = p.id
    where v.request_id = r.id and v.version = r.version)`;

export const storedStage = z.strictObject({
  to: day,
  endedAt: instant.nullable(),
  observedAt: instant.nullable(),
});
