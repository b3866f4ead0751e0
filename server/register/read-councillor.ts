import { correctionsOfRegister } from '../../db/correction/register-corrections.js';
import { recordedOne } from '../../db/core/recorded.js';
import { readCouncillor as load } from '../../db/register/councillors.js';
import type { Counted } from '../../policies/correction/correction.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Councillor } from '../../policies/register/member.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/** One councillor of the register. @throws NotFound */
export const readCouncillor = async (ctx: Ctx, id: string): Promise<Councillor> => {
  const entry = readingEntry(ctx, { type: 'councillor.read', subject: `councillor:${id.toLowerCase()}` });
  const councillor = await load(ctx.db, ctx.ability, id, recordedOne(ctx.db, entry));
  if (!councillor) throw new NotFound();
  return councillor;
};

/** The same with what was corrected in it. @throws NotFound */
export const readEntry = async (
  ctx: Ctx,
  id: string,
): Promise<{ readonly councillor: Councillor; readonly corrections: readonly Counted[] }> => {
  const councillor = await readCouncillor(ctx, id);
  return { councillor, corrections: await correctionsOfRegister(ctx.db, councillor.id) };
};
