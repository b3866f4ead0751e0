/** Setting a password with a link, and asking for one. Open: nobody is signed in. */
import { Router, type Request, type Response } from 'express';
import { Invalid } from '../../../policies/core/refusals.js';
import { passphraseLength } from '../../../policies/account/passphrase.js';
import { passwordWorks } from '../../../policies/provider/passwords.js';
import { validate } from '../../web/pages/faults.js';
import { entered, given, type Form } from '../../web/pages/form.js';
import { common, errorsOf, formOf, noErrors, readForm, tokenOf } from '../../web/pages/mount.js';
import type { Render } from '../../web/pages/render.js';
import { paths } from '../../web/paths.js';
import type { OpenCtx } from '../../web/api/route.js';
import { askLink } from '../ask-link.js';
import { forgottenBody, linkAsked, passwordBody } from '../bodies.js';
import { openLink } from '../follows/open-link.js';
import { setPassword } from '../set-password.js';

/** What a link is for: to come in with the council’s own sign-in, or to set a password. */
const waysOf = ({ provider }: OpenCtx, link: { readonly breakGlass: boolean }) => ({
  provider: link.breakGlass ? undefined : provider,
  password: passwordWorks(provider, link),
});

export interface AccountPagesDeps {
  readonly render: Render;
  readonly openContextFor: (req: Request) => OpenCtx;
}

/** The pages, each of which needs nobody signed in and shows the same to everybody. */
export const accountPages = ({ render, openContextFor }: AccountPagesDeps): Router => {
  const router = Router({ caseSensitive: true, strict: true });

  const show = (
    req: Request,
    res: Response,
    view: string,
    { status = 200, ...model }: { readonly status?: number } & Readonly<Record<string, unknown>> = {},
  ): void => {
    const shared = { ...common(req, res, null), frame: { csrf: tokenOf(req) } };
    res
      .status(status)
      .type('html')
      .send(render(`account/views/${view}`, { ...shared, errors: noErrors, ...model }));
  };

  /** Acts, or shows the form again with what is wrong. */
  const sending = async (
    req: Request,
    res: Response,
    view: string,
    act: (form: Form) => Promise<void>,
    model: object = {},
  ): Promise<void> => {
    const form = formOf(req);
    try {
      await act(form);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      const errors = errorsOf(error.errors, (field) => field);
      // A password is never sent back.
      show(req, res, view, { ...model, status: 422, errors, values: { email: entered(form, 'email') } });
    }
  };

  router.get(paths.forgottenPassword, (req, res) => {
    res.locals.route = paths.forgottenPassword;
    show(req, res, 'forgotten');
  });

  router.post(paths.forgottenPassword, readForm, async (req: Request, res: Response) => {
    res.locals.route = paths.forgottenPassword;
    await sending(req, res, 'forgotten', async (form) => {
      const sent = given({ email: entered(form, 'email')?.trim() });
      validate(forgottenBody, sent);
      await askLink(openContextFor(req), { email: forgottenBody.parse(sent).email, ip: req.ip ?? '' });
      show(req, res, 'done', { title: 'Check your e-mail', says: linkAsked });
    });
  });

  const one = paths.setPassword(':token');
  const least = passphraseLength.least;

  router.get(one, async (req: Request<{ token: string }>, res) => {
    res.locals.route = one;
    const ctx = openContextFor(req);
    const link = await openLink(ctx, req.params.token).catch((error: unknown) => {
      if (!(error instanceof Invalid)) throw error;
      return null;
    });
    if (link === null) show(req, res, 'over', { status: 404 });
    else show(req, res, 'set', { least, ...waysOf(ctx, link), token: req.params.token });
  });

  router.post(one, readForm, async (req: Request<{ token: string }>, res: Response) => {
    res.locals.route = one;
    await sending(
      req,
      res,
      'set',
      async (form) => {
        const sent = given({ token: req.params.token, password: entered(form, 'password') });
        validate(passwordBody, sent);
        await setPassword(openContextFor(req), passwordBody.parse(sent));
        show(req, res, 'done', {
          title: 'Your password has been set',
          says: 'You have been signed out everywhere. Sign in with your new password.',
          signIn: true,
        });
      },
      { least, password: true },
    );
  });
  return router;
};
