import { inTransaction } from '../../db/core/connection.js';
import * as standby from '../../db/standby/standby.js';
import { londonDate } from '../../policies/core/london.js';
import { trace } from '../case/trail.js';
import type { Ctx } from '../case/ctx.js';

/** Who stands in and who is away, from today on. */
export interface Standby {
  readonly deputies: readonly standby.NamedSpan[];
  readonly absences: readonly standby.NamedSpan[];
}

/** The deputies and absences that this person keeps: everybody's for Democratic Services, else one's own. */
export const readStandby = (ctx: Ctx): Promise<Standby> =>
  inTransaction(ctx.db, async (trx) => {
    const whose = ctx.ability.can('record', { kind: 'Deputy', personId: '' }) ? null : ctx.actor.id;
    const today = londonDate(ctx.now());
    const deputies = await standby.listDeputies(trx, whose, today);
    const absences = await standby.listAbsences(trx, whose, today);
    trace(trx, ctx, null, {
      type: 'standby.read',
      subject: 'standby',
      decision: { deputies: deputies.length, absences: absences.length },
    });
    return { deputies, absences };
  });
