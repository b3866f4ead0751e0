import { nameOfCouncillor, namesOfCouncillors } from '../../db/register/councillors.js';
import type { Ctx } from '../case/ctx.js';

/** A member to choose from a list. */
export interface MemberNamed {
  readonly id: string;
  readonly name: string;
}

/**
 * The members by name, to choose one from. The trail has no entry of it: a council publishes its members.
 * @param limit the most names to return
 */
export const listNames = ({ db }: Pick<Ctx, 'db'>, limit: number): Promise<readonly MemberNamed[]> =>
  namesOfCouncillors(db, limit);

/** One of them; null where there is none of that id. */
export const memberNamed = ({ db }: Pick<Ctx, 'db'>, id: string): Promise<MemberNamed | null> =>
  nameOfCouncillor(db, id);
