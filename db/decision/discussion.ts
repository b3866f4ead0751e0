import type { Knex } from 'knex';
import type { Capacity, DecidingOffice, ObservationRequest } from '../../policies/core/subjects.js';

/** One contribution to the discussion, or the note of a meeting. */
export interface DiscussionEntry {
  readonly id: string;
  /** The order in which it was said. */
  readonly seq: number;
  readonly version: number;
  readonly personId: string;
  readonly by: string;
  readonly office: DecidingOffice;
  readonly capacity: Capacity;
  readonly at: Date;
  readonly text: string;
  /** Advice that Legal or the Monitoring Officer marked as privileged. */
  readonly privileged: boolean;
  readonly meetingDate: string | null;
  readonly present: readonly DecidingOffice[] | null;
}

/**
 * What has been said on every version, oldest first. Not for any export.
 * @param page `after` is the `seq` of the last entry of the page before; `advice` whether privileged
 *   advice is given to this reader
 */
export const discussionOf = async (
  db: Knex,
  row: Pick<ObservationRequest, 'id'>,
  {
    limit,
    after,
    advice,
  }: { readonly limit: number; readonly after?: number | undefined; readonly advice: boolean },
): Promise<DiscussionEntry[]> => {
  const query = db('discussion as d')
    .join('people as p', 'p.id', 'd.person_id')
    .where('d.request_id', row.id)
    .orderBy('d.seq')
    .limit(limit);
  if (after !== undefined) void query.where('d.seq', '>', after);
  if (!advice) void query.where('d.privileged', false);
  return query.select(
    'd.id',
    'd.seq',
    'd.version',
    'd.person_id as personId',
    'p.name as by',
    'd.office',
    'd.capacity',
    'd.at',
    'd.text',
    'd.privileged',
    'd.meeting_date as meetingDate',
    'd.present',
  );
};

/** Who has spoken for which office on the current version, without a word of what was said. */
export const spokenOn = async (
  db: Knex,
  row: Pick<ObservationRequest, 'id' | 'version'>,
): Promise<Pick<DiscussionEntry, 'personId' | 'office' | 'present'>[]> =>
  db('discussion')
    .where({ request_id: row.id, version: row.version })
    .select('person_id as personId', 'office', 'present');

/** Adds a contribution or the note of a meeting to the current version. */
export const addingEntry = (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  entry: Omit<DiscussionEntry, 'id' | 'seq' | 'version' | 'by'>,
): Knex.QueryBuilder =>
  trx('discussion').insert({
    request_id: row.id,
    version: row.version,
    person_id: entry.personId,
    office: entry.office,
    capacity: entry.capacity,
    at: entry.at,
    text: entry.text,
    privileged: entry.privileged,
    meeting_date: entry.meetingDate,
    present: entry.present,
  });
