import type { Knex } from 'knex';
import { z } from 'zod';
import type { Capacity } from '../../policies/core/office.js';
import { statutoryRights, type StatutoryRight } from '../../policies/request/statutory-right.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { RecordedRight, Release } from '../../policies/papers/on-record.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { instant, whole } from '../core/rows/stored.js';

/** Papers: the right to them that Legal recorded, the releases, and the draft that asks for them. */

type Row = Pick<ObservationRequest, 'id' | 'version'>;

interface By {
  readonly personId: string;
  readonly capacity: Capacity;
  readonly at: Date;
}

/** Records Legal's finding on the version before the offices; it replaces the earlier one. */
export const addRight = async (
  trx: Knex.Transaction,
  row: Row,
  given: Pick<StatutoryRight, 'right' | 'due'> & By,
): Promise<void> => {
  await trx('statutory_rights').insert({
    request_id: row.id,
    version: row.version,
    right_given: given.right,
    due_on: given.due,
    recorded_at: given.at,
    person_id: given.personId,
    capacity: given.capacity,
  });
};

/** A release that was with authority when it was recorded, with what it rested on. */
export interface AuthorisedRelease extends Release {
  readonly requestId: number;
  readonly reference: string;
  readonly grantId: string | null;
  /** The records of a right to that version, oldest first. */
  readonly rights: readonly Pick<RecordedRight, 'right' | 'recordedAt'>[];
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
  rights: z.array(z.strictObject({ right: z.enum(statutoryRights), recordedAt: instant })),
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
        'r.id as requestId',
        'r.reference',
        'g.id as grantId',
        db.raw(`coalesce((select jsonb_agg(jsonb_build_object('right', s.right_given, 'recordedAt', s.recorded_at) order by s.seq)
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
  given: Pick<Release, 'category' | 'releasedAt' | 'returnedAt'> & By & Judged & { readonly office: string },
): Knex.QueryBuilder =>
  trx('releases').insert({
    request_id: row.id,
    version: row.version,
    category: given.category,
    released_at: given.releasedAt,
    returned_at: given.returnedAt,
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
