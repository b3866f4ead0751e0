/** The door of the council’s own sign-in: the way there, the way back, and what it says of those who have left it. */
import { Router, urlencoded, type Request, type Response } from 'express';
import type { Knex } from 'knex';
import { keepWord } from '../../db/provider/sessions.js';
import { useUp, wasUsedUp } from '../../db/provider/used-up.js';
import { absentMinutes } from '../../policies/provider/word.js';
import { Refusal } from '../../policies/core/refusals.js';
import { ruleSays } from '../../policies/core/rules.js';
import type { Ctx } from '../case/ctx.js';
import type { LetIn } from '../case/proving/let-in.js';
import { local } from '../web/local.js';
import { common, formOf, noErrors, readForm } from '../web/pages/mount.js';
import { entered } from '../web/pages/form.js';
import type { Render } from '../web/pages/render.js';
import { paths } from '../web/paths.js';
import { bindByLink } from './bind-account.js';
import { ProviderAway, ProviderRefused } from './connection.js';
import { endSessionsByProvider } from './end-sessions.js';
import { enterByProvider, NotLetIn } from './enter.js';
import { digestOf, type Flow, type Flows, type Purpose } from './flow.js';
import { newSecrets, type Provider } from './provider.js';
import { proveByProvider } from './prove-again.js';
import { leadOn } from './follows/lead-on.js';
import type { WordSeal } from './follows/leave.js';

export interface ProviderDoorDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly provider: Provider;
  readonly flows: Flows;
  readonly words: WordSeal;
  readonly baseUrl: URL;
  readonly render: Render;
  readonly contextFor: (req: Request) => Ctx | null;
}

const tooLate = `This took too long, or you came back to a page of before. Start again: you have ${absentMinutes} minutes.`;

