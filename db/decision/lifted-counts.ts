/** How often the three offices lifted a block: numbers alone, for those who answer for it and for reports. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Block } from '../../policies/need-to-know/blocks.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';
import { allowed } from '../core/rows/tables.js';

export interface LiftedCount {
  readonly block: Block;
  /** On how many versions. */
  readonly times: number;
}

const storedCount: z.ZodType<LiftedCount> = z.strictObject({
  block: z.enum(allowed['lifts.blocks']),
  times: whole,
});

/**
 * The blocks that all three offices lift, each through a person of its own, and on how many versions that stands. A lift
 * that ended with a change of its request counts no more.
 * @param within when the last of the three lifted it: from the first moment on, and before the second
 */
export const liftedCounts = (
  db: Knex,
  within: { readonly from?: Date; readonly to?: Date } = {},
): Promise<LiftedCount[]> =>
  rowsOf(
    storedCount,
    db.raw(
      `select block, count(*)::int as times from (
         select l.request_id, l.version, b.block, max(l.at) as lifted_at
         from lifts l cross join unnest(l.blocks) as b (block)
         where l.outcome = 'lift' and l.voided_at is null
         group by l.request_id, l.version, b.block
         having count(distinct l.office) = 3 and count(distinct l.person_id) >= 3) as lifted
       where lifted_at >= :from and lifted_at < :to
       group by block order by block`,
      { from: within.from ?? '-infinity', to: within.to ?? 'infinity' },
    ),
  );
