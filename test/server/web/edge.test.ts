import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import knex from 'knex';
import { pino } from 'pino';
import request from 'supertest';
import { z } from 'zod';
import { abilityFor } from '../../../policies/permission/ability.js';
import { Conflict, Forbidden, Invalid, NotFound } from '../../../policies/core/refusals.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import type { Actor } from '../../../policies/people/actor.js';
import { decodeCursor, encodeCursor } from '../../../server/web/api/cursor.js';
import { mount, type RefusedCall } from '../../../server/web/api/mount.js';
import { unavailable } from '../../../server/web/api/problem.js';
import {
  route,
  type AnyRoute,
  type BodySchema,
  type Input,
  type ObjectSchema,
} from '../../../server/web/api/route.js';
import {
  date,
  instant,
  page,
  personRef,
  reference,
  text,
  uuid,
  version,
} from '../../../server/web/schema/schemas.js';
import type { Ctx } from '../../../server/case/ctx.js';
import { problemPages } from '../../../server/web/middleware/problem-pages.js';
import { notFound, refusals } from '../../../server/web/middleware/refusals.js';
import { linksOf } from '../../../server/case/links.js';
import { aSigner } from '../../support/signer.js';
import { provingOf } from '../../support/people.js';

// The edge of the service alone: no call here reaches a database, so none is connected to.

const legal: Actor = {
  kind: 'Actor',
  id: '11111111-1111-4111-8111-111111111111',
  name: 'Legal',
  email: 'legal@council.example',
  councillorId: null,
  standing: null,
  holdings: [{ office: 'legal', capacity: 'principal', head: true }],
};

const rule = { rule: 'distinct_people', authority: 'Report, 8.4', kind: 'council' as const };
let seen: { ctx: Ctx; input: Record<string, unknown> }[] = [];
let refused: RefusedCall[] = [];
let recording: () => void;

const keep = (
  ctx: object,
  { params, query, body, upload }: Input<BodySchema, ObjectSchema, ObjectSchema>,
) => {
  seen.push({ ctx: ctx as Ctx, input: { params, query, body, upload } });
  return { ok: true };
};

const outcomes: Record<string, () => unknown> = {
  hidden: () => {
    throw new NotFound();
  },
  forbidden: () => {
    throw new Forbidden('You have already signed this.', rule);
  },
  stale: () => {
    throw new Conflict('This has changed.', { rule: 'version', authority: 'Contract', kind: 'council' });
  },
  content: () => {
    throw new Invalid([{ field: 'necessity', message: 'Use at least 40 words.' }], {
      rule: 'necessity',
      authority: 'Report, 4',
      kind: 'council',
    });
  },
  broken: () => {
    throw Object.assign(new Error("insert into t values ('a child') - bad"), {
      code: '22P02',
      constraint: 'things_code_check',
      detail: 'a child',
    });
  },
  gone: () => {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  },
  ended: () => {
    throw Object.assign(new Error('terminating'), { code: '57P01' });
  },
};

const routes: readonly AnyRoute[] = [
  route({ method: 'GET', path: '/api/open', summary: 'Open', open: true, run: () => ({ open: true }) }),
  route({
    method: 'POST',
    path: '/api/open',
    summary: 'Open change',
    open: true,
    idempotent: false,
    body: z.strictObject({ name: text(5) }),
    status: 201,
    run: keep,
  }),
  route({
    method: 'GET',
    path: '/api/things',
    summary: 'List',
    query: z.strictObject({ ...page.shape, status: z.enum(['draft', 'submitted']).optional() }),
    run: keep,
  }),
  route({
    method: 'POST',
    path: '/api/things/{reference}/do',
    summary: 'Do',
    params: z.strictObject({ reference }),
    body: z.strictObject({
      version,
      outcome: z.enum(['hidden', 'forbidden', 'stale', 'content', 'broken', 'gone', 'ended', 'done']),
      note: text(1000).optional(),
      window: z.strictObject({ from: date, to: date }).optional(),
      at: instant.optional(),
      who: personRef.optional(),
      events: z
        .array(z.strictObject({ text: text(10) }))
        .max(2)
        .optional(),
      role: z
        .discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('ward') }),
          z.strictObject({ kind: z.literal('lead'), id: uuid }),
        ])
        .optional(),
      answer: z.union([z.string().max(3), z.strictObject({ a: z.string() })]).optional(),
    }),
    run: (ctx, input) => {
      keep(ctx, { ...input });
      return outcomes[input.body.outcome]?.() ?? { done: true };
    },
  }),
  route({
    method: 'GET',
    path: '/api/things/{reference}',
    summary: 'Read',
    params: z.strictObject({ reference }),
    run: (ctx, input) => {
      keep(ctx, { ...input });
      if (input.params.reference === 'OBS-2026-0404') throw new NotFound();
      return { reference: input.params.reference };
    },
  }),
  route({
    method: 'POST',
    path: '/api/things/import',
    summary: 'Import',
    idempotent: false,
    mediaTypes: ['text/csv', 'application/xml'],
    bodyLimit: 1000,
    run: (ctx, input) => {
      keep(ctx, { ...input });
      return { bytes: input.upload?.bytes.length };
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/things/{reference}',
    summary: 'End',
    params: z.strictObject({ reference }),
    status: 204,
    run: () => undefined,
  }),
];

