import type { Knex } from 'knex';
import { findPerson } from '../../db/people/people.js';
import { invalid } from '../../policies/core/rules.js';

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An address and nothing else: one in the middle of a sentence is free text, and is screened. */
const isAddress = /^[^\s@]+@[^\s@]+$/;

const namesSomebody = (sent: string): boolean => isAddress.test(sent) || isId.test(sent);

/**
 * Who accompanies the councillor, as it is written down: a name or a post as sent, or the name of a person
 * here, who was named by id or e-mail address. Never a councillor: they would accompany one another.
 * @throws Invalid, naming `chaperone`
 */
export const chaperoneNamed = async (trx: Knex.Transaction, sent: string): Promise<string> => {
  if (!namesSomebody(sent)) return sent;
  const person = await findPerson(trx, sent);
  const fault =
    person === null
      ? 'There is no such person.'
      : person.councillorId !== null
        ? 'A councillor does not accompany a councillor.'
        : person.administers
          ? 'An administrator takes no part in a visit.'
          : null;
  if (person === null || fault !== null) {
    throw invalid('people', [{ field: 'chaperone', message: fault ?? 'There is no such person.' }]);
  }
  return person.name;
};

/** Free text only if it names nobody here: an id or an e-mail address names its owner, and is looked up. */
export const textOfChaperone = (sent: string | null | undefined): string | undefined =>
  sent === null || sent === undefined || namesSomebody(sent) ? undefined : sent;
