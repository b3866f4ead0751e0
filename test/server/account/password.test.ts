/** Passwords: forgotten, asked for by mail, set with a link that works once. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import { noticesOf } from '../../../server/web/notices.js';
import { paths } from '../../../server/web/paths.js';
import { mailbox } from '../../../db/outbox/outbox.js';
import { Reader } from '../../support/browser-less.js';
import { sockets, useCouncil } from '../../support/council.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';
import { statementsOf } from '../../support/statements.js';

const council = useCouncil();
const passphrase = 'kettle moss lantern ninth';
const [hour, minute] = [3_600_000, 60_000];

const post = (path: string, body: object) => request(council.server).post(path).agent(sockets).send(body);
const forgotten = (email: string) => post('/api/password/forgotten', { email });
const setPassword = (token: string, password = passphrase) => post('/api/password', { token, password });
const signIn = (login: string, password: string) =>
  post('/api/session', { email: `${login}@council.example`, password });

const render = noticesOf({
  baseUrl: new URL('http://127.0.0.1:3000'),
  councilName: 'Test Council',
  sessionSecret: 'a secret of the test',
});
/** The mail of somebody, the newest first, as it would be sent. */
const mailOf = async (login: string) => {
  const messages = await mailbox(council.world.db, {
    personId: await personId(council.world.db, login),
    limit: 10,
  });
  return messages.map((message) => ({ kind: message.kind, ...render({ ...message, ...message.carries }) }));
};
const linkTo = async (login: string): Promise<string> => {
  expect((await forgotten(`${login}@council.example`)).status).toBe(202);
  const links = (await mailOf(login)).map(
    ({ link }) => /\/set-password\/([\w-]{43})$/.exec(link?.href ?? '')?.[1],
  );
  return links.find((token) => token !== undefined) ?? '';
};

// Each test begins where nobody has asked for anything lately.
beforeEach(() => {
  council.clock = new Date(council.clock.getTime() + 2 * hour);
});