export const providerDoor = (deps: ProviderDoorDeps): Router => {
  const { db, now, provider, flows, words, baseUrl, render, contextFor } = deps;
  const { issuer } = provider;
  const router = Router({ caseSensitive: true, strict: true });
  const back = new URL(paths.fromProvider, baseUrl);

  const refuse = (
    req: Request,
    res: Response,
    {
      status,
      says,
      purpose,
    }: { readonly status: number; readonly says: string; readonly purpose?: Purpose | undefined },
  ): void => {
    const again =
      purpose?.kind === 'prove'
        ? `${paths.prove}?returnTo=${encodeURIComponent(purpose.returnTo)}`
        : paths.signIn;
    const shared = { ...common(req, res, contextFor(req)), errors: noErrors };
    res
      .status(status)
      .type('html')
      .send(render('provider/views/refused', { ...shared, says, again, provider: { name: provider.name } }));
  };

  /** Says what went wrong: never what the provider said of whom. */
  const explain = (req: Request, res: Response, error: unknown, purpose?: Purpose): void => {
    if (error instanceof NotLetIn) {
      refuse(req, res, { status: 403, says: ruleSays(error.rule), purpose });
      return;
    }
    if (error instanceof Refusal) {
      refuse(req, res, { status: error.status, says: error.message, purpose });
      return;
    }
    if (!(error instanceof ProviderAway || error instanceof ProviderRefused)) throw error;
    req.log.warn({ reason: error.reason }, error.message);
    if (error instanceof ProviderAway) {
      res.set('Retry-After', '30');
      const says = 'The council’s sign-in does not answer. Try again later. Nothing else depends on it.';
      refuse(req, res, { status: 503, says, purpose });
    } else {
      const says = 'The council’s sign-in did not show who you are in the way that this service asks for.';
      refuse(req, res, { status: 403, says, purpose });
    }
  };

  /** What the form asks for; null where nobody is signed in who could prove themselves. */
  const purposeOf = (req: Request): Purpose | null => {
    const form = formOf(req);
    const [kind, token] = [entered(form, 'for'), entered(form, 'token')];
    const returnTo = local(form['returnTo']);
    if (kind === 'bind') return { kind, token: token ?? '' };
    if (kind !== 'prove') return { kind: 'enter', returnTo };
    const { user, asking } = req;
    return user && asking ? { kind, person: user.id, session: asking.sessionId, returnTo } : null;
  };

  router.get(paths.toProvider, (_req, res) => res.redirect(303, paths.signIn));

  router.post(paths.toProvider, readForm, async (req: Request, res: Response) => {
    res.locals.route = paths.toProvider;
    const purpose = purposeOf(req);
    if (purpose === null) {
      res.redirect(303, paths.signIn);
      return;
    }
    try {
      const secrets = newSecrets();
      const address = await provider.addressToEnter(secrets, back, purpose.kind === 'prove');
      flows.begin(res, { secrets, purpose });
      leadOn(render, { req, res, to: address, name: provider.name });
    } catch (error) {
      explain(req, res, error, purpose);
    }
  });

  const letIn = async (req: Request, found: LetIn, token: string): Promise<boolean> => {
    await req.letIn(found);
    await keepWord(db, req.sessionID, words.close(token));
    // The session there may have ended while they were on their way.
    if (found.there && (await wasUsedUp(db, Buffer.from(found.there, 'base64url')))) {
      await req.signOut();
      return false;
    }
    return true;
  };

  const arrive = async (req: Request, res: Response, { secrets, purpose }: Flow): Promise<void> => {
    const came = new URL(req.originalUrl, baseUrl);
    const anew = purpose.kind === 'prove';
    const { word, token } = await provider.wordOf(came, secrets, anew);
    if (purpose.kind === 'prove') {
      const ctx = contextFor(req);
      if (ctx?.actor.id !== purpose.person || ctx.session?.id !== purpose.session) {
        refuse(req, res, { status: 403, says: tooLate, purpose });
        return;
      }
      await proveByProvider(ctx, { issuer, word });
      res.redirect(303, local(purpose.returnTo));
      return;
    }
    const found =
      purpose.kind === 'bind'
        ? await bindByLink({ db, now }, { issuer, word, token: purpose.token })
        : await enterByProvider({ db, now }, { issuer, word });
    if (!(await letIn(req, found, token))) refuse(req, res, { status: 403, says: tooLate, purpose });
    else res.redirect(303, purpose.kind === 'enter' ? local(purpose.returnTo) : paths.home);
  };

  router.get(paths.fromProvider, async (req: Request, res: Response) => {
    res.locals.route = paths.fromProvider;
    const flow = flows.end(req, res, req.query['state']);
    const until = new Date(Date.now() + 2 * absentMinutes * 60_000);
    if (flow === null || !(await useUp(db, digestOf('state', flow.secrets.state), until))) {
      refuse(req, res, { status: 403, says: tooLate });
      return;
    }
    try {
      await arrive(req, res, flow);
    } catch (error) {
      explain(req, res, error, flow.purpose);
    }
  });

  // OpenID Connect Back-Channel Logout 1.0: from the provider itself, with no cookie; its signature is what counts.
  router.post(
    paths.signedOutByProvider,
    urlencoded({ extended: false, limit: '16kb' }),
    async (req: Request, res: Response) => {
      res.locals.route = paths.signedOutByProvider;
      const { logout_token: token } = formOf(req);
      try {
        if (typeof token !== 'string') throw new ProviderRefused('missing');
        await endSessionsByProvider({ db, now }, { issuer, said: await provider.signedOutThere(token) });
        res.status(200).end();
      } catch (error) {
        if (!(error instanceof ProviderAway || error instanceof ProviderRefused)) throw error;
        req.log.warn({ reason: error.reason }, error.message);
        const status = error instanceof ProviderAway ? 503 : 400;
        res.status(status).json({ error: status === 400 ? 'invalid_request' : 'temporarily_unavailable' });
      }
    },
  );
  return router;
};
