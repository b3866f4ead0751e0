import type { Knex } from 'knex';
import type { SlipRow } from '../../db/correction/slips.js';
import { findPerson } from '../../db/people/people.js';
import { find } from '../../db/request/requests.js';
import { invalid, type RuleKey } from '../../policies/core/rules.js';
import type { Notice } from '../../policies/core/notices.js';
import { visitExpected } from '../../policies/decision/notices.js';
import { barredFromReplacing } from '../../policies/request/hosting.js';
import { hostNamed, hostReleased } from '../../policies/request/notices.js';
import type { Ctx } from '../case/ctx.js';
import { personRef } from '../web/schema/schemas.js';

/** Somebody who takes the place of a person named wrongly. */
export interface Replacement {
  /** What keeps them from it; null where nothing does. */
  readonly barredBy: RuleKey | null;
  /** The values of the correction, once it is permitted. @throws Invalid */
  readonly values: () => Readonly<Record<string, string>>;
  /** The new host and the one before are told. */
  readonly notices: readonly Notice[];
}

/**
 * The person named by id or e-mail address in the place of the host, or of the host’s line manager: checked as when a host
 * is named, and as one who may have signed since. Source: need-to-know.md, sections 4 and 6a.
 */
export const replacementOf = async (
  ctx: Pick<Ctx, 'ability'>,
  trx: Knex.Transaction,
  { of, reference, stands }: SlipRow,
  corrected: string,
): Promise<Replacement> => {
  const { data: named } = personRef.safeParse(corrected);
  const person = named === undefined ? null : await findPerson(trx, named);
  const row = await find(trx, ctx.ability, reference ?? of.id);
  const beside = of.field === 'host' ? row.managerId : row.hostId;
  const wrong = (message: string) => invalid('people', [{ field: 'corrected', message }]);
  return {
    barredBy: person && barredFromReplacing(person, row),
    values() {
      if (!person)
        throw wrong('There is no such person. Enter an e-mail address, such as name@council.example');
      if (person.id === beside) throw wrong('The line manager is somebody other than the host.');
      return { [of.field]: person.id };
    },
    notices:
      of.field === 'host' && person
        ? [
            (row.status === 'approved' ? visitExpected : hostNamed)(row.reference, person.id),
            hostReleased(row.reference, String(stands['host'])),
          ]
        : [],
  };
};