describe('a forgotten password', () => {
  test('is set by the link that goes to its address, which is told, and the old one is worth nothing', async () => {
    const token = await linkTo('legal.second');
    const [mail] = await mailOf('legal.second');
    expect(mail).toMatchObject({ kind: 'password_link', subject: 'Set your password' });
    expect(mail?.text).toContain(`/set-password/${token}`);
    expect((await setPassword(token)).status).toBe(204);
    expect((await signIn('legal.second', demoPassword)).status).toBe(401);
    expect((await signIn('legal.second', passphrase)).status).toBe(201);
    const kinds = (await mailOf('legal.second')).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['password_link', 'password_set']);
    const id = await personId(council.world.db, 'legal.second');
    const entries = await search(council.world.db, { subject: `person:${id}`, limit: 10 });
    expect(entries.map(({ type, actor }) => [type, actor])).toEqual([
      ['password.set', id],
      ['password.forgotten', 'system'],
    ]);
  });

  test('gives the same answer, and takes the same statements, for an address that nobody has', async () => {
    const { db } = council.world;
    const asking = async (email: string) => {
      const { statements, answer } = await statementsOf(db, () => forgotten(email));
      const {
        date: _date,
        'x-request-id': _id,
        'content-security-policy': _policy,
        ...headers
      } = answer.headers;
      return { statements, status: answer.status, text: answer.text, headers };
    };
    await asking('warm.up@council.example');
    const before = await db('messages').count('* as n').first();
    const unknown = await asking('nobody.at.all@council.example');
    expect(await db('messages').count('* as n').first()).toEqual(before);
    const known = await asking('HOST@council.example');
    expect(known).toEqual(unknown);
    expect(known.status).toBe(202);
    expect(await mailOf('host')).toMatchObject([{ kind: 'password_link' }]);
    const [last] = await search(db, { type: 'password.forgotten', limit: 1 });
    expect(last?.subject).toBe(`person:${await personId(db, 'host')}`);
  });

  test('of somebody whom nobody has invited opens nothing: a link is sent once they were', async () => {
    const administrator = await council.as('administrator');
    const email = 'uninvited@borough.example';
    const { body } = await administrator.post('/api/people', { name: 'Not Invited', email });
    const links = () => council.world.db('password_links').where({ person_id: body.id }).pluck('id');
    expect((await forgotten(email)).status).toBe(202);
    expect(await links()).toEqual([]);
    expect(await council.world.db('messages').where({ to_person: body.id })).toEqual([]);
    await administrator.post(`/api/people/${body.id}/invite`);
    expect((await forgotten(email)).status).toBe(202);
    expect(await links()).toHaveLength(2);
  });

  test('of somebody suspended gets the same answer, and no mail', async () => {
    const id = await personId(council.world.db, 'auditor');
    const suspended = (at: Date | null) =>
      behindTheApi(council.world.db, (trx) => trx('people').where({ id }).update({ suspended_at: at }));
    const token = await linkTo('auditor');
    await suspended(council.clock);
    const before = (await mailOf('auditor')).length;
    expect((await forgotten('auditor@council.example')).status).toBe(202);
    expect((await mailOf('auditor')).length).toBe(before);
    // Nor does the link that they had already.
    expect(await setPassword(token)).toMatchObject(byRule(422, 'link'));
    await suspended(null);
  });

  test('is asked for three times an hour for one address, at once or one after the other', async () => {
    await Promise.all(Array.from({ length: 12 }, () => forgotten('lead.member@council.example')));
    expect((await mailOf('lead.member')).length).toBe(3);
    council.clock = new Date(council.clock.getTime() + 59 * minute);
    expect((await forgotten('lead.member@council.example')).status).toBe(202);
    expect((await mailOf('lead.member')).length).toBe(3);
    council.clock = new Date(council.clock.getTime() + 2 * minute);
    await forgotten('lead.member@council.example');
    expect((await mailOf('lead.member')).length).toBe(4);
  });

  test('is asked for thirty times an hour from one source, whatever the addresses', async () => {
    for (let asked = 0; asked < 30; asked++) await forgotten(`nobody.${asked}@council.example`);
    const before = (await mailOf('ward.member')).length;
    expect((await forgotten('ward.member@council.example')).status).toBe(202);
    expect((await mailOf('ward.member')).length).toBe(before);
    const { rows } = await council.world.owner.raw<{ rows: object[] }>('select * from runtime.links_asked');
    expect(JSON.stringify(rows)).not.toMatch(/nobody|127\.0\.0\.1|council\.example/);
  });
});

describe('a link', () => {
  test('is not used up by opening it, and works once', async () => {
    const token = await linkTo('legal.second');
    const reader = new Reader(council.server);
    for (let opened = 0; opened < 3; opened++) {
      const page = await reader.open(paths.setPassword(token));
      expect([page.status, page.headings]).toEqual([200, ['Set your password']]);
    }
    const done = await reader.submit({ password: passphrase });
    expect([done.status, done.headings]).toEqual([200, ['Your password has been set']]);
    expect(await setPassword(token)).toMatchObject(byRule(422, 'link'));
    const again = await reader.open(paths.setPassword(token));
    expect([again.status, again.headings]).toEqual([404, ['This link does not work']]);
  });

  test('sets one password of two that are sent at once', async () => {
    const token = await linkTo('legal.second');
    const answers = await Promise.all([
      setPassword(token, 'a heron waits below the weir'),
      setPassword(token, 'nine lanterns over the quarry'),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 422]);
  });

  test('ends after a day, with another that was used, and is nothing where it was made up', async () => {
    const first = await linkTo('legal.second');
    council.clock = new Date(council.clock.getTime() + 2 * hour);
    const second = await linkTo('legal.second');
    expect((await setPassword(second)).status).toBe(204);
    expect(await setPassword(first)).toMatchObject(byRule(422, 'link'));
    const third = await linkTo('legal.second');
    council.clock = new Date(council.clock.getTime() + 24 * hour);
    expect(await setPassword(third)).toMatchObject(byRule(422, 'link'));
    for (const token of ['x', 'A'.repeat(43), `${'a'.repeat(42)}/`]) {
      expect(await setPassword(token)).toMatchObject({
        ...byRule(422, 'link'),
        body: { errors: [{ field: 'token' }] },
      });
    }
  });

  test('is changed by nobody once it was used, the service itself included', async () => {
    const token = await linkTo('legal.second');
    expect((await setPassword(token)).status).toBe(204);
    const again = behindTheApi(council.world.db, (trx) =>
      trx('password_links').whereNotNull('used_at').update({ used_at: null }),
    );
    await expect(again).rejects.toThrow(/works once/);
  });
});

