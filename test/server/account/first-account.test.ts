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
import { foundRow } from '../../support/found-row.js';
import { behindTheApi } from '../../support/people.js';
import { aSigner } from '../../support/signer.js';

const world = useDatabase();
const baseUrl = 'https://observe.council.example';
const passphrase = 'kettle moss lantern ninth';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'first-account-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const recovery = ['--recover', '--by', 'The head of IT', '--reason', 'Everybody has left.'];

const create = (...options: string[]): Promise<Ran> =>
  ran(
    ['create-account', ...options],
    {
      NODE_ENV: 'development',
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
  const [first, officer, second] = ['first', 'officer', 'second'].map((login) => `${login}@borough.example`);
  // Each account that was made so far was told to all who had one of these offices by then.
  expect(told).toEqual([first, first, first, officer, officer, second]);
});

test('a link to the account of a Monitoring Officer who can sign in needs a recovery too, and all are told where no administrator can', async () => {
  const change = (changes: object) =>
    behindTheApi(world.db, (trx) =>
      trx('people').where('email', 'like', '%@borough.example').update(changes),
    );
  const kept = await world.owner('people').select('email', 'password_hash');
  await world.owner.raw('alter table people disable trigger last_keeper_stays');
  await behindTheApi(world.db, (trx) =>
    trx('people').whereNot({ email: 'officer@borough.example' }).update({ password_hash: null }),
  );
  expect(await create(...person('officer', 'monitoring_officer'))).toMatchObject({ code: 1, out: '' });
  await change({ password_hash: null });
  const told = async () => (await world.db('messages').where({ kind: 'account_recovered' })).length;
  const before = await told();
  expect(await create(...person('officer', 'monitoring_officer'), ...recovery)).toMatchObject({ code: 0 });
  expect(await told()).toBe(before + 3);
  for (const { email, password_hash: hash } of kept) {
    await behindTheApi(world.db, (trx) => trx('people').where({ email }).update({ password_hash: hash }));
  }
  await world.owner.raw('alter table people enable trigger last_keeper_stays');
});

test('an office that waits is given all the same, and counts', async () => {
  const { id: by } = await foundRow(world.db('people').where({ email: 'first@borough.example' }).first('id'));
  await behindTheApi(world.db, async (trx) => {
    const [added] = await trx('people')
      .insert({ name: 'Person waiting', email: 'waiting@borough.example' })
      .returning('id');
    await trx('offices_held').insert({
      person_id: added?.id ?? '',
      office: 'monitoring_officer',
      capacity: 'principal',
      given_by: by,
      given_at: new Date(),
    });
  });
  const made = await create(...person('waiting', 'monitoring_officer'), ...recovery);
  expect(made).toMatchObject({ code: 0, err: '' });
  expect((await setPassword(tokenIn(made))).status).toBe(204);
  expect(await signIn('waiting')).toMatchObject({
    status: 201,
    body: { offices: [{ office: 'monitoring_officer', capacity: 'principal' }] },
  });
});

test('nobody becomes an administrator beside another office, also where the service is recovered', async () => {
  expect(await create(...person('officer', 'administrator'), ...recovery)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('holds no other office'),
  });
});
