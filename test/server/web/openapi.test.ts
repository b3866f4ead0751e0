import { describe, expect, test } from '@jest/globals';
import parser from '@apidevtools/swagger-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import express from 'express';
import knex from 'knex';
import { pino } from 'pino';
import request from 'supertest';
import { z } from 'zod';
import { mount } from '../../../server/web/api/mount.js';
import { openapi } from '../../../server/web/contract/openapi.js';
import { commonParts } from '../../../server/web/contract/common-parts.js';
import { problems } from '../../../server/web/api/problem.js';
import { isIdempotent, route, type AnyRoute } from '../../../server/web/api/route.js';
import { linksOf } from '../../../server/case/links.js';
import { routes } from '../../../server/routes.js';
import { page, reference, text, version } from '../../../server/web/schema/schemas.js';
import { security } from '../../../server/web/middleware/security.js';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security?: unknown[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<
    string,
    { $ref?: string; description?: string; content?: Record<string, { schema: object }> }
  >;
}

/** What a reference of the document stands for; anything else as it is. */
const followed = <T extends object>(whole: object, part: T): T => {
  if (!('$ref' in part)) return part;
  const keys = String(part.$ref).split('/').slice(1);
  return keys.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], whole) as T;
};

type Written = Omit<Operation, 'parameters'> & Partial<Pick<Operation, 'parameters'>>;

const operationOf = (document: object, { path, method }: AnyRoute): Operation => {
  const operation = (document as { paths: Record<string, Record<string, Written>> }).paths[path]?.[
    method.toLowerCase()
  ] as Written;
  return { ...operation, parameters: (operation.parameters ?? []).map((each) => followed(document, each)) };
};

const document = JSON.parse(JSON.stringify(openapi(routes)));

/** The statuses that a range says it stands for. */
const statusesIn = (range: Operation['responses'][string] | undefined): string[] =>
  [...(followed(document, range ?? {}).description ?? '').matchAll(/With (\d{3}):/g)].map(
    ([, status = '']) => status,
  );
const ajv = new Ajv2020({ strict: false, validateFormats: false });

/** The parts of the OpenAPI 3.1 schema that a document of ours can get wrong. */
const openapiSchema = {
  type: 'object',
  required: ['openapi', 'info', 'paths', 'components'],
  properties: {
    openapi: { const: '3.1.0' },
    info: { type: 'object', required: ['title', 'version'] },
    paths: {
      type: 'object',
      propertyNames: { pattern: '^/api/' },
      additionalProperties: {
        type: 'object',
        propertyNames: { enum: ['get', 'put', 'post', 'delete', 'patch'] },
        additionalProperties: {
          type: 'object',
          required: ['operationId', 'summary', 'responses'],
          properties: {
            summary: { type: 'string', minLength: 3 },
            parameters: {
              type: 'array',
              items: {
                type: 'object',
                required: ['name', 'in', 'schema'],
                properties: { in: { enum: ['path', 'query', 'header'] }, required: { type: 'boolean' } },
                if: { properties: { in: { const: 'path' } } },
                // eslint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
                then: { required: ['required'], properties: { required: { const: true } } },
              },
            },
            requestBody: { type: 'object', required: ['content'] },
            responses: {
              type: 'object',
              minProperties: 2,
              propertyNames: { pattern: '^[1-5](?:\\d\\d|XX)$' },
            },
          },
        },
      },
    },
  },
};

