/**
 * Bad requests at random over every route and every form, as each office and as nobody: no answer is a fault of ours,
 * no refusal of the API repeats what it refuses, no page says it in a title, an address or as markup, and no log has it.
 */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import request from 'supertest';
import { demoPassword } from '../../../../db/demo/accounts.js';
import { createApp } from '../../../../server/app.js';
import { pages } from '../../../../server/pages.js';
import { routes } from '../../../../server/routes.js';
import { marker, wellFormed, type WellFormed } from '../../../support/bodies.js';
import { Sheet } from '../../../support/browser-less.js';
import { sockets, useCouncil } from '../../../support/council.js';
import { keepingNothing } from '../../../support/keeping-nothing.js';
import { isLong } from '../../../support/long.js';
import { letters, people } from './row.js';
import { thingsOf, type Things } from './things.js';

const many = isLong ? 20_000 : 250;
const atOnce = 8;

const council = useCouncil();
let things: Things;
let bodies: Readonly<Record<string, WellFormed>>;
let server: Server;
const lines: string[] = [];
const signedIn = new Map<string, { readonly cookie: string; readonly csrf: string }>();

beforeAll(async () => {
  things = await thingsOf(council);
  bodies = await wellFormed(council, { type: 'initial_child_protection_conference' });
  server = createServer(
    createApp({
      db: keepingNothing(council.world.db),
      now: () => council.clock,
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
      sessionSecret: 'a secret of the test',
      baseUrl: new URL('http://127.0.0.1:3000'),
      trustProxy: false,
      councilName: 'Test Council',
      demo: true,
      signer: council.signer,
    }),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  for (const [letter, account] of Object.entries(people)) {
    const credentials = { email: `${account}@council.example`, password: demoPassword };
    const entered = await request(council.server).post('/api/session').agent(sockets).send(credentials);
    const cookie = entered.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
    const page = await request(council.server).get('/reminders').agent(sockets).set('Cookie', cookie);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    signedIn.set(letter, { cookie, csrf });
  }
}, 120_000);
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** Where something is sent: a route of the API, or a page with its form or without. */
interface Place {
  readonly method: string;
  readonly path: string;
  readonly fields: readonly string[];
}
const fieldsOf = (schema: unknown): string[] => {
  const { shape } = (schema ?? {}) as { readonly shape?: object };
  return Object.keys(shape ?? {});
};
const places: readonly Place[] = [
  ...routes.map(({ method, path, body }) => ({ method, path, fields: fieldsOf(body) })),
  ...pages.map(({ path }) => ({ method: 'GET', path: path as string, fields: [] })),
  ...pages.flatMap(({ path, form }) => (form ? [{ method: 'POST', path, fields: fieldsOf(form.body) }] : [])),
];
const isPage = ({ path }: Place): boolean => !path.startsWith('/api/');

/** A name that looks like none of ours: one that does is said back, since the fault is in it. */
const foreign = `a ${marker}`;
const markup = `<script>alert("${marker}")</script>`;
const texts = [
  `'); drop table requests; -- ${marker}`,
  markup,
  `"><img src=x onerror=alert(${marker})>`,
  `\${${marker}} {{${marker}}} {% raw %}${marker}`,
  `${marker} 943 476 5919, 07700 900123, born 12/03/2015, SW1A 1AA, QQ 12 34 56 C`,
  `${marker}\0`,
  `${marker}\ud800`,
  `${marker}\r\nSet-Cookie: a=${marker}`,
  `../../../${marker}`,
  `${marker}\u202e\u200b`,
  marker.repeat(1_200),
];
const word = fc.oneof(
  fc.constantFrom(...texts),
  fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `${marker}${text}`),
);
const value = fc.oneof(
  word,
  fc.constantFrom(null, true, -1, 0, 1.5, 1e308, 2 ** 53, '', [], {}, [[marker]], { [foreign]: marker }),
  fc.double(),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'answer', foreign), word, { maxKeys: 2 }),
);
const spoiling = fc.constantFrom(
  'a field',
  'a field',
  'a field',
  'two fields',
  'a field too many',
  'the whole',
  'the text',
  'the type',
  'the address',
  'the query',
  'a header',
  'the method',
);
const cases = fc.record({
  place: fc.integer({ min: 0, max: places.length - 1 }),
  who: fc.constantFrom(...letters),
  spoils: spoiling,
  value,
  other: value,
  word,
  pick: fc.nat(1_000),
});
type Case = typeof cases extends fc.Arbitrary<infer One> ? One : never;

const types = [
  'text/plain',
  'application/xml',
  'multipart/form-data; boundary=x',
  'a/b;;',
  'application/json',
];
const headers = ['Accept', 'Idempotency-Key', 'Origin', 'Referer', 'Range', 'If-None-Match', 'X-Request-Id'];
const methods = ['PUT', 'PATCH', 'DELETE', 'POST', 'OPTIONS', 'HEAD'];

/** What a header takes: other letters never leave a client. */
const inHeader = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 2_000);
/** A lone surrogate leaves no client either. */
const sendable = (text: string): string => Buffer.from(text).toString();
const textOf = (given: unknown): string => (typeof given === 'string' ? given : JSON.stringify(given));

