import type { SlipRow } from '../../db/correction/slips.js';
import { storedRecorded } from '../../db/grant/stored-grant.js';
import { conflictKinds } from '../../policies/core/conflict.js';
import { conditionStates } from '../../policies/grant/condition.js';
import { NotFound } from '../../policies/core/refusals.js';
import { correct as command } from '../../policies/correction/commands.js';
import { isWhole, namesPerson } from '../../policies/correction/correction.js';
import { verdict } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { recordReading } from '../case/record.js';
import { barOf } from '../web/pages/bar.js';
import { aboutCorrection } from './about-correction.js';
import type { SentCorrection } from './bodies.js';
import { slipFor } from './slip-for.js';

const attendanceOf = ({ approved, ...recorded }: SlipRow['says']) => ({
  recorded: storedRecorded.parse(recorded),
  approved: storedRecorded.shape.categories.parse(approved),
});

/** What a coded field can say; null where it is none. */
const codesOf = ({ kind, field }: SentCorrection['of']): readonly string[] | null =>
  kind === 'condition' ? conditionStates : kind === 'conflict' && field === 'kind' ? conflictKinds : null;

/** What stands on record at that address, as people read it, with why this person cannot correct it now. The reading is recorded. @throws NotFound */
export const readOriginal = async (ctx: Ctx, of: SentCorrection['of']) => {
  const slip = await slipFor(ctx, of);
  if (!slip) throw new NotFound();
  await recordReading(ctx, {
    type: 'correction.read',
    subject: aboutCorrection(slip),
    decision: { kind: of.kind },
  });
  const { office, recordedBy, recorderActs, waits, reference } = slip;
  const given = { office, by: ctx.actor.id, recordedBy, recorderActs, waits };
  return {
    of,
    reference,
    stands: isWhole(of) ? undefined : slip.says[of.field],
    namesPerson: namesPerson(of),
    codes: codesOf(of),
    attendance: isWhole(of) ? attendanceOf(slip.says) : null,
    confirmedBy: slip.confirmedBy,
    bar: barOf(verdict(command, ctx, slip, given)),
  };
};
