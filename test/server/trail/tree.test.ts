/**
 * The tree over the trail, as outsiders are shown it (audit.md): checkpoints, proofs and bundles that hold by
 * themselves, each reading an entry too; and nothing confidential without its entry.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import type { Knex } from 'knex';
import request, { type Response } from 'supertest';
import { verifyBundle } from '../../../db/audit/log/bundle/bundle-verify.js';
import { openCheckpoint } from '../../../db/audit/log/checkpoint.js';
import { leafHash } from '../../../db/audit/log/hash.js';
import { verifyConsistency, verifyInclusion } from '../../../db/audit/log/proof/verify.js';
import { treeSize } from '../../../db/audit/tree/tree-store.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { routes } from '../../../server/routes.js';
import { openArchive } from '../../../server/bundles/archive.js';
import { paths } from '../../../server/web/paths.js';
import { signedAt } from '../../../server/signing/signed-at.js';
import { SigningRefused } from '../../../server/signing/sign.js';
import { signedIn } from '../../../server/witness/log-client.js';
import { openWitness } from '../../../server/witness/state.js';
import { witness } from '../../../server/witness/witness.js';
import { readerOf } from '../../support/browser-less.js';
import { useCouncil, type Account } from '../../support/council.js';
import { granted, type Granted } from '../../support/granted.js';
import { expectOk, reason } from '../../support/line.js';
import { lineAt } from '../../support/people.js';
import { aSigner } from '../../support/signer.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
let folder: string;
let grant: Granted;
let visit: string;

/** Found nowhere else, and not to be found in what goes out. */
const secrets = {
  discussion: 'The blaumeise was heard in the discussion.',
  advice: 'The tannenmeise is privileged advice.',
  answer: 'The nachtigall stands in an answer of the test.',
  caseReference: 'CP-PI9ROL-0042',
  ended: 'It ended because of the neuntoeter.',
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tree-'));
  const line = await lineAt(council, 'submitted');
  expectOk(await line.speak('childrens.services', secrets.discussion));
  expectOk(await line.speak('legal', secrets.advice, { privileged: true }));
  expectOk(await line.answer('connection', { answer: 'professional', reason: secrets.answer }));
  grant = await granted(council);
  const host = await council.as('host');
  const day = addDays(londonDate(council.clock), 10);
  const plan = { date: day, from: '10:00', to: '12:00', caseReference: secrets.caseReference };
  visit = expectOk(await host.post(`${grant.path}/visits`, plan)).body.id as string;
  const legal = await council.as('legal');
  const other = await granted(council);
  expectOk(await legal.post(`${other.path}/revoke`, { reasons: secrets.ended }));
  await council.place();
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const get = async (url: string, by: Account = 'auditor') => (await council.as(by)).get(url);
const checkpoint = async () =>
  openCheckpoint((await get('/api/audit/checkpoint')).body.checkpoint, council.signer.verifier);
const hashes = (proof: readonly string[]) => proof.map((hash) => Buffer.from(hash, 'base64'));
/** What the newest entries say, newest first. */
const newest = async (many = 1) =>
  (await council.world.db('audit.entries').orderBy('seq', 'desc').limit(many).select('type', 'decision')) as {
    type: string;
    decision: unknown;
  }[];

/** Downloads an archive, as a signed-in person does. */
const downloaded = async (range: string, by: Account = 'auditor'): Promise<Response> => {
  const agent = request.agent(council.server);
  await agent.post('/api/session').send({ email: `${by}@council.example`, password: demoPassword });
  return agent
    .get(`/api/audit/bundle?${range}`)
    .buffer(true)
    .parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => done(null, Buffer.concat(chunks)));
    });
};
const opened = async (bytes: Buffer) => {
  const file = path.join(folder, 'bundle.zip');
  await writeFile(file, bytes);
  return openArchive(file);
};

