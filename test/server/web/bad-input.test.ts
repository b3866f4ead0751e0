/**
 * Every route, every method, made from the table itself: whatever is sent, the answer is a clear 4xx that
 * names the field and repeats nothing, and nothing is stored.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import type { z } from 'zod';
import { kindOfAuthority } from '../../../policies/core/authorities.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import type { AnyRoute } from '../../../server/web/api/route.js';
import { routes } from '../../../server/routes.js';
import { absent, marker, nobodysId, wellFormed, type WellFormed } from '../../support/bodies.js';
import { sockets, useCouncil, type Account } from '../../support/council.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { isLong } from '../../support/long.js';
import { unnumbered } from '../../support/unnumbered.js';

const council = useCouncil();

/** A name that looks like none of ours: one that does is said back, since the fault is in it. */
const foreign = `a ${marker}`;
const injections = [
  `'); drop table requests; -- ${marker}`,
  `" or 1=1 /* ${marker} */`,
  `<script>alert("${marker}")</script>`,
  `\${${marker}} {{${marker}}} %00%0d%0aSet-Cookie: ${marker}`,
];
const unstorable = [`${marker}\0`, `${marker}\ud800`, `\udc00${marker}`];
/** Longer than any field takes, and larger than any call takes. */
const long = marker.repeat(5_500);
const large = marker.repeat(11_000);
const key = (route: Pick<AnyRoute, 'method' | 'path'>) => `${route.method} ${route.path}`;

/** What takes a file in place of JSON is tried in the tests of that file. */
const changes = routes.filter(({ method, mediaTypes }) => method !== 'GET' && !mediaTypes);
const paths = [...new Set(routes.map(({ path }) => path))];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const cookies = new Map<Account, string>();
const signIn = async (account: Account) => {
  const entered = await request(council.server)
    .post('/api/session')
    .agent(sockets)
    .send({ email: `${account}@council.example`, password: demoPassword });
  cookies.set(account, entered.get('Set-Cookie')?.[0]?.split(';')[0] ?? '');
};

