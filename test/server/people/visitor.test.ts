import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { demoPassword } from '../../../db/demo/accounts.js';
import { sockets, useCouncil } from '../../support/council.js';
import { Sheet } from '../../support/browser-less.js';
import { paths } from '../../../server/web/paths.js';

const council = useCouncil();
const email = 'legal@council.example';
const rows = async () => (await council.world.db('runtime.sessions')).length;
const open = (cookie = '') =>
  request(council.server).get(paths.signIn).agent(sockets).set('Accept', 'text/html').set('Cookie', cookie);
const send = (cookie: string, fields: object, path: string = paths.signIn) =>
  request(council.server)
    .post(path)
    .agent(sockets)
    .set('Accept', 'text/html')
    .set('Cookie', cookie)
    .type('form')
    .send(fields);
const cookiesOf = (answer: request.Response) =>
  (answer.get('Set-Cookie') ?? []).map((cookie) => cookie.split(';')[0] ?? '');
const fieldsOf = ({ status, text, headers }: request.Response) =>
  new Sheet(status, paths.signIn, text, headers).form.fields;
/** The page to sign in in a new browser: its cookie, and what its form holds. */
const visit = async () => {
  const page = await open();
  return { cookie: cookiesOf(page).join('; '), fields: fieldsOf(page) };
};

let before: number;
beforeAll(async () => {
  before = await rows();
});

describe('a visitor who is not signed in', () => {
  test('leaves no row: a thousand opened the page to sign in, and a hundred sent it empty', async () => {
    const pages = [];
    for (let round = 0; round < 40; round++)
      pages.push(...(await Promise.all(Array.from({ length: 25 }, () => open()))));
    expect(pages.filter(({ status }) => status === 200)).toHaveLength(1000);
    expect(new Set(pages.flatMap(cookiesOf)).size).toBe(1000);
    const sent = await Promise.all(
      pages.slice(0, 100).map((page) => send(cookiesOf(page).join('; '), fieldsOf(page))),
    );
    expect(sent.filter(({ status }) => status === 422)).toHaveLength(100);
    expect(await rows()).toBe(before);
  }, 120_000);

  test('keeps the cookie of the first page, which no script reads', async () => {
    const page = await open();
    expect(page.get('Set-Cookie')).toEqual([
      expect.stringMatching(/^visitor=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    const again = await open(cookiesOf(page).join());
    expect(again.headers).not.toHaveProperty('set-cookie');
    expect(fieldsOf(again)).toEqual(fieldsOf(page));
  });

  test('signs in with the form of their browser, into a session that was not there before', async () => {
    const { cookie, fields } = await visit();
    const planted = `${cookie}; session=s%3Aplanted.signature`;
    const entered = await send(planted, { ...fields, email, password: demoPassword });
    expect([entered.status, entered.headers['location']]).toEqual([303, '/']);
    const [session = ''] = cookiesOf(entered);
    expect(session).toMatch(/^session=s%3A(?!planted)/);
    expect(await rows()).toBe(before + 1);
    const home = await request(council.server).get(paths.requests).set('Cookie', session);
    expect(home.status).toBe(200);
  });

  test.each<[string, (of: { cookie: string; fields: object }) => readonly [string, object]]>([
    ['without the cookie', ({ fields }) => ['', fields]],
    ['without the token', ({ cookie }) => [cookie, {}]],
    ['with a token that nobody signed', ({ cookie }) => [cookie, { _csrf: 'x'.repeat(43) }]],
    ['with the cookie as its token', ({ cookie }) => [cookie, { _csrf: cookie.replace('visitor=', '') }]],
    ['with a cookie of another length', ({ fields }) => ['visitor=short', fields]],
    ['with two tokens', ({ cookie, fields }) => [cookie, { ...fields, _csrf: ['a', 'b'] }]],
  ])('is refused %s, and nothing is tried', async (_, changed) => {
    const [cookie, fields] = changed(await visit());
    const answer = await send(cookie, { ...fields, email, password: demoPassword });
    expect(answer.status).toBe(403);
    expect(cookiesOf(answer).filter((each) => each.startsWith('session='))).toEqual([]);
  });

  test('is refused with the form of another browser', async () => {
    const [one, other] = [await visit(), await visit()];
    const answer = await send(one.cookie, { ...other.fields, email, password: demoPassword });
    expect(answer.status).toBe(403);
  });
});
