import type { Knex } from 'knex';
import type { Capacity } from '../../policies/core/office.js';
import type { ObservationRequest } from '../../policies/request/request.js';

type Row = Pick<ObservationRequest, 'id' | 'version'>;

/** Writes what the councillor is told before a refusal: once for each version. */
export const tellGist = async (
  trx: Knex.Transaction,
  row: Row,
  given: {
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
    gist: given.gist,
    person_id: given.personId,
    capacity: given.capacity,
    told_at: given.toldAt,
    due_on: given.dueOn,
  });
};

/** Writes the councillor's answer: once, as the database holds too. */
export const answerGist = async (
  trx: Knex.Transaction,
  row: Row,
  { answer, at }: { readonly answer: string; readonly at: Date },
): Promise<void> => {
  await trx('hearings')
    .where({ request_id: row.id, version: row.version })
    .update({ answer, answered_at: at });
};
