import { Router, type Request, type Response } from 'express';
import { problems, ProtocolError } from '../web/api/problem.js';
import { shape } from '../web/schema/shape.js';
import { credentials } from './api.js';
import { paths } from '../web/paths.js';
import { entered, given } from '../web/pages/form.js';
import { common, formOf, readForm, tokenOf } from '../web/pages/mount.js';
import type { Render } from '../web/pages/render.js';

/** An address of ours and of no other site: `//elsewhere` and a backslash would lead away. */
const local = (address: unknown): string =>
  typeof address === 'string' && /^\/(?![/\\])[\w\-./?=&%]*$/.test(address) ? address : paths.home;

/** Signing in and out by page. The same sign-in as the API's, with the same limits and the same record. */
export const signInPages = (render: Render): Router => {
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
          values: { email: (req.body as { email?: string } | undefined)?.email },
          returnTo: local(req.query['returnTo'] ?? (req.body as { returnTo?: string } | undefined)?.returnTo),
        }),
      );

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
      if (!(error instanceof ProtocolError)) throw error;
      res.set(error.headers);
      const list = [{ text: error.message, href: '#email' }];
      show(req, res, problems[error.problem].status, { list, of: {} });
    }
  });

  router.post(paths.signOut, readForm, async (req: Request, res: Response) => {
    res.locals.route = paths.signOut;
    await req.signOut();
    res.redirect(303, paths.signIn);
  });
  return router;
};
