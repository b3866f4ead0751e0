import { namesOfCouncillors } from '../../db/register/councillors.js';
import type { Ctx } from '../case/ctx.js';

/** A member to choose from a list. */
export interface MemberNamed {
  readonly id: string;
  readonly name: string;
}

/**
 * The members by name, to choose one from. The trail has no entry of it: a council publishes who sits on it.
 * @param limit the most names to answer with
 */
export const listNames = ({ db }: Pick<Ctx, 'db'>, limit: number): Promise<readonly MemberNamed[]> =>
  namesOfCouncillors(db, limit);
