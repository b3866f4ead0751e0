/** Where one is signed in, and ending it there. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { demoPassword } from '../../../db/demo/accounts.js';
import { createApp } from '../../../server/app.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf, type Sheet } from '../../support/browser-less.js';
import { sockets, useCouncil } from '../../support/council.js';
import { notFound } from '../../support/people.js';
import { aSigner } from '../../support/signer.js';

const council = useCouncil();
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

/** Another node on the same database, where a session may last a quarter of an hour, and two hours in all. */
let stricter: Server;
beforeAll(async () => {
  const app = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: pino({ level: 'silent' }),
    sessionSecret: 'a secret of the test',
    baseUrl: new URL('http://127.0.0.1:3000'),
    trustProxy: false,
    councilName: 'Test Council',
    demo: true,
    signer: aSigner(),
    sessions: { idleMinutes: 15, hours: 2 },
  });
  const opened = createServer(app);
  await new Promise<void>((resolve) => void opened.listen(0, '127.0.0.1', resolve));
  stricter = opened;
});
afterAll(() => void stricter.close());

const signIn = async (account: string, userAgent = firefox, to = council.server): Promise<string> => {
  const entered = await request(to)
    .post('/api/session')
    .agent(sockets)
    .set('User-Agent', userAgent)
    .send({ email: `${account}@council.example`, password: demoPassword });
  return entered.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
};
const call = (method: 'get' | 'delete', path: string, cookie: string, to = council.server) =>
  request(to)[method](path).agent(sockets).set('Cookie', cookie);
const list = async (cookie: string, to = council.server) =>
  (await call('get', '/api/me/sessions', cookie, to)).body.items;
const status = async (cookie: string, to = council.server) =>
  (await call('get', '/api/me', cookie, to)).status;
const entries = async () => (await council.world.db('audit.entries').where({ type: 'session.ended' })).length;

