import { inTransaction } from '../../db/core/connection.js';
import { findHold, type HoldRow } from '../../db/retention/holds.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import { trace } from '../case/trail.js';
import type { Ctx } from '../case/ctx.js';

/** One legal hold; the reading is recorded with the matter that it keeps. @throws NotFound */
export const readHold = (ctx: Ctx, id: string): Promise<HoldRow> =>
  inTransaction(ctx.db, async (trx) => {
    const hold = await findHold(trx, ctx.ability, id);
    trace(trx, ctx, null, {
      type: 'hold.listed',
      subject: hold.reference ?? aboutCouncillor(hold.councillorId),
      decision: { hold: hold.id },
    });
    return hold;
  });