describe('the published contract', () => {
  test('is an OpenAPI 3.1 document whose every schema is JSON Schema 2020-12', async () => {
    const whole = await parser.dereference(structuredClone(document));
    expect(ajv.validate(openapiSchema, whole)).toBe(true);
    for (const each of routes) {
      const { requestBody, parameters, responses } = operationOf(document, each);
      const schemas = [
        ...Object.values(requestBody?.content ?? {}),
        ...Object.values(responses).flatMap(({ content }) => Object.values(content ?? {})),
        ...parameters,
      ].map(({ schema }) => schema);
      for (const schema of schemas) expect(ajv.validateSchema(schema)).toBe(true);
    }
    for (const schema of Object.values<object>(document.components.schemas)) {
      expect(ajv.validateSchema(schema)).toBe(true);
    }
  });

  test('is valid for swagger-parser, which follows every reference', async () => {
    const parsed = await parser.validate(structuredClone(document));
    expect(parsed.paths).toBeDefined();
  });

  test('names the body and the answer of each call, and stays under 250 KiB', () => {
    const unnamed = routes.filter((each) => {
      const { requestBody, responses } = operationOf(document, each);
      const parts = [requestBody, ...Object.values(responses)];
      const schemas = parts.flatMap((part) => part?.content?.['application/json']?.schema ?? []);
      return schemas.some((schema) => !('$ref' in schema));
    });
    expect(unnamed.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(Object.keys(document.components.schemas).filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual(
      [],
    );
    expect(JSON.stringify(document).length).toBeLessThan(256_000);
  });

  test('has each part once that many calls share, and no such part for one place alone', () => {
    const places = (name: string) =>
      JSON.stringify(document).split(`"#/components/schemas/${name}"`).length - 1;
    expect(Object.keys(commonParts).filter((name) => places(name) < 2)).toEqual([]);
  });

  test('closes what is sent, and leaves open what is answered', () => {
    const shape = z.strictObject({ reference });
    const thing = route({
      method: 'POST',
      path: '/api/things',
      summary: 'Make',
      body: z.strictObject({ within: shape.meta({ id: 'Within' }) }).meta({ id: 'ThingBody' }),
      response: z.strictObject({ within: shape.meta({ id: 'Within' }), other: shape }).meta({ id: 'Thing' }),
      run: () => ({}),
    });
    const { schemas } = openapi([thing]).components as { schemas: Record<string, unknown> };
    const closed = { additionalProperties: false };
    expect(schemas).toMatchObject({ ThingBody: closed, Within: closed });
    expect(JSON.stringify(schemas['Thing'])).not.toContain('additionalProperties');
  });

  test('puts each operation under the tag of a capability, and leaves no tag empty', () => {
    const used = routes.flatMap((each) => operationOf(document, each).tags);
    const described = document.tags.map(({ name }: { name: string }) => name);
    expect([...new Set(used)].toSorted()).toEqual(described.toSorted());
  });

  test('refuses two shapes of one name, and a shape that holds itself without a name', () => {
    const get = (path: `/api/${string}`, response: z.ZodType) =>
      route({ method: 'GET', path, summary: 'A thing', response, run: () => ({}) });
    const [one, other] = [z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })];
    const routesOfOneName = [
      get('/api/a', one.meta({ id: 'Thing' })),
      get('/api/b', other.meta({ id: 'Thing' })),
    ];
    expect(() => openapi(routesOfOneName)).toThrow('called Thing');
    for (const shape of [z.json(), z.strictObject({ within: z.json() })]) {
      expect(() => openapi([get('/api/a', shape)])).toThrow('has no name');
    }
  });

  test('has each route once, with its summary, parameters and problems', () => {
    for (const each of routes) {
      const { summary, parameters, responses, security: open } = operationOf(document, each);
      expect(summary).toBe(each.summary);
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect(inPath).toEqual(each.path.match(/\{\w+\}/g) ?? []);
      expect(parameters.some(({ name }) => name === 'Idempotency-Key')).toBe(isIdempotent(each));
      // What any call may be refused for stands once, with the status of each.
      expect(statusesIn(responses['4XX'])).toEqual(
        expect.arrayContaining(['400', '401', '403', '404', '413', '415', '422']),
      );
      expect(statusesIn(responses['4XX']).includes('409')).toBe(each.method !== 'GET' && !each.open);
      expect(statusesIn(responses['5XX'])).toEqual(['500', '503']);
      const byToken = each.scope ? [{ session: [] }, { token: [] }] : undefined;
      expect(open).toEqual(each.open ? [] : byToken);
      for (const { $ref } of Object.values(responses)) {
        if ($ref) expect(Object.keys(document.components.responses)).toContain($ref.split('/').at(-1));
      }
    }
    const ids = routes.map((each) => operationOf(document, each).operationId);
    expect(new Set(ids).size).toBe(routes.length);
    const count = Object.values(document.paths).flatMap((methods) => Object.keys(methods as object)).length;
    expect(count).toBe(routes.length);
  });

  test('says of a route what it checks', () => {
    const submit = route({
      method: 'POST',
      path: '/api/things/{reference}/submit',
      summary: 'Submit',
      params: z.strictObject({ reference }),
      query: z.strictObject({ ...page.shape, status: z.enum(['draft']).optional() }),
      body: z.strictObject({ version, reasons: text(100).optional() }),
      status: 201,
      response: z.strictObject({ reference }),
      run: () => ({}),
    });
    const operation = operationOf(openapi([submit]), submit);
    expect(operation.operationId).toBe('post-things-by-reference-submit');
    expect(operation.parameters.map(({ name, required }) => [name, required ?? false])).toEqual([
      ['reference', true],
      ['limit', false],
      ['cursor', false],
      ['status', false],
      ['Idempotency-Key', false],
    ]);
    expect(operation.requestBody?.content['application/json']?.schema).toMatchObject({
      type: 'object',
      required: ['version'],
      additionalProperties: false,
      properties: {
        version: { $ref: '#/components/schemas/Version' },
        reasons: { maxLength: 100 },
      },
    });
    expect(Object.keys(operation.responses)).toEqual(['201', '4XX', '5XX']);
  });
});