describe('the sessions of a person', () => {
  test('are listed to them alone, by browser and time, the newest first, and without any address', async () => {
    const one = await signIn('legal', firefox);
    council.clock = new Date(council.clock.getTime() + 1_000);
    const other = await signIn('legal', safari);
    await signIn('host');
    const answer = await (await call('get', '/api/me/sessions', one)).body;
    expect(
      answer.items.map(({ browser, current }: { browser: string; current: boolean }) => [browser, current]),
    ).toEqual([
      ['Safari on iOS', false],
      ['Firefox on Windows', true],
    ]);
    expect((await list(other)).map(({ current }: { current: boolean }) => current)).toEqual([true, false]);
    const [, { signedInAt, lastUsedAt, endsAt, id }] = answer.items;
    expect(new Date(signedInAt).getTime()).toBe(council.clock.getTime() - 1_000);
    expect(new Date(endsAt).getTime() - new Date(lastUsedAt).getTime()).toBeLessThanOrEqual(3_600_000);
    expect(JSON.stringify(answer)).not.toMatch(/127\.0\.0\.1|::|Mozilla|140\.0/);
    expect(one).not.toContain(id);
  });

  test.each([
    ['curl/8.10.1', 'A program'],
    ['<script>alert(1)</script> Nobody/1.0', 'A program'],
    [`${firefox} ${'x'.repeat(5_000)}`, 'Firefox on Windows'],
  ])('name a program for what it is: %s', async (userAgent, browser) => {
    const cookie = await signIn('auditor', userAgent);
    const current = (await list(cookie)).find((each: { current: boolean }) => each.current);
    expect(current.browser).toBe(browser);
  });

  test('end at their owner’s word, on every node, with an entry on the trail', async () => {
    const [here, there] = [await signIn('childrens.services'), await signIn('childrens.services', safari)];
    expect([await status(there), await status(there, stricter)]).toEqual([200, 200]);
    const { id } = (await list(there)).find((each: { current: boolean }) => each.current);
    const before = await entries();
    expect((await call('delete', `/api/me/sessions/${id}`, here)).status).toBe(204);
    expect([await status(there), await status(there, stricter), await status(here)]).toEqual([401, 401, 200]);
    expect(await entries()).toBe(before + 1);
    expect((await list(here)).map((each: { id: string }) => each.id)).not.toContain(id);
    expect((await call('delete', `/api/me/sessions/${id}`, here)).status).toBe(404);
  });

  test('include the one that asks, which may end itself', async () => {
    const cookie = await signIn('data.protection');
    const { id } = (await list(cookie)).find((each: { current: boolean }) => each.current);
    expect((await call('delete', `/api/me/sessions/${id.toUpperCase()}`, cookie)).status).toBe(204);
    expect(await status(cookie)).toBe(401);
  });

  test('of somebody else are as those that are not there, and go on', async () => {
    const [mine, theirs] = [await signIn('legal'), await signIn('monitoring.officer')];
    const [{ id }] = await list(theirs);
    const hidden = await call('delete', `/api/me/sessions/${id}`, mine);
    const absent = await call('delete', '/api/me/sessions/00000000-0000-4000-8000-000000000000', mine);
    expect([hidden.status, hidden.body]).toEqual([404, absent.body]);
    expect(hidden).toMatchObject(notFound);
    expect(await status(theirs)).toBe(200);
  });

  test('that have ended without use are not listed, nor those of more hours than there may be', async () => {
    const old = await signIn('host', safari);
    await council.world.db('runtime.sessions').update({ expire: new Date(Date.now() - 1_000) });
    const cookie = await signIn('host');
    expect(await list(cookie)).toHaveLength(1);
    expect(await status(old)).toBe(401);
    const began = council.clock;
    council.clock = new Date(began.getTime() + 2 * 3_600_000 + 1);
    const later = await signIn('host', safari, stricter);
    expect([(await list(later)).length, (await list(later, stricter)).length]).toEqual([2, 1]);
    expect([await status(cookie), await status(cookie, stricter)]).toEqual([200, 401]);
    council.clock = began;
  });

  test('end sooner where the settings say so', async () => {
    const cookie = await signIn('administrator', firefox, stricter);
    const [{ lastUsedAt, endsAt }] = await list(cookie, stricter);
    expect(new Date(endsAt).getTime() - new Date(lastUsedAt).getTime()).toBeLessThanOrEqual(15 * 60_000);
  });

  test('are not made anew by an answer that was on its way when they ended', async () => {
    const cookie = await signIn('democratic.services');
    const { id } = (await list(cookie)).find((each: { current: boolean }) => each.current);
    const ending = await council.world.db.transaction();
    await ending('runtime.sessions').where({ id }).delete();
    // The first page of a session stores the token of its forms.
    const page = call('get', paths.requests, cookie)
      .set('Accept', 'text/html')
      .then((answer) => answer);
    const isWaiting = async (): Promise<boolean> => {
      const { rows } = await council.world.db.raw(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    };
    while (!(await isWaiting()));
    await ending.commit();
    expect((await page).status).toBe(200);
    expect(await council.world.db('runtime.sessions').where({ id })).toEqual([]);
    expect(await status(cookie)).toBe(401);
  });
});

describe('the page', () => {
  test('shows each session with its times, and ends another with one button', async () => {
    const elsewhere = await signIn('scrutiny.chair', safari);
    const reader = await readerOf(council.server, 'scrutiny.chair');
    const home = await reader.open(paths.requests);
    const page = await reader.open(home.link('Where you are signed in'));
    expect([page.path, page.title]).toEqual([
      paths.sessions,
      'Where you are signed in – Observe work with children',
    ]);
    expect(page.text).toMatch(/Safari on iOS Signed in \d{1,2} \w+ \d{4}/);
    expect(page.text).toContain('This session');
    expect(page.forms).toHaveLength(1);
    const [form] = page.forms;
    const after: Sheet = form ? await reader.send(form) : page;
    expect(after.text).toContain('The session has ended.');
    expect(after.forms).toEqual([]);
    expect(await status(elsewhere)).toBe(401);
    if (form) expect((await reader.send(form)).text).toContain('The session has ended.');
  });

  test('answers an unknown session as any hidden thing', async () => {
    const reader = await readerOf(council.server, 'scrutiny.member');
    await signIn('scrutiny.member', safari);
    const [form] = (await reader.open(paths.sessions)).forms;
    const answer = form && (await reader.send(form, { session: '00000000-0000-4000-8000-000000000000' }));
    expect(answer?.status).toBe(404);
  });
});
