import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { dueOf } from '../../policies/deadline/clock.js';
import { permit } from '../../policies/core/commands.js';
import type { Ground } from '../../policies/need-to-know/grounds.js';
import { readyForLegal } from '../../policies/core/notices.js';
import { checkSignOff } from '../../policies/decision/sign-off.js';
import type { Ctx } from '../case/ctx.js';
import { conditionsFrom, textOfConditions, type SentCondition } from './conditions.js';
import { screened } from '../case/screened.js';
import { tell, trace } from '../case/trail.js';
import { onRecord } from '../case/on-record.js';

export interface SentSignOff {
  readonly version: number;
  readonly office: 'childrens_services' | 'democratic_services';
  readonly outcome: 'agree' | 'object';
  readonly reasons: string;
  readonly grounds: readonly Ground[];
  readonly conditions: readonly SentCondition[];
}

/** Children's Services or Democratic Services agree, with or without conditions, or object with grounds. */
export const signOffRequest = (ctx: Ctx, reference: string, given: SentSignOff): Promise<string> => {
  screened(ctx, { reasons: given.reasons, ...textOfConditions(given.conditions) });
  return inTransaction(ctx.db, async (trx) => {
    const row = await requests.lock(trx, ctx.ability, reference);
    const acting = permit('sign_off', ctx, row, given);
    const at = ctx.now();
    checkSignOff(given.office, given, await onRecord({ db: trx, settings: ctx.settings, now: at }, row));
    await signOffs.sign(trx, row, {
      ...given,
      conditions: conditionsFrom(given.conditions),
      personId: ctx.actor.id,
      capacity: acting.capacity,
      deputyFor: acting.deputyFor?.id ?? null,
      at,
    });
    await requests.save(trx, row.id, { actedBy: ctx.actor.id });
    const entry = await trace(trx, ctx, acting, {
      type: 'request.signed',
      subject: reference,
      decision: {
        version: row.version,
        outcome: given.outcome,
        grounds: [...given.grounds],
        conditions: given.conditions.length,
      },
      reasons: given.reasons,
    });
    // Its turn comes with the second sign-off, or with an objection, on which it may refuse at once.
    if (row.seats.length === 1 || given.outcome === 'object') {
      await tell(trx, ctx, entry, readyForLegal(reference, dueOf(ctx.settings, row)?.at ?? null));
    }
    return reference;
  });
};