const logged: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
const db = knex({ client: 'pg' });
const now = () => new Date('2026-09-15T10:00:00Z');

const signer = aSigner();
const links = linksOf('a secret of the test');
const proving = provingOf(db, now);
const app = express();
app.disable('etag');
app.use(problemPages());
mount(app, routes, {
  baseUrl: new URL('https://observe.council.example'),
  sessionSecret: 'a secret of the test',
  contextFor: (req) =>
    req.headers['x-signed-in'] === 'no'
      ? null
      : {
          db,
          actor: legal,
          ability: abilityFor(legal),
          now,
          log,
          signer,
          links,
          proof: null,
          proving,
          codesFirst: false,
          settings: defaultSettings,
        },
  openContextFor: () => ({ db, now, log, links, councilName: 'Test Council' }),
  recordRefusal: async (_ctx, call) => {
    recording();
    refused.push(call);
  },
});
app.use(notFound);
app.use(
  refusals(log, () => {
    throw new Error('The API answers with problems, never with a page.');
  }),
);

let server: Server;
beforeAll(async () => {
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  seen = [];
  refused = [];
  logged.length = 0;
  recording = () => undefined;
});

const doIt = '/api/things/OBS-2026-0001/do';
const good = { version: 1, outcome: 'done' };
const post = (path: string) => request(server).post(path);
const raw = (path: string, bytes: string | Buffer, type = 'application/json', headers = {}) => {
  const call = post(path).set('Content-Type', type).set(headers);
  call.write(bytes);
  return call;
};
const expectProblem = (res: request.Response, status: number, name: string) => {
  expect([res.status, res.body.type]).toEqual([status, `/problems/${name}`]);
  expect(res.headers['content-type']).toBe('application/problem+json');
  expect(res.headers['cache-control']).toBe('no-store');
  expect(Object.keys(res.body).slice(0, 4)).toEqual(['type', 'title', 'status', 'detail']);
};

describe('the order of refusal', () => {
  test('each step is refused before the next is looked at', async () => {
    const wrong = (call: request.Test) =>
      call.set('Content-Type', 'text/plain').set('Origin', 'https://evil.example');
    const big = 'x'.repeat(200_000);
    expectProblem(await wrong(post('/api/nowhere')).set('x-signed-in', 'no').send(big), 401, 'not-signed-in');
    expectProblem(await wrong(post('/api/nowhere')).send(big), 404, 'not-found');
    expectProblem(await wrong(request(server).patch(doIt)).send(big), 405, 'no-such-method');
    expectProblem(await wrong(post(doIt)).send(big), 403, 'forbidden');
    expectProblem(await post(doIt).set('Content-Type', 'text/plain').send(big), 413, 'too-large');
    expectProblem(
      await post(doIt).set('Content-Type', 'text/plain').send('{'),
      415,
      'unsupported-media-type',
    );
    expectProblem(await raw(doIt, '{'), 400, 'unreadable');
    expectProblem(await post('/api/things/nonsense/do').send({ version: 0 }), 422, 'invalid');
    expectProblem(await post('/api/things/nonsense/do').send(good), 404, 'not-found');
    expectProblem(await post(doIt).send({ ...good, outcome: 'forbidden' }), 403, 'forbidden');
    expectProblem(await post(doIt).send({ ...good, outcome: 'stale' }), 409, 'conflict');
    expect((await post(doIt).send(good)).status).toBe(200);
  });
});

