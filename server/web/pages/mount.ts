import type { Buffer } from 'node:buffer';
import { csrfSync } from 'csrf-sync';
import { translateViolation } from '../../../db/core/connection.js';
import { violations } from '../../../db/core/violations.js';
import {
  Router,
  type ErrorRequestHandler,
  type IRouter,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { z } from 'zod';
import { Cautioned, Invalid, NotFound, Refusal, type FieldError } from '../../../policies/core/refusals.js';
import { claimKey } from '../api/claim.js';
import { subjectOf, type Surroundings } from '../api/mount.js';
import { ProtocolError } from '../api/problem.js';
import { consideredInForm } from '../schema/considered.js';
import { shape } from '../schema/shape.js';
import type { Ctx } from '../../case/ctx.js';
import { weighing } from '../../case/weighed/weighing.js';
import { longestSession, secondsLeft } from '../../../policies/people/session-limits.js';
import { labelsOf } from '../../../policies/settings/settings.js';
import { paths } from '../paths.js';
import { checkedModel, doChecked, stepOf } from './checking/check.js';
import { keepDone } from './checking/done.js';
import { explained } from './faults.js';
import { chosen, formSchema, type Form } from './form.js';
import type { AnyPage, Kept, PageInput } from './page.js';
import { navigation } from './navigation.js';
import type { Render } from './render.js';
import { actOnce, claimOfForm, onceKey } from './sending/once.js';
import { cautionsOfForm, errorsOfCautions } from './sending/cautions.js';
import { readFields } from './sending/read-fields.js';
import { keptUntil, unsentForms, wasBack, type Unsent } from './sending/unsent.js';
import { readUpload } from './upload.js';

export interface PageSurroundings extends Pick<
  Surroundings,
  'contextFor' | 'openContextFor' | 'recordRefusal' | 'sessionSecret'
> {
  readonly render: Render;
}

/** The same, with what forms are sealed and claimed with. */
interface Around extends PageSurroundings {
  readonly unsent: Unsent;
  readonly secret: Buffer;
}

type Sending = NonNullable<AnyPage['form']>;

declare module 'express-session' {
  interface SessionData {
    /** By name; see `Kept`. */
    kept?: Record<string, unknown>;
  }
}

const keptOf = ({ session }: Request): Kept => ({
  get: (name) => session.kept?.[name],
  set: (name, value) => {
    session.kept = { ...session.kept, [name]: value };
  },
});

/**
 * Stores the session now: at the end of the answer it would be stored while the headers of a redirect are already on
 * their way, and the browser could ask for the next page too early.
 */
const stored = async ({ session }: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    session.save((error: unknown) => (error ? reject(error) : resolve()));
  });

/** The synchroniser token of a session; a form without it, or with another's, is refused. */
const csrf = csrfSync({
  getTokenFromRequest: (req) =>
    (req.body as Record<string, unknown> | undefined)?.['_csrf'] as string | undefined,
  size: 32,
});

/** The token of this session for its forms; of a browser without one, the token of the browser. */
export const tokenOf = (req: Request): string => (req.user ? csrf.generateToken(req) : req.visitor.token());

/** What a form carries beside what is typed into it: the token of the session, and its key. */
const frameOf = (req: Request) => ({ csrf: tokenOf(req), once: onceKey() });

/** The values that every view gets beside its model. */
export const common = (req: Request, res: Response, ctx: Ctx | null) => ({
  cspNonce: res.locals.nonce,
  frame: ctx && frameOf(req),
  actor: ctx && { name: ctx.actor.name, offices: ctx.actor.holdings.map(({ office }) => office) },
  navigation: ctx ? navigation(ctx, req.path) : [],
  idleMinutes: (ctx?.session?.limits ?? longestSession).idleMinutes,
  // However much it is used.
  sessionSeconds: ctx?.session?.began ? secondsLeft(ctx.session.began, ctx.now(), ctx.session.limits) : null,
  typeLabels: ctx ? labelsOf(ctx.settings) : {},
  // Where each council rule stands, for the words behind a refusal.
  adopted: ctx?.settings.choices.adopted ?? null,
  // This council's time for each step, in working days: no view states a period of its own.
  allows: ctx ? ctx.settings.periods : {},
});

