/** The number of a request: on every answer, in its log line and in the problem. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { openapi } from '../../../server/web/contract/openapi.js';
import { routes } from '../../../server/routes.js';
import { createApp, type AppDeps } from '../../../server/app.js';
import { paths } from '../../../server/web/paths.js';
import { useDatabase } from '../../support/database.js';
import { aSigner } from '../../support/signer.js';

const world = useDatabase();
const lines: string[] = [];
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
const broken: AppDeps['now'] = () => {
  throw new Error('The clock has stopped.');
};

const appWith = (more: Partial<AppDeps> = {}): Express =>
  createApp({
    db: world.db,
    now: () => new Date(),
    log,
    sessionSecret: 'a secret of the test',
    baseUrl: new URL('http://127.0.0.1:3000'),
    trustProxy: false,
    councilName: 'Test Council',
    demo: false,
    signer: aSigner(),
    ...more,
  });

let app: Express;
/** Whose database is not there. */
let down: Express;
/** Where signing in fails by a fault of ours. */
let faulty: Express;
beforeAll(() => {
  app = appWith();
  down = appWith({ db: world.open('postgres://nobody@127.0.0.1:1/none') });
  faulty = appWith({ now: broken });
});

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const numberOf = ({ headers }: request.Response): string => headers['x-request-id'] as string;
const loggedWith = (number: string) =>
  lines.map((line) => JSON.parse(line)).filter(({ reqId }) => reqId === number);
const signIn = (to: Express) =>
  request(to).post('/api/session').send({ email: 'a@council.example', password: 'nothing that fits' });

describe('the number of a request', () => {
  test('is on every answer, each its own, and in the log', async () => {
    const answers = [
      await request(app).get('/healthz'),
      await request(app).get(paths.signIn),
      await request(app).get('/'),
      await request(app).get('/problems/invalid'),
      await request(app).get('/api/openapi.json'),
      await request(app).get('/api/me'),
      await request(app).get('/nowhere'),
      await signIn(app),
      await request(down).get('/readyz'),
      await signIn(faulty),
    ];
    for (const answer of answers) {
      expect(numberOf(answer)).toMatch(uuid);
      expect(loggedWith(numberOf(answer))).toContainEqual(
        expect.objectContaining({
          msg: answer.status < 500 ? 'answered' : 'failed',
          status: answer.status,
        }),
      );
    }
    expect(new Set(answers.map(numberOf)).size).toBe(answers.length);
  });

  test('is the instance of a problem', async () => {
    for (const [status, answer] of [
      [401, await request(app).get('/api/me')],
      [422, await request(app).post('/api/session').send({})],
      [415, await request(app).post('/api/session').type('text/plain').send('x')],
      [503, await request(down).get('/readyz')],
      [500, await signIn(faulty)],
    ] as const) {
      expect([answer.status, answer.body.instance]).toEqual([status, numberOf(answer)]);
    }
  });

  test('is not in the body of a 404, which is the same for hidden and missing', async () => {
    const missing = await request(app).get('/problems/none').set('Accept', 'application/json');
    expect(missing.body).toEqual({
      type: '/problems/not-found',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing here that you may see.',
    });
    expect(numberOf(missing)).toMatch(uuid);
  });

  test('leads to the fault in the log', async () => {
    const answer = await signIn(faulty);
    expect(loggedWith(numberOf(answer))).toContainEqual(
      expect.objectContaining({ msg: 'fault', message: 'The clock has stopped.' }),
    );
  });

  test('is published with the problem', () => {
    expect(openapi(routes)).toMatchObject({
      components: { schemas: { Problem: { properties: { instance: { type: 'string' } } } } },
    });
  });
});

describe('a number from outside', () => {
  const uuidFromOutside = '0f8fad5b-d9cb-469f-a165-70867728950e';
  const hexFromOutside = '9f86d081884c7d659a2feaa0c55ad015';
  const sent = (to: Express, number: string) => request(to).get('/healthz').set('X-Request-Id', number);

  test('counts if it comes through a trusted proxy', async () => {
    for (const behind of [appWith({ trustProxy: 1 }), appWith({ trustProxy: 'loopback' })]) {
      for (const number of [uuidFromOutside, hexFromOutside])
        expect(numberOf(await sent(behind, number))).toBe(number);
    }
  });

  test('does not count if no proxy is trusted, or only another one', async () => {
    for (const behind of [app, appWith({ trustProxy: '10.1.2.3' })]) {
      const number = numberOf(await sent(behind, uuidFromOutside));
      expect(number).toMatch(uuid);
      expect(number).not.toBe(uuidFromOutside);
    }
  });

  test.each([
    'zoe.agren@council.example',
    'OBS-2026-0001',
    'Child-A',
    '1',
    'a'.repeat(200),
    `${uuidFromOutside}x`,
  ])('does not count if it is not a plain one: %s', async (given) => {
    const number = numberOf(await sent(appWith({ trustProxy: 1 }), given));
    expect(number).toMatch(uuid);
    expect(lines.join('')).not.toContain(given === '1' ? '"reqId":"1"' : given);
  });
});
