/** Every route with a token of each scope: it reaches what its scope opens, and nothing else; and no page at all. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { tokenScopes, type TokenScope } from '../../../../policies/token/token.js';
import { createApp } from '../../../../server/app.js';
import { pages } from '../../../../server/pages.js';
import { routes } from '../../../../server/routes.js';
import type { AnyRoute } from '../../../../server/web/api/route.js';
import { wellFormed, type WellFormed } from '../../../support/bodies.js';
import { sockets, useCouncil } from '../../../support/council.js';
import { keepingNothing } from '../../../support/keeping-nothing.js';
import { feedCsv, fictionalMembers } from '../../../support/register-feed.js';
import { madeToken } from '../../../support/tokens.js';
import { thingsOf, type Things } from './things.js';

/** What each scope opens: identity.md, “Machines”, retyped. */
const opens: Readonly<Record<TokenScope, readonly string[]>> = {
  'register.import': ['POST /api/councillors/import'],
  trail: [
    'GET /api/audit',
    'GET /api/audit/checkpoint',
    'GET /api/audit/consistency',
    'GET /api/audit/entries/{index}/proof',
  ],
  bundle: ['GET /api/audit/bundle'],
};

const council = useCouncil();
let things: Things;
let bodies: Readonly<Record<string, WellFormed>>;
/** The service on the same database, where nothing that is done is kept. */
let server: Server;
const tokens = new Map<TokenScope, string>();

beforeAll(async () => {
  things = await thingsOf(council);
  bodies = await wellFormed(council, { type: 'initial_child_protection_conference' });
  for (const scope of tokenScopes) tokens.set(scope, (await madeToken(council, scope)).token);
  server = createServer(
    createApp({
      db: keepingNothing(council.world.db),
      now: () => council.clock,
      log: pino({ level: 'silent' }),
      sessionSecret: 'a secret of the test',
      baseUrl: new URL('http://127.0.0.1:3000'),
      trustProxy: false,
      councilName: 'Test Council',
      demo: true,
      signer: council.signer,
    }),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
}, 120_000);
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const key = ({ method, path }: Pick<AnyRoute, 'method' | 'path'>) => `${method} ${path}`;

/** What is refused without its query is not what is asked here. */
const asked = (path: string): string =>
  path === '/api/working-days' ? '?from=2027-02-01T10:00:00%2B00:00&days=3' : '';

const send = (route: AnyRoute, scope: TokenScope) => {
  const verb = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const at = things.address(route.path, route.path.includes('{reference}') ? 'submitted' : null);
  const asking = request(server);
  const sending = asking[verb](`${at}${asked(route.path)}`)
    .agent(sockets)
    .set('Authorization', `Bearer ${tokens.get(scope) ?? ''}`);
  if (route.method === 'GET') return sending;
  if (route.mediaTypes) {
    return sending.set('Content-Type', 'text/csv').send(feedCsv(fictionalMembers(3), { canary: 'nobody' }));
  }
  const sent = bodies[key(route)];
  if (!sent) throw new Error(`No well-formed body for ${key(route)}: add one.`);
  return sending.send(sent.body);
};

test('each route says itself which tokens open it, as the table has it', () => {
  const said = tokenScopes.map((scope) => [
    scope,
    routes
      .filter((route) => route.scope === scope)
      .map(key)
      .toSorted(),
  ]);
  expect(Object.fromEntries(said)).toEqual(opens);
});

describe.each(tokenScopes)('a token for %s', (scope) => {
  const rows = routes.map((route) => [key(route), opens[scope].includes(key(route)), route] as const);

  test.each(rows.filter(([, isOpen]) => isOpen))('reaches %s', async (_name, _isOpen, route) => {
    expect((await send(route, scope)).status).toBe(200);
  });

  test('reaches no other route, whether it is open to anybody or not, and is refused by one rule', async () => {
    const others = rows.filter(([, isOpen]) => !isOpen);
    expect(others.length).toBeGreaterThan(90);
    const answers: unknown[] = [];
    for (const [name, , route] of others) {
      const { status, body, headers } = await send(route, scope);
      answers.push([name, status, (body as { rule?: unknown }).rule, headers['set-cookie']]);
    }
    expect(answers).toEqual(others.map(([name]) => [name, 403, 'token_scope', undefined]));
  });

  test('opens no page: each leads to signing in', async () => {
    const answers: unknown[] = [];
    for (const { path } of pages) {
      const { status, headers } = await request(server)
        .get(things.address(path, path.includes(':reference') ? 'submitted' : null))
        .agent(sockets)
        .redirects(0)
        .set('Accept', 'text/html')
        .set('Authorization', `Bearer ${tokens.get(scope) ?? ''}`);
      answers.push([path, status, headers['location']?.startsWith('/sign-in')]);
    }
    expect(answers).toEqual(pages.map(({ path }) => [path, 303, true]));
  });
});
