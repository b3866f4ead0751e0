import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router, type Response } from 'express';
import { packages } from './render.js';

/** A council may use neither the crown nor the GDS Transport typeface: remove both from the styles. */
const unbranded = (css: string): string =>
  css.replaceAll(/@font-face\{[^}]*\}/g, '').replaceAll(/["']?GDS Transport["']?,/g, '');

const own = path.join(path.dirname(fileURLToPath(import.meta.url)), 'assets');

const styles = unbranded(
  [
    path.join(packages.govuk, 'govuk-frontend.min.css'),
    path.join(packages.moj, 'moj-frontend.min.css'),
    path.join(own, 'council.css'),
  ]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n'),
);

const scripts = [
  path.join(own, 'pages.mjs'),
  path.join(own, 'passkeys.mjs'),
  path.join(own, 'stay.mjs'),
  path.join(own, 'favicon.svg'),
  path.join(packages.govuk, 'govuk-frontend.min.js'),
].map((file) => readFileSync(file));

/** Changes with the styles and the scripts, so that browsers keep them until then. */
export const assetVersion = scripts
  .reduce((hash, script) => hash.update(script), createHash('sha256').update(styles))
  .digest('hex')
  .slice(0, 12);

/** For ever under the version of this build; an hour under any other address, which may mean another build. */
const keep = (res: Response) => {
  const current = res.req.originalUrl.startsWith(`/assets/${assetVersion}/`);
  res.set('Cache-Control', current ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
};

/** Styles, scripts and pictures: nothing confidential, so browsers may keep them. */
export const assets = (): Router => {
  const router = Router();
  router.get('/assets/:version/pages.css', (_req, res) => {
    keep(res);
    res.type('css').send(styles);
  });
  const files = (folder: string) =>
    express.static(folder, { index: false, setHeaders: keep, fallthrough: true });
  router.use('/assets/:version/js', files(own));
  router.use(
    '/assets/:version/govuk',
    express.static(packages.govuk, { index: false, setHeaders: keep, extensions: [] }),
  );
  router.use('/assets/:version/moj', files(packages.moj));
  router.use('/assets/images', files(path.join(packages.govuk, 'assets/images')));
  router.use('/assets/images', files(path.join(packages.moj, 'assets/images')));
  return router;
};
