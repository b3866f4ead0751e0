/** A statutory right to papers as JSON, and how SQL makes it of the row of alias `s`. */
import { z } from 'zod';
import { citedKinds, rightFindings, type Cites } from '../../policies/request/statutory-right.js';
import { allowed } from '../core/rows/tables.js';
import { day } from '../core/rows/stored.js';

/** What a right hangs on; null where nothing is cited. */
const citesSelected = `case when s.cites_kind is not null then json_build_object('kind', s.cites_kind,
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

/** SQL for a right `s` as it was recorded, for the papers of a case. @param nameOf gives the SQL for a person’s name */
export const recordedRightSelected = (nameOf: (id: string) => string): string =>
  `'id', s.seq, 'version', s.version, 'right', s.right_given, 'due', s.due_on, 'recordedAt', s.recorded_at,
      'recordedBy', s.person_id, 'by', ${nameOf('s.person_id')}, 'reasons', s.reasons, 'document', s.document,
      'cites', ${citesSelected}, 'claimed', s.claimed, 'counts', ${countsSelected},
      'confirmed', case when s.confirmed_at is not null then json_build_object('at', s.confirmed_at,
        'personId', s.confirmed_by, 'by', ${nameOf('s.confirmed_by')}, 'office', s.confirmed_office,
        'delegation', s.delegation) end,
      'findings', s.findings, 'covers', s.covers,
      'review', case when s.review_asked_at is not null then json_build_object('askedAt', s.review_asked_at,
        'reasons', s.review_reasons, 'decidedAt', s.reviewed_at, 'by', ${nameOf('s.reviewed_by')},
        'outcome', s.review_outcome, 'decisionReasons', s.review_decision_reasons) end`;

/** SQL for the right `s` that stands on a request `r`, as the rules ask about it. */
export const statutoryRightSelected = `json_build_object('right', s.right_given,
      'due', s.due_on, 'counts', ${countsSelected}, 'reasoned', s.reasons is not null, 'claimed', s.claimed,
      'cites', ${citesSelected}, 'recordedBy', s.person_id, 'allReleased',
      case when s.covers is not null then not exists (select from jsonb_array_elements_text(s.covers) c
        where not exists (select from releases l
          where l.request_id = r.id and l.version = r.version and l.category = c))
      else exists (select from releases l where l.request_id = r.id and l.version = r.version)
      and not exists (select from request_versions v, jsonb_array_elements(v.content->'papers') p
        where v.request_id = r.id and v.version = r.version and not exists (select from releases l
          where l.request_id = r.id and l.version = r.version and l.category = p->>'category')) end)`;
