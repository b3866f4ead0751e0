/** Every office but the councillor’s needs an app for codes, and reaches nothing before one is set up. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { demoPassword } from '../../../db/demo/accounts.js';
import { offices } from '../../../policies/core/office.js';
import { needsCodes } from '../../../policies/proof/needed.js';
import { createApp } from '../../../server/app.js';
import { pages } from '../../../server/pages.js';
import { routes } from '../../../server/routes.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { codeAt } from '../../support/code-at.js';
import { sockets, useCouncil } from '../../support/council.js';
import { byRule, lineAt, stepsOf } from '../../support/people.js';
import { aSigner } from '../../support/signer.js';

const council = useCouncil();

/** The same council where it is no demonstration. */
let inService: Server;
beforeAll(async () => {
  const app = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: pino({ level: 'silent' }),
    sessionSecret: 'a secret of the test',
    baseUrl: new URL('http://127.0.0.1:3000'),
    trustProxy: false,
    councilName: 'Test Council',
    demo: false,
    signer: aSigner(),
  });
  inService = createServer(app);
  await new Promise<void>((resolve) => void inService.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void inService.close());

const enter = async (account: string) => {
  const agent = request.agent(inService);
  const credentials = { email: `${account}@council.example`, password: demoPassword };
  expect((await agent.post('/api/session').agent(sockets).send(credentials)).status).toBe(201);
  return agent;
};

describe('an app for codes', () => {
  test('is needed by every office but the councillor’s', () => {
    const needing = offices.filter((office) => needsCodes([{ office }]));
    expect(needing).toEqual(offices.filter((office) => office !== 'councillor'));
    expect([needsCodes([]), needsCodes([{ office: 'councillor' }, { office: 'host' }])]).toEqual([
      false,
      true,
    ]);
  });

  test('comes first: an officer without one reaches nothing else by the API, and each try is recorded', async () => {
    const { reference } = await lineAt(council, 'submitted');
    const agent = await enter('legal');
    const refused = await agent.get(`/api/requests/${reference}`).agent(sockets);
    expect(refused).toMatchObject(byRule(403, 'codes_first'));
    expect((await stepsOf(council.world.db, reference)).at(-1)).toMatchObject({
      type: 'authority.refused',
      decision: { rule: 'codes_first' },
    });
    expect((await agent.get('/api/me').agent(sockets)).status).toBe(200);
    const { body } = await agent.post('/api/me/codes').agent(sockets).send({});
    expect(await agent.get('/api/requests').agent(sockets)).toMatchObject(byRule(403, 'codes_first'));
    const code = codeAt(body.key, council.clock);
    expect((await agent.post('/api/me/codes/confirm').agent(sockets).send({ code })).status).toBe(200);
    expect((await agent.get(`/api/requests/${reference}`).agent(sockets)).status).toBe(200);
  });

  test('comes first on pages: they lead to where it is set up, and then anywhere', async () => {
    const reader = await readerOf(inService, 'host');
    expect(reader.page.path).toBe(paths.codes);
    expect(reader.page.text).toContain(
      'Your office needs a passkey or an app for codes. Set one up to go on.',
    );
    expect((await reader.open(paths.visits)).path).toBe(paths.codes);
    const setUp = await reader.submit();
    const [key = ''] = /[A-Z2-7]{4}( [A-Z2-7]{4}){7}/.exec(setUp.text) ?? [];
    await reader.submit({ code: codeAt(key, council.clock) });
    expect((await reader.open(paths.visits)).path).toBe(paths.visits);
  });

  test('is no member’s duty, and nobody’s in the demonstration', async () => {
    const agent = await enter('scrutiny.chair');
    expect((await agent.get('/api/requests').agent(sockets)).status).toBe(200);
    const officer = await council.as('childrens.services');
    expect((await officer.get('/api/requests')).status).toBe(200);
  });

  test('is asked for before every route and page but those that need no more than who somebody is', () => {
    const open = routes.filter(({ open: isOpen, beforeCodes }) => !isOpen && beforeCodes);
    expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'DELETE /api/me/passkeys/{id}',
      'DELETE /api/me/sessions/{id}',
      'DELETE /api/session',
      'GET /api/audit/checkpoint',
      'GET /api/audit/consistency',
      'GET /api/me',
      'GET /api/me/codes',
      'GET /api/me/passkeys',
      'GET /api/me/sessions',
      'POST /api/me/codes',
      'POST /api/me/codes/confirm',
      'POST /api/me/codes/recovery',
      'POST /api/me/passkeys',
      'POST /api/me/passkeys/options',
      'POST /api/session/step-up',
      'POST /api/session/step-up/options',
    ]);
    const before = pages.filter(({ beforeCodes }) => beforeCodes).map(({ path }) => path as string);
    expect(before.toSorted()).toEqual([
      '/account/codes',
      '/account/codes/recovery',
      '/account/codes/set-up',
      '/account/passkeys',
      '/account/sessions',
      '/prove',
    ]);
  });
});
