/** What keeps people apart, as one jsonb value: `separatedColumns` of db/request/request-columns.ts brings it. */
import { z } from 'zod';
import { conflictKinds } from '../../../policies/core/conflict.js';
import { seats } from '../../../policies/core/office.js';
import { listed } from './stored.js';

export const ids = z.array(z.string());

export const storedConflict = z.strictObject({ personId: z.string(), kind: z.enum(conflictKinds) });

/** The conflicts of interest about the requests of alias `r`, or about that councillor, that have not ended. */
export const conflictsOf = (councillor: string): string =>
  listed(
    `json_build_object('personId', c.person_id, 'kind', c.kind)`,
    `conflicts c where (c.reference = r.reference or c.councillor_id = ${councillor}) and c.ended_at is null`,
  );

export const storedNamed = z.strictObject({
  office: z.enum([...seats, 'monitoring_officer']),
  personId: z.string(),
});

/** What keeps people apart: the same for a request, its grant and its visits. */
export const storedSeparation = {
  councillor_id: z.string(),
  councillor_name: z.string(),
  host_id: z.string().nullable(),
  host_name: z.string().nullable(),
  manager_id: z.string().nullable(),
  acted_by: ids,
  conflicts: z.array(storedConflict),
  signed_before: ids,
  signers: ids,
  named: z.array(storedNamed),
};
