import type { Knex } from 'knex';
import { voidLifts } from '../../../db/decision/lifts.js';
import type { Acting } from '../../../policies/people/actor.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import type { Ctx } from '../../case/ctx.js';
import { record } from '../../case/record.js';

/** What the offices said of council rules on this version no longer stands: they said it of what has changed since. */
export const endLifts = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  acting: Acting,
  row: Pick<ObservationRequest, 'id' | 'reference' | 'version' | 'lifts'>,
  because: 'edited' | 'answer_changed' | 'right_recorded',
): Promise<void> => {
  await voidLifts(trx, row, { at: ctx.now(), because });
  record(trx, ctx, acting, {
    type: 'request.lifts_voided',
    subject: row.reference,
    decision: {
      version: row.version,
      questions: [...new Set(row.lifts.map(({ question }) => question))].toSorted(),
      because,
    },
  });
};
