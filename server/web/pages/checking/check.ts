/**
 * What weighs something is checked, then confirmed. A form that is sent the first time is rehearsed: the use case runs
 * whole, and the database takes it back. So the page to check shows every refusal that there would be, and names those
 * who will be told. Sent from there, it is done, and a panel says what happened.
 */
import { randomUUID } from 'node:crypto';
import { noticesOf } from '../../../../db/core/closing.js';
import { inTransaction, rehearse } from '../../../../db/core/connection.js';
import type { Ctx } from '../../../case/ctx.js';
import type { Form } from '../form.js';
import type { Kept } from '../page.js';
import type { Check, Line } from './checked.js';
import { keepDone } from './done.js';
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

/**
 * Rehearses the act.
 * @returns the model of the page to check
 * @throws Refusal as the act itself would
 */
export const checkedModel = async <Sent extends { readonly form: Form; readonly params: object }>(
  ctx: Ctx,
  check: Check<Sent>,
  sent: Sent,
  act: Act,
): Promise<object> => {
  const told = await rehearse(ctx.db, async (trx) => {
    await act({ ...ctx, db: trx });
    return toldBy(noticesOf(trx), ctx.actor);
  });
  return {
    check: {
      before: check.before(sent),
      about: aboutOf(sent.params),
      button: check.button(sent),
      lines: check.lines(sent).filter(filled),
      told,
      carried: Object.entries(sent.form)
        .filter(([name]) => !framing.has(name))
        .flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each }))),
    },
  };
};

/**
 * Does what was checked, and keeps what the panel says of it.
 * @returns the address of the panel
 */
export const doChecked = <Sent extends { readonly form: Form }>(
  ctx: Ctx,
  check: Check<Sent>,
  { sent, kept }: { readonly sent: Sent; readonly kept: Kept },
  act: Act,
): Promise<string> =>
  inTransaction(ctx.db, async (trx) => {
    const onwards = await act({ ...ctx, db: trx });
    const told: readonly Told[] = toldBy(noticesOf(trx), ctx.actor);
    const once = sent.form['_once'];
    const key = typeof once === 'string' ? once : randomUUID();
    return keepDone(kept, { key, says: check.done(sent), told, onwards });
  });
