import { z } from 'zod';
import { keyHours } from '../../../db/core/idempotency.js';
import { authorityKinds } from '../../../policies/core/authorities.js';
import { numberOf } from '../../../policies/core/words/number-of.js';
import { withOpenAnswers } from './answers.js';
import { gatherComponents, type Components } from './components.js';
import type { Json } from './json-schema.js';
import { problems, type ProblemName } from '../api/problem.js';
import { isChange, isIdempotent, type AnyRoute, type ObjectSchema } from '../api/route.js';
import { cautionKinds } from '../../../policies/core/words/cautions.js';
import { considered, maySayConsidered } from '../schema/considered.js';
import { page } from '../schema/schemas.js';
import { tagOf, tags } from './tags.js';

/** The table as an OpenAPI 3.1 document. */
export const openapi = (routes: readonly AnyRoute[]): Json => {
  const components = gatherComponents();
  const operations = paths(routes, components);
  const parts = components.gathered();
  return {
    openapi: '3.1.0',
    info: {
      title: 'Need to know',
      version: '1',
      description:
        'Requests by councillors to observe confidential work with children. Errors are problem+json ' +
        '(RFC 9457). Times are ISO 8601 with an offset, dates YYYY-MM-DD in Europe/London. Unknown fields ' +
        'are refused; an answer may have a field more in a later edition. Lists answer `items` and `next`, a cursor or null: send it as `cursor` for the next page. ' +
        'You must be signed in, unless a call says otherwise. What you may not read answers as if it did not ' +
        'exist. With an `Idempotency-Key`, a call that is repeated happens once. A text with words that look like a ' +
        'person’s name, or a reason with words of party or election, answers 422 with `/problems/caution` and ' +
        '`cautions`; the same body with their kinds in `considered` is accepted.',
      contact: { name: 'Democratic Services of the council that runs this service' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'The service that publishes this document' }],
    security: [{ session: [] }],
    tags: tags.map(({ name, description }) => ({ name, description })),
    paths: operations,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description: 'Set by POST /api/session; named `__Host-session` over https.',
        },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token for a program, of POST /api/tokens: it opens the calls of its scope alone.',
        },
      },
      ...parts,
      schemas: withOpenAnswers(parts.schemas, operations),
    },
  };
};

const problemSchema = z
  .strictObject({
    type: z.string().describe('The page that explains it, such as /problems/invalid'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
    cautions: z
      .array(z.strictObject({ field: z.string(), kind: z.enum(cautionKinds), words: z.array(z.string()) }))
      .optional()
      .describe('With /problems/caution: the words at which to look again'),
    rule: z.string().optional().describe('The key of the rule that refuses'),
    authority: z.string().optional().describe('What the rule rests on: an entry of /rules'),
    kind: z
      .enum(authorityKinds)
      .optional()
      .describe('Whose the authority is: the law, guidance or a partner’s procedure, or the council itself'),
    instance: z
      .string()
      .optional()
      .describe('The number of the request, as X-Request-Id has it; not in a 404'),
  })
  .meta({ id: 'Problem' });

const paths = (routes: readonly AnyRoute[], components: Components): Record<string, Json> => {
  const all: Record<string, Json> = {};
  const many = answeredByMany(routes);
  for (const route of routes) {
    all[route.path] = {
      ...all[route.path],
      [route.method.toLowerCase()]: operation(route, components, many),
    };
  }
  return all;
};

/** The answers that more than one call gives: each stands once in the document. */
const answeredByMany = (routes: readonly AnyRoute[]): ReadonlySet<string> => {
  const seen = new Set<string>();
  const many = new Set<string>();
  for (const route of routes) {
    const name = nameOfAnswer(route);
    if (name === null) continue;
    if (seen.has(name)) many.add(name);
    seen.add(name);
  }
  return many;
};

/** `Request201`; null for an answer that is no named part alone. */
const nameOfAnswer = ({ response, produces, status = 200 }: AnyRoute): string | null => {
  const id = response?.meta()?.id;
  return id === undefined || produces !== undefined ? null : `${id}${status}`;
};

const operation = (route: AnyRoute, components: Components, many: ReadonlySet<string>): Json => ({
  operationId: operationId(route),
  summary: route.summary,
  description: description(route),
  tags: [tagOf(route.path) ?? route.path.split('/')[2]],
  ...(route.open && { security: [] }),
  ...(route.scope && { security: [{ session: [] }, { token: [] }] }),
  ...parametersOf(route, components),
  ...body(route, components),
  responses: {
    [route.status ?? 200]: success(route, components, many),
    ...(isLimited(route) && { 429: refusals('429', ['too-many-attempts'], components) }),
    '4XX': isSignedInChange(route)
      ? refusals('Change4XX', [...refused, 'conflict'], components)
      : refusals('4XX', refused, components),
    '5XX': refusals('5XX', ['fault', 'unavailable'], components),
  },
});

/** `post-requests-by-reference-submit` */
const operationId = ({ method, path }: AnyRoute): string =>
  [method.toLowerCase(), ...path.split('/').slice(2)].join('-').replaceAll(/\{(\w+)\}/g, 'by-$1');

/** Who may call it. What holds for every call stands once, in the description of them all. */
const description = ({ open, scope }: AnyRoute): string => {
  if (open) return 'Open to all.';
  return scope ? `Signed in, or with a token of the scope \`${scope}\`.` : 'Signed in.';
};

/** The problems of one range, each with its status. */
const refusals = (name: string, those: readonly ProblemName[], components: Components): Json =>
  components.named('responses', name, {
    description: those
      .map((each) => `With ${problems[each].status}: ${problems[each].explanation}`)
      .join(' '),
    content: { 'application/problem+json': { schema: components.schema(problemSchema, 'output') } },
  });

/** None is there where a call takes none. */
const parametersOf = (route: AnyRoute, components: Components): Json => {
  const all = [
    ...parameters(route.params, 'path', components),
    ...parameters(route.query, 'query', components),
    ...(isIdempotent(route) ? [components.named('parameters', 'IdempotencyKey', idempotencyKey)] : []),
  ];
  return all.length === 0 ? {} : { parameters: all };
};

const parameters = (
  schema: ObjectSchema | undefined,
  where: 'path' | 'query',
  components: Components,
): Json[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = components.schema(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const parameter = {
      name,
      in: where,
      // By default it is not.
      ...((where === 'path' || required.includes(name)) && { required: true }),
      schema: property,
    };
    const shared = where === 'path' || name in page.shape ? sharedParameters.get(name) : undefined;
    return shared === undefined
      ? parameter
      : components.named('parameters', shared.name, { ...parameter, description: shared.description });
  });
};

