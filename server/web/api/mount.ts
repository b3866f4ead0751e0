import { type IRouter, type Request, type RequestHandler, type Response, Router } from 'express';
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { Invalid, NotFound, Refusal } from '../../../policies/core/refusals.js';
import { assertCodesSetUp, assertInScope } from '../../../policies/permission/permit.js';
import type { Ctx } from '../../case/ctx.js';
import { weighing } from '../../case/weighed/weighing.js';
import { ownOrigins, requireSameOrigin } from '../middleware/same-origin.js';
import { defaultBodyLimit, jsonBody, readBody, uploadBody } from './body.js';
import { claimKey, claimOf, idempotencyKey, keyBesideSecret } from './claim.js';
import { notSignedIn, ProtocolError } from './problem.js';
import { isChange, isIdempotent, type AnyRoute, type OpenCtx, type Upload } from './route.js';
import { considered as consideredSchema, maySayConsidered } from '../schema/considered.js';
import { shape } from '../schema/shape.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Locals {
      /** The template of the matched route, for the log: a URL may name a child's case. */
      route?: string;
      /** Set for signed-in people, under `/api`. */
      ctx?: Ctx;
    }
  }
}

/** A refusal that belongs on the trail: the person, the subject, the rule. */
export interface RefusedCall {
  readonly refusal: Refusal;
  readonly method: string;
  /** `/api/requests/:reference/submit`: the trail takes no braces. */
  readonly route: string;
  /** The reference or the id in the path, `grant:<id>`; `service` if there is none. */
  readonly subject: string;
}

/** What the table needs of the service around it. */
export interface Surroundings {
  readonly baseUrl: URL;
  readonly sessionSecret: string;
  /** The context of the use cases; null if nobody is signed in. */
  contextFor(req: Request): Ctx | null;
  openContextFor(req: Request): OpenCtx;
  /** Puts a refusal on the trail, after the rollback. Its failure is the answer then. */
  recordRefusal(ctx: Ctx, call: RefusedCall): Promise<void>;
}

/**
 * Mounts the table. It refuses in the order of the contract: 401, 404 no such route, 405, 403 of another origin, 413,
 * 415, 400, 422, then the handler's own refusals. Refusals are thrown, and one middleware answers them.
 */
export const mount = (app: IRouter, routes: readonly AnyRoute[], surroundings: Surroundings): void => {
  for (const route of routes) requireSchemaOfParams(route);
  const router = Router({ caseSensitive: true, strict: true });
  const around = {
    ...surroundings,
    origins: ownOrigins(surroundings.baseUrl),
    secret: claimKey(surroundings.sessionSecret),
  };

  router.use('/api', noStore);
  const signedIn = requireSignIn(around);
  const inOrder = routes.toSorted(literalFirst);
  const byFirst = new Map(
    [...new Set(inOrder.map(({ path }) => firstOf(path)))].map((first) => {
      const group = inOrder.filter(({ path }) => firstOf(path) === first);
      return [first, oneGroup(group, signedIn, around)] as const;
    }),
  );
  router.use((req, res, next) => {
    const group = byFirst.get(firstOf(req.path));
    if (group === undefined) next();
    else void group(req, res, next);
  });
  router.use('/api', signedIn, noSuchRoute);
  app.use(router);
};

/** Of the address of a route, and of a call, what follows `/api/`: no parameter stands there. */
const firstOf = (path: string): string | undefined => path.split('/', 3)[2];

/** Routes that begin alike: express tries them one after the other, so that a call is held against these alone. */
const oneGroup = (inOrder: readonly AnyRoute[], signedIn: RequestHandler, around: Around): RequestHandler => {
  const router = Router({ caseSensitive: true, strict: true });
  for (const route of inOrder.filter(({ open }) => open)) {
    router[verb(route)](pattern(route.path), openHandler(route, around));
  }
  router.use('/api', signedIn);
  for (const path of new Set(inOrder.map((route) => route.path))) {
    const methods = inOrder.filter((route) => route.path === path);
    router.all(pattern(path), methodHandler(methods, around));
  }
  return router;
};