describe('the checkpoint', () => {
  test('is of every entry that has its place, signed by the log, and asking for it is an entry', async () => {
    await council.as('auditor');
    await council.place();
    const size = await treeSize(council.world.db);
    const seen = await checkpoint();
    expect([seen.origin, seen.size]).toEqual([council.signer.origin, size]);
    expect(await newest()).toEqual([{ type: 'audit.checkpoint_read', decision: null }]);
    await council.place();
    expect((await checkpoint()).size).toBe(size + 1);
  });

  test('is what a witness over HTTP signs beside, again and again as the trail grows', async () => {
    const { port } = council.server.address() as AddressInfo;
    const login = { email: 'auditor@council.example', password: demoPassword };
    const state = openWitness(path.join(folder, 'witness'), {
      key: council.signer.vkey,
      name: 'audit.council.example/witness',
    });
    const sizes: number[] = [];
    for (let look = 0; look < 2; look += 1) {
      const client = await signedIn(new URL(`http://127.0.0.1:${port}`), login);
      const seen = await witness(state, client, council.clock);
      if ('alarm' in seen) throw seen.alarm;
      sizes.push(seen.size);
      await client.signOut();
      await council.place();
    }
    expect(sizes[1]).toBeGreaterThan(sizes[0] ?? 0);
  });
});

describe('a proof', () => {
  test('of an entry holds against the checkpoint of any size that has it, and is an entry', async () => {
    const now = await checkpoint();
    for (const [index, size] of [
      [0, 1],
      [0, now.size],
      [5, 6],
      [now.size - 1, now.size],
      [Math.floor(now.size / 3), now.size - 2],
    ] as const) {
      const { status, body } = await get(`/api/audit/entries/${index}/proof?size=${size}`);
      expect([status, body.index, body.size]).toEqual([200, index, size]);
      const signed = openCheckpoint(body.checkpoint, council.signer.verifier);
      expect(signed.size).toBe(size);
      expect(leafHash(Buffer.from(body.leaf)).toString('base64')).toBe(body.leafHash);
      verifyInclusion({
        index,
        size,
        leafHash: Buffer.from(body.leafHash, 'base64'),
        proof: hashes(body.proof),
        root: signed.root,
      });
      expect(await newest()).toEqual([{ type: 'audit.proof_read', decision: { index, size } }]);
    }
    const { body } = await get('/api/audit/entries/0/proof');
    expect(body.size).toBeGreaterThanOrEqual(now.size);
  });

  test('of growth holds between any two sizes, each signed, and is an entry', async () => {
    const { size } = await checkpoint();
    const { db } = council.world;
    for (const [from, to] of [
      [1, size],
      [7, size],
      [size - 1, size],
      [3, 5],
      [size, size],
    ] as const) {
      const { status, body } = await get(`/api/audit/consistency?from=${from}&to=${to}`);
      expect([status, body.from, body.to]).toEqual([200, from, to]);
      const [old, grown] = [
        openCheckpoint(await signedAt(db, council.signer, from), council.signer.verifier),
        openCheckpoint(await signedAt(db, council.signer, to), council.signer.verifier),
      ];
      verifyConsistency({
        oldSize: from,
        oldRoot: old.root,
        newSize: to,
        newRoot: grown.root,
        proof: hashes(body.proof),
      });
      expect(await newest()).toEqual([{ type: 'audit.growth_read', decision: { from, to } }]);
    }
    expect((await get('/api/audit/consistency?from=0&to=9')).body.proof).toEqual([]);
  });
});

