import { inTransaction } from '../../db/core/connection.js';
import { findPerson, isPrincipal } from '../../db/people/people.js';
import * as standby from '../../db/standby/standby.js';
import { authoriseTo } from '../../policies/permission/permit.js';
import { recordDeputy } from '../../policies/standby/commands.js';
import { deputyRegistered } from '../../policies/standby/notices.js';
import { invalid } from '../../policies/core/rules.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { asKeeper, record } from '../case/record.js';
import type { SentDeputy } from './bodies.js';

/** Democratic Services register a deputy for the head of an office: from when to when, and under what authority. */
export const registerDeputy = (ctx: Ctx, given: SentDeputy): Promise<string> => {
  screened(ctx, { authority: given.authority });
  return inTransaction(ctx.db, async (trx) => {
    authoriseTo(recordDeputy, ctx, { kind: 'Deputy', personId: '' });
    const person = await findPerson(trx, given.deputy);
    const says = !person
      ? 'There is no such person.'
      : person.councillorId !== null
        ? 'No councillor stands in for an office.'
        : person.administers
          ? 'No administrator stands in for an office.'
          : (await isPrincipal(trx, person.id, given.office, londonDate(ctx.now())))
            ? 'A principal of the office does not stand in for it.'
            : null;
    if (!person || says) throw invalid('people', [{ field: 'deputy', message: says ?? '' }]);
    const id = await standby.registerDeputy(
      trx,
      { ...given, deputy: person.id },
      { at: ctx.now(), by: ctx.actor.id },
    );
    const entry = record(trx, ctx, asKeeper(ctx.actor), {
      type: 'deputy.registered',
      subject: `person:${person.id}`,
      decision: { office: given.office, from: given.from, to: given.to },
      reasons: given.authority,
    });
    notify(trx, ctx, entry, deputyRegistered(person.id));
    return id;
  });
};
