import type { Knex } from 'knex';
import { lockPerson } from '../../../db/people/directory.js';
import { lockCodeKey } from '../../../db/proof/code-keys.js';
import type { Person } from '../../../policies/people/person.js';
import type { Ctx } from '../../case/ctx.js';

/** Somebody whose codes nobody else changes until the transaction ends, themselves included. @throws NotFound */
export const lockOwner = async (trx: Knex.Transaction, ctx: Ctx, id: string): Promise<Person> => {
  await lockCodeKey(trx, id);
  return lockPerson(trx, ctx.ability, id);
};
