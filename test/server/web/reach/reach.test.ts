/**
 * Every route and every page, as each office and as somebody who is not signed in, and where it is about a request in
 * each status: who reaches it, who is refused, to whom it is not the time, and to whom there is nothing there.
 */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { demoPassword } from '../../../../db/demo/accounts.js';
import { requestStatuses, type RequestStatus } from '../../../../policies/request/request.js';
import { createApp } from '../../../../server/app.js';
import { pages } from '../../../../server/pages.js';
import { routes } from '../../../../server/routes.js';
import type { AnyRoute } from '../../../../server/web/api/route.js';
import { wellFormed, type WellFormed } from '../../../support/bodies.js';
import { sockets, useCouncil } from '../../../support/council.js';
import { keepingNothing } from '../../../support/keeping-nothing.js';
import { isLong } from '../../../support/long.js';
import { feedCsv, fictionalMembers } from '../../../support/register-feed.js';
import { pageRows } from './pages.js';
import { apart, routeRows } from './routes.js';
import { expectedOf, letters, people, type Kind, type Row } from './row.js';
import { thingsOf, type Things } from './things.js';

const council = useCouncil();
let things: Things;
let bodies: Readonly<Record<string, WellFormed>>;
/** The service on the same database, where nothing that is done is kept: each call finds the council as it was. */
let server: Server;
const cookies = new Map<string, string>();

beforeAll(async () => {
  things = await thingsOf(council);
  const { councillorId: councillor } = await council.as('scrutiny.chair');
  bodies = {
    ...(await wellFormed(council, { type: 'initial_child_protection_conference' })),
    'POST /api/disclosures/search': { by: 'legal', body: { caseReference: 'Case 12' } },
    'POST /api/incidents': {
      by: 'legal',
      body: {
        what: 'outside_scope',
        causedBy: 'host',
        text: 'The councillor stayed in the room after the closed part had begun.',
        happenedAt: council.clock.toISOString(),
        councillor,
      },
    },
    'POST /api/disposals': { by: 'legal', body: { target: 'councillor', councillor } },
  };
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
  for (const [letter, account] of Object.entries(people)) {
    const credentials = { email: `${account}@council.example`, password: demoPassword };
    const entered = await request(council.server).post('/api/session').agent(sockets).send(credentials);
    cookies.set(letter, entered.get('Set-Cookie')?.[0]?.split(';')[0] ?? '');
  }
}, 120_000);
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const key = ({ method, path }: Pick<AnyRoute, 'method' | 'path'>) => `${method} ${path}`;
const csv = () => feedCsv(fictionalMembers(3), { canary: 'nobody' });

const sendTo = (route: AnyRoute, letter: string, status: RequestStatus | null) => {
  const verb = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  const asking = request(server);
  const sending = asking[verb](things.address(route.path, status))
    .agent(sockets)
    .set('Cookie', cookies.get(letter) ?? '');
  if (route.method === 'GET') return sending;
  if (route.mediaTypes) return sending.set('Content-Type', 'text/csv').send(csv());
  const sent = bodies[key(route)];
  if (!sent) throw new Error(`No well-formed body for ${key(route)}: add one.`);
  return sending.send(sent.body);
};

const kindOf = (status: number, rule: unknown): Kind => {
  if (status >= 500) throw new Error(`Answered with ${status}.`);
  if (status === 401) return 'signs in first';
  if (status === 404) return 'nothing there';
  if (status === 403) return 'refused';
  return status === 409 && rule === 'status' ? 'not the time' : 'reached';
};

/** In short a sixth of the people for each status: others for each route, so that every one of them meets every person. */
const tried = (place: number, row: Row, isOfRequest: boolean) =>
  (isOfRequest ? requestStatuses : [null]).flatMap((status, which) =>
    letters
      .filter((_, index) => isLong || (place + which + index) % 10 === 0)
      .map((letter) => ({ letter, status, expected: expectedOf(row, letter, status) })),
  );

const told = ({ letter, status }: { letter: string; status: RequestStatus | null }, kind: Kind) =>
  `${letter}${status === null ? '' : ` while ${status}`}: ${kind}`;

describe('each route', () => {
  test('has a row in the table, or a reason why no office makes a difference to it; and no row is of nothing', () => {
    expect([...Object.keys(routeRows), ...Object.keys(apart)].toSorted()).toEqual(routes.map(key).toSorted());
  });

  const rowed = routes.filter((route) => key(route) in routeRows);
  test.each(rowed.map((route, place) => [key(route), route, place] as const))(
    '%s is reached by whom the table lets',
    async (name, route, place) => {
      const row = routeRows[name] ?? { sees: '', may: '' };
      const calls = tried(place, row, route.path.includes('{reference}'));
      const answers = calls.map(async (each) => {
        const { status, body } = await sendTo(route, each.letter, each.status);
        return told(each, kindOf(status, (body as { rule?: unknown }).rule));
      });
      expect(await Promise.all(answers)).toEqual(calls.map((each) => told(each, each.expected)));
    },
  );
});

describe('each page', () => {
  test('has a row in the table, and no row is of nothing', () => {
    expect(Object.keys(pageRows).toSorted()).toEqual(pages.map(({ path }) => path as string).toSorted());
  });

  test.each(pages.map(({ path }, place) => [path as string, place] as const))(
    '%s opens to whom the table lets',
    async (path, place) => {
      const row = pageRows[path] ?? { sees: '', may: '' };
      const calls = tried(place, row, path.includes(':reference'));
      const answers = calls.map(async (each) => {
        const { status, headers } = await request(server)
          .get(things.address(path, each.status))
          .agent(sockets)
          .set('Accept', 'text/html')
          .set('Cookie', cookies.get(each.letter) ?? '');
        const leads = (headers as Readonly<Record<string, string>>)['location'] ?? '';
        if (leads.startsWith('/sign-in')) return told(each, 'signs in first');
        return told(each, kindOf(status, status === 409 ? 'status' : null));
      });
      expect(await Promise.all(answers)).toEqual(calls.map((each) => told(each, each.expected)));
    },
  );
});
