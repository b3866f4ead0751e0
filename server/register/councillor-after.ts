import { readCouncillor } from '../../db/register/councillors.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Councillor } from '../../policies/register/member.js';
import type { Joined } from '../web/api/once.js';

/**
 * A member's entry as a command left it, for the person who gave the command: the command is the entry on the trail.
 * @throws NotFound
 */
export const councillorAfter = async ({ db, ability }: Joined, id: string): Promise<Councillor> => {
  const councillor = await readCouncillor(db, ability, id);
  if (!councillor) throw new NotFound();
  return councillor;
};
