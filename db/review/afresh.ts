import type { Knex } from 'knex';
import { z } from 'zod';
import type { ObservationRequest } from '../../policies/request/request.js';
import { numbered, numberedReference } from '../request/numbering.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';

/**
 * Writes a new request with the same text and host, handed in already, in place of one whose end a review set aside. It
 * keeps who signed, ended or reviewed before: none of them signs it.
 * @returns its reference
 */
export const insertAfresh = async (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version' | 'content' | 'signers' | 'signedBefore'>,
  given: {
    /** Who set the end aside, and so does not sign; null where a court, the council or a committee directed it. */
    readonly reviewer: string | null;
    readonly at: Date;
    readonly year: string;
    readonly dueOn: string | null;
  },
): Promise<string> => {
  const rows = await rowsOf(
    z.strictObject({ reference: z.string() }),
    trx.raw(
      `with ${numbered},
      made as (insert into requests (reference, councillor_id, observation_type, created_at, status, submitted_at, due_on,
          host_id, manager_id, remitted_at, remitted_from, decided_before)
        select ${numberedReference}, r.councillor_id, r.observation_type,
            :at, 'submitted', :at, :dueOn, r.host_id, r.manager_id, :at, 0, cast(:before as uuid[])
          from numbered, requests r where r.id = :id returning id, reference),
      written as (insert into request_versions (request_id, version, content, created_at)
        select id, 1, :content, :at from made),
      noted as (update reviews v set afresh_id = made.id from made
        where v.request_id = :id and v.version = :version and v.outcome = 'remitted')
      select reference from made`,
      {
        year: Number(given.year),
        at: given.at,
        dueOn: given.dueOn,
        before: [
          ...new Set([...row.signers, ...row.signedBefore, ...(given.reviewer ? [given.reviewer] : [])]),
        ],
        id: row.id,
        version: row.version,
        content: JSON.stringify(row.content),
      },
    ),
  );
  return firstOf(rows).reference;
};