describe('who is not signed in', () => {
  test('gets 401 for everything that is not open, known or not', async () => {
    for (const path of ['/api', '/api/', '/api/nowhere', doIt, '/api/things', '/api/things/%E0%A4%A']) {
      expectProblem(await request(server).get(path).set('x-signed-in', 'no'), 401, 'not-signed-in');
    }
    expectProblem(await request(server).delete('/api/open').set('x-signed-in', 'no'), 401, 'not-signed-in');
  });

  test('may use what is open', async () => {
    const res = await request(server).get('/api/open').set('x-signed-in', 'no');
    expect([res.status, res.body]).toEqual([200, { open: true }]);
    const change = await post('/api/open').set('x-signed-in', 'no').send({ name: 'Ann' });
    expect(change.status).toBe(201);
  });
});

describe('addresses and methods', () => {
  test('405 lists the methods there are, HEAD with GET', async () => {
    for (const method of ['put', 'patch', 'options'] as const) {
      const res = await request(server)[method]('/api/things/OBS-2026-0001');
      expectProblem(res, 405, 'no-such-method');
      expect(res.headers['allow']?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'HEAD']);
    }
    expect((await request(server).head(doIt)).headers['allow']).toBe('POST');
  });

  test('HEAD runs the handler of GET and sends no body', async () => {
    const res = await request(server).head('/api/things/OBS-2026-0001');
    expect([res.status, res.text ?? '']).toEqual([200, '']);
    expect(res.headers['content-length']).toBe(String('{"reference":"OBS-2026-0001"}'.length));
    expect(seen).toHaveLength(1);
    expect((await request(server).head('/api/things/OBS-2026-0404')).status).toBe(404);
    expect(refused).toHaveLength(1);
  });

  test('a literal address is not taken for a parameter', async () => {
    const res = await raw('/api/things/import', 'a,b', 'text/csv');
    expect([res.status, res.body]).toEqual([200, { bytes: 3 }]);
  });

  test('an address that cannot be decoded, or is written otherwise, is not there', async () => {
    for (const path of [
      '/api/things/%E0%A4%A',
      '/api/things/%',
      '/api/things/',
      '/API/things',
      '/api//things',
      '/nowhere',
    ]) {
      expectProblem(await request(server).get(path), 404, 'not-found');
    }
  });

  test('a malformed parameter answers, byte for byte, as what is hidden or absent', async () => {
    const malformed = [
      'x',
      'OBS-1-1',
      'OBS-2026-0001%00',
      'OBS-2026-0001%0A',
      '..%2f',
      "'--",
      'x'.repeat(4000),
    ];
    const absent = await request(server).get('/api/things/OBS-2026-0404');
    expect(Object.keys(absent.body)).toEqual(['type', 'title', 'status', 'detail']);
    for (const each of malformed) {
      const res = await request(server).get(`/api/things/${each}`);
      expect([res.status, res.text]).toEqual([404, absent.text]);
    }
    const hidden = await post(doIt).send({ ...good, outcome: 'hidden' });
    const nowhere = await request(server).get('/api/nowhere');
    expect([hidden.text, nowhere.text]).toEqual([absent.text, absent.text]);
  });
});

describe('a change from another origin', () => {
  const from = (headers: Record<string, string>) => post(doIt).set(headers).send(good);

  test.each([
    [{ Origin: 'https://evil.example' }],
    [{ Origin: 'http://observe.council.example' }],
    [{ Origin: 'https://observe.council.example:8443' }],
    [{ Origin: 'https://observe.council.example.evil.example' }],
    [{ Origin: 'null' }],
    [{ Origin: '' }],
    [{ 'Sec-Fetch-Site': 'cross-site' }],
    [{ 'Sec-Fetch-Site': 'same-site' }],
    [{ Origin: 'https://observe.council.example', 'Sec-Fetch-Site': 'cross-site' }],
  ])('%j is refused by rule', async (headers) => {
    const res = await from(headers);
    expectProblem(res, 403, 'forbidden');
    expect(res.body.rule).toBe('same_origin');
    expect(res.body.authority).toEqual(expect.any(String));
    expect(seen).toHaveLength(0);
  });

  test('from our own, or from a program that says nothing, it passes; a read always does', async () => {
    expect((await from({})).status).toBe(200);
    expect(
      (await from({ Origin: 'https://observe.council.example', 'Sec-Fetch-Site': 'same-origin' })).status,
    ).toBe(200);
    expect((await request(server).get('/api/things').set('Origin', 'https://evil.example')).status).toBe(200);
  });

  test('is refused when signing in too', async () => {
    const res = await post('/api/open').set('Origin', 'https://evil.example').send({ name: 'Ann' });
    expect(res.body.rule).toBe('same_origin');
  });
});

