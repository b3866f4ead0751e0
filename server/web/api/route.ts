import type { Request, Response } from 'express';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { z } from 'zod';
import type { TokenScope } from '../../../policies/token/token.js';
import type { Ctx } from '../../case/ctx.js';
import type { CouncilSignIn } from '../../case/proving/proving.js';
import type { Links } from '../../case/links.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A query or path-parameter schema: `z.strictObject({ … })` over strings. */
export type ObjectSchema = z.ZodObject;
/** A body schema: a strict object, or a union of strict objects. */
export type BodySchema = z.ZodType;

type Output<S, Otherwise> = S extends z.ZodType ? z.output<S> : Otherwise;
/** Where there is no schema nothing may be sent, and nothing can be read. */
type Nothing = Readonly<Record<string, never>>;

/** The input of an open route: nobody has signed in, so there is no actor and no ability. */
export interface OpenCtx {
  readonly db: Knex;
  readonly now: () => Date;
  readonly log: Logger;
  readonly links: Links;
  readonly councilName: string;
  /** The council’s own sign-in, where it has one. */
  readonly provider?: CouncilSignIn | undefined;
}

/** The bytes of a body that is not JSON (an import), as sent. */
export interface Upload {
  /** Lower case, without parameters: `text/csv`. */
  readonly mediaType: string;
  /** The `charset` parameter as sent, in lower case; null if there was none. */
  readonly charset: string | null;
  readonly bytes: Buffer;
}

/** The input of a handler, all of it checked. */
export interface Input<B, Q, P> {
  readonly params: Output<P, Nothing>;
  readonly query: Output<Q, Nothing>;
  readonly body: Output<B, Nothing>;
  /** Set on routes with `mediaTypes`; `body` is then empty. */
  readonly upload: Upload | null;
  readonly req: Request;
  readonly res: Response;
}

/**
 * One line of the API's table. Express's wiring, the 405s, the checks and the OpenAPI document are all made from it,
 * so that they cannot disagree.
 *
 * `run` returns the JSON to send with `status` (nothing with 204), or answers through `input.res` itself (a file,
 * say); it refuses by throwing one of `policies/core/refusals.ts`.
 */
export interface Route<
  B extends BodySchema | undefined = BodySchema | undefined,
  Q extends ObjectSchema | undefined = ObjectSchema | undefined,
  P extends ObjectSchema | undefined = ObjectSchema | undefined,
  O extends true | undefined = true | undefined,
> {
  readonly method: Method;
  /** With parameters in braces: `/api/requests/{reference}/submit`. */
  readonly path: `/api/${string}`;
  /** One line for the published contract. */
  readonly summary: string;
  /** Answers without a sign-in; `ctx` then has no actor. */
  readonly open?: O;
  /** Whether somebody may call it who must set an app for codes up first: nothing confidential is there. */
  readonly beforeCodes?: true;
  /** The scope of the tokens that open it to programs; without one, no token does. */
  readonly scope?: TokenScope;
  /** One schema for each parameter in the path. A malformed one is a 404, never a 422. */
  readonly params?: P;
  /** Without one, a change takes no body, or `{}`. */
  readonly body?: B;
  /** For a body that is not JSON: the accepted types; it arrives as `input.upload`. */
  readonly mediaTypes?: readonly string[];
  /** The most bytes of body taken: 102,400 unless said. */
  readonly bodyLimit?: number;
  readonly query?: Q;
  /** Whether `Idempotency-Key` is honoured: for a POST unless said. */
  readonly idempotent?: boolean;
  /** Whether a call that takes text keeps none of it: then it asks about none (schema/considered.ts). */
  readonly storesNothing?: true;
  /** Whether the answer holds a secret, which is given once: then a call with an `Idempotency-Key` is refused. */
  readonly answersSecret?: true;
  /** 200 unless said. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The shape of the answer, for the published contract and the tests; it does not change the answer. */
  readonly response?: z.ZodType;
  /** Media types of the answer where they are not `application/json`, for the published contract. */
  readonly produces?: readonly string[];
  // A method, not a property: a table holds routes of differing inputs, and methods compare both ways.
  run(ctx: O extends true ? OpenCtx : Ctx, input: Input<B, Q, P>): unknown;
}

/** A route whose schemas are not known one by one: what tables hold. */
// oxlint-disable-next-line typescript/no-explicit-any -- the one place where a table forgets the inputs
export type AnyRoute = Route<any, any, any, any>;

/**
 * Defines a route, inferring the types of `params`, `query` and `body` from their schemas. The answer
 * has forgotten them: were it typed by them, a table's own type would be inferred back into the handler.
 */
export const route = <
  B extends BodySchema | undefined = undefined,
  Q extends ObjectSchema | undefined = undefined,
  P extends ObjectSchema | undefined = undefined,
  O extends true | undefined = undefined,
>(
  definition: Route<B, Q, P, O>,
): AnyRoute => definition;

/** Whether `Idempotency-Key` is honoured. */
export const isIdempotent = ({
  method,
  idempotent,
  answersSecret,
}: Pick<AnyRoute, 'method' | 'idempotent' | 'answersSecret'>): boolean =>
  idempotent ?? (method === 'POST' && !answersSecret);

/** Whether it changes anything; then the origin is checked and a body is read. */
export const isChange = ({ method }: Pick<AnyRoute, 'method'>): boolean => method !== 'GET';