interface Around extends Surroundings {
  readonly origins: ReadonlySet<string>;
  readonly secret: Buffer;
}

/** A fault of ours, found at the start: without its schema a parameter would make every call a 404. */
const requireSchemaOfParams = ({ method, path, params }: AnyRoute): void => {
  const named = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const checked = Object.keys(params?.shape ?? {});
  if (named.size !== checked.length || !checked.every((name) => named.has(name))) {
    throw new Error(`${method} ${path} checks the parameters [${checked.join(', ')}].`);
  }
  if (firstOf(path)?.startsWith('{')) throw new Error(`${path} begins with a parameter.`);
  if (path.length > longestRoute) throw new Error(`${path} is too long for an entry on the trail.`);
};

/** The longest coded value that an entry takes. */
const longestRoute = 64;

const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

const requireSignIn =
  (around: Around): RequestHandler =>
  (req, res, next) => {
    const ctx = around.contextFor(req);
    if (ctx === null) throw notSignedIn();
    res.locals.ctx = ctx;
    next();
  };

const noSuchRoute: RequestHandler = () => {
  throw new NotFound();
};

const openHandler =
  (route: AnyRoute, around: Around): RequestHandler =>
  async (req, res) => {
    res.locals.route = route.path;
    const checked = await check(route, req, around);
    const ctx = around.contextFor(req);
    if (ctx?.token) {
      await recorded(route, ctx, around, checked.params, () => assertInScope(ctx.token, route.scope));
    }
    answer(route, res, await route.run(around.openContextFor(req), { ...checked, req, res }));
  };

const methodHandler =
  (routes: readonly AnyRoute[], around: Around): RequestHandler =>
  async (req, res) => {
    res.locals.route = routes[0]?.path ?? '';
    const method = req.method === 'HEAD' ? 'GET' : req.method;
    const route = routes.find((each) => each.method === method);
    if (route === undefined) {
      throw new ProtocolError('no-such-method', 'This cannot be done at this address.', {
        headers: { Allow: allowed(routes) },
      });
    }
    const { ctx } = res.locals;
    if (ctx === undefined) throw notSignedIn();
    const { key, considered: said, ...checked } = await check(route, req, around);
    const input = { ...checked, req, res };
    const claim = key === null ? null : claimOf(ctx.actor.id, req, key, checked.sent, around.secret);
    answer(
      route,
      res,
      await recorded(route, ctx, around, input.params, () => {
        assertInScope(ctx.token, route.scope);
        if (!route.beforeCodes) assertCodesSetUp(ctx);
        const run = (weighed: Ctx) => route.run(claim === null ? weighed : { ...weighed, claim }, input);
        return maySayConsidered(route)
          ? weighing(ctx, { considered: said, subject: subjectOf(route.path, input.params) }, run)
          : run(ctx);
      }),
    );
  };

/** Everything between the route and its handler, in the order of refusal. */
const check = async (route: AnyRoute, req: Request, around: Around) => {
  if (isChange(route)) requireSameOrigin(req, around.origins);
  const { sent, upload } = isChange(route) ? await received(route, req) : { sent: {}, upload: null };
  const idempotency = isIdempotent(route) ? idempotencyKey(req) : { key: null, errors: [] };
  const query = shapeOf(route.query, req.url.includes('?') ? { ...req.query } : {});
  const { said, rest } = maySayConsidered(route) ? consideredApart(sent) : { said: none, rest: sent };
  const body = shapeOf(route.body, rest);
  const secret = route.answersSecret ? keyBesideSecret(req) : [];
  const errors = [...secret, ...idempotency.errors, ...query.errors, ...said.errors, ...body.errors];
  if (errors.length > 0) throw new Invalid(errors);
  const params = shapeOf(route.params, { ...req.params });
  if (params.errors.length > 0) throw new NotFound();
  // Where passport looks for the credentials.
  req.body = body.data;
  return {
    params: params.data,
    query: query.data,
    body: body.data,
    upload,
    sent,
    key: idempotency.key,
    considered: said.kinds,
  };
};

