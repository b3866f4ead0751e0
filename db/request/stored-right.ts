/** A statutory right to papers as JSON, and how SQL makes it of the row of alias `s`. */
import { z } from 'zod';
import { citedKinds, rightFindings, type Cites } from '../../policies/request/statutory-right.js';
import { allowed } from '../core/rows/tables.js';
import { day } from '../core/rows/stored.js';

/** What a right hangs on; null where nothing is cited. */
export const citesSelected = `case when s.cites_kind is not null then json_build_object('kind', s.cites_kind,
  'body', s.cites_body, 'date', s.cites_on, 'private', s.cites_private, 'scrutiny', s.cites_scrutiny) end`;

/** SQL: whether it counts, by being confirmed, or because nobody claimed a right that does not exist. */
export const countsSelected = `(s.confirmed_at is not null or coalesce(s.earlier = 'relied_on', false)
  or (s.right_given = 'none' and s.claimed is null))`;

export const storedCites = z
  .strictObject({
    kind: z.enum(citedKinds),
    body: z.string(),
    date: day,
    private: z.boolean().nullable(),
    scrutiny: z.string().nullable(),
  })
  .transform(({ private: isPrivate, scrutiny, ...cites }): Cites => ({
    ...cites,
    ...(isPrivate === null ? {} : { private: isPrivate }),
    ...(scrutiny === null ? {} : { scrutiny }),
  }));

export const storedClaim = z.enum(allowed['statutory_rights.claimed']).nullable();

export const storedFinding = z.strictObject({
  category: z.string(),
  finding: z.enum(rightFindings),
  reasons: z.string(),
});