/** Reads a form, with the file that it may come with. */
const formReader = ({ upload }: Sending): RequestHandler[] => [
  ...(upload === undefined ? [] : [readUpload(upload)]),
  readFields,
];

const stale = (): ProtocolError =>
  new ProtocolError('forbidden', 'This form has gone stale. Go back, load the page again and send it again.');

/**
 * Reads a form that is open to people who are not signed in, and checks its token, of the session or of the browser: before
 * anything is done with it.
 */
export const readForm: RequestHandler[] = [
  readFields,
  (req, _res, next) => {
    const { _csrf: token } = formOf(req);
    if (!csrf.isRequestValid(req) && !req.visitor.sent(token)) throw stale();
    next();
  },
];

/** The form's fields, and its errors as a whole. */
export const formOf = (req: Request): Form => {
  const read = formSchema.safeParse(req.body ?? {});
  if (!read.success) throw new Invalid([{ field: '', message: 'This form cannot be read.' }]);
  return read.data;
};

/**
 * Mounts the pages. A person who is not signed in goes to sign in and comes back; refusals of authority are recorded
 * as the API's are; a refused form shows its page again, with the errors first and the typed text.
 */
export const mountPages = (app: IRouter, pages: readonly AnyPage[], surroundings: PageSurroundings): void => {
  const router = Router({ caseSensitive: true, strict: true });
  const around: Around = {
    ...surroundings,
    unsent: unsentForms(surroundings.sessionSecret),
    secret: claimKey(surroundings.sessionSecret),
  };
  for (const each of pages) {
    const handler = handle(each, around);
    router.get(each.path, handler);
    if (each.form)
      router.post(
        each.path,
        named(each),
        signedOutWithFile(around),
        formReader(each.form),
        signedOutUnread(around),
        keepingWhatIsStale(around),
        handler,
      );
  }
  app.use(router);
};

/** For the log: a form may be refused before its page is asked for. */
const named =
  ({ path }: AnyPage): RequestHandler =>
  (_req, res, next) => {
    res.locals.route = path;
    next();
  };

const toSignIn = (res: Response, returnTo: string): void =>
  res.redirect(303, `${paths.signIn}?returnTo=${encodeURIComponent(returnTo)}`);

/** Of who is not signed in no file is read: it could not be kept. */
const signedOutWithFile =
  ({ contextFor }: Around): RequestHandler =>
  (req, res, next) => {
    if (contextFor(req) === null && req.is('multipart/form-data')) toSignIn(res, req.path);
    else next();
  };

/** Who is not signed in is asked to sign in first, whatever they sent: nothing of it could be kept. */
const signedOutUnread =
  ({ contextFor }: Around): ErrorRequestHandler =>
  (error: unknown, req, res, next) => {
    if (error instanceof ProtocolError && contextFor(req) === null) toSignIn(res, req.path);
    else next(error);
  };

/** Lets a form of this session pass. What was typed into one of an earlier session is kept, and comes back. */
const keepingWhatIsStale =
  ({ contextFor, openContextFor, unsent }: Around): RequestHandler =>
  async (req, res, next) => {
    const ctx = contextFor(req);
    if (ctx !== null && csrf.isRequestValid(req)) {
      next();
      return;
    }
    const { db, now } = openContextFor(req);
    const who = ctx?.actor.id ?? null;
    const sent = { form: formOf(req), page: req.path, who, now: now(), until: 'signed_in' } as const;
    const address = await unsent.keep(db, sent);
    if (ctx === null) toSignIn(res, address ?? req.originalUrl);
    else if (address === null) throw stale();
    else res.redirect(303, address);
  };

