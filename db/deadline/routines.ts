import type { Knex } from 'knex';
import { z } from 'zod';
import { trainingKinds } from '../../policies/register/register.js';
import { rowsOf } from '../core/rows.js';
import { day } from '../core/rows/stored.js';

/** Training of a councillor in office that runs out, and is the last of its kind. */
export interface RunningOut {
  readonly councillorId: string;
  readonly kind: string;
  /** The last day on which it counts. */
  readonly expires: string;
}

const storedRunningOut: z.ZodType<RunningOut> = z.strictObject({
  councillorId: z.string(),
  kind: z.string(),
  expires: day,
});

/**
 * The training that runs out on one of those days, both included: for each councillor and kind what lasts longest.
 * @param today `YYYY-MM-DD` in London; what is completed later does not count yet
 */
export const trainingRunningOut = (
  db: Knex,
  { today, until }: { readonly today: string; readonly until: string },
): Promise<RunningOut[]> => {
  return rowsOf(
    storedRunningOut,
    db.raw(
      `select t.councillor_id as "councillorId", t.kind, max(t.expires) as expires
       from training t join councillors c on c.id = t.councillor_id
       where t.completed <= :today and t.kind = any(:kinds::text[])
         and c.standing <> 'former' and coalesce(c.term_to, :today) >= :today
       group by t.councillor_id, t.kind
       having max(t.expires) >= :today and max(t.expires) <= :until
       order by t.councillor_id, t.kind`,
      { today, until, kinds: Object.values(trainingKinds) },
    ),
  );
};