describe('what can be read', () => {
  test('up to 102,400 bytes, by length or in chunks', async () => {
    const body = (size: number) => JSON.stringify(good).padEnd(size, ' ');
    expect((await raw(doIt, body(102_400))).status).toBe(200);
    expectProblem(await raw(doIt, body(102_401)), 413, 'too-large');
    expectProblem(
      await post(doIt).set('Content-Type', 'application/json').send(body(2_000_000)),
      413,
      'too-large',
    );
    expectProblem(await raw('/api/things/import', 'x'.repeat(1001), 'text/csv'), 413, 'too-large');
  });

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/jsonp'],
    ['application/problem+json'],
    ['json'],
    ['application/json; charset=utf-16'],
    ['application/json; charset=latin1'],
  ])('%s is not accepted', async (type) => {
    expectProblem(await raw(doIt, JSON.stringify(good), type), 415, 'unsupported-media-type');
  });

  test.each([
    ['application/json'],
    ['Application/JSON; charset=UTF-8'],
    ['application/json;charset="utf-8"'],
  ])('%s is', async (type) => {
    expect((await raw(doIt, JSON.stringify(good), type)).status).toBe(200);
  });

  test('a body without a type, or compressed, is not accepted', async () => {
    expect(await bare(Buffer.from(JSON.stringify(good)), {})).toMatchObject({ status: 415 });
    const compressed = await raw(doIt, JSON.stringify(good), 'application/json', {
      'Content-Encoding': 'gzip',
    });
    expectProblem(compressed, 415, 'unsupported-media-type');
    expectProblem(
      await raw(doIt, '{}', 'application/json', { 'Content-Encoding': 'nonsense' }),
      415,
      'unsupported-media-type',
    );
    expectProblem(await raw('/api/things/import', 'a', 'application/json'), 415, 'unsupported-media-type');
  });

  test.each([
    ['{'],
    ["{'a':1}"],
    ['[]'],
    ['null'],
    ['"text"'],
    ['1'],
    ['{"a":NaN}'],
    ['['.repeat(50_000)],
    ['   '],
  ])('%.10s is unreadable', async (body) => {
    const res = await raw(doIt, body);
    expectProblem(res, 400, 'unreadable');
  });

  test('bytes that are not UTF-8 are unreadable', async () => {
    expectProblem(await raw(doIt, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])), 400, 'unreadable');
    expectProblem(await raw(doIt, Buffer.from(JSON.stringify(good), 'utf16le')), 400, 'unreadable');
    expectProblem(await raw(doIt, Buffer.from('{"note":"Zoë"}', 'latin1')), 400, 'unreadable');
  });

  test('no body at all counts as an empty object', async () => {
    const res = await bare(null, {});
    expect(res.status).toBe(422);
    expect(res.body.errors).toContainEqual({ field: 'version', message: 'Enter the version' });
    expect((await request(server).delete('/api/things/OBS-2026-0001')).status).toBe(204);
  });

  test('an upload arrives as the bytes that were sent, with its type and charset', async () => {
    await raw('/api/things/import', Buffer.from([0xff, 0x00, 0x41]), 'Text/CSV; charset=ISO-8859-1');
    expect(seen[0]?.input['upload']).toEqual({
      mediaType: 'text/csv',
      charset: 'iso-8859-1',
      bytes: Buffer.from([0xff, 0x00, 0x41]),
    });
  });
});