describe('anyone may read it', () => {
  const app = express();
  app.use(security(new URL('http://127.0.0.1:3000')));
  const [db, log] = [knex({ client: 'pg' }), pino({ level: 'silent' })];
  mount(app, routes, {
    baseUrl: new URL('http://127.0.0.1:3000'),
    sessionSecret: 's',
    contextFor: () => null,
    openContextFor: () => ({
      db,
      now: () => new Date(),
      log,
      links: linksOf('s'),
      councilName: 'Test Council',
    }),
    recordRefusal: async () => undefined,
  });

  test('as JSON', async () => {
    const res = await request(app).get('/api/openapi.json');
    expect([res.status, res.type, res.body]).toEqual([200, 'application/json', document]);
  });

  test('as a page whose scripts all carry the nonce, and that asks nothing of anyone else', async () => {
    const res = await request(app).get('/api/docs');
    expect([res.status, res.type]).toEqual([200, 'text/html']);
    const policy = String(res.headers['content-security-policy']);
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    const elements = res.text.match(/<(?:script|link rel="stylesheet")[^>]*>/g) ?? [];
    expect(elements).toHaveLength(3);
    for (const element of elements) expect(element).toContain(`nonce="${nonce}"`);
    expect(res.text).not.toMatch(/https?:\/\//);
    const again = await request(app).get('/api/docs');
    expect(again.headers['content-security-policy']).not.toBe(policy);
  });

  test('with its files, and no others', async () => {
    for (const [file, type] of [
      ['swagger-ui.css', 'text/css'],
      ['swagger-ui-bundle.js', 'text/javascript'],
      ['favicon-32x32.png', 'image/png'],
    ]) {
      const res = await request(app).get(`/api/docs/${file}`);
      expect([res.status, res.type]).toEqual([200, type]);
    }
    for (const file of ['package.json', 'index.html', '..%2Fpackage.json']) {
      expect((await request(app).get(`/api/docs/${file}`)).status).toBe(404);
    }
  });
});

test('each problem has a status of its own kind, a title and an explanation', () => {
  for (const { status, title, explanation } of Object.values(problems)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect([title, explanation].every((words) => words.length > 5)).toBe(true);
  }
});
