import type { Knex } from 'knex';
import { z } from 'zod';
import { trainingKinds } from '../../policies/register/register.js';
import { rowsOf } from '../core/rows/rows-of.js';
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
 * The training that runs out on one of those days, both included: for each councillor and kind what lasts longest. Found
 * by the day, so that a round costs what runs out and not what was ever recorded.
 * @param today `YYYY-MM-DD` in London; what is completed later does not count yet
 */
export const trainingRunningOut = (
  db: Knex,
  { today, until }: { readonly today: string; readonly until: string },
): Promise<RunningOut[]> => {
  return rowsOf(
    storedRunningOut,
    db.raw(
      `select distinct t.councillor_id as "councillorId", t.kind, t.expires
       from training t join councillors c on c.id = t.councillor_id
       where t.expires >= :today and t.expires <= :until and t.completed <= :today and t.kind = any(:kinds::text[])
         and c.standing <> 'former' and coalesce(c.term_to, :today) >= :today
         and not exists (select from training later
           where later.councillor_id = t.councillor_id and later.kind = t.kind
             and later.completed <= :today and later.expires > t.expires)
       order by t.councillor_id, t.kind`,
      { today, until, kinds: Object.values(trainingKinds) },
    ),
  );
};
