/**
 * What weighs something is checked, then confirmed. A form that is sent the first time is rehearsed: the use case runs
 * whole, and the database takes it back. So the page to check shows every refusal that there would be, and names those
 * who will be told. Sent from there, it is done, and a panel says what happened.
 */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { noticesOf } from '../../../../db/core/closing.js';
import { labelsOf } from '../../../../policies/settings/settings.js';
import { inTransaction, rehearse } from '../../../../db/core/connection.js';
import type { Claim } from '../../../../db/core/idempotency.js';
import type { Ctx } from '../../../case/ctx.js';
import { paths } from '../../paths.js';
import { actOnce, claimForm } from '../sending/once.js';
import type { Form } from '../form.js';
import type { Check, Line } from './checked.js';
import type { Done } from './done.js';
import { toldBy, type Told } from './told.js';

/** The hidden field of the page to check, and the button that leads back. */
const confirmed = '_checked';
const changing = '_change';
/** What frames a form: each page has its own. */
const framing = new Set(['_csrf', '_once', '_unsent', '_back', confirmed, changing]);

/** Where a person stands who sends a form with a check. */
export const stepOf = (form: Form): 'check' | 'change' | 'do' => {
  if (form[changing] !== undefined) return 'change';
  return form[confirmed] === undefined ? 'check' : 'do';
};

/** The reference in the page's address: it makes the title unique. */
const aboutOf = (params: object): string | null =>
  'reference' in params && typeof params.reference === 'string' ? params.reference : null;

type Act = (ctx: Ctx) => Promise<string>;

const filled = ({ typed, text, list, codes }: Line): boolean =>
  [typed, text].some((value) => value !== undefined && value !== '') ||
  [list, codes].some((values) => values !== undefined && values.length > 0);

interface Sending<Sent> {
  readonly check: Check<Sent>;
  readonly sent: Sent;
  /** The key of the form, where it came with one of ours. */
  readonly claim: Claim | null;
}

const toldOf = <Sent>({ tells }: Check<Sent>, trx: Knex.Transaction, ctx: Ctx): readonly Told[] | null =>
  tells === false ? null : toldBy(noticesOf(trx), ctx.actor, labelsOf(ctx.settings));

/**
 * Rehearses the act. The page to check keeps the key of the form, so that going back and sending it again acts once.
 * @returns the model of the page to check; where the form has been sent before, the address that it led to
 * @throws Refusal as the act itself would; Invalid where the form was sent before with something else in it
 */
export const checkedModel = async <Sent extends { readonly form: Form; readonly params: object }>(
  ctx: Ctx,
  { check, sent, claim }: Sending<Sent>,
  act: Act,
): Promise<object | string> => {
  const rehearsed = await rehearse(ctx.db, async (trx) => {
    const replay = claim && (await claimForm(trx, claim, ctx.now()));
    if (replay) return { to: replay.reference ?? claim.path };
    await act({ ...ctx, db: trx });
    return { told: toldOf(check, trx, ctx) };
  });
  if ('to' in rehearsed) return rehearsed.to;
  return {
    check: {
      before: check.before(sent),
      about: aboutOf(sent.params),
      button: check.button(sent),
      lines: check.lines(sent).filter(filled),
      told: rehearsed.told,
      carried: Object.entries(sent.form)
        .filter(([name]) => !framing.has(name))
        .flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each }))),
    },
  };
};

/**
 * Does what was checked, once.
 * @returns the address of the panel, and what it says where it was done now: to be kept after the commit
 */
export const doChecked = async <Sent extends { readonly form: Form }>(
  ctx: Ctx,
  { check, sent, claim }: Sending<Sent>,
  act: Act,
): Promise<{ readonly to: string; readonly panel: Done | null }> => {
  let panel: Done | null = null;
  const to = await actOnce(ctx, { claim, form: sent.form }, (joined) =>
    inTransaction(joined.db, async (trx) => {
      const onwards = await act({ ...joined, db: trx });
      const key = claim?.key ?? randomUUID();
      panel = { key, says: check.done(sent), told: toldOf(check, trx, ctx), onwards };
      return paths.done(key);
    }),
  );
  return { to, panel };
};
