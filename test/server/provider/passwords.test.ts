/** Where the council has its own sign-in, one account has a password: for emergencies. */
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { demoPassword } from '../../../db/demo/accounts.js';
import { createApp } from '../../../server/app.js';
import { paths } from '../../../server/web/paths.js';
import { search } from '../../../db/audit/search.js';
import { authenticator } from '../../support/authenticator.js';
import { leadsOnTo, Reader } from '../../support/browser-less.js';
import { ran, type Ran } from '../../support/commands.js';
import { useCouncil, sockets } from '../../support/council.js';
import { added, passphrase, tokenOf } from '../../support/newcomers.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';
import { cameInAs } from '../../support/phone.js';
import { settingsFor } from '../../support/provider/client.js';
import { useHostileProvider } from '../../support/provider/hostile.js';
import { Visitor } from '../../support/provider/visitor.js';

const provider = useHostileProvider();
// The demonstration, whose accounts have passwords, and the same council in earnest.
const council = useCouncil();
let server: Server;
let folder: string;
beforeAll(async () => {
  const app = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: pino({ level: 'silent' }),
    sessionSecret: council.sessionSecret,
    baseUrl: new URL('http://localhost:3000'),
    trustProxy: false,
    councilName: 'Test Council',
    demo: false,
    signer: council.signer,
    provider: settingsFor(provider),
  });
  server = createServer(app);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(path.join(tmpdir(), 'break-glass-'));
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

const signIn = (email: string, password: string = demoPassword) =>
  request(server).post('/api/session').agent(sockets).send({ email, password });
const create = (...options: string[]) =>
  ran(
    ['create-account', ...options, '--recover', '--by', 'The head of IT', '--reason', 'A new sign-in.'],
    {
      NODE_ENV: 'development',
      DATABASE_URL: council.world.serviceUrl,
      MIGRATION_DATABASE_URL: council.world.ownerUrl,
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
    },
    '',
  );
const emergency = 'emergency@council.example';
const makes = (email: string, office = 'administrator') =>
  create('--name', 'For Emergencies', '--email', email, '--office', office, '--break-glass');
const tokenIn = ({ out }: Ran): string => /set-password\/([\w-]{43})/.exec(out)?.[1] ?? '';
const marked = () => council.world.db('people').where({ break_glass: true }).pluck('email');

describe('a password', () => {
  test('lets nobody in, right or wrong, known or unknown, in the same words', async () => {
    const answers = [
      await signIn('legal@council.example'),
      await signIn('legal@council.example', 'not the password'),
      await signIn('administrator@council.example'),
      await signIn('nobody@council.example'),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body.detail).toBe(answers[0]?.body.detail);
      expect(body.detail).toContain('Sign in with your council account');
    }
    // The demonstration keeps its own.
    const before = await request(council.server)
      .post('/api/session')
      .agent(sockets)
      .send({ email: 'legal@council.example', password: demoPassword });
    expect(before.status).toBe(201);
  });

  test('has no passkey in its place: one signs in beside it, and where the council has its own sign-in nobody', async () => {
    const browser = await cameInAs(council, 'childrens.services');
    const device = authenticator();
    const { body: made } = await browser.post('/api/me/passkeys/options').agent(sockets).send({});
    const response = device.made(made);
    const kept = await browser.post('/api/me/passkeys').agent(sockets).send({ name: 'Phone', response });
    expect(kept.status).toBe(201);
    const enters = async (at: Server) => {
      const visitor = request.agent(at);
      const { body } = await visitor.post('/api/session/passkey/options').agent(sockets).send({});
      const answer = { response: device.answer(body) };
      return (await visitor.post('/api/session/passkey').agent(sockets).send(answer)).status;
    };
    expect(await enters(council.server)).toBe(201);
    expect(await enters(server)).toBe(401);
  });

  test('is set by nobody with a link, which leads to the council’s own sign-in and stays good', async () => {
    const administrator = await council.as('administrator');
    const newcomer = await added(administrator);
    const token = await tokenOf(council.world.db, newcomer.id);
    const page = await new Reader(server).open(paths.setPassword(token));
    expect(page.headings).toEqual(['Open your account']);
    expect(page.html).not.toContain('type="password"');
    const refused = await request(server).post('/api/password').send({ token, password: passphrase });
    expect(refused).toMatchObject(byRule(422, 'passwords_off'));
    const visitor = new Visitor({ server });
    const given = provider.enters(await visitor.leaves(paths.setPassword(token)), { sub: 'newcomer' });
    expect((await visitor.comes(given)).status).toBe(303);
    expect(await visitor.who()).toBe(newcomer.email);
  });

  test('proves nothing in a session that began at the provider', async () => {
    const id = await personId(council.world.db, 'legal');
    await behindTheApi(council.world.db, (trx) =>
      trx('provider_bindings').insert({
        person_id: id,
        issuer: provider.issuer,
        subject: 'legal',
        bound_by: 'email',
        bound_at: council.clock,
      }),
    );
    const visitor = new Visitor({ server });
    await visitor.comes(provider.enters(await visitor.leaves(), { sub: 'legal' }));
    // Whom the provider vouches for needs no app for codes.
    expect((await visitor.open(paths.requests)).status).toBe(200);
    const proving = await visitor.agent
      .post('/api/session/step-up')
      .agent(sockets)
      .send({ password: demoPassword });
    expect(proving).toMatchObject(byRule(422, 'passwords_off'));
    const page = await visitor.open(paths.prove);
    expect(page.html).not.toContain('type="password"');
    expect(page.forms.map(({ action }) => action)).toEqual([paths.toProvider]);
  });
});