describe('a bundle', () => {
  test.each([
    ['from nothing', 0],
    ['from the first entry', 1],
    ['from a size that was never signed', 11],
  ])('%s verifies with only the key, and is an entry', async (_, from) => {
    const { size: to } = await checkpoint();
    const { status, headers, body } = await downloaded(`from=${from}&to=${to}`);
    expect([status, headers['content-type']]).toEqual([200, 'application/zip']);
    expect(headers['content-disposition']).toBe(`attachment; filename=trail-${from}-${to}.zip`);
    expect(headers['cache-control']).toBe('no-store');
    expect(await newest()).toEqual([{ type: 'audit.exported', decision: { from, to } }]);

    const bundle = await opened(body);
    const report = await verifyBundle(bundle, { pinnedKey: council.signer.vkey });
    expect(report).toMatchObject({ from, to, counts: { leaves: to - from, erased: 0 } });
    expect([report.oldCheckpoint.size, report.newCheckpoint.size]).toEqual([Math.max(from, 1), to]);
    expect(report.counts.opened).toBeGreaterThan(report.counts.withheld);
    const names = [...((await bundle.list('')) as string[])];
    expect(names.length).toBe(new Set(names).size);
    const rest = names.filter(
      (name) => !/^(?:leaves\/\d+\.json|proofs\/\d+\.tlog-proof|disclosures\/\d+\.json)$/.test(name),
    );
    expect(rest.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'README.txt',
      'consistency.txt',
      'log.vkey',
      'manifest.json',
      'new.checkpoint',
      'old.checkpoint',
    ]);
    bundle.close();
  });

  test('holds no text of a discussion, of advice or of an answer, no case reference, and no reasons of an end', async () => {
    const { size: to } = await checkpoint();
    const bundle = await opened((await downloaded(`from=0&to=${to}`)).body);
    const texts: string[] = [];
    for (const name of (await bundle.list('')) as string[])
      texts.push(`${(await bundle.read(name))?.toString()}`);
    bundle.close();
    const all = texts.join('\n');
    for (const word of ['blaumeise', 'tannenmeise', 'nachtigall', 'PI9ROL', 'neuntoeter']) {
      expect([word, all.toLowerCase().includes(word.toLowerCase())]).toEqual([word, false]);
    }
    // Who decided, on what and why, it does hold.
    expect(all).toContain(grant.line.reference);
    expect(all).toContain(JSON.stringify(reason));
  });

  test('names what was erased and is none the worse for it', async () => {
    const superuser = council.world.open(council.world.superuserUrl);
    await superuser.raw(
      `update audit.secret set value = null, salt = null, erased_at = now()
         where field = 'actorName' and entry_id in (select id from audit.entries where index in (3, 4))`,
    );
    const { body } = await downloaded('from=2&to=9');
    const bundle = await opened(body);
    const report = await verifyBundle(bundle, { pinnedKey: council.signer.vkey });
    expect(report.counts).toMatchObject({ leaves: 7, erased: 2 });
    const manifest = JSON.parse(`${(await bundle.read('manifest.json'))?.toString()}`);
    expect(manifest.erased).toEqual([
      { index: 3, fields: ['actorName'] },
      { index: 4, fields: ['actorName'] },
    ]);
    bundle.close();
  });

  test('a HEAD tells of it and is the export that it stands for', async () => {
    const agent = request.agent(council.server);
    await agent.post('/api/session').send({ email: 'auditor@council.example', password: demoPassword });
    const { status, headers } = await agent.head('/api/audit/bundle?from=0&to=5');
    expect([status, headers['content-type']]).toEqual([200, 'application/zip']);
    expect(await newest()).toEqual([{ type: 'audit.exported', decision: { from: 0, to: 5 } }]);
  });
});

