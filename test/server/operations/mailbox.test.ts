/** The mailbox of the demonstration: its messages and their recipients; it exists only in a demonstration. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { createCourier } from '../../../emails/courier/courier.js';
import { mailboxTransport } from '../../../emails/courier/transport.js';
import { createApp } from '../../../server/app.js';
import { noticesOf } from '../../../server/web/notices.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil } from '../../support/council.js';
import { aSigner } from '../../support/signer.js';
import { expectOk, Line } from '../../support/line.js';

const council = useCouncil();
const baseUrl = new URL('http://localhost:3000');
const notices = noticesOf({ baseUrl, councilName: 'Test Council', sessionSecret: 'a secret of the test' });
const quiet = pino({ level: 'silent' });

const open = (query = '') => request(council.app).get(`${paths.mailbox}${query}`);
const subjects = (html: string) =>
  [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, subject]) => subject ?? '');
const recipients = (html: string) => [...html.matchAll(/To [^<]*&lt;([^&]*)&gt;/g)].map(([, to]) => to ?? '');

let line: Line;
beforeAll(async () => {
  line = await Line.submitted(council);
}, 60_000);

describe('in a demonstration', () => {
  test('it is open, and lists every message with its subject and its text, exactly as sent', async () => {
    const { status, text, headers } = await open();
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    const told = notices({ kind: 'request_received', reference: line.reference, due: null });
    expect(subjects(text)).toContain(told?.subject);
    expect(text).toContain('Children’s Services, Democratic Services and Legal look at it together.');
    expect(text).toContain(`href="${told?.link.href}"`);
    expect(text).toContain('Scrutiny Chair (demonstration) &lt;scrutiny.chair@council.example&gt;');
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('a message is on its way until the courier has been, and delivered then', async () => {
    expect((await open()).text).toContain('On its way.');
    const courier = createCourier({
      db: council.world.open(),
      now: () => council.clock,
      log: quiet,
      render: notices,
      transport: mailboxTransport(),
      from: 'need-to-know@council.example',
    });
    await courier.deliver();
    await courier.stop(0);
    const { text } = await open();
    expect(text).toContain('Delivered.');
    expect(text).not.toContain('On its way.');
  });

  test('the newest come first', async () => {
    council.clock = new Date(council.clock.getTime() + 60_000);
    expectOk(await (await council.as('scrutiny.chair')).post(`${line.path}/withdraw`, { version: 1 }));
    const [first] = subjects((await open()).text);
    expect(first).toBe(`${line.reference}: a request has been withdrawn`);
  });

  test('one person’s messages can be read alone', async () => {
    const { id } = await council.as('host');
    const { text } = await open(`?person=${id}`);
    expect(new Set(recipients(text))).toEqual(new Set(['host@council.example']));
    expect(subjects(text)).toEqual([
      `${line.reference}: a request has been withdrawn`,
      `${line.reference}: you have been named as host`,
    ]);
    expect(text).toMatch(new RegExp(`<option value="${id}" selected>`));
  });

  test.each([
    '?person=',
    '?person=nobody',
    '?person=00000000-0000-4000-8000-000000000000',
    '?person=a&person=b',
  ])('an address that names nobody, %s, still gets an answer', async (query) => {
    expect((await open(query)).status).toBe(200);
  });

  test('a signed-in person keeps the frame of the service around it', async () => {
    const agent = request.agent(council.app);
    await agent
      .post('/api/session')
      .send({ email: 'host@council.example', password: 'observe-and-account-2026' })
      .expect(201);
    const { text } = await agent.get(paths.mailbox);
    expect(text).toContain('Signed in as Host (demonstration).');
  });
});

test('outside a demonstration there is no such page', async () => {
  const app = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: quiet,
    sessionSecret: 'a secret of the test',
    baseUrl,
    trustProxy: false,
    councilName: 'Test Council',
    demo: false,
    signer: aSigner(),
  });
  const { status, text } = await request(app).get(paths.mailbox);
  expect(status).toBe(404);
  expect(text).not.toMatch(/OBS-|@council/);
});

test('the courier hears of a change after it is made, and not of a reading or a refusal', async () => {
  let changes = 0;
  const app = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: quiet,
    sessionSecret: 'a secret of the test',
    baseUrl,
    trustProxy: false,
    councilName: 'Test Council',
    demo: true,
    signer: aSigner(),
    onChange: () => (changes += 1),
  });
  const agent = request.agent(app);
  await agent.get('/healthz').expect(200);
  await agent.post('/api/requests').send({}).expect(401);
  expect(changes).toBe(0);
  await agent
    .post('/api/session')
    .send({ email: 'scrutiny.chair@council.example', password: 'observe-and-account-2026' })
    .expect(201);
  await agent.post('/api/requests').send({ unknown: true }).expect(422);
  expect(changes).toBe(1);
  await agent.post('/api/requests').send({}).expect(201);
  expect(changes).toBe(2);
});
