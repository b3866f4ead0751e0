import type { Knex } from 'knex';
import { toHandOn } from '../../../db/leaving/handing-on.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { hostLeft, standInLeft } from '../../../policies/leaving/notices.js';
import type { Acting } from '../../../policies/people/actor.js';
import type { Ctx } from '../../case/ctx.js';
import { notify } from '../../case/notify.js';
import { record } from '../../case/record.js';

/**
 * Tells those who hand it on that something waits by name for a person who leaves. What waits for an office waits for its
 * other people. The person who suspends them or ends their office learns nothing of it.
 * @param because the entry of the suspension or of the end of an office
 * @param by the last day of the office; left out where they are suspended
 */
export const handOn = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  {
    acting,
    because,
    person,
    by,
  }: {
    readonly acting: Acting;
    readonly because: string;
    readonly person: string;
    readonly by?: string;
  },
): Promise<void> => {
  const today = londonDate(ctx.now());
  const { hosted, standsIn } = await toHandOn(trx, person, { today, by: by ?? today });
  for (const reference of hosted) {
    const entry = record(trx, ctx, acting, { type: 'request.host_left', subject: reference });
    notify(trx, ctx, entry, hostLeft(reference));
  }
  if (standsIn) notify(trx, ctx, because, standInLeft());
};