interface Sent {
  readonly by?: Account | null;
  readonly body?: string | Buffer | object;
  readonly headers?: Readonly<Record<string, string>>;
}
/** One call as it goes over the wire, with JSON's type unless said; `by` nobody unless said. */
const call = async (method: string, url: string, { by = null, body, headers = {} }: Sent = {}) => {
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete' | 'options';
  const sending = request(council.server)[verb](url).agent(sockets).set(headers);
  if (by !== null) void sending.set('Cookie', cookies.get(by) ?? '');
  if (body === undefined) return sending;
  if (headers['Content-Type'] === undefined) void sending.set('Content-Type', 'application/json');
  // Bytes as they are: the client would write them as an object.
  if (Buffer.isBuffer(body)) void sending.serialize((bytes) => bytes as string);
  return sending.send(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
};
type Res = Awaited<ReturnType<typeof call>>;

const statuses = {
  400: '/problems/unreadable',
  401: '/problems/not-signed-in',
  403: '/problems/forbidden',
  404: '/problems/not-found',
  405: '/problems/no-such-method',
  409: '/problems/conflict',
  413: '/problems/too-large',
  415: '/problems/unsupported-media-type',
  422: '/problems/invalid',
} as const;
type Status = keyof typeof statuses;
/** A statement stands in one text: a message that asks to select something comes before other fields, such as `from`. */
const innards =
  /(?:\b|\\[nt])select\b(?:\\.|[^"\\])*(?:\b|\\[nt])from\b|\binsert into\b|\bupdate\b.*\bset\b|node_modules|\.(?:ts|js):\d|\n\s+at |zod|knex|postgres|pg_|relation "|violates|syntax error|invalid input/i;

test.each([
  ['a statement alone', 'select * from requests'],
  ['a statement with a capital', 'Select version from requests'],
  [
    'a statement with quoted names, after a sentence',
    'It failed: select "a"."b" from "requests" - no such column',
  ],
  ['a statement of several lines', 'Of\nSELECT a\nFROM b'],
])('%s is found in a message, wherever the message stands', (_, said) => {
  expect(JSON.stringify({ errors: [{ field: 'to', message: said }] })).toMatch(innards);
  expect(JSON.stringify({ detail: said })).toMatch(innards);
});

test('a message that asks to select something is none, whatever fields come after it', () => {
  const errors = [
    { field: 'office', message: 'Select the office' },
    { field: 'from', message: 'Enter the first day' },
  ];
  expect(JSON.stringify({ errors })).not.toMatch(innards);
});

/** What every refusal is: a problem of its kind, in words of ours alone. */
const isRefused = (res: Res, ...allowed: Status[]) => {
  const about = `${res.status} ${res.text}`;
  expect([about, allowed.includes(res.status as Status)]).toEqual([about, true]);
  expect(res.headers['content-type']).toBe('application/problem+json');
  const { type, title, status, detail, errors, rule, authority, kind, instance, ...more } = JSON.parse(
    res.text,
  );
  expect({ type, status, more }).toEqual({
    type: statuses[res.status as Status],
    status: res.status,
    more: {},
  });
  expect([typeof title, typeof detail]).toEqual(['string', 'string']);
  if (res.status === 422) {
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) {
      expect(Object.keys(error)).toEqual(['field', 'message']);
      expect(error.message).toMatch(/\S/);
    }
  } else {
    expect(errors).toBeUndefined();
  }
  // Each authority is one of the public rules, and says whose it is.
  expect([kind, rule === undefined]).toEqual(
    authority === undefined ? [undefined, true] : [kindOfAuthority(authority), false],
  );
  if (res.status === 404) expect([rule, authority, instance]).toEqual([undefined, undefined, undefined]);
  else expect(instance).toBe(res.headers['x-request-id']);
  expect(typeof rule).toBe(typeof authority);
  expect(res.text).not.toContain(marker);
  expect(JSON.stringify(res.headers)).not.toContain(marker);
  expect(res.text).not.toMatch(innards);
};
const fieldsOf = (res: Res): string[] =>
  (JSON.parse(res.text).errors ?? []).map(({ field }: { field: string }) => field);

/**
 * What is stored in every table that keeps anything of ours: how many rows, and by which transactions each was
 * written. To read every row of every table hundreds of times over took a third of this file.
 */
const stored = async (): Promise<Record<string, string>> => {
  const { rows: tables } = await council.world.owner.raw<{ rows: { name: string }[] }>(
    `select tgrelid::regclass::text as name from pg_trigger where tgname like '%\\_leaves\\_a\\_trace' order by 1`,
  );
  const each = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) || ':' || coalesce(sum(xmin::text::bigint), 0) as sum from ${name}`,
  );
  const { rows } = await council.world.owner.raw<{ rows: { name: string; sum: string }[] }>(
    each.join(' union all '),
  );
  expect(rows.length).toBeGreaterThan(10);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
};

/** Ready for Legal: with a test, a discussion and two seats, so that most commands would pass. */
let line: Line;
/** Who may give a command, and a body of it that is well formed. */
let valid: Readonly<Record<string, WellFormed>>;
let before: Record<string, string>;

const urlOf = (path: string, reference = line.reference) =>
  path
    .replace('{reference}', reference)
    .replace('{office}', 'democratic_services')
    .replace('{id}', nobodysId)
    .replace('{condition}', nobodysId)
    .replace('{entry}', nobodysId)
    .replace('{holding}', nobodysId)
    .replace('{file}', 'swagger-ui.css');

beforeAll(async () => {
  const accounts = [
    'scrutiny.chair',
    'auditor',
    'lead.member',
    'monitoring.officer',
    'childrens.services',
    'democratic.services',
    'legal',
    'data.protection',
  ];
  await Promise.all(accounts.map(signIn));
  line = await Line.readyForLegal(council);
  valid = await wellFormed(council, line);
  before = await stored();
}, 60_000);

const validOf = (route: AnyRoute) => {
  const found = valid[key(route)];
  if (!found) throw new Error(`No well-formed body for ${key(route)}: add one.`);
  return found;
};
const nothingStored = async () => expect(await stored()).toEqual(before);

/** A few of many, others for each place in a table: between them the routes meet every one. */
const fewAt = <T>(all: readonly T[], place: number, count: number): T[] =>
  Array.from({ length: count }, (_, index) => all[(place * count + index) % all.length] as T);
const few = <T>(all: readonly T[], route: AnyRoute, count: number): T[] =>
  fewAt(all, changes.indexOf(route), count);
/** In short, what one piece of code does for every route is held against one of so many. */
const oneIn = isLong ? 1 : 14;
const fewInTurn = <T>(all: readonly T[], route: AnyRoute, count: number): T[] =>
  fewAt(all, Math.floor(changes.indexOf(route) / oneIn), count);

describe.each(changes.map((route) => [key(route), route] as const))('%s', (_name, route) => {
  const url = () => urlOf(route.path);
  const by = () => validOf(route).by;
  const inTurn = changes.indexOf(route) % oneIn === 0 ? test : null;
  const body = () => validOf(route).body;

  const isRefusedToStrangers = async () => {
    for (const sent of few([{}, body(), '{', { headers: marker }], route, 2)) {
      isRefused(await call(route.method, url(), { body: sent }), 401);
      isRefused(await call(route.method, urlOf(route.path, marker), { body: sent }), 401);
    }
  };
  if (!route.open) test('is refused to who is not signed in, whatever is sent', isRefusedToStrangers);

  inTurn?.('is refused where it comes from a page of another origin', async () => {
    for (const headers of fewInTurn(
      [
        { Origin: `https://${marker}.example` },
        { Origin: 'null' },
        { Origin: 'http://127.0.0.1:3000.evil.example' },
        { 'Sec-Fetch-Site': 'cross-site' },
        { 'Sec-Fetch-Site': 'same-site', Origin: 'http://127.0.0.1:3000' },
      ],
      route,
      2,
    )) {
      const res = await call(route.method, url(), { by: by(), body: body(), headers });
      isRefused(res, 403);
      expect(JSON.parse(res.text).rule).toBe('same_origin');
    }
  });

  inTurn?.('is refused as another type, unreadable, too large, or no object', async () => {
    const json = JSON.stringify(body());
    for (const type of fewInTurn(
      [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application',
        'application/json; charset=utf-16',
        marker,
      ],
      route,
      2,
    )) {
      isRefused(
        await call(route.method, url(), { by: by(), body: json, headers: { 'Content-Type': type } }),
        415,
      );
    }
    isRefused(
      await call(route.method, url(), { by: by(), body: json, headers: { 'Content-Encoding': 'gzip' } }),
      415,
    );
    const broken = [
      `{"${marker}"`,
      marker,
      `{"a":"${marker}"}}`,
      '[]',
      `["${marker}"]`,
      '"text"',
      '1',
      'null',
      '{"a":01}',
      '\uFEFF',
    ];
    for (const sent of fewInTurn([...broken, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])], route, 4)) {
      isRefused(await call(route.method, url(), { by: by(), body: sent }), 400);
    }
    const tooLarge = marker.repeat(Math.ceil((route.bodyLimit ?? large.length) / marker.length));
    isRefused(await call(route.method, url(), { by: by(), body: `{"a":"${tooLarge}"}` }), 413);
  });

  test('is refused with a field that it does not have, by that field’s name', async () => {
    for (const unknown of few(
      ['unknownField', 'id', 'status', 'councillorId', 'constructor', '__proto__'],
      route,
      3,
    )) {
      const sent = `{"${unknown}":"${marker}",${JSON.stringify(body()).slice(1)}`.replace(',}', '}');
      const res = await call(route.method, url(), { by: by(), body: sent });
      isRefused(res, 422);
      expect([unknown, fieldsOf(res)]).toEqual([unknown, [unknown]]);
    }
    const inText = await call(route.method, url(), { by: by(), body: { ...body(), [foreign]: 1 } });
    isRefused(inText, 422);
    isRefused(await call(route.method, `${url()}?unknownName=${marker}`, { by: by(), body: body() }), 422);
    if (route.method === 'POST' && route.idempotent !== false) {
      for (const odd of few([`${marker} with spaces`, 'x'.repeat(256), 'é'], route, 1)) {
        const res = await call(route.method, url(), {
          by: by(),
          body: body(),
          headers: { 'Idempotency-Key': odd },
        });
        isRefused(res, 422);
        expect(fieldsOf(res)).toEqual(['Idempotency-Key']);
      }
    }
  });

  /** The path of every value in a body, and the body with another in its place. */
  type Path = readonly (string | number)[];
  const leaves = (value: unknown, path: Path = []): Path[] =>
    typeof value === 'object' && value !== null
      ? [
          ...(path.length > 0 ? [path] : []),
          ...Object.entries(value).flatMap(([name, each]) =>
            leaves(each, [...path, Array.isArray(value) ? Number(name) : name]),
          ),
        ]
      : [path];
  const replaced = (value: unknown, [name, ...rest]: Path, other: unknown): unknown => {
    if (name === undefined) return other;
    const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
      string | number,
      unknown
    >;
    copy[name] = replaced(copy[name], rest, other);
    return copy;
  };
  const nested = (depth: number): unknown =>
    JSON.parse(`${'['.repeat(depth)}"${marker}"${']'.repeat(depth)}`);

  test('is refused with a wrong value in any field, by that field’s name', async () => {
    const never = [null, -0.5, 1e308, 2 ** 53, [[marker]], { [foreign]: 1 }, ...unstorable];
    const often = [long, nested(2_000), { '': [] }];
    const calls = leaves(body()).flatMap((path, index) => {
      // Every field meets a few of them, and every one of them meets many fields.
      const some = [
        ...never.filter((_, place) => (place + index) % (isLong ? 4 : 44) === 0),
        ...(isLong || index % 2 === 0 ? [often[index % often.length]] : []),
      ];
      return some.map(async (wrong) => {
        const sent = replaced(body(), path, wrong) as object;
        // Null is a value of some fields.
        if (wrong === null && route.body?.safeParse(sent).success) return;
        const res = await call(route.method, url(), { by: by(), body: sent });
        const field = path.join('.');
        const named = fieldsOf(res);
        const related = named.filter(
          (each) => `${field}.`.startsWith(`${each}.`) || each.startsWith(`${field}.`),
        );
        isRefused(res, 422);
        expect([field, JSON.stringify(wrong).slice(0, 40), related]).not.toEqual([
          field,
          expect.anything(),
          [],
        ]);
      });
    });
    await Promise.all(calls);
    await nothingStored();
  });

  const { version: asked } = (route.body as { shape?: { version?: z.ZodType } } | undefined)?.shape ?? {};
  const versioned = asked !== undefined;
  const mayLeaveVersionOut = asked?.safeParse(undefined).success === true;
  const isRefusedByVersion = async () => {
    for (const version of few([0, -1, 1.5, 2 ** 53, 2 ** 31, '1', '', true, null, [1], {}], route, 4)) {
      const res = await call(route.method, url(), { by: by(), body: { ...body(), version } });
      isRefused(res, 422);
      expect(fieldsOf(res)).toEqual(['version']);
    }
    const { version: _version, ...without } = body() as { version: number };
    if (!mayLeaveVersionOut) {
      const res = await call(route.method, url(), { by: by(), body: without });
      isRefused(res, 422);
      expect(fieldsOf(res)).toEqual(['version']);
    }
    isRefused(await call(route.method, url(), { by: by(), body: { ...body(), version: 2 } }), 409);
  };
  if (versioned) test('is refused with a version that is none', isRefusedByVersion);

  // Signing in counts its failures; its own tests try what fails there.
  if (route.open || !route.body) return;
  test('takes text for text: what looks like SQL or HTML is neither run nor repeated', async () => {
    // In short a third of the fields of each.
    const tried = leaves(body()).filter((_, place) => isLong || (place + changes.indexOf(route)) % 9 === 0);
    const calls = tried.map(async (path, index) => {
      // By somebody who may not, about nothing, or too early, so that a well-formed one is refused as well.
      const sent = replaced(body(), path, injections[index % injections.length]) as object;
      const res = await call(route.method, urlOf(route.path, absent), { by: 'auditor', body: sent });
      isRefused(res, 422, 404, 403, 409);
    });
    await Promise.all(calls);
  });

  test('whatever JSON is sent, the refusal is a clear one', async () => {
    const names = fc.constantFrom(...Object.keys(body()), foreign, '__proto__');
    const text = fc.oneof(
      fc.constantFrom(...injections, ...unstorable, ''),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.double(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('value'), { maxLength: 3 }),
      object: fc.dictionary(names, tie('value'), { maxKeys: 3 }),
    }));
    const arbitrary = fc.dictionary(names, value, { maxKeys: 6 });
    const partly = fc.tuple(fc.constantFrom(...leaves(body())), value);
    await fc.assert(
      fc.asyncProperty(arbitrary, partly, async (all, [path, other]) => {
        for (const sent of [all, replaced(body(), path, other) as object]) {
          isRefused(
            await call(route.method, urlOf(route.path, absent), { by: 'auditor', body: sent }),
            422,
            404,
            403,
          );
        }
      }),
      { numRuns: isLong ? 3 : 1, seed: 20_111_039 },
    );
    await nothingStored();
  });
});

