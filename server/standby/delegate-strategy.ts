import { inTransaction } from '../../db/core/connection.js';
import { findPerson, headOf } from '../../db/people/people.js';
import * as standby from '../../db/standby/standby.js';
import { londonDate } from '../../policies/core/time/london.js';
import { invalid } from '../../policies/core/rules.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { recordDelegation } from '../../policies/standby/commands.js';
import { saysUnfit } from '../../policies/standby/delegation.js';
import { strategyDelegated } from '../../policies/standby/notices.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { asKeeper, record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentDelegation } from './bodies.js';

/**
 * Democratic Services record to whom the Director has delegated strategy discussions in writing, with the citation, so that
 * no absence of the Director delays the meeting (need-to-know.md, section 3). A later entry for the same person ends it.
 */
export const delegateStrategy = (ctx: Ctx, given: SentDelegation): Promise<string> => {
  screened(ctx, { authority: given.authority });
  return inTransaction(ctx.db, async (trx) => {
    authoriseTo(recordDelegation, ctx, { kind: 'Delegation', personId: '' });
    const today = londonDate(ctx.now());
    const person = await findPerson(trx, given.delegate);
    const director = await headOf(trx, 'childrens_services', today);
    const worksThere =
      person !== null && (await standby.worksFor(trx, person.id, 'childrens_services', today));
    const says = saysUnfit(person, { director, worksThere });
    if (!person || director === null || says !== null)
      throw invalid('people', [{ field: 'delegate', message: says ?? '' }]);
    const id = await standby.delegateStrategy(
      trx,
      { ...given, delegate: person.id, delegatedBy: director },
      { at: ctx.now(), by: ctx.actor.id },
    );
    const entry = record(trx, ctx, asKeeper(ctx.actor), {
      type: 'strategy.delegated',
      subject: `person:${person.id}`,
      decision: { from: given.from, to: given.to },
      reasons: given.authority,
    });
    notify(trx, ctx, entry, strategyDelegated(person.id));
    return id;
  });
};