const handle =
  (each: AnyPage, surroundings: Around): RequestHandler =>
  async (req, res) => {
    res.locals.route = each.path;
    const ctx = surroundings.contextFor(req);
    if (ctx === null) {
      toSignIn(res, req.originalUrl);
      return;
    }
    if (ctx.codesFirst && !each.beforeCodes) {
      res.redirect(303, paths.codes);
      return;
    }
    try {
      const input = inputOf(each.params, req, res);
      if (req.method === 'POST') await send(each, { ctx, input, req, res, surroundings });
      else await open(each, { ctx, input, req, res, surroundings });
    } catch (error) {
      await record(error, ctx, each, req, surroundings);
      throw error;
    }
  };

const inputOf = (params: z.ZodType, req: Request, res: Response): PageInput<unknown> => {
  const read = shape(params, { ...req.params });
  if (read.errors.length > 0) throw new NotFound();
  const query = Object.fromEntries(
    Object.entries(req.query).flatMap(([name, value]) => {
      const last: unknown = Array.isArray(value) ? value.at(-1) : value;
      return typeof last === 'string' ? [[name, last]] : [];
    }),
  );
  return { params: read.data, query, kept: keptOf(req), file: res.locals.file ?? null };
};

interface Turn {
  readonly ctx: Ctx;
  readonly req: Request;
  readonly res: Response;
  readonly surroundings: Around;
}

/** The errors of a page: for the summary, in order, and for each field. */
export interface PageErrors {
  readonly list: readonly { readonly text: string; readonly href?: string }[];
  readonly of: Readonly<Record<string, { readonly text: string }>>;
}

/** The errors of a page from the faults of what was sent. */
export const errorsOf = (faults: readonly FieldError[], anchor: (field: string) => string): PageErrors => ({
  list: faults.map(({ field, message }) =>
    field === '' ? { text: message } : { text: message, href: `#${anchor(field)}` },
  ),
  of: Object.fromEntries(faults.toReversed().map(({ field, message }) => [field, { text: message }])),
});

export const noErrors: PageErrors = { list: [], of: {} };

/** Shows a page, with what was typed into its form before the session ended, if that is what it is opened for. */
const open = async (each: AnyPage, turn: Turn & { readonly input: PageInput<unknown> }): Promise<void> => {
  const { ctx, input, req, surroundings } = turn;
  const model = await each.load(ctx, input);
  const until = each.form === undefined ? null : keptUntil(input.query);
  const back = until === null ? null : await surroundings.unsent.back(ctx, req.path);
  if (back === null) show(each, model, turn);
  else
    show(each, { ...model, unsent: { ...back, until } }, turn, {
      status: 200,
      errors: noErrors,
      form: { ...back.fields, _csrf: 'back' },
    });
};

const show = (
  each: AnyPage,
  model: object,
  { ctx, req, res, surroundings }: Turn,
  sent?: {
    readonly status: number;
    readonly errors: PageErrors;
    readonly form: Form;
    /** The kinds of caution to confirm, with their words. */
    readonly cautions?: ReturnType<typeof cautionsOfForm>;
    /** The key of the form that was sent, where the page goes on with it. */
    readonly once?: string | undefined;
  },
): void => {
  const values = { ...(model as { values?: object }).values, ...sent?.form };
  const shared = common(req, res, ctx);
  res
    .status(sent?.status ?? 200)
    .type('html')
    .send(
      surroundings.render(each.view, {
        ...shared,
        ...model,
        frame: {
          ...shared.frame,
          ...(sent?.once !== undefined && { once: sent.once }),
          cautions: sent?.cautions ?? [],
          // With a text that comes back comes what was confirmed of its words.
          considered:
            sent?.cautions?.length || 'unsent' in model
              ? consideredInForm(chosen(sent?.form ?? {}, 'considered'))
              : [],
          note: each.form && surroundings.unsent.noteFor(ctx.actor.id, req.originalUrl, ctx.now()),
          back: 'unsent' in model || (sent !== undefined && wasBack(sent.form)),
        },
        values,
        errors: sent?.errors ?? noErrors,
      }),
    );
};