const addressOf = (place: Place, { spoils, word: junk, pick }: Case): string => {
  const address = things.address(place.path, null);
  const safe = encodeURIComponent(sendable(junk));
  if (spoils === 'the address')
    return pick % 3 === 0 ? `${address}/${safe}` : address.replace(/[^/?]+(\?.*)?$/, safe.slice(0, 3_000));
  const name = ['limit', 'cursor', 'status', 'from', 'to', 'returnTo', encodeURIComponent(foreign)][pick % 7];
  if (spoils === 'the query') return `${address.split('?')[0]}?${name}=${safe.slice(0, 3_000)}`;
  return address;
};

const spoiled = (place: Place, body: object, given: Case): object => {
  const names = [...new Set([...Object.keys(body), ...place.fields])];
  const [first = 'a', second = 'b'] = [
    names[given.pick % Math.max(names.length, 1)],
    names[(given.pick + 1) % Math.max(names.length, 1)],
  ];
  if (given.spoils === 'the whole')
    return Array.isArray(given.value) ? given.value : { [first]: given.value };
  if (given.spoils === 'a field too many') return { ...body, [foreign]: given.value };
  if (given.spoils === 'two fields') return { ...body, [first]: given.value, [second]: given.other };
  return given.spoils === 'a field' ? { ...body, [first]: given.value } : body;
};

const send = async (place: Place, given: Case) => {
  const session = signedIn.get(given.who);
  // Signing out is the one change that no transaction takes back.
  const cookie = place.path === '/api/session' ? '' : (session?.cookie ?? '');
  const method =
    given.spoils === 'the method' ? (methods[given.pick % methods.length] ?? 'PUT') : place.method;
  const asking = request(server);
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete' | 'options' | 'head';
  const sending = asking[verb](addressOf(place, given)).agent(sockets).redirects(0).set('Cookie', cookie);
  if (isPage(place)) void sending.set('Accept', 'text/html');
  if (given.spoils === 'a header')
    void sending.set(headers[given.pick % headers.length] ?? 'Accept', inHeader(given.word));
  if (method === 'GET' || method === 'HEAD') return sending;
  const body = spoiled(place, bodies[`${place.method} ${place.path}`]?.body ?? {}, given);
  if (given.spoils === 'the type') void sending.set('Content-Type', types[given.pick % types.length] ?? '');
  else
    void sending.set(
      'Content-Type',
      isPage(place) ? 'application/x-www-form-urlencoded' : 'application/json',
    );
  if (given.spoils === 'the text') return sending.send(`${sendable(given.word)}{"`);
  if (!isPage(place)) return sending.send(JSON.stringify(body));
  const fields = Object.entries(body).map(([name, each]): [string, string] => [name, sendable(textOf(each))]);
  return sending.send(new URLSearchParams([['_csrf', session?.csrf ?? ''], ...fields]).toString());
};

/** What is wrong with an answer, if anything is. */
const faultsOf = (
  place: Place,
  { status, text, headers: said }: Awaited<ReturnType<typeof send>>,
): string[] => {
  const written = typeof text === 'string' ? text : '';
  const titles = isPage(place) ? new Sheet(status, '', written, {}).title : written;
  return [
    ...(status > 499 ? [`is answered with ${status}`] : []),
    ...(status >= 400 && titles.includes(marker) ? ['says what it refuses'] : []),
    ...(isPage(place) && (written.includes(markup) || written.includes('<img src=x'))
      ? ['has it as markup']
      : []),
    ...(JSON.stringify({ ...said, location: '' }).includes(marker) ? ['has it in a header'] : []),
  ];
};

test(`${many.toLocaleString('en-GB')} of them`, async () => {
  const sent = fc.sample(cases, { numRuns: many, seed: 20_140_617 });
  const wrong: object[] = [];
  const statuses = new Map<number, number>();
  const one = async (given: Case): Promise<void> => {
    const place = places[given.place];
    if (!place) return;
    const answer = await send(place, given);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const faults = faultsOf(place, answer);
    if (faults.length > 0) wrong.push({ ...place, ...given, faults });
  };
  for (let from = 0; from < sent.length; from += atOnce)
    await Promise.all(sent.slice(from, from + atOnce).map(one));
  expect(wrong.slice(0, 10)).toEqual([]);
  expect([...statuses.values()].reduce((sum, each) => sum + each, 0)).toBe(many);
  // Most of them were refused, and not all for one reason.
  for (const status of [400, 401, 403, 404, 405, 415, 422])
    expect([status, statuses.has(status)]).toEqual([status, true]);
}, 600_000);

test('none of it has been logged, and nothing as a fault', () => {
  expect(lines.length).toBeGreaterThan(many / 2);
  expect(lines.filter((line) => line.includes(marker)).slice(0, 5)).toEqual([]);
  expect(lines.filter((line) => /"level":(?:50|60)/.test(line)).slice(0, 5)).toEqual([]);
});
