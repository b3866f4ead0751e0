import type { Knex } from 'knex';
import { z } from 'zod';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { ReviewedPart } from '../../policies/request/reviewed.js';
import { numbered, numberedReference } from '../request/numbering.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';

/**
 * Writes a new request with the same text and host, handed in already, in place of one whose end or conditions a review set aside. It
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
    /** What the review was about that set it aside. */
    readonly about: ReviewedPart;
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
        where v.request_id = :id and v.version = :version and v.about = :about and v.outcome = 'remitted')
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
        about: given.about,
        content: JSON.stringify(row.content),
      },
    ),
  );
  return firstOf(rows).reference;
};

/** The grant that goes on under conditions which a review set aside, of the request that is decided afresh; null where none. */
export const grantToReplace = async (
  trx: Knex.Transaction,
  requestId: number,
): Promise<z.output<typeof replacedGrant> | null> => {
  const [found] = await rowsOf(
    replacedGrant,
    trx.raw(
      `select g.id, r.reference, r.councillor_id as "councillorId", r.host_id as "hostId",
           exists (select from grant_freezes f where f.grant_id = g.id and f.released_at is null) as frozen
         from reviews v join grants g on g.request_id = v.request_id join requests r on r.id = v.request_id
         where v.afresh_id = ? and v.about = 'conditions' and g.ended_at is null for no key update of g`,
      [requestId],
    ),
  );
  return found ?? null;
};

const replacedGrant = z.strictObject({
  id: z.string(),
  reference: z.string(),
  councillorId: z.string(),
  hostId: z.string().nullable(),
  frozen: z.boolean(),
});