describe('the account for emergencies', () => {
  test('is made at the machine, is an administrator’s, has a password, and needs an app for codes', async () => {
    expect(await makes(emergency, 'monitoring_officer')).toMatchObject({ code: 1, out: '' });
    const made = await makes(emergency);
    expect(made).toMatchObject({ code: 0, err: '' });
    const [entry] = await search(council.world.db, { type: 'account.created', limit: 1 });
    expect(entry).toMatchObject({ decision: { office: 'administrator', recovery: true, breakGlass: true } });
    const token = tokenIn(made);
    const page = await new Reader(server).open(paths.setPassword(token));
    expect(page.headings).toEqual(['Set your password']);
    expect(page.forms.map(({ action }) => action)).not.toContain(paths.toProvider);
    expect((await request(server).post('/api/password').send({ token, password: passphrase })).status).toBe(
      204,
    );
    expect((await signIn(emergency, passphrase)).status).toBe(201);
    const reader = new Reader(server);
    await reader.open(paths.signIn);
    const [, form] = reader.page.forms;
    if (!form) throw new Error('The page has no form for a password.');
    expect((await reader.send(form, { email: emergency, password: passphrase })).path).toBe(paths.codes);
  });

  test('is bound to nobody there: neither by a link, nor by its address, nor in the database', async () => {
    const token = tokenIn(await makes(emergency));
    const { id } = (await council.world.db('people').where({ email: emergency }).first('id')) ?? { id: '' };
    const byEmail = new Visitor({ server });
    const claims = { sub: 'a thief', email: emergency, email_verified: true };
    expect((await byEmail.comes(provider.enters(await byEmail.leaves(), claims))).status).toBe(403);
    const byLink = new Visitor({ server });
    const [button] = (await byLink.open(paths.signIn)).forms;
    if (!button) throw new Error('The page has no button.');
    const leaves = await byLink.send(button, { for: 'bind', token });
    const onwards = leadsOnTo(leaves.text);
    if (!onwards) throw new Error('It leads nowhere.');
    const given = provider.enters(onwards, claims);
    expect((await byLink.comes(given)).text).toContain('The account for emergencies is bound to nobody');
    expect(await byLink.who()).toBeNull();
    const binding = {
      issuer: provider.issuer,
      subject: 'a thief',
      bound_by: 'email',
      bound_at: council.clock,
    } as const;
    await expect(
      behindTheApi(council.world.db, (trx) => trx('provider_bindings').insert({ person_id: id, ...binding })),
    ).rejects.toMatchObject({ code: '23514', constraint: 'break_glass_unbound' });
    const legal = await personId(council.world.db, 'legal');
    await expect(
      behindTheApi(council.world.db, async (trx) => {
        await trx('people').where({ break_glass: true }).update({ break_glass: false });
        await trx('people').where({ id: legal }).update({ break_glass: true });
      }),
    ).rejects.toMatchObject({ code: '23514', constraint: 'break_glass_unbound' });
  });

  test('is one: another takes its place', async () => {
    await makes(emergency);
    expect(await marked()).toEqual([emergency]);
    expect(await makes('another.emergency@council.example')).toMatchObject({ code: 0 });
    expect(await marked()).toEqual(['another.emergency@council.example']);
    expect((await signIn(emergency, passphrase)).status).toBe(401);
    const twice = behindTheApi(council.world.db, (trx) =>
      trx('people').where({ email: emergency }).update({ break_glass: true }),
    );
    await expect(twice).rejects.toMatchObject({ code: '23505', constraint: 'people_one_break_glass' });
  });
});
