import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import type { Ctx } from '../case/ctx.js';
import { dossierOf, type Dossier } from '../case/dossier.js';
import { trace } from '../case/trail.js';

/**
 * One request, with everything on record about it. The reading is recorded and committed before it is
 * answered: no entry, no content.
 * @throws NotFound
 */
export const readRequest = (ctx: Ctx, reference: string): Promise<Dossier> =>
  inTransaction(ctx.db, async (trx) => {
    const row = await requests.find(trx, ctx.ability, reference);
    await trace(trx, ctx, null, {
      type: 'request.read',
      subject: reference,
      decision: { version: row.version },
    });
    return dossierOf(trx, ctx, row);
  });
