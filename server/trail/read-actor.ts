import { anyoneOf } from '../../db/people/people.js';
import { Invalid } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';

/** The id behind an e-mail address; an id or `system` as it is. @throws Invalid if nobody has the address */
export const readActor = async ({ db }: Pick<Ctx, 'db'>, typed = ''): Promise<string> => {
  if (!typed.includes('@')) return typed;
  const id = await anyoneOf(db, typed);
  if (id === null) throw new Invalid([{ field: 'actor', message: 'Nobody has that e-mail address.' }]);
  return id;
};
