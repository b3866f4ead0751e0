import { inTransaction } from '../../db/core/connection.js';
import * as reviews from '../../db/review/reviews.js';
import { permit } from '../../policies/permission/permit.js';
import { remitUnasked as command } from '../../policies/review/commands.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { SentRemittal } from './bodies.js';
import { remit } from './remit.js';

/**
 * Legal or the Monitoring Officer have a refusal decided afresh that nobody asked them to look at again: the same text as a
 * new version, with its own deadline, by people who have not signed it (need-to-know.md, section 4).
 */
export const remitUnasked = (ctx: Ctx, reference: string, given: SentRemittal): Promise<CaseFile> => {
  screened(ctx, { reasons: given.reasons, ownBecause: given.ownBecause });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const { version } = row;
    const ownBecause = given.ownBecause ?? null;
    const by = ctx.actor.id;
    const acting = permit(command, ctx, file, { version: given.version, by, own: ownBecause !== null });
    await reviews.addingRemittal(trx, row, {
      reasons: given.reasons,
      ownBecause,
      personId: by,
      capacity: acting.capacity,
      deputyFor: acting.deputyFor?.id ?? null,
      at,
    });
    keepReading(trx, ctx, row);
    record(trx, ctx, acting, {
      type: 'request.remitted_unasked',
      subject: reference,
      decision: { version, signed: row.signers.includes(by) },
      reasons: ownBecause === null ? given.reasons : `${given.reasons}\n\n${ownBecause}`,
    });
    await remit(trx, ctx, row, { acting, because: 'unasked' });
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
