import { isDeepStrictEqual } from 'node:util';
import { inTransaction } from '../../db/core/connection.js';
import { insertCorrection } from '../../db/correction/corrections.js';
import { invalid, type RuleKey } from '../../policies/core/rules.js';
import { correct as command } from '../../policies/correction/commands.js';
import { isSettled, namesPerson } from '../../policies/correction/correction.js';
import { corrected as told, correctionToConfirm } from '../../policies/correction/notices.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutCorrection } from './about-correction.js';
import type { SentCorrection } from './bodies.js';
import { replacementOf } from './replacement.js';
import { slipFor } from './slip-for.js';

const wrong = (rule: RuleKey, field: string, message: string) => invalid(rule, [{ field, message }]);

/**
 * The person who recorded something corrects a slip in it, with reasons; another of the office where that person acts for
 * it no more. It waits for a second person, or counts at once (need-to-know.md, section 6a).
 * @returns its id
 * @throws Invalid where there is nothing to correct that the person can read, or a decision would change; Forbidden, Conflict
 */
export const proposeCorrection = (ctx: Ctx, { of, corrected, reasons }: SentCorrection): Promise<string> => {
  if (isSettled(of)) throw wrong('correction_settled', 'of', 'A correction does not change this.');
  screened(ctx, namesPerson(of) ? { reasons } : { corrected, reasons });
  return inTransaction(ctx.db, async (trx) => {
    const at = ctx.now();
    const slip = await slipFor({ ...ctx, db: trx }, of);
    if (!slip)
      throw wrong('correction_unknown', 'of', 'There is nothing there to correct, or you cannot read it.');
    const { recordedBy, recorderActs, waits } = slip;
    const replacement = namesPerson(of) ? await replacementOf(ctx, trx, slip, corrected) : null;
    const barredBy = replacement?.barredBy;
    const given = { office: slip.office, by: ctx.actor.id, recordedBy, recorderActs, waits, barredBy };
    const acting = permit(command, ctx, slip, given);
    const values: Readonly<Record<string, string>> = replacement?.values() ?? { [of.field]: corrected };
    if (isDeepStrictEqual(slip.stands[of.field], values[of.field]))
      throw wrong('correction_same', 'corrected', 'Enter something other than what stands.');
    const id = await insertCorrection(trx, slip, {
      by: ctx.actor.id,
      acting,
      at,
      corrected: values,
      // Where the record itself has the corrected value from now on.
      was: replacement ? { [of.field]: slip.stands[of.field] } : null,
      reasons,
    });
    const counts = slip.confirmedBy === null;
    const entry = record(trx, ctx, acting, {
      type: counts ? 'correction.made' : 'correction.proposed',
      subject: aboutCorrection(slip),
      decision: { correction: id, kind: of.kind, field: of.field },
      reasons,
    });
    notify(
      trx,
      ctx,
      entry,
      slip.confirmedBy === null ? told(slip) : correctionToConfirm(slip, slip.confirmedBy),
    );
    for (const notice of replacement?.notices ?? []) notify(trx, ctx, entry, notice);
    return id;
  });
};
