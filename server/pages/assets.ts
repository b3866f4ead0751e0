import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router, type Response } from 'express';
import { packages } from './render.js';

/** A council may use neither the crown nor the GDS Transport typeface: both are taken out of the styles. */
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

/** Changes with the styles, so that browsers keep them until then. */
export const assetVersion = createHash('sha256').update(styles).digest('hex').slice(0, 12);

const keep = (res: Response) => {
  res.set('Cache-Control', 'public, max-age=31536000, immutable');
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
