import type { Knex } from 'knex';
import type { Capacity } from '../../policies/core/office.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { HearingMatter } from '../../policies/request/reviewed.js';

type Row = Pick<ObservationRequest, 'id' | 'version'>;

/** Writes what the councillor is told before a refusal, of a version for the first time or again. */
export const tellGist = async (
  trx: Knex.Transaction,
  row: Row,
  given: {
    readonly matters: readonly HearingMatter[];
    readonly gist: string;
    readonly personId: string;
    readonly capacity: Capacity;
    readonly toldAt: Date;
    readonly dueOn: string;
  },
): Promise<void> => {
  await trx('hearings').insert({
    request_id: row.id,
    version: row.version,
    telling: trx.raw('(select count(*) + 1 from hearings where request_id = ? and version = ?)', [
      row.id,
      row.version,
    ]),
    matters: [...given.matters],
    gist: given.gist,
    person_id: given.personId,
    capacity: given.capacity,
    told_at: given.toldAt,
    due_on: given.dueOn,
  });
};

/** Writes the councillor's answer to all that they were told and have not answered: once, as the database holds too. */
export const answerGist = async (
  trx: Knex.Transaction,
  row: Row,
  { answer, at }: { readonly answer: string; readonly at: Date },
): Promise<void> => {
  await trx('hearings')
    .where({ request_id: row.id, version: row.version, answered_at: null })
    .update({ answer, answered_at: at });
};

/** Ends the hearing of a version that came to nothing: what they were told of is not held against them any more. */
export const endingHearing = (trx: Knex.Transaction, row: Row, at: Date): Knex.QueryBuilder =>
  trx('hearings')
    .where({ request_id: row.id, version: row.version, answered_at: null, ended_at: null })
    .update({ ended_at: at });
