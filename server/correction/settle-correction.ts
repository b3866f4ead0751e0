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
import { permit } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import { aboutCorrection } from './about-correction.js';

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
    const acting = permit(command, ctx, correction, { office: settlingOffice(command, correction) });
    const at = ctx.now();
    await settleCorrection(trx, id, {
      by: ctx.actor.id,
      acting,
      at,
      status,
      ...(reasons === undefined ? {} : { reasons }),
    });
    const entry = record(trx, ctx, acting, {
      type,
      subject: aboutCorrection(correction),
      decision: { correction: id, kind: correction.of.kind, field: correction.of.field },
      ...(reasons === undefined ? {} : { reasons }),
    });
    const told = notice(correction);
    if (told) notify(trx, ctx, entry, told);
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