describe('the shape', () => {
  const errorsOf = async (body: object) => {
    const res = await post(doIt).send(body);
    expectProblem(res, 422, 'invalid');
    return res.body.errors as { field: string; message: string }[];
  };

  test.each([
    [{ version: 0 }, 'version', 'Version must be 1 or more'],
    [{ version: 1.5 }, 'version', 'Version must be a whole number'],
    [{ version: '1' }, 'version', 'Version must be a number'],
    [{ version: 2 ** 31 }, 'version', 'Version must be 2,147,483,647 or less'],
    [{ version: 1e300 }, 'version', 'Version must be a whole number'],
    [{ version: null }, 'version', 'Version must be a number'],
    [
      { outcome: 'perhaps' },
      'outcome',
      'Outcome must be one of: hidden, forbidden, stale, content, broken, gone, ended, done',
    ],
    [{ note: '' }, 'note', 'Enter the note'],
    [{ note: ' \n\t\u00a0' }, 'note', 'Enter the note'],
    [{ note: 'x'.repeat(1001) }, 'note', 'Note must be 1,000 characters or fewer'],
    [{ note: 'a\0b' }, 'note', 'Note must not have characters that cannot be stored'],
    [{ note: 7 }, 'note', 'Note must be text'],
    [{ window: { from: '2026-02-29', to: '2026-03-01' } }, 'window.from', 'First day must be a real date'],
    [
      { window: { from: '1899-12-31', to: '2026-03-01' } },
      'window.from',
      'First day must be in the years 1900 to 2200',
    ],
    [{ window: { from: '2026-03-01' } }, 'window.to', 'Enter the last day'],
    [{ window: 'soon' }, 'window', 'Window must be an object'],
    [{ at: '2026-09-15T10:00:00' }, 'at', 'At must be a real date and time'],
    [{ at: '2201-01-01T00:00:00Z' }, 'at', 'At must be in the years 1900 to 2200'],
    [{ who: 'nobody' }, 'who', 'Enter an e-mail address, such as name@council.example'],
    [{ events: {} }, 'events', 'Events must be a list'],
    [
      { events: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
      'events',
      'Events must have 2 items or fewer',
    ],
    [{ events: [{ text: 'a' }, {}] }, 'events.1.text', 'Enter the text'],
    [{ role: { kind: 'mayor' } }, 'role.kind', 'Kind must be one of: ward, lead'],
    [{ role: { kind: 'lead' } }, 'role.id', 'Enter the id'],
    [{ answer: 'long' }, 'answer', 'Answer must be 3 characters or fewer'],
    [{ answer: { a: 1 } }, 'answer.a', 'A must be text'],
    [{ surprise: 1 }, 'surprise', 'This is not a field of this call'],
    [
      { window: { from: '2026-03-01', to: '2026-03-02', until: 1 } },
      'window.until',
      'This is not a field of this call',
    ],
    [{ constructor: 1 }, 'constructor', 'This is not a field of this call'],
  ])('%j', async (wrong, field, message) => {
    expect(await errorsOf({ ...good, ...wrong })).toEqual([{ field, message }]);
  });

  test('a lone surrogate and __proto__ are refused', async () => {
    const surrogate = await raw(doIt, '{"version":1,"outcome":"done","note":"a\\ud800"}');
    expect(surrogate.body.errors).toEqual([
      { field: 'note', message: 'Note must not have characters that cannot be stored' },
    ]);
    const proto = await raw(doIt, '{"version":1,"outcome":"done","__proto__":{"a":1}}');
    expect(proto.body.errors).toEqual([{ field: '__proto__', message: 'This is not a field of this call' }]);
    expect((await raw(doIt, '{"version":1,"outcome":"done","note":"a\\ud83d\\ude00"}')).status).toBe(200);
  });

  test('what was sent is never repeated, nor a name that may be a person', async () => {
    const res = await post(doIt).send({
      version: 'Child A of 3 High Street',
      outcome: 'Child A',
      'Child A of 3 High Street': 1,
      window: { Zoë: 1, from: 'Child A', to: 'Child A' },
    });
    expect(res.status).toBe(422);
    expect(res.text).not.toMatch(/Child|High|Zo/);
    expect(res.body.errors).toContainEqual({ field: '', message: 'This is not a field of this call' });
    expect(res.body.errors).toContainEqual({ field: 'window', message: 'This is not a field of this call' });
  });

  test('of a query: unknown, repeated and malformed parameters are refused', async () => {
    const errors = async (query: string) => (await request(server).get(`/api/things?${query}`)).body.errors;
    expect(await errors('surprise=1')).toEqual([
      { field: 'surprise', message: 'This is not a field of this call' },
    ]);
    expect(await errors('limit=1&limit=2')).toEqual([
      { field: 'limit', message: 'Limit must be sent once, as text' },
    ]);
    expect(await errors('__proto__=1')).toEqual([
      { field: '__proto__', message: 'This is not a field of this call' },
    ]);
    for (const limit of ['0', '101', '-1', '1.5', '1e1', '0x10', '+5', '', '%205', '%00']) {
      expect(await errors(`limit=${limit}`)).toEqual([
        { field: 'limit', message: 'Enter a whole number from 1 to 100.' },
      ]);
    }
    for (const cursor of ['', 'a b', '%00', '%ff', 'x'.repeat(1001)]) {
      expect(await errors(`cursor=${cursor}`)).toEqual([
        { field: 'cursor', message: 'Use the cursor as it was given.' },
      ]);
    }
    expect((await request(server).get('/api/things/OBS-2026-0001?x=1')).status).toBe(422);
    expect((await post(`${doIt}?x=1`).send(good)).status).toBe(422);
  });

  test('of a query that is right arrives read', async () => {
    await request(server).get('/api/things');
    await request(server).get('/api/things?limit=100&status=draft&cursor=YWJj');
    expect(seen.map(({ input }) => input['query'])).toEqual([
      { limit: 25 },
      { limit: 100, status: 'draft', cursor: 'YWJj' },
    ]);
  });
});

describe('the Idempotency-Key', () => {
  const keyed = (key: string, body: object = good) => post(doIt).set('Idempotency-Key', key).send(body);
  const claims = () => seen.map(({ ctx }) => ctx.claim);

  test('becomes a claim of this person on this call with this body', async () => {
    await keyed('k1');
    await keyed('k1', { outcome: 'done', version: 1 });
    await keyed('k1', { outcome: 'done', version: 2 });
    await post(doIt).send(good);
    const [first, reordered, other, none] = claims();
    expect(first).toEqual({
      person: legal.id,
      method: 'POST',
      path: doIt,
      key: 'k1',
      bodyMac: expect.any(Buffer),
    });
    expect(first?.bodyMac).toHaveLength(32);
    expect(reordered).toEqual(first);
    expect(other?.bodyMac).not.toEqual(first?.bodyMac);
    expect(none).toBeUndefined();
  });

  test.each([[''], ['a b'], ['x'.repeat(256)], ['é'], ['a, b']])('%j is refused', async (key) => {
    const res = await bare(Buffer.from(JSON.stringify(good)), {
      'Content-Type': 'application/json',
      'Idempotency-Key': Buffer.from(key, 'latin1').toString('latin1'),
    });
    expect(res.status).toBe(422);
    expect(res.body.errors.map(({ field }: { field: string }) => field)).toEqual(['Idempotency-Key']);
  });

  test('sent twice is refused, with what else is wrong', async () => {
    const res = await bare(null, { 'Idempotency-Key': ['a', 'b'] });
    expect(res.body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'Idempotency-Key',
      'version',
      'outcome',
    ]);
  });

  test('means nothing on a route that does not honour it', async () => {
    expect((await raw('/api/things/import', 'a', 'text/csv', { 'Idempotency-Key': 'a b' })).status).toBe(200);
    expect(claims()).toEqual([undefined]);
  });
});