const send = async (each: AnyPage, turn: Turn & { readonly input: PageInput<unknown> }): Promise<void> => {
  const { ctx, input, req, res } = turn;
  const { form: sending } = each;
  if (!sending) throw new NotFound();
  const form = formOf(req);
  try {
    const { data, errors } = shape(sending.body, sending.read(form, input));
    if (errors.length > 0) throw new Invalid(errors);
    const sent = { ...input, body: data, form };
    if (sending.act) {
      const before = req.session.kept;
      const act = sending.act.bind(sending);
      const about = {
        considered: consideredInForm(chosen(form, 'considered')),
        subject: subjectOf(each.path, input.params),
      };
      const { secret } = turn.surroundings;
      const claim =
        sending.changes === false ? null : claimOfForm(ctx, req, { form, file: input.file, secret });
      const doing = (joined: Ctx) => act(joined, sent);
      const { check } = sending;
      const step = check ? stepOf(form) : 'do';
      if (step === 'change') {
        show(each, await each.load(ctx, input), turn, { status: 200, errors: noErrors, form });
        return;
      }
      if (check && step === 'check') {
        const model = await weighing(ctx, about, (weighed) =>
          checkedModel(weighed, { check, sent, claim }, doing),
        );
        if (typeof model === 'string') res.redirect(303, model);
        else {
          const shown = { status: 200, errors: noErrors, form, once: claim?.key };
          show({ ...each, view: 'check' }, model, turn, shown);
        }
        return;
      }
      const { to, panel } = await weighing(ctx, about, async (weighed) =>
        check
          ? doChecked(weighed, { check, sent, claim }, doing)
          : { to: await actOnce(weighed, { claim, form }, doing), panel: null },
      );
      if (panel) keepDone(input.kept, panel);
      if (req.session.kept !== before) await stored(req);
      res.redirect(303, to);
    } else if (sending.answer) {
      const model = { ...(await each.load(ctx, input)), ...(await sending.answer(ctx, sent)) };
      show(each, model, turn, { status: 200, errors: noErrors, form });
    }
  } catch (thrown) {
    // A refusal by the database itself is a refusal too, by the rule behind its constraint.
    const error = translateViolation(thrown, violations);
    if (!(error instanceof Refusal) || error instanceof NotFound) throw error;
    if (error.rule === 'step_up') {
      await record(error, ctx, each, req, turn.surroundings);
      res.redirect(303, await addressToProve(form, turn));
      return;
    }
    // First, so that who may not see the page is refused, and recorded, once.
    const model = await each.load(ctx, input);
    await record(error, ctx, each, req, turn.surroundings);
    const errors = errorsOf(faultsIn(error), (field) => sending.anchor?.(field) ?? field);
    const cautions = error instanceof Cautioned ? cautionsOfForm(error.cautions) : [];
    show(each, model, turn, { status: error.status, errors, form, cautions });
  }
};

/** The faults of a form, each at its field where it has one. */
const faultsIn = (error: Refusal): readonly FieldError[] => {
  if (error instanceof Cautioned) return errorsOfCautions(error.cautions);
  return error instanceof Invalid ? error.errors : [{ field: '', message: explained(error) }];
};

/** Where somebody proves that it is they, and comes back to the form as they filled it in. */
const addressToProve = async (form: Form, { ctx, req, surroundings }: Turn): Promise<string> => {
  const { db, actor, now } = ctx;
  const sent = { form, page: req.path, who: actor.id, now: now(), until: 'proved' } as const;
  const back = (await surroundings.unsent.keep(db, sent)) ?? req.path;
  return `${paths.prove}?returnTo=${encodeURIComponent(back)}`;
};

const record = async (
  error: unknown,
  ctx: Ctx,
  { path, params }: AnyPage,
  req: Request,
  { recordRefusal }: PageSurroundings,
): Promise<void> => {
  if (!(error instanceof Refusal) || (error.status !== 403 && error.status !== 404)) return;
  // A person who typed an address that names nothing has no subject: it is not kept.
  const known = shape(params, { ...req.params });
  const subject = known.errors.length > 0 ? 'service' : subjectOf(path, known.data);
  await recordRefusal(ctx, { refusal: error, method: req.method, route: path, subject });
};