describe('what is not there, or not theirs', () => {
  const sized = (url: string) => url.replaceAll('SIZE', '9007199254740');
  test.each([
    ['/api/audit/entries/0/proof?size=SIZE', 'size'],
    ['/api/audit/entries/5/proof?size=5', 'size'],
    ['/api/audit/entries/5/proof?size=0', 'size'],
    ['/api/audit/entries/5/proof?size=1e1', 'size'],
    ['/api/audit/entries/5/proof?size=99999999999999999999', 'size'],
    ['/api/audit/consistency?from=1&to=SIZE', 'to'],
    ['/api/audit/consistency?from=5&to=4', 'to'],
    ['/api/audit/consistency?from=-1&to=4', 'from'],
    ['/api/audit/consistency?to=4', 'from'],
    ['/api/audit/consistency?from=1', 'to'],
    ['/api/audit/consistency?from=1&to=2&to=3', 'to'],
    ['/api/audit/bundle?from=1&to=SIZE', 'to'],
    ['/api/audit/bundle?from=5&to=4', 'to'],
    ['/api/audit/bundle?from=0&to=0', 'to'],
    ['/api/audit/bundle?from=%00&to=4', 'from'],
    ['/api/audit/bundle?from=1&to=4&all=yes', 'all'],
    ['/api/audit/checkpoint?size=4', 'size'],
  ])('%s is refused, naming %s, and is not an entry', async (url, field) => {
    const before = await newest();
    const { status, body } = await get(sized(url));
    expect([status, body.errors?.map((each: { field: string }) => each.field)]).toEqual([422, [field]]);
    expect(await newest()).toEqual(before);
  });

  test('an entry that is not there is not found, and neither is what no entry can be called', async () => {
    for (const index of ['9007199254740', '-1', '01', 'x', '1.5', '%00']) {
      expect([index, (await get(`/api/audit/entries/${index}/proof`)).status]).toEqual([index, 404]);
    }
  });

  test('who may not read the trail is told of nothing, and that is recorded', async () => {
    for (const account of [
      'scrutiny.chair',
      'childrens.services',
      'legal',
      'data.protection',
      'administrator',
    ]) {
      const nothing = (await get('/api/nowhere', account)).body;
      for (const url of [
        '/api/audit/checkpoint',
        '/api/audit/entries/0/proof',
        '/api/audit/consistency?from=1&to=2',
        '/api/audit/bundle?from=0&to=2',
      ]) {
        const { status, body } = await get(url, account);
        expect([account, url, status, body]).toEqual([account, url, 404, nothing]);
        expect(await newest()).toEqual([
          expect.objectContaining({
            type: 'authority.refused',
            decision: expect.objectContaining({ status: 404, method: 'GET' }),
          }),
        ]);
      }
    }
    expect((await get('/api/audit/checkpoint', 'democratic.services')).status).toBe(200);
  });
});

describe('the signer, asked for a size', () => {
  test('signs no tree that is not how the signed one began, and then says which of the two it is', async () => {
    const { db } = council.world;
    const signer = aSigner();
    const size = await treeSize(db);
    signer.remember({ size: size - 1, root: Buffer.alloc(32, 7).toString('base64') });
    const refused = await signedAt(db, signer, 5).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SigningRefused);
    expect(refused).toMatchObject({ code: 'history_changed' });
    const shrunk = aSigner();
    shrunk.remember({ size: size + 100, root: Buffer.alloc(32, 7).toString('base64') });
    await expect(signedAt(db, shrunk, 5)).rejects.toMatchObject({ code: 'tree_shrank' });
  });
});

