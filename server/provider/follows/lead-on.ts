import type { Request, Response } from 'express';
import { common, noErrors } from '../../web/pages/mount.js';
import type { Render } from '../../web/pages/render.js';

/**
 * Leads the browser on to another site, with a page that takes it there by itself. A redirect would belong to the form that
 * was sent, and a browser stops it at every site that no policy of ours names: the sign-in of a council may itself lead on
 * to another.
 * @param name what people call the place
 */
export const leadOn = (
  render: Render,
  {
    req,
    res,
    to,
    name,
  }: { readonly req: Request; readonly res: Response; readonly to: URL; readonly name: string },
): void => {
  const shared = { ...common(req, res, null), errors: noErrors };
  res
    .status(200)
    .type('html')
    .send(render('provider/views/lead-on', { ...shared, to: to.href, name }));
};
