import type { Knex } from 'knex';
import { z } from 'zod';
import { rowsOf } from '../core/rows/rows-of.js';

/** The references of what waits for a person by name: open requests and live grants that they host, or manage the host of. */
export const hostedBy = async (trx: Knex.Transaction, personId: string): Promise<string[]> => {
  const rows = await rowsOf(
    z.strictObject({ reference: z.string() }),
    trx.raw(
      `select r.reference from requests r left join grants g on g.request_id = r.id
         where (r.host_id = :personId::uuid or r.manager_id = :personId::uuid)
           and (r.status = 'submitted' or (g.id is not null and g.ended_at is null))
         order by r.id`,
      { personId },
    ),
  );
  return rows.map(({ reference }) => reference);
};
