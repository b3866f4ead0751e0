import { inTransaction } from '../../db/core/connection.js';
import { lockCorrection, settleCorrection, type CorrectionRow } from '../../db/correction/corrections.js';
import type { EntryType } from '../../db/audit/entry-types.js';
import type { Office } from '../../policies/core/office.js';
import type { Notice } from '../../policies/core/notices.js';
import {
  confirmCorrection,
  refuseCorrection,
  withdrawCorrection,
} from '../../policies/correction/commands.js';
import { corrected, correctionRefused } from '../../policies/correction/notices.js';
import { isWhole } from '../../policies/correction/correction.js';
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { conflictCorrecting } from '../conflict/follows/conflict-corrected.js';
import { screened } from '../case/screened.js';
import { judgeCorrected } from '../visit/follows/attendance-corrected.js';
import { aboutCorrection } from './about-correction.js';
import { isDefeatGone, takeDefeatBack } from './of-register.js';

type Settled = 'counts' | 'refused' | 'withdrawn';

export type SettlingCommand = typeof confirmCorrection | typeof refuseCorrection | typeof withdrawCorrection;

/** The office for which it is settled: the one that proposed it takes it back, the other confirms or refuses. */
export const settlingOffice = (
  command: SettlingCommand,
  { office, confirmedBy }: Pick<CorrectionRow, 'office' | 'confirmedBy'>,
): Office | undefined => (command === withdrawCorrection ? office : (confirmedBy ?? undefined));

interface Settling {
  readonly command: SettlingCommand;
  readonly type: EntryType;
  readonly notice: (correction: CorrectionRow) => Notice | null;
}

const settlings: Readonly<Record<Settled, Settling>> = {
  counts: { command: confirmCorrection, type: 'correction.made', notice: corrected },
  refused: {
    command: refuseCorrection,
    type: 'correction.refused',
    notice: (correction) => correctionRefused(correction, correction.personId),
  },
  withdrawn: { command: withdrawCorrection, type: 'correction.withdrawn', notice: () => null },
};

const settle = (ctx: Ctx, id: string, status: Settled, reasons?: string): Promise<string> => {
  if (reasons !== undefined) screened(ctx, { reasons });
  const { command, type, notice } = settlings[status];
  return inTransaction(ctx.db, async (trx) => {
    const correction = await lockCorrection(trx, ctx.ability, id);
    const ofDefeat = status === 'counts' && correction.about === 'councillor';
    const conflict =
      correction.about === 'conflict'
        ? await conflictCorrecting(ctx, trx, correction.of, correction.says)
        : null;
    const acting = permit(command, ctx, correction, {
      office: settlingOffice(command, correction),
      by: ctx.actor.id,
      conflicted: conflict?.conflicted,
      isStale: ofDefeat && (await isDefeatGone(trx, correction)),
    });
    const { visitId } = correction;
    const happened =
      status === 'counts' && isWhole(correction.of) && visitId !== null
        ? await judgeCorrected(trx, ctx, { ...correction, visitId })
        : null;
    const at = ctx.now();
    await settleCorrection(trx, id, {
      by: ctx.actor.id,
      acting,
      at,
      status,
      judged: happened?.judged ?? null,
      ...(reasons === undefined ? {} : { reasons }),
    });
    const entry = record(trx, ctx, acting, {
      type,
      subject: aboutCorrection(correction),
      decision: {
        correction: id,
        kind: correction.of.kind,
        field: correction.of.field,
        ...(happened && {
          visit: visitId,
          authorised: happened.judged.authorised,
          outside: [...happened.judged.outside],
        }),
      },
      ...(reasons === undefined ? {} : { reasons }),
    });
    if (ofDefeat) {
      const { councillorId } = correction;
      await takeDefeatBack(trx, ctx, { acting, at, councillorId, correction: id });
    }
    const told = notice(correction);
    if (told) notify(trx, ctx, entry, told);
    if (conflict && status === 'counts')
      for (const follows of conflict.notices) notify(trx, ctx, entry, follows);
    for (const follows of (await happened?.follows(acting)) ?? []) notify(trx, ctx, entry, follows);
    return id;
  });
};

/** A second person of the office confirms a correction: it counts. @returns its id @throws NotFound, Forbidden, Conflict */
export const confirmCorrectionOf = (ctx: Ctx, id: string): Promise<string> => settle(ctx, id, 'counts');

/** A second person of the office refuses it, with reasons. @returns its id @throws NotFound, Forbidden, Conflict */
export const refuseCorrectionOf = (ctx: Ctx, id: string, reasons: string): Promise<string> =>
  settle(ctx, id, 'refused', reasons);

/** The person who proposed it takes it back. @returns its id @throws NotFound, Forbidden, Conflict */
export const withdrawCorrectionOf = (ctx: Ctx, id: string): Promise<string> => settle(ctx, id, 'withdrawn');
