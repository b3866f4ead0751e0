import { z } from 'zod';
import { problems, type ProblemName } from './problem.js';
import { isChange, isIdempotent, type AnyRoute, type ObjectSchema } from './route.js';

type Json = Record<string, unknown>;

/** The table as an OpenAPI 3.1 document. */
export const openapi = (routes: readonly AnyRoute[]): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Need to know',
    version: '1',
    description:
      'Requests by councillors to observe confidential work with children. Errors are problem+json ' +
      '(RFC 9457). Times are ISO 8601 with an offset, dates YYYY-MM-DD in Europe/London. Unknown fields ' +
      'are refused. Lists answer `items` and `next`, a cursor or null.',
  },
  servers: [{ url: '/' }],
  security: [{ session: [] }],
  paths: paths(routes),
  components: {
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'session',
        description: 'Set by POST /api/session; named `__Host-session` over https.',
      },
    },
    schemas: { Problem: problemSchema },
    responses: Object.fromEntries(
      Object.entries(problems).map(([name, { explanation }]) => [
        name,
        {
          description: explanation,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
    ),
  },
});

const problemSchema = z.toJSONSchema(
  z.strictObject({
    type: z.string().describe('The page that explains it, such as /problems/invalid'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
    rule: z.string().optional().describe('The key of the rule that refuses'),
    authority: z.string().optional().describe('What the rule rests on'),
    instance: z
      .string()
      .optional()
      .describe('The number of the request, as X-Request-Id has it; not in a 404'),
  }),
);

const paths = (routes: readonly AnyRoute[]): Record<string, Json> => {
  const all: Record<string, Json> = {};
  for (const route of routes) {
    all[route.path] = { ...all[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return all;
};

const operation = (route: AnyRoute): Json => ({
  operationId: operationId(route),
  summary: route.summary,
  tags: [route.path.split('/')[2]],
  ...(route.open && { security: [] }),
  parameters: [
    ...parameters(route.params, 'path'),
    ...parameters(route.query, 'query'),
    ...(isIdempotent(route) ? [idempotencyKey] : []),
  ],
  ...body(route),
  responses: {
    [route.status ?? 200]: success(route),
    ...Object.fromEntries(
      problemsOf(route)
        .toSorted((a, b) => problems[a].status - problems[b].status)
        .map((name) => [problems[name].status, { $ref: `#/components/responses/${name}` }]),
    ),
  },
});

/** `post-requests-by-reference-submit` */
const operationId = ({ method, path }: AnyRoute): string =>
  [method.toLowerCase(), ...path.split('/').slice(2)].join('-').replaceAll(/\{(\w+)\}/g, 'by-$1');

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
  return rest;
};

const parameters = (schema: ObjectSchema | undefined, where: 'path' | 'query'): Json[] => {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: property,
  }));
};

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'For 24 hours the same key and body give the same answer, and it happens once; another body gives 422.',
  schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
};

const body = (route: AnyRoute): Json => {
  const { mediaTypes } = route;
  if (mediaTypes !== undefined) {
    const content = Object.fromEntries(mediaTypes.map((type) => [type, { schema: { type: 'string' } }]));
    return { requestBody: { required: true, content } };
  }
  if (route.body === undefined) return {};
  const schema = schemaOf(route.body, 'input');
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
};

const success = (route: AnyRoute): Json => {
  if (route.status === 204) return { description: 'Done; nothing is sent back' };
  const schema = route.response === undefined ? {} : schemaOf(route.response, 'output');
  const types = route.produces ?? ['application/json'];
  return {
    description: route.status === 201 ? 'Created, as it is now' : 'As it is now',
    content: Object.fromEntries(
      types.map((type) => [type, type === 'application/json' ? { schema } : { schema: { type: 'string' } }]),
    ),
  };
};

/** Which problems a route may answer with. */
const problemsOf = (route: AnyRoute): ProblemName[] => {
  const signsIn = route.path === '/api/session' && route.open === true;
  return [
    ...(signsIn ? (['sign-in-failed', 'too-many-attempts'] as const) : []),
    ...(route.open ? [] : (['not-signed-in', 'forbidden'] as const)),
    ...(isChange(route) ? (['forbidden', 'too-large', 'unsupported-media-type', 'unreadable'] as const) : []),
    ...(isChange(route) && !route.open ? (['conflict'] as const) : []),
    ...(route.path.includes('{') ? (['not-found'] as const) : []),
    'invalid',
    'fault',
    'unavailable',
  ];
};