describe('addresses and methods', () => {
  test.each(paths)(
    '%s answers 405 to every method that it does not take, and says which it does',
    async (path) => {
      const here = routes.filter((route) => route.path === path).map(({ method }) => method as string);
      const expected = here.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
      const foreignTo = methods.filter((each) => !here.includes(each));
      for (const [place, method] of foreignTo.entries()) {
        const res = await call(method, urlOf(path), { by: 'auditor', body: `{"${marker}` });
        isRefused(res, 405);
        expect(res.headers['allow']?.split(', ').toSorted()).toEqual(expected.toSorted());
        if (isLong || place === 0) isRefused(await call(method, urlOf(path)), 401);
      }
    },
  );

  const read = routes.filter(({ method, open }) => method === 'GET' && !open);
  test.each(read.map(({ path }) => path))('GET %s is refused to who is not signed in', async (path) => {
    isRefused(await call('GET', urlOf(path)), 401);
    isRefused(await call('GET', `${urlOf(path)}?limit=${marker}`), 401);
  });

  const odd = [
    marker,
    'OBS-26-1',
    'obs-2026-0001',
    'OBS-2026-0001%00',
    'OBS-2026-0001%20',
    'OBS-2026-0001%0a',
    `OBS-2026-0001'%20or%201=1--${marker}`,
    'OBS-2026-00000000000000000001',
    '%E0%A4%A',
    '%ff%fe',
    '%',
    '..%2f..%2fetc%2fpasswd',
    '%252e%252e',
    '%F0%9F%98%80',
    '%ED%A0%80',
    '-1',
    '00000000-0000-0000-0000-00000000000g',
    'x'.repeat(5_000),
  ];
  const addressed = routes.filter(({ path, open }) => /\{(?:reference|id)\}/.test(path) && !open);
  test.each(addressed.map((route, place) => [key(route), route, place] as const))(
    '%s with a name that is none is 404',
    async (_name, route, place) => {
      const body = route.method === 'GET' ? undefined : validOf(route).body;
      const nothing = await call('GET', `/api/requests/${absent}`, { by: 'legal' });
      for (const name of isLong ? odd : fewAt(odd, place, 3)) {
        const url = route.path
          .replace(/\{(?:reference|id)\}/, name)
          .replace('{office}', 'democratic_services');
        const res = await call(route.method, url, { by: 'legal', ...(body && { body }) });
        isRefused(res, 404);
        expect(res.text).toBe(nothing.text);
      }
      await nothingStored();
    },
  );

  test('an office in the path that has no such seat is not there either', async () => {
    for (const office of ['legal', 'monitoring_officer', marker, '%00']) {
      const url = `${line.path}/sign-offs/${office}/withdraw`;
      isRefused(await call('POST', url, { by: 'legal', body: { version: 1, reasons: reason } }), 404);
    }
    isRefused(await call('PUT', `${line.path}/assessment/${marker}`, { by: 'legal', body: {} }), 404);
    isRefused(await call('GET', `/api/${marker}`, { by: 'legal' }), 404);
    isRefused(await call('GET', '/api/requests/', { by: 'legal' }), 404);
  });
});