/** Parts that many operations share, with the same meaning in each. */
const sharedParameters = new Map([
  ['reference', { name: 'Reference', description: 'The reference of the request' }],
  ['id', { name: 'Id', description: 'The id, as a list or a representation gives it' }],
  ['limit', { name: 'Limit', description: 'How many items a page has at most' }],
  ['cursor', { name: 'Cursor', description: 'Where to go on: `next` of the page before, unchanged' }],
]);

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: `For ${numberOf(keyHours, 'hour')} the same key and body give the same answer, and it happens once; another body gives 422.`,
  schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
};

const body = (route: AnyRoute, components: Components): Json => {
  const { mediaTypes } = route;
  if (mediaTypes !== undefined) {
    const content = Object.fromEntries(mediaTypes.map((type) => [type, { schema: { type: 'string' } }]));
    return { requestBody: { required: true, content } };
  }
  if (route.body === undefined) return {};
  const own = components.schema(route.body, 'input');
  const schema = maySayConsidered(route) ? components.widened(own, consideredProperty(components)) : own;
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
};

/** Beside the fields of a body that takes text. */
const consideredProperty = (components: Components): Json => ({
  considered: components.schema(considered, 'input'),
});

const success = (route: AnyRoute, components: Components, many: ReadonlySet<string>): Json => {
  if (route.status === 204) return { description: 'Done; nothing is sent back' };
  const schema = route.response === undefined ? {} : components.schema(route.response, 'output');
  const types = route.produces ?? ['application/json'];
  const answer = {
    description: route.status === 201 ? 'Created, as it is now' : 'As it is now',
    content: Object.fromEntries(
      types.map((type) => [type, { schema: type === 'application/json' ? schema : contentOf(type) }]),
    ),
  };
  const name = nameOfAnswer(route);
  return name !== null && many.has(name) ? components.named('responses', name, answer) : answer;
};

const contentOf = (type: string): Json =>
  type.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' };

/** What any call may answer: what was sent cannot be read, who calls may not, or something in it is wrong. */
const refused = [
  'unreadable',
  'not-signed-in',
  'forbidden',
  'not-found',
  'too-large',
  'unsupported-media-type',
  'invalid',
] as const;

/** Whether attempts are counted: to sign in, or with a token. */
const isLimited = (route: AnyRoute): boolean =>
  (/^\/api\/session(\/passkey)?$/.test(route.path) && route.open === true) || route.scope !== undefined;

/** Whether it may meet something that has changed meanwhile. */
const isSignedInChange = (route: AnyRoute): boolean => isChange(route) && !route.open;
