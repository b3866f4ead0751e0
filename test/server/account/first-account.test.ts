/** From nothing: the first accounts, made at the machine itself on an empty database. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { createApp } from '../../../server/app.js';
import { ran, type Ran } from '../../support/commands.js';
import { useDatabase } from '../../support/database.js';
import { aSigner } from '../../support/signer.js';

const world = useDatabase();
const baseUrl = 'https://observe.council.example';
const passphrase = 'kettle moss lantern ninth';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'first-account-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const create = (...options: string[]): Promise<Ran> =>
  ran(
    ['create-account', ...options],
    {
      DATABASE_URL: world.serviceUrl,
      MIGRATION_DATABASE_URL: world.ownerUrl,
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      BASE_URL: baseUrl,
    },
    '',
  );
const person = (login: string, office: string) => [
  '--name',
  `Person ${login}`,
  '--email',
  `${login}@borough.example`,
  '--office',
  office,
];
const tokenIn = ({ out }: Ran): string =>
  new RegExp(`^${baseUrl}/set-password/([\\w-]{43})$`, 'm').exec(out)?.[1] ?? '';

const app = () =>
  createApp({
    db: world.db,
    now: () => new Date(),
    log: pino({ level: 'silent' }),
    sessionSecret: 'a secret of the test',
    baseUrl: new URL(baseUrl),
    trustProxy: 1,
    councilName: 'Borough Council',
    demo: false,
    signer: aSigner(),
  });
const setPassword = (token: string, password = passphrase) =>
  request(app()).post('/api/password').send({ token, password });
const signIn = (login: string, password = passphrase) =>
  request(app())
    .post('/api/session')
    .set('X-Forwarded-Proto', 'https')
    .send({ email: `${login}@borough.example`, password });

test('an account that is asked for wrongly is refused with the help, and nothing is made', async () => {
  for (const options of [
    [],
    ['--name', 'A', '--email', 'a@borough.example', '--office', 'legal'],
    ['--name', 'A', '--email', 'nobody', '--office', 'administrator'],
    [...person('a', 'administrator'), '--by', 'Somebody'],
    [...person('a', 'administrator'), '--recover', '--by', 'Somebody'],
  ]) {
    expect(await create(...options)).toMatchObject({ code: 2, out: '' });
  }
  expect(await world.db('people')).toEqual([]);
});

test('the first administrator and the first Monitoring Officer come in by the links that are printed', async () => {
  const first = await create(...person('first', 'administrator'));
  expect(first).toMatchObject({ code: 0, err: '' });
  const officer = await create(...person('officer', 'monitoring_officer'));
  expect(officer).toMatchObject({ code: 0, err: '' });
  expect([tokenIn(first), tokenIn(officer)]).toEqual([
    expect.stringMatching(/.{43}/),
    expect.stringMatching(/.{43}/),
  ]);

  // Only its hash is kept, and nothing else that it could be made of.
  const stored = JSON.stringify(await world.owner('password_links'));
  expect(stored).not.toContain(tokenIn(first));
  expect(JSON.stringify(await search(world.db, { limit: 100 }))).not.toContain(tokenIn(first));

  expect((await signIn('first')).status).toBe(401);
  expect((await setPassword(tokenIn(first))).status).toBe(204);
  expect(await signIn('first')).toMatchObject({
    status: 201,
    body: { name: 'Person first', offices: [{ office: 'administrator', capacity: 'principal' }] },
  });
  expect((await setPassword(tokenIn(officer))).status).toBe(204);
  expect(await signIn('officer')).toMatchObject({
    status: 201,
    body: { offices: [{ office: 'monitoring_officer', capacity: 'principal' }] },
  });

  const [entry] = await search(world.db, { type: 'account.created', limit: 1 });
  expect(entry).toMatchObject({
    actor: 'system',
    actorName: `The operating-system user ${userInfo().username}`,
    decision: { office: 'monitoring_officer', recovery: false },
  });
});

test('once an administrator can sign in it is refused, unless it recovers the service, which all are told', async () => {
  const before = await world.db('people').pluck('email');
  const refused = await create(...person('second', 'administrator'));
  expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--recover') });
  expect(await world.db('people').pluck('email')).toEqual(before);

  const recovery = ['--recover', '--by', 'The head of IT', '--reason', 'Everybody has left.'];
  const recovered = await create(...person('second', 'administrator'), ...recovery);
  expect(recovered).toMatchObject({ code: 0, err: '' });
  expect((await setPassword(tokenIn(recovered))).status).toBe(204);

  const [entry] = await search(world.db, { type: 'account.created', limit: 1 });
  expect(entry).toMatchObject({
    decision: { office: 'administrator', recovery: true },
    reasons: 'The head of IT: Everybody has left.',
  });
  const told = await world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where('m.kind', 'account_recovered')
    .orderBy('p.email')
    .pluck('p.email');
  expect(told).toEqual(['first@borough.example', 'officer@borough.example', 'second@borough.example']);
});

test('nobody becomes an administrator beside another office, also where the service is recovered', async () => {
  const recovery = ['--recover', '--by', 'The head of IT', '--reason', 'Everybody has left.'];
  expect(await create(...person('officer', 'administrator'), ...recovery)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('holds no other office'),
  });
});