describe('lists', () => {
  const lists = ['/api/requests', '/api/councillors', '/api/audit'];
  const cursorOf = (keys: unknown) =>
    Buffer.from(typeof keys === 'string' ? keys : JSON.stringify(keys)).toString('base64url');

  test.each(lists)(
    '%s refuses a limit, a name or a repetition that it does not take, by name',
    async (path) => {
      for (const limit of ['0', '101', 'abc', '-1', '1.5', '1e1', '', '%00', '010', '+5', marker]) {
        const res = await call('GET', `${path}?limit=${limit}`, { by: 'democratic.services' });
        isRefused(res, 422);
        expect(fieldsOf(res)).toEqual(['limit']);
      }
      for (const [query, field] of [
        ['unknownName=1', 'unknownName'],
        ['limit=1&limit=2', 'limit'],
        ['cursor=a&cursor=b', 'cursor'],
        ['limit[]=1', ''],
        ['limit[$ne]=1', ''],
        ['__proto__=1', '__proto__'],
      ] as const) {
        const res = await call('GET', `${path}?${query}`, { by: 'democratic.services' });
        isRefused(res, 422);
        expect([query, fieldsOf(res)]).toEqual([query, [field]]);
      }
      for (const query of [`${marker}%00=1`, `limit=%E0%A4%A`, `cursor=%ff${marker}`]) {
        isRefused(await call('GET', `${path}?${query}`, { by: 'democratic.services' }), 422);
      }
    },
  );

  test.each(lists)('%s refuses a cursor that it has not given', async (path) => {
    const made = [
      [],
      {},
      null,
      1,
      [-1],
      [1.5],
      ['1'],
      [null],
      [1, 2],
      [2 ** 53],
      [1e308],
      [[1]],
      [marker],
      [marker, marker],
      [marker, `${nobodysId}'`],
      [marker, nobodysId, 1],
      `[1`,
      marker,
    ].map(cursorOf);
    for (const cursor of [...made, '', '*', '%00', 'a'.repeat(1_001), '____']) {
      const res = await call('GET', `${path}?cursor=${cursor}`, { by: 'democratic.services' });
      isRefused(res, 422);
      expect(fieldsOf(res)).toEqual(['cursor']);
    }
  });

  test('a cursor of one list is none of another', async () => {
    const { body: councillors } = await call('GET', '/api/councillors?limit=1', {
      by: 'democratic.services',
    });
    const { body: trail } = await call('GET', '/api/audit?limit=1', { by: 'democratic.services' });
    for (const [path, cursor] of [
      ['/api/requests', councillors.next],
      ['/api/audit', councillors.next],
      ['/api/councillors', trail.next],
    ]) {
      isRefused(await call('GET', `${path}?cursor=${cursor}`, { by: 'democratic.services' }), 422);
    }
  });

  test('filters that are none are refused by name', async () => {
    for (const [path, field, wrong] of [
      ['/api/requests', 'status', ['', 'open', marker, 'draft,submitted', '%00']],
      ['/api/requests', 'observationType', ['', marker, 'lscb']],
      [
        '/api/requests',
        'due',
        [
          '',
          marker,
          '2026-02-30',
          '2026-13-01',
          '1899-12-31',
          '2201-01-01',
          '20260101',
          '2026-01-01T00:00:00Z',
        ],
      ],
      ['/api/audit', 'type', ['', marker, 'request.*']],
      ['/api/audit', 'from', ['', marker, '2026-02-30', '2026-09-15T10:00:00', '2026-09-15T25:00:00Z']],
      ['/api/audit', 'to', ['', marker, 'now()', '+275760-09-13T00:00:00Z']],
      ['/api/audit', 'subject', ['', '%20', '%00', 'x'.repeat(201)]],
      ['/api/audit', 'actor', ['', '%00', 'x'.repeat(255)]],
    ] as const) {
      for (const value of wrong) {
        const res = await call('GET', `${path}?${field}=${value}`, { by: 'democratic.services' });
        isRefused(res, 422);
        expect([field, value, fieldsOf(res)]).toEqual([field, value, [field]]);
      }
    }
  });

  test('what looks like SQL finds nothing and runs nothing', async () => {
    for (const injected of injections) {
      const asked = encodeURIComponent(injected.replace('%00', ''));
      isRefused(await call('GET', `/api/audit?subject=${asked}`, { by: 'democratic.services' }), 422);
      const { status, body } = await call('GET', `/api/audit?actor=${asked}`, { by: 'democratic.services' });
      expect({ status, body }).toEqual({ status: 200, body: { items: [], next: null } });
    }
    await nothingStored();
  });
});

