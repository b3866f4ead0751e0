import type { Knex } from 'knex';
import { lockPerson } from '../../db/people/directory.js';
import type { OfficeHeld } from '../../policies/office/office-held.js';
import type { Person } from '../../policies/people/person.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';

/** One office of a person. @throws NotFound where it is none of theirs */
export const officeOf = ({ offices }: Person, holding: string): OfficeHeld => {
  const found = offices.find(({ id }) => id === holding.toLowerCase());
  if (!found) throw new NotFound();
  return found;
};

/** The same, which nobody else changes until the transaction ends. @throws NotFound */
export const holdOffice = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  { id, holding }: { readonly id: string; readonly holding: string },
): Promise<OfficeHeld> => officeOf(await lockPerson(trx, ctx.ability, id), holding);
