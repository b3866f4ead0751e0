import type { Request, Response } from 'express';
import type { Refusal } from '../../../policies/core/refusals.js';
import { numberOfRequest, problemOf, problems, ProtocolError } from '../api/problem.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../paths.js';
import { common } from './mount.js';
import type { Render } from './render.js';

export type RefusalPage = (req: Request, res: Response, refusal: Refusal | ProtocolError) => void;

/** A refusal or a fault as a page: what happened, by which authority, and where to go. */
export const refusalPage =
  (render: Render, contextFor: (req: Request) => Ctx | null): RefusalPage =>
  (req, res, refusal) => {
    if (refusal instanceof ProtocolError && refusal.problem === 'not-signed-in') {
      res.redirect(303, paths.signIn);
      return;
    }
    const { status, title, detail, authority } = problemOf(refusal);
    if (refusal instanceof ProtocolError) res.set(refusal.headers);
    res
      .status(status)
      .type('html')
      .send(
        render('refusal', {
          // A request that failed before its session was read has none to show.
          ...(req.session ? common(req, res, contextFor(req)) : { cspNonce: res.locals.nonce }),
          errors: { list: [], of: {} },
          title,
          detail,
          authority,
          number: status >= 500 ? numberOfRequest(res) : undefined,
          explanation: status === 404 ? problems['not-found'].explanation : undefined,
        }),
      );
  };
