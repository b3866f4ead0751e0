import * as programmes from '../../db/programmes.js';
import { NotFound } from '../../policies/refusals.js';
import type { Ctx } from '../context.js';
import { shown, type Shown } from '../casework/shown.js';

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