describe('what a handler refuses', () => {
  test('carries its rule and its authority, and its fields', async () => {
    const forbidden = await post(doIt).send({ ...good, outcome: 'forbidden' });
    expect(forbidden.body).toEqual({
      type: '/problems/forbidden',
      title: 'You may not do this',
      status: 403,
      detail: 'You have already signed this.',
      ...rule,
    });
    const content = await post(doIt).send({ ...good, outcome: 'content' });
    expectProblem(content, 422, 'invalid');
    expect(content.body).toMatchObject({
      rule: 'necessity',
      authority: 'Report, 4',
      kind: 'council',
      errors: [{ field: 'necessity', message: 'Use at least 40 words.' }],
    });
  });

  test('for want of authority, or as not there, is recorded by the template of its route', async () => {
    await post(doIt).send({ ...good, outcome: 'forbidden' });
    await post(doIt).send({ ...good, outcome: 'hidden' });
    await request(server).get('/api/things/OBS-2026-0404');
    const call = { route: '/api/things/:reference/do', method: 'POST', subject: 'OBS-2026-0001' };
    expect(refused).toEqual([
      { ...call, refusal: expect.any(Forbidden) },
      { ...call, refusal: expect.any(NotFound) },
      {
        route: '/api/things/:reference',
        method: 'GET',
        subject: 'OBS-2026-0404',
        refusal: expect.any(NotFound),
      },
    ]);
  });

  test('otherwise is not recorded, nor what never reached a handler', async () => {
    for (const outcome of ['stale', 'content', 'done', 'perhaps'])
      await post(doIt).send({ ...good, outcome });
    await request(server).get('/api/things/nonsense');
    await request(server).get('/api/nowhere');
    await post(doIt).set('Origin', 'https://evil.example').send(good);
    expect(refused).toEqual([]);
  });

  test('and cannot be recorded is answered 503', async () => {
    recording = () => {
      throw unavailable();
    };
    for (const outcome of ['forbidden', 'hidden']) {
      const res = await post(doIt).send({ ...good, outcome });
      expectProblem(res, 503, 'unavailable');
      expect(res.headers['retry-after']).toBe('5');
    }
  });
});

