/**
 * One way to the provider and back. What it is for, and the secrets of it, are in a sealed cookie of this browser, so that
 * nothing is kept here for a visitor; it lasts for minutes, and coming back uses it up.
 */
import { createHash } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';
import { absentMinutes } from '../../policies/provider/word.js';
import { isStillOpen } from '../../policies/proof/proof.js';
import { sealOf } from '../case/proving/seal.js';
import { cookieIn } from '../web/middleware/session/cookies.js';
import type { Secrets } from './provider.js';

const purpose = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('enter'), returnTo: z.string() }),
  /** With the token of a link that was sent to the owner of an account. */
  z.strictObject({ kind: z.literal('bind'), token: z.string() }),
  z.strictObject({ kind: z.literal('prove'), person: z.string(), session: z.string(), returnTo: z.string() }),
]);
/** To sign in; to bind an account and sign in; to prove oneself once more in a session. */
export type Purpose = z.infer<typeof purpose>;

const kept = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** By the clock of the machine. */
  at: z.number(),
  purpose,
});

export interface Flow {
  readonly secrets: Secrets;
  readonly purpose: Purpose;
}

export interface Flows {
  begin(res: Response, flow: Flow): void;
  /** The way that this browser comes back from with that state; null where it began none, or too long ago. */
  end(req: Request, res: Response, state: unknown): Flow | null;
}

/** @param what kind of thing it is */
export const digestOf = (what: 'state' | 'number' | 'session', text: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([what, text]))
    .digest();

const about = 'way to the provider';

/** @param session the session's cookie, whose rules this one follows */
export const flows = (
  sessionSecret: string,
  session: { readonly name: string; readonly options: CookieOptions },
): Flows => {
  const seal = sealOf(sessionSecret, 'ways to the provider');
  const name = session.name.startsWith('__Host-') ? '__Host-provider' : 'provider';
  return {
    begin(res, { secrets, purpose: forWhat }) {
      const text = JSON.stringify({ ...secrets, at: Date.now(), purpose: forWhat });
      res.cookie(name, seal.close(text, about).toString('base64url'), {
        ...session.options,
        maxAge: absentMinutes * 60_000,
      });
    },
    end(req, res, state) {
      const sealed = cookieIn(req, name);
      const text = sealed === null ? null : seal.open(Buffer.from(sealed, 'base64url'), about);
      if (text === null) return null;
      const { at, purpose: forWhat, ...secrets } = kept.parse(JSON.parse(text));
      // Another page may send this browser here: what it began goes on.
      if (state !== secrets.state) return null;
      res.clearCookie(name, session.options);
      return isStillOpen(new Date(at), absentMinutes, new Date()) ? { secrets, purpose: forWhat } : null;
    },
  };
};
