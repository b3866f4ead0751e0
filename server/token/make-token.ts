import { randomUUID } from 'node:crypto';
import { inTransaction } from '../../db/core/connection.js';
import { insertToken, isNameInUse, lockOfficeHeld } from '../../db/token/tokens.js';
import { invalid, ruleSays } from '../../policies/core/rules.js';
import { endOfLondonDay, londonDate } from '../../policies/core/time/london.js';
import { permit } from '../../policies/permission/permit.js';
import { makeToken as command } from '../../policies/token/commands.js';
import { tokensChanged } from '../../policies/token/notices.js';
import { faultOfLastDay, officeOfScope } from '../../policies/token/token.js';
import type { Ctx } from '../case/ctx.js';
import { hashOfToken } from '../case/links.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentToken } from './bodies.js';
import { newSecret } from './secret.js';

export interface NewTokenHere {
  readonly id: string;
  /** What the program sends: nobody can show it again. */
  readonly secret: string;
}

/**
 * Makes a token for a program, with the office whose reading it is, until the end of a day at most a year ahead. The owner
 * gets a mail. A name is of one token that works, so that a form that is sent twice makes one.
 * @throws Forbidden, also by the rule `step_up`; Invalid by the rules `personal_data`, `token` and `token_named`
 */
export const makeToken = (ctx: Ctx, { name, scope, expires }: SentToken): Promise<NewTokenHere> => {
  screened(ctx, { name });
  return inTransaction(ctx.db, async (trx) => {
    const [person, at] = [ctx.actor.id, ctx.now()];
    const today = londonDate(at);
    const holding = await lockOfficeHeld(trx, { person, office: officeOfScope[scope], today });
    const token = { kind: 'Token', personId: person, scope, ended: false } as const;
    const acting = permit(command, ctx, token, { scope, inOffice: holding !== null });
    const fault = faultOfLastDay(expires, today);
    if (fault !== null) throw invalid('token', [{ field: 'expires', message: fault }]);
    if (holding === null) throw new Error('A token was permitted without the office for it.');
    // Under the lock of the office: of two sent at once the second finds the first.
    if (await isNameInUse(trx, { person, name, at }))
      throw invalid('token_named', [{ field: 'name', message: ruleSays('token_named') }]);
    const [id, secret] = [randomUUID(), newSecret()];
    const endsAt = new Date(endOfLondonDay(expires).getTime() + 1);
    await insertToken(trx, { id, person, holding, name, scope, hash: hashOfToken(secret), at, endsAt });
    const entry = record(trx, ctx, acting, {
      type: 'token.made',
      subject: `token:${id}`,
      decision: { scope, until: expires },
      details: { name },
    });
    notify(trx, ctx, entry, tokensChanged(person));
    return { id, secret };
  });
};
