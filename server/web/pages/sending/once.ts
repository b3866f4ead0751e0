/**
 * A form acts once, however often it is sent: each form that is shown has a key of its own, which is claimed in the
 * transaction of what it does, as the `Idempotency-Key` of an API call is. The second sending leads where the first led.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Buffer } from 'node:buffer';
import type { Request } from 'express';
import type { Knex } from 'knex';
import { settleLast, writeLast } from '../../../../db/core/closing.js';
import { inTransaction } from '../../../../db/core/connection.js';
import { claimOnce, type Claim, type Replay } from '../../../../db/core/idempotency.js';
import { forgettingUnsent } from '../../../../db/people/unsent-forms.js';
import type { Ctx } from '../../../case/ctx.js';
import { claimOf } from '../../api/claim.js';
import type { Form } from '../form.js';
import type { SentFile } from '../page.js';
import { wasBack } from './unsent.js';

const field = '_once';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The key of a form that is about to be shown. */
export const onceKey = (): string => randomUUID();

/** What a person put into a form: without what frames it. */
const typedIn = (form: Form, file: SentFile | null): object => ({
  ...Object.fromEntries(Object.entries(form).filter(([name]) => !name.startsWith('_'))),
  ...(file ? { file: createHash('sha256').update(file.bytes).digest('hex') } : {}),
});

/** The claim of a form that was sent; null where it came without a key of ours. */
export const claimOfForm = (
  ctx: Ctx,
  req: Request,
  { form, file, secret }: { readonly form: Form; readonly file: SentFile | null; readonly secret: Buffer },
): Claim | null => {
  const key = form[field];
  return typeof key === 'string' && uuid.test(key)
    ? claimOf(ctx.actor.id, req, key, typedIn(form, file), secret)
    : null;
};

/**
 * Claims the key of a form.
 * @returns how it ended where it was sent before; else null
 * @throws Invalid where it was sent before with something else in it
 */
export const claimForm = async (trx: Knex.Transaction, claim: Claim, now: Date): Promise<Replay | null> => {
  const { replay } = await claimOnce(trx, claim, now, {
    field: '',
    message:
      'This form was sent before with something else in it, and that is done. Check what is on record. If this should be done as well, send it again.',
  });
  return replay;
};

/**
 * Does what a form asks for, once.
 * @param act answers with the address to go to
 * @throws Invalid where the same form was sent before with something else in it
 */
export const actOnce = (
  ctx: Ctx,
  { claim, form }: { readonly claim: Claim | null; readonly form: Form },
  act: (ctx: Ctx) => Promise<string>,
): Promise<string> =>
  claim === null
    ? act(ctx)
    : inTransaction(ctx.db, async (trx) => {
        const replay = await claimForm(trx, claim, ctx.now());
        if (replay) return replay.reference ?? claim.path;
        const to = await act({ ...ctx, db: trx });
        if (wasBack(form)) writeLast(trx, forgettingUnsent(trx, { person: claim.person, page: claim.path }));
        settleLast(trx, claim, 303, to);
        return to;
      });
