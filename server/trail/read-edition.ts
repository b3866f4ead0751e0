import { editionText } from '../../db/audit/edition.js';
import { authorise } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';

/**
 * The text of the rules that entries were made under, for people who read the trail. It is about nobody, so reading
 * it makes no entry.
 * @param code as entries name it: 32 hexadecimal digits
 * @returns canonical JSON, whose SHA-256 begins with the code
 * @throws NotFound for a person who may not read the trail, and if no entry was made under such rules
 */
export const readEdition = async (ctx: Ctx, code: string): Promise<string> => {
  authorise(ctx.ability, 'read', { kind: 'Trail' });
  const text = await editionText(ctx.db, code);
  if (text === null) throw new NotFound();
  return text;
};
