import { inTransaction } from '../../db/core/connection.js';
import { insertCorrection } from '../../db/correction/corrections.js';
import { invalid, type RuleKey } from '../../policies/core/rules.js';
import { correct as command } from '../../policies/correction/commands.js';
import { isSettled } from '../../policies/correction/correction.js';
import { corrected as told, correctionToConfirm } from '../../policies/correction/notices.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutCorrection } from './about-correction.js';
import type { SentCorrection } from './bodies.js';
import { proposalOf, textsOf } from './proposal.js';
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
  screened(ctx, { ...textsOf(of, corrected), reasons });
  return inTransaction(ctx.db, async (trx) => {
    const at = ctx.now();
    const slip = await slipFor({ ...ctx, db: trx }, of);
    if (!slip)
      throw wrong('correction_unknown', 'of', 'There is nothing there to correct, or you cannot read it.');
    const { recordedBy, recorderActs, waits } = slip;
    const proposal = await proposalOf(ctx, trx, slip, corrected);
    const { barredBy } = proposal;
    const given = { office: slip.office, by: ctx.actor.id, recordedBy, recorderActs, waits, barredBy };
    const acting = permit(command, ctx, slip, given);
    const values = await proposal.values();
    if (values.isSame) throw wrong('correction_same', 'corrected', 'Enter something other than what stands.');
    const id = await insertCorrection(trx, slip, {
      by: ctx.actor.id,
      acting,
      at,
      corrected: values.corrected,
      was: values.was,
      reasons,
    });
    const counts = slip.confirmedBy === null;
    const entry = record(trx, ctx, acting, {
      type: counts ? 'correction.made' : 'correction.proposed',
      subject: aboutCorrection(slip),
      decision: {
        correction: id,
        kind: of.kind,
        field: of.field,
        ...(slip.about === 'question' && { toCommittee: slip.says['toCommittee'] === true }),
      },
      reasons,
    });
    notify(
      trx,
      ctx,
      entry,
      slip.confirmedBy === null ? told(slip) : correctionToConfirm(slip, slip.confirmedBy),
    );
    for (const notice of proposal.notices) notify(trx, ctx, entry, notice);
    await proposal.follows?.({ acting, at, correction: id });
    return id;
  });
};
