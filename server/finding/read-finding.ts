import { findFinding, type FindingRow } from '../../db/finding/findings.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';

/** One finding, to answer the command that recorded it. @throws NotFound */
export const readFinding = async ({ db }: Pick<Ctx, 'db'>, id: string): Promise<FindingRow> => {
  const found = await findFinding(db, id);
  if (!found) throw new NotFound();
  return found;
};