describe('when the trail takes no entry', () => {
  let superuser: Knex;
  beforeAll(async () => {
    superuser = council.world.open(council.world.superuserUrl);
    // Whoever is asked for below is signed in before.
    for (const account of ['legal', 'auditor', 'democratic.services', 'host', 'childrens.services']) {
      await council.as(account);
    }
    await readers();
    await superuser.raw(`create function audit.full() returns trigger language plpgsql as $$
      begin raise exception 'no room for %', new.id using errcode = 'P0001', constraint = 'room'; end $$`);
    await superuser.raw(`create trigger full_of_it before insert on audit.entries
      for each row execute function audit.full()`);
    await superuser.raw('alter table audit.entries enable always trigger full_of_it');
  });
  afterAll(() => superuser.raw('drop trigger full_of_it on audit.entries'));

  let made: ReturnType<typeof open> | undefined;
  const open = async () => ({
    legal: await readerOf(council.server, 'legal'),
    auditor: await readerOf(council.server, 'auditor'),
    host: await readerOf(council.server, 'host'),
  });
  const readers = () => (made ??= open());

  /** Readings open to every signed-in person, or about nobody; everything else is confidential. */
  const unconfidential = new Set([
    '/api/me',
    '/api/observation-types',
    '/api/working-days',
    '/api/protocol',
    '/api/leaflets',
    '/api/programmes',
    '/api/settings',
    '/api/audit/editions/{edition}',
    '/api/me/calendar',
    '/api/me/codes',
    '/api/me/passkeys',
    '/api/me/reminders',
    '/api/me/sessions',
    '/api/openapi.json',
    '/api/docs',
    '/api/docs/{file}',
  ]);
  const filled = (template: string): string =>
    template
      .replace('/api/requests/{reference}', grant.line.path)
      .replace('/api/grants/{id}', grant.path)
      .replace('/api/visits/{id}', `/api/visits/${visit}`)
      .replace('{id}', grant.id)
      .replace('{index}', '3')
      .replace('/consistency', '/consistency?from=1&to=2')
      .replace('/bundle', '/bundle?from=1&to=2');

  test('nothing confidential is served by any call of the API: a 503 as a problem, with nothing in it', async () => {
    const reads = routes.filter(({ method, path: at }) => method === 'GET' && !unconfidential.has(at));
    expect(reads.length).toBeGreaterThan(12);
    expect((await get('/api/observation-types')).status).toBe(200);
    for (const { path: template } of reads) {
      const by = /^\/api\/(?:audit|tokens)/.test(template)
        ? 'auditor'
        : template.includes('councillors')
          ? 'democratic.services'
          : 'legal';
      const answer = await get(filled(template), by);
      expect([template, answer.status]).toEqual([template, 503]);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.body).toEqual({
        type: '/problems/unavailable',
        title: expect.any(String),
        status: 503,
        detail: expect.any(String),
        instance: answer.headers['x-request-id'],
      });
    }
  });

  test('nor on a page, which says so to a person', async () => {
    const { legal, auditor, host } = await readers();
    for (const [reader, at] of [
      [legal, paths.requests],
      [legal, paths.request(grant.line.reference)],
      [legal, paths.discussion(grant.line.reference)],
      [legal, paths.test(grant.line.reference)],
      [legal, paths.grant(grant.id)],
      [host, paths.visit(visit)],
      [auditor, paths.trail],
    ] as const) {
      const page = await reader.open(at);
      expect([at, page.status, page.headings]).toEqual([at, 503, ['The service is not available']]);
      expect(page.html).not.toMatch(/blaumeise|tannenmeise|nachtigall|PI9ROL|no room|OBS-\d{4}/);
    }
  });

  test('nobody is signed in, and nothing is changed', async () => {
    const { status, headers } = await request(council.server)
      .post('/api/session')
      .send({ email: 'legal@council.example', password: demoPassword });
    expect([status, headers['set-cookie']]).toEqual([503, undefined]);
    const legal = await council.as('legal');
    expect((await legal.post(`${grant.path}/revoke`, { reasons: reason })).status).toBe(503);
    const { ended_at: ended } = await foundRow(superuser('grants').where({ id: grant.id }).first('ended_at'));
    expect(ended).toBeNull();
  });

  test('nor is anybody refused, since that is an entry as well', async () => {
    expect((await get('/api/requests/OBS-1999-0001', 'legal')).status).toBe(503);
  });

  test('and the log says so with what stood behind it, and nothing of what was asked', () => {
    const cause = { name: 'error', code: 'P0001', constraint: 'room' };
    const logged = council.lines.map((line) => JSON.parse(line));
    for (const msg of [
      'the trail did not take an entry (P0001): nothing was shown or done',
      'a refusal could not be recorded',
    ]) {
      expect(logged).toContainEqual(expect.objectContaining({ msg, name: 'NotRecorded', cause }));
    }
    expect(council.lines.filter((each) => /no room for|blaumeise|nachtigall/.test(each))).toEqual([]);
  });
});
