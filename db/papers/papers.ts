import type { Knex } from 'knex';
import { z } from 'zod';
import type { Capacity } from '../../policies/core/office.js';
import {
  statutoryRights,
  type FoundOfPapers,
  type StatutoryRight,
} from '../../policies/request/statutory-right.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { RecordedRight, Release } from '../../policies/papers/on-record.js';
import type { RightHeld } from '../../policies/papers/papers.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { allowed } from '../core/rows/tables.js';
import { within } from '../core/rows/within.js';
import { countsSelected } from '../request/stored-right.js';
import { instant, whole } from '../core/rows/stored.js';

/** Papers: the right to them that Legal recorded, the releases, and the draft that asks for them. */

type Row = Pick<ObservationRequest, 'id' | 'version'>;

interface By {
  readonly personId: string;
  readonly capacity: Capacity;
  readonly at: Date;
}

/** A right as Legal records it. */
export interface AddedRight extends Pick<StatutoryRight, 'right' | 'due' | 'claimed' | 'cites'> {
  readonly reasons: string;
  readonly document: string | null;
}

/** Records Legal's finding on the version before the offices; it replaces the earlier one. */
export const addRight = async (trx: Knex.Transaction, row: Row, given: AddedRight & By): Promise<void> => {
  const { cites } = given;
  await trx('statutory_rights').insert({
    request_id: row.id,
    version: row.version,
    right_given: given.right,
    due_on: given.due,
    recorded_at: given.at,
    person_id: given.personId,
    capacity: given.capacity,
    reasons: given.reasons,
    document: given.document,
    claimed: given.claimed,
    cites_kind: cites?.kind ?? null,
    cites_body: cites?.body ?? null,
    cites_on: cites?.date ?? null,
    cites_private: cites?.private ?? null,
    cites_scrutiny: cites?.scrutiny ?? null,
  });
};

type OfRight = Pick<RecordedRight, 'id'>;

/** Another person confirms it, with what was found about the papers. */
export const confirmingRight = (
  trx: Knex.Transaction,
  { id }: OfRight,
  given: By & {
    readonly office: string;
    readonly delegation: string | null;
    readonly findings: readonly FoundOfPapers[];
    readonly covers: readonly string[] | null;
  },
): Knex.QueryBuilder =>
  trx('statutory_rights')
    .where({ seq: id })
    .update({
      confirmed_at: given.at,
      confirmed_by: given.personId,
      confirmed_office: within(allowed['statutory_rights.confirmed_office'], given.office),
      confirmed_capacity: given.capacity,
      delegation: given.delegation,
      findings: JSON.stringify(given.findings),
      covers: given.covers === null ? null : JSON.stringify(given.covers),
    });

/** The councillor asks for a review of a denied right. */
export const askingRightReview = (
  trx: Knex.Transaction,
  { id }: OfRight,
  given: { readonly at: Date; readonly reasons: string },
): Knex.QueryBuilder =>
  trx('statutory_rights')
    .where({ seq: id })
    .update({ review_asked_at: given.at, review_reasons: given.reasons });

/** The Monitoring Officer decides it. */
export const decidingRightReview = (
  trx: Knex.Transaction,
  { id }: OfRight,
  given: By & { readonly outcome: 'upheld' | 'remitted'; readonly reasons: string },
): Knex.QueryBuilder =>
  trx('statutory_rights').where({ seq: id }).update({
    reviewed_at: given.at,
    reviewed_by: given.personId,
    review_capacity: given.capacity,
    review_outcome: given.outcome,
    review_decision_reasons: given.reasons,
  });

/** A release that was with authority when it was recorded, with what it rested on. */
export interface AuthorisedRelease extends Release {
  readonly requestId: number;
  readonly reference: string;
  readonly grantId: string | null;
  /** The records of a right to that version, oldest first. */
  readonly rights: readonly RightHeld[];
}

const storedRelease: z.ZodType<AuthorisedRelease> = z.strictObject({
  id: z.string(),
  version: whole,
  category: z.string(),
  releasedAt: moment,
  returnedAt: moment.nullable(),
  authorised: z.boolean(),
  requestId: whole,
  reference: z.string(),
  grantId: z.string().nullable(),
  copy: z.boolean(),
  rights: z.array(
    z.strictObject({
      right: z.enum(statutoryRights),
      recordedAt: instant,
      counts: z.boolean(),
      confirmed: z.strictObject({ at: instant }).nullable(),
    }),
  ),
});

/** What was released to a councillor with authority, whatever the request. */
export const authorisedReleasesOf = (db: Knex, councillorId: string): Promise<AuthorisedRelease[]> => {
  return rowsOf(
    storedRelease,
    db('releases as l')
      .join('requests as r', 'r.id', 'l.request_id')
      .leftJoin('grants as g', 'g.request_id', 'r.id')
      .where('r.councillor_id', councillorId)
      .where('l.authorised', true)
      .orderBy('l.seq')
      .select(
        'l.id',
        'l.version',
        'l.category',
        'l.released_at as releasedAt',
        'l.returned_at as returnedAt',
        'l.authorised',
        'l.copy',
        'r.id as requestId',
        'r.reference',
        'g.id as grantId',
        db.raw(`coalesce((select jsonb_agg(jsonb_build_object('right', s.right_given, 'recordedAt', s.recorded_at,
          'counts', ${countsSelected}, 'confirmed', case when s.confirmed_at is not null
            then jsonb_build_object('at', s.confirmed_at) end) order by s.seq)
        from statutory_rights s where s.request_id = r.id and s.version = l.version), '[]') as rights`),
      ),
  );
};

/** How a release was judged, with the incident that it became. */
interface Judged {
  readonly authorised: boolean;
  readonly incidentId: string | null;
}

export const addingRelease = (
  trx: Knex.Transaction,
  row: Row,
  given: Pick<Release, 'category' | 'releasedAt' | 'returnedAt' | 'copy'> &
    By &
    Judged & { readonly office: string },
): Knex.QueryBuilder =>
  trx('releases').insert({
    request_id: row.id,
    version: row.version,
    category: given.category,
    released_at: given.releasedAt,
    returned_at: given.returnedAt,
    copy: given.copy,
    recorded_at: given.at,
    person_id: given.personId,
    office: given.office,
    capacity: given.capacity,
    authorised: given.authorised,
    incident_id: given.incidentId,
  });

/** Notes that what was released came back; one that was without authority stays so, with its own incident. */
export const endingRelease = (
  trx: Knex.Transaction,
  { id }: Pick<Release, 'id'>,
  { returnedAt, authorised, incidentId }: Judged & { readonly returnedAt: Date },
): Knex.QueryBuilder =>
  trx('releases')
    .where({ id })
    .update({
      returned_at: returnedAt,
      ...(authorised ? {} : { authorised }),
      ...(incidentId === null ? {} : { incident_id: incidentId }),
    });

/** The reference of the draft that a request's wish for papers has opened; null where it opened none yet. */
export const openedBy = async (db: Knex, row: Pick<Row, 'id'>): Promise<string | null> => {
  const found = await db('requests').where({ opened_by: row.id }).first('reference');
  return found?.reference ?? null;
};