const saysConsidered = z.strictObject({ considered: consideredSchema });
const none = { kinds: [], errors: [] };

/** What a body says to the cautions, apart from what it says itself. */
const consideredApart = (sent: object) => {
  if (!('considered' in sent)) return { said: none, rest: sent };
  const { considered, ...rest } = sent;
  const read = saysConsidered.safeParse({ considered });
  const { errors } = shape(saysConsidered, { considered });
  return { said: { kinds: read.success ? read.data.considered : [], errors }, rest };
};

const nothing = z.strictObject({});

/** Where nothing may be sent, and nothing is, there is nothing to check. */
const shapeOf = (schema: z.ZodType | undefined, sent: object): ReturnType<typeof shape> =>
  schema === undefined && Object.keys(sent).length === 0
    ? { data: {}, errors: [] }
    : shape(schema ?? nothing, sent);

const received = async (route: AnyRoute, req: Request): Promise<{ sent: object; upload: Upload | null }> => {
  const bytes = await readBody(req, route.bodyLimit ?? defaultBodyLimit);
  return route.mediaTypes === undefined
    ? { sent: jsonBody(req, bytes), upload: null }
    : { sent: {}, upload: uploadBody(req, bytes, route.mediaTypes) };
};

/**
 * Runs the handler. It records a refusal for lack of authority, or of a missing thing, before the answer. Hidden and
 * missing things take this same path, so that neither the time nor the words tell them apart.
 */
const recorded = async (route: AnyRoute, ctx: Ctx, around: Around, params: unknown, run: () => unknown) => {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Refusal && isForTheTrail(error)) {
      await around.recordRefusal(ctx, {
        refusal: error,
        method: route.method,
        route: pattern(route.path),
        subject: subjectOf(route.path, params),
      });
    }
    throw error;
  }
};

const isForTheTrail = ({ status }: Refusal): boolean => status === 403 || status === 404;

/** `OBS-2026-0001`, `councillor:<id>`, `visit:<id>`; `service` where the path names nothing. */
export const subjectOf = (path: string, params: unknown): string => {
  const { reference, id } = params as { reference?: unknown; id?: unknown };
  if (typeof reference === 'string') return reference;
  const [, kind] = /^(?:\/api)?\/([a-z]+)s\//.exec(path) ?? [];
  return typeof id === 'string' && kind !== undefined ? `${kind}:${id.toLowerCase()}` : 'service';
};

/** Sends the handler's result, unless the handler has answered itself. */
const answer = (route: AnyRoute, res: Response, result: unknown): void => {
  if (route.status === 204) {
    res.status(204).end();
  } else if (result !== undefined) {
    res.status(route.status ?? 200);
    sendJson(res, result);
  }
};

/** As `res.json` answers, but as one text: express makes bytes of it first, which are then sent apart from the headers. */
const sendJson = (res: Response, result: unknown): void => {
  const { method, headers } = res.req;
  if (method === 'HEAD' || 'if-none-match' in headers || 'if-modified-since' in headers) {
    res.json(result);
    return;
  }
  const text = JSON.stringify(result);
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(text));
  res.end(text);
};

const verb = ({ method }: AnyRoute) => method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';

const allowed = (routes: readonly AnyRoute[]): string =>
  routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');

/** `/api/requests/{reference}` as express writes it: `/api/requests/:reference`. */
const pattern = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

/** So that `/api/councillors/import` is not taken for a councillor's id. */
const literalFirst = (a: AnyRoute, b: AnyRoute): number => {
  const sortable = (path: string) => path.replaceAll(/\{\w+\}/g, '\u{FFFF}');
  return sortable(a.path) < sortable(b.path) ? -1 : sortable(a.path) > sortable(b.path) ? 1 : 0;
};