describe('the order of refusal', () => {
  const good = () => valid['POST /api/requests/{reference}/return']?.body ?? {};
  const at = (reference: string) => `/api/requests/${reference}/return`;

  test('who is not signed in is told that first, before type, size, shape or address', async () => {
    isRefused(await call('POST', at(line.reference), { body: `{${marker}` }), 401);
    isRefused(await call('POST', at(line.reference), { body: large }), 401);
    isRefused(
      await call('POST', at(line.reference), { body: good(), headers: { Origin: 'https://evil.example' } }),
      401,
    );
    isRefused(await call('DELETE', at(line.reference)), 401);
    isRefused(await call('POST', `/api/${marker}`), 401);
  });

  test('the address and the method come before the body, and the origin before its size', async () => {
    isRefused(await call('POST', `/api/${marker}`, { by: 'legal', body: `{${marker}` }), 404);
    isRefused(await call('PATCH', at(line.reference), { by: 'legal', body: `{${marker}` }), 405);
    isRefused(
      await call('POST', at(line.reference), {
        by: 'legal',
        body: large,
        headers: { Origin: 'https://evil.example' },
      }),
      403,
    );
  });

  test('size, type and JSON come in that order, each before the shape', async () => {
    const by = 'legal';
    const plain = { 'Content-Type': 'text/plain' };
    isRefused(await call('POST', at(absent), { by, body: large, headers: plain }), 413);
    isRefused(await call('POST', at(absent), { by, body: '{', headers: plain }), 415);
    isRefused(await call('POST', at(absent), { by, body: '{' }), 400);
  });

  test('a bad shape and personal data are refused before anybody learns whether the request is there', async () => {
    const lead = { by: 'lead.member' as const };
    for (const reference of [line.reference, absent, marker]) {
      isRefused(await call('POST', at(reference), { ...lead, body: { version: 1 } }), 422);
    }
    const answers: string[] = [];
    for (const reference of [line.reference, absent]) {
      const personal = { version: 1, questions: `${reason} Ring 01632 960123 about it.` };
      const res = await call('POST', at(reference), { ...lead, body: personal });
      isRefused(res, 422);
      answers.push(JSON.stringify(unnumbered(res.body)));
    }
    expect(new Set(answers).size).toBe(1);
    for (const reference of [line.reference, absent, marker]) {
      isRefused(await call('POST', at(reference), { ...lead, body: good() }), 404);
    }
  });

  test('may read it and is not of the office: 403, though the version is stale and the status wrong', async () => {
    const stale = { ...good(), version: 99 };
    const res = await call('POST', at(line.reference), { by: 'auditor', body: stale });
    isRefused(res, 403);
    expect(JSON.parse(res.text).rule).toBe('office');
  });

  test('of the office: stale before the status, the status before the rule', async () => {
    const settled = await Line.approved(council);
    const decision = { version: 1, outcome: 'approve', reasons: reason, grounds: [], noConflict: true };
    const rule = async (path: string, body: object, by: Account, ...allowed: Status[]) => {
      const res = await call('POST', path, { by, body });
      isRefused(res, ...allowed);
      return JSON.parse(res.text).rule;
    };
    expect(await rule(at(settled.reference), { ...good(), version: 7 }, 'legal', 409)).toBe('stale_version');
    expect(await rule(at(settled.reference), good(), 'legal', 409)).toBe('status');
    // The status is told before the separation of duties, and that before a condition, and that before content.
    expect(await rule(`${settled.path}/decision`, decision, 'legal', 409)).toBe('status');

    const fresh = await Line.submitted(council);
    const conflict = {
      person: (await council.as('legal')).id,
      kind: 'complaint',
      reference: fresh.reference,
    };
    expectOk(await (await council.as('legal')).post('/api/conflicts', conflict));
    expect(await rule(`${fresh.path}/decision`, { ...decision, version: 3 }, 'legal', 409)).toBe(
      'stale_version',
    );
    expect(await rule(`${fresh.path}/decision`, decision, 'legal', 403)).toBe('complaint');
    await signIn('legal.second');
    expect(await rule(`${fresh.path}/decision`, decision, 'legal.second', 409)).toBe('test_incomplete');
    const noGround = {
      version: 1,
      office: 'childrens_services',
      outcome: 'object',
      reasons: reason,
      noConflict: true,
    };
    expect(await rule(`${fresh.path}/sign-offs`, noGround, 'childrens.services', 409)).toBe(
      'test_incomplete',
    );
    await fresh.answerAll();
    expect(await rule(`${fresh.path}/sign-offs`, noGround, 'childrens.services', 422)).toBe('coded_ground');
  });

  test('the councillor who asks may read it, and of the seats learns only that they are not theirs', async () => {
    const body = { version: 99, outcome: 'approve', reasons: reason, grounds: [], noConflict: true };
    const res = await call('POST', `${line.path}/decision`, { by: 'scrutiny.chair', body });
    isRefused(res, 403);
    expect(JSON.parse(res.text).rule).toBe('requester');
  });
});

test('none of it has been logged', () => {
  expect(council.lines.length).toBeGreaterThan(1_000);
  expect(council.lines.filter((each) => each.includes(marker))).toEqual([]);
  expect(council.lines.filter((each) => /"level":(?:50|60)/.test(each))).toEqual([]);
});

test('a cursor of the councillors whose name cannot be stored is none of ours', async () => {
  for (const name of [`${marker}\0`, '\0', `\ud800`]) {
    const cursor = Buffer.from(JSON.stringify([name, nobodysId])).toString('base64url');
    const res = await call('GET', `/api/councillors?cursor=${cursor}`, { by: 'democratic.services' });
    isRefused(res, 422);
    expect(fieldsOf(res)).toEqual(['cursor']);
  }
});
