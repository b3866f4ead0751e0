import { inTransaction } from '../../db/core/connection.js';
import { insertPerson } from '../../db/people/directory.js';
import { addPerson as command } from '../../policies/people/commands.js';
import { personToBe } from '../../policies/people/person.js';
import { permit } from '../../policies/permission/permit.js';
import { screened } from '../case/screened.js';
import { record } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import type { SentPerson } from './bodies.js';

/**
 * An administrator adds a person, without an office and without a password.
 * @returns the person's id
 * @throws Forbidden; Invalid where somebody has that address
 */
export const addPerson = (ctx: Ctx, given: SentPerson): Promise<string> => {
  screened(ctx, { name: given.name });
  return inTransaction(ctx.db, async (trx) => {
    const acting = permit(command, ctx, personToBe(given), {});
    const id = await insertPerson(trx, { ...given, at: ctx.now() });
    record(trx, ctx, acting, { type: 'person.added', subject: `person:${id}` });
    return id;
  });
};
