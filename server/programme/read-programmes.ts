import * as programmes from '../../db/programme/programmes.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';

/** A page of the programmes, newest first. An invitation is for every member: reading it leaves no entry. */
export const listProgrammes = async (
  ctx: Ctx,
  given: { readonly limit: number; readonly before?: number | undefined },
): Promise<Shown<programmes.Programme>> =>
  shown(await programmes.list(ctx.db, { ...given, limit: given.limit + 1 }), given.limit);

/** One programme. @throws NotFound */
export const readProgramme = async (ctx: Pick<Ctx, 'db'>, id: string): Promise<programmes.Programme> => {
  const programme = await programmes.find(ctx.db, id);
  if (!programme) throw new NotFound();
  return programme;
};