describe('faults', () => {
  test('of ours are a 500 that says nothing, and are logged without values', async () => {
    const res = await post(doIt).send({ ...good, outcome: 'broken', note: 'of a child' });
    expectProblem(res, 500, 'fault');
    expect(Object.keys(res.body)).toEqual(['type', 'title', 'status', 'detail']);
    expect(res.text).not.toMatch(/child|insert|22P02|things_code/);
    expect(logged.join('')).toMatch(/22P02.*things_code_check/);
    expect(logged.join('')).not.toMatch(/child|insert/);
  });

  test.each([['gone'], ['ended']])('of the database (%s) are 503', async (outcome) => {
    expectProblem(await post(doIt).send({ ...good, outcome }), 503, 'unavailable');
  });
});

describe('answers', () => {
  test('are never kept and carry no validator', async () => {
    for (const res of [
      await request(server).get('/api/things/OBS-2026-0001'),
      await post(doIt).send(good),
      await request(server).delete('/api/things/OBS-2026-0001'),
      await request(server).get('/api/open'),
    ]) {
      expect(res.headers['cache-control']).toBe('no-store');
      expect(res.headers).not.toHaveProperty('etag');
    }
  });

  test('each type of problem has its page', async () => {
    const invalid = await request(server).get('/problems/invalid').set('Accept', 'text/html');
    expect([invalid.status, invalid.type]).toEqual([200, 'text/html']);
    expect((await request(server).get('/problems/not-found')).body).toMatchObject({ status: 404 });
    expectProblem(await request(server).get('/problems/constructor'), 404, 'not-found');
  });
});

test('a table whose parameters are not checked does not start', () => {
  const careless = route({ method: 'GET', path: '/api/x/{id}', summary: 'x', run: () => ({}) });
  const surroundings = {
    baseUrl: new URL('http://127.0.0.1'),
    sessionSecret: 's',
    contextFor: () => null,
    openContextFor: () => ({ db, now, log, links, councilName: 'Test Council' }),
    recordRefusal: async () => undefined,
  };
  expect(() => mount(express(), [careless], surroundings)).toThrow('/api/x/{id}');
});

describe('cursors', () => {
  const keys = z.tuple([z.string(), z.int()]);

  test('come back as they went', () => {
    expect(decodeCursor(encodeCursor(['2026-09-15T10:00:00Z', 7]), keys)).toEqual([
      '2026-09-15T10:00:00Z',
      7,
    ]);
    expect(encodeCursor(['Zoë?>', 7])).toMatch(/^[\w-]+$/);
  });

  test.each([['YWJj'], ['W10'], ['_w'], ['e30'], ['bnVsbA']])('%s is refused, naming the field', (cursor) => {
    expect(() => decodeCursor(cursor, keys)).toThrow(Invalid);
  });
});

/** A POST as it stands: no header but these. */
const bare = (
  bytes: Buffer | null,
  headers: Record<string, string | string[]>,
): Promise<{ status: number; body: { errors: { field: string; message: string }[] } }> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const call = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path: doIt,
        method: 'POST',
        headers: { 'Content-Length': bytes?.length ?? 0, ...headers },
      },
      (res) => {
        let answer = '';
        res.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
        res.on('end', () => resolve({ status: res.statusCode ?? 0, body: JSON.parse(answer) }));
      },
    );
    call.on('error', reject);
    if (bytes) call.write(bytes);
    call.end();
  });