describe('a password', () => {
  test.each([
    ['short', 'elevenchars', /at least 12/],
    ['common', 'password123456', /harder to guess/],
    ['the name of the person', 'legalseconddemonstration', /harder to guess/],
    ['the name of the council', 'testcouncil2', /harder to guess/],
    ['a row of keys', 'qwertyuiop123', /harder to guess/],
    ['one letter', 'a'.repeat(40), /harder to guess/],
  ])('that is %s is refused, kept nowhere, and the link still works', async (_, password, words) => {
    const token = await linkTo('legal.second');
    const refused = await setPassword(token, password);
    expect(refused).toMatchObject({
      ...byRule(422, 'passphrase'),
      body: { errors: [{ field: 'password', message: expect.stringMatching(words) }] },
    });
    expect(JSON.stringify(refused.body)).not.toContain(password);
    expect(council.lines.join('\n')).not.toContain(password);
    const page = await new Reader(council.server).open(paths.setPassword(token));
    expect(page.status).toBe(200);
  });

  test('of a thousand characters is judged within a moment', async () => {
    const token = await linkTo('legal.second');
    const began = performance.now();
    expect((await setPassword(token, 'x1Y!'.repeat(256))).status).toBe(422);
    expect((await setPassword(token, `${passphrase} ${'x1Y!'.repeat(240)}`)).status).toBe(204);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test('that is refused on the page is not sent back, and the error leads to its field', async () => {
    const token = await linkTo('legal.second');
    const reader = new Reader(council.server);
    await reader.open(paths.setPassword(token));
    const refused = await reader.submit({ password: 'testcouncil2' });
    expect([refused.status, refused.errors]).toEqual([
      422,
      [{ href: '#password', text: expect.stringMatching(/harder to guess/) }],
    ]);
    expect(refused.html).not.toContain('testcouncil2');
    expect(refused.headings).toEqual(['Set your password']);
  });

  test('that is set ends the sessions of the person at the next call, also one that is stored once more', async () => {
    const agent = request.agent(council.server);
    await agent
      .post('/api/session')
      .send({ email: 'monitoring.officer.deputy@council.example', password: demoPassword });
    expect((await agent.get('/api/me')).status).toBe(200);
    const id = await personId(council.world.db, 'monitoring.officer.deputy');
    const of = () => council.world.db('runtime.sessions').whereRaw("sess #>> '{passport,user,id}' = ?", [id]);
    const stored = await of();
    council.clock = new Date(council.clock.getTime() + minute);
    expect((await setPassword(await linkTo('monitoring.officer.deputy'))).status).toBe(204);
    expect(await of()).toEqual([]);
    expect((await agent.get('/api/me')).status).toBe(401);
    await council.world
      .db('runtime.sessions')
      .insert(stored.map(({ sid, sess, expire }) => ({ sid, expire, sess: JSON.stringify(sess) })));
    expect((await agent.get('/api/me')).status).toBe(401);
    expect((await signIn('monitoring.officer.deputy', passphrase)).status).toBe(201);
  });
});

test('the page to ask for a link says the same of every address', async () => {
  const words: string[] = [];
  for (const login of ['coopted.member', 'nobody.whatever']) {
    const reader = new Reader(council.server);
    await reader.open(paths.signIn);
    await reader.open(paths.forgottenPassword);
    const sheet = await reader.submit({ email: `${login}@council.example` });
    words.push(`${sheet.status} ${sheet.text}`);
  }
  expect(words[0]).toMatch(/^200 Check your e-mail If there is an account/);
  expect(words[1]).toBe(words[0]);
  const reader = new Reader(council.server);
  await reader.open(paths.forgottenPassword);
  expect(await reader.submit({ email: 'nothing like one' })).toMatchObject({
    status: 422,
    errors: [{ href: '#email' }],
  });
});
