import { Router, type Request, type Response } from 'express';
import { problems, ProtocolError } from '../web/api/problem.js';
import { shape } from '../web/schema/shape.js';
import { passkeySignIn, responseIn } from '../passkey/bodies.js';
import type { Leaving } from '../provider/follows/leave.js';
import { codeBody } from '../proof/bodies.js';
import { credentials } from './api.js';
import { CodeNeeded } from './authentication.js';
import { paths } from '../web/paths.js';
import { entered, given } from '../web/pages/form.js';
import type { CouncilSignIn } from '../case/proving/proving.js';
import { leadOn } from '../provider/follows/lead-on.js';
import { common, formOf, readForm, tokenOf } from '../web/pages/mount.js';
import { local } from '../web/local.js';
import type { Render } from '../web/pages/render.js';

export interface WaysIn {
  /** Whether passkeys work at the service's address. */
  readonly passkeys: boolean;
  readonly provider: CouncilSignIn | undefined;
  readonly leaving: Leaving | undefined;
}

/** Signing in and out by page. The same sign-in as the API's, with the same limits and the same record. */
export const signInPages = (render: Render, { passkeys, provider, leaving }: WaysIn): Router => {
  const router = Router();
  const show = (req: Request, res: Response, status = 200, errors: object = { list: [], of: {} }) =>
    res
      .status(status)
      .type('html')
      .send(
        render('people/views/sign-in', {
          ...common(req, res, null),
          frame: { csrf: tokenOf(req) },
          errors,
          passkeys,
          values: { email: (req.body as { email?: string } | undefined)?.email },
          provider,
          returnTo: local(req.query['returnTo'] ?? (req.body as { returnTo?: string } | undefined)?.returnTo),
        }),
      );

  /** The code, of who has an app for codes: the form holds a sealed note in place of the password. */
  const showSecondStep = (
    req: Request,
    res: Response,
    {
      status = 200,
      error,
      note,
      hasPasskey = false,
      returnTo,
    }: {
      readonly status?: number;
      readonly error?: string | undefined;
      readonly note: unknown;
      readonly hasPasskey?: boolean;
      readonly returnTo: unknown;
    },
  ) =>
    res
      .status(status)
      .type('html')
      .send(
        render('people/views/sign-in-code', {
          ...common(req, res, null),
          frame: { csrf: tokenOf(req) },
          errors:
            error === undefined
              ? { list: [], of: {} }
              : { list: [{ text: error, href: '#code' }], of: { code: { text: error } } },
          note,
          hasPasskey: hasPasskey && passkeys,
          returnTo: local(returnTo),
        }),
      );

  router.get([paths.signInCode, paths.signInPasskey], (_req, res) => res.redirect(303, paths.signIn));

  router.get(paths.signIn, (req: Request, res: Response) => {
    res.locals.route = paths.signIn;
    if (req.user) res.redirect(303, local(req.query['returnTo']));
    else show(req, res);
  });

  router.post(paths.signIn, readForm, async (req: Request, res: Response) => {
    res.locals.route = paths.signIn;
    const form = formOf(req);
    const sent = given({ email: entered(form, 'email')?.trim(), password: entered(form, 'password') });
    const { errors } = shape(credentials, sent);
    if (errors.length > 0) {
      const list = errors.map(({ field, message }) => ({
        text: message,
        href: `#${field}`,
      }));
      const of = Object.fromEntries(errors.map(({ field, message }) => [field, { text: message }]));
      show(req, res, 422, { list, of });
      return;
    }
    try {
      req.body = { ...sent, returnTo: form['returnTo'] };
      await req.signIn();
      res.redirect(303, local(form['returnTo']));
    } catch (error) {
      if (error instanceof CodeNeeded) {
        const { note, hasPasskey } = error;
        showSecondStep(req, res, { note, hasPasskey, returnTo: form['returnTo'] });
        return;
      }
      if (!(error instanceof ProtocolError)) throw error;
      res.set(error.headers);
      const list = [{ text: error.message, href: '#email' }];
      show(req, res, problems[error.problem].status, { list, of: {} });
    }
  });

  router.post(paths.signInCode, readForm, async (req: Request, res: Response) => {
    res.locals.route = paths.signInCode;
    const form = formOf(req);
    const step = { note: form['note'], returnTo: form['returnTo'] };
    const sent = given({ code: entered(form, 'code') });
    const { errors } = shape(codeBody, sent);
    if (errors.length > 0) {
      showSecondStep(req, res, { ...step, status: 422, error: errors[0]?.message });
      return;
    }
    try {
      await req.signInWithCode(entered(form, 'note') ?? '', codeBody.parse(sent).code);
      res.redirect(303, local(form['returnTo']));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      res.set(error.headers);
      showSecondStep(req, res, {
        ...step,
        status: problems[error.problem].status,
        error: error.message,
      });
    }
  });

  router.post(paths.signInPasskey, readForm, async (req: Request, res: Response) => {
    res.locals.route = paths.signInPasskey;
    const form = formOf(req);
    const sent = given({ response: responseIn(entered(form, 'response')) });
    const { errors } = shape(passkeySignIn, sent);
    req.body = { returnTo: form['returnTo'] };
    if (errors.length > 0) {
      show(req, res, 422, { list: [{ text: noAnswer, href: '#email' }], of: {} });
      return;
    }
    try {
      await req.signInWithPasskey(passkeySignIn.parse(sent).response);
      res.redirect(303, local(form['returnTo']));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      res.set(error.headers);
      const list = [{ text: error.message, href: '#email' }];
      show(req, res, problems[error.problem].status, { list, of: {} });
    }
  });

  router.post(paths.signOut, readForm, async (req: Request, res: Response) => {
    res.locals.route = paths.signOut;
    const leave = await leaving?.(req);
    await req.signOut();
    const onwards = (await leave?.()) ?? null;
    if (onwards && provider) leadOn(render, { req, res, to: onwards, name: provider.name });
    else res.redirect(303, paths.signIn);
  });
  return router;
};

const noAnswer = 'Your browser has given no passkey. Try again, or enter your e-mail address and password.';
