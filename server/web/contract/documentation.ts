import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { openapi } from './openapi.js';
import { route, type AnyRoute } from '../api/route.js';

const require = createRequire(import.meta.url);
const distribution = path.dirname(require.resolve('swagger-ui-dist/package.json'));

/** The files of the browsable contract, and their media types. */
const files = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const;
type File = keyof typeof files;

/** No inline script and no external validator: the strict policy allows neither. */
const page = (nonce: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The API – Need to know</title>
    <link rel="icon" type="image/png" href="/api/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" nonce="${nonce}">
  </head>
  <body>
    <noscript><p>This page needs JavaScript. The contract itself is at <a href="/api/openapi.json">/api/openapi.json</a>.</p></noscript>
    <main id="contract"></main>
    <script src="/api/docs/swagger-ui-bundle.js" nonce="${nonce}"></script>
    <script nonce="${nonce}">
      SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#contract', validatorUrl: null, deepLinking: true });
    </script>
  </body>
</html>
`;

/** The contract, for programs and for people; open to anyone. `routes` is called when it is needed. */
export const documentationRoutes = (routes: () => readonly AnyRoute[]): readonly AnyRoute[] => {
  let document: Record<string, unknown> | undefined;
  return [
    route({
      method: 'GET',
      path: '/api/openapi.json',
      summary: 'This contract, as OpenAPI 3.1',
      open: true,
      response: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApi' }),
      run: () => (document ??= openapi(routes())),
    }),
    route({
      method: 'GET',
      path: '/api/docs',
      summary: 'This contract, to browse',
      open: true,
      produces: ['text/html'],
      run: (_ctx, { res }) => {
        const nonce = res.locals.nonce;
        // The library's own pictures are data: URLs in its style sheet.
        res.set('Content-Security-Policy', policy(nonce));
        res.type('html').send(page(nonce));
      },
    }),
    route({
      method: 'GET',
      path: '/api/docs/{file}',
      summary: 'A file of the page that shows this contract',
      open: true,
      params: z.strictObject({ file: z.enum(Object.keys(files) as [File, ...File[]]) }),
      produces: ['text/css', 'text/javascript', 'image/png'],
      run: async (_ctx, { params: { file }, res }) => {
        res.set('Content-Type', files[file]).send(await readFile(path.join(distribution, file)));
      },
    }),
  ];
};

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
