import { inTransaction } from '../../db/core/connection.js';
import { writeLast } from '../../db/core/closing.js';
import { signing } from '../../db/decision/sign-offs.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import { signOff } from '../../policies/decision/commands.js';
import { readyForLegal } from '../../policies/decision/notices.js';
import { objects } from '../../policies/request/live-seat.js';
import { assertGroundsOfSignOff } from '../../policies/decision/sign-off.js';
import type { Ctx } from '../case/ctx.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { holdCase } from '../case/case-file.js';
import { keepReading } from '../case/keeps-reading.js';
import type { SentSignOff } from './bodies.js';
import { countOfConditions } from './conditions.js';
import { afterSigning, entryOfSigned, signOffBy, textOfSigned } from './seat.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';

/** Children's Services or Democratic Services agree, with or without conditions, or object with grounds. */
export const signOffRequest = (ctx: Ctx, reference: string, given: SentSignOff): Promise<CaseFile> => {
  screened(ctx, textOfSigned(given));
  return inTransaction(ctx.db, async (trx) => {
    const held = await holdCase(trx, ctx, reference);
    const { row } = held.file;
    const acting = permit(signOff, ctx, held.file, {
      version: given.version,
      office: given.office,
      grounds: given.grounds,
    });
    assertGroundsOfSignOff(given);
    const signed = signOffBy(ctx, held.file, acting, given);
    writeLast(trx, signing(trx, row, signed));
    keepReading(trx, ctx, row);
    const { decision, ...words } = entryOfSigned(signed);
    const entry = record(trx, ctx, acting, {
      type: 'request.signed',
      subject: reference,
      decision: { ...decision, ...countOfConditions(signed) },
      ...words,
    });
    // Its turn comes with the second sign-off, or with an objection, on which it may refuse at once.
    if (row.seats.length === 1 || objects(given)) {
      notify(trx, ctx, entry, readyForLegal(reference, dueOf(ctx.settings, row)?.at ?? null));
    }
    return afterSigning(ctx, held, acting, signed);
  });
};
