/**
 * What an administrator of the database can do, with every trigger off, every hash rebuilt, every signed checkpoint
 * removed, and the log's own key in hand: the database then agrees with itself, and everything kept outside shows
 * what was done (audit.md).
 */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { append } from '../../../db/audit/append.js';
import { commit, type Json, readLeaf, writeLeaf } from '../../../db/audit/leaf.js';
import { signCheckpoint } from '../../../db/audit/log/checkpoint.js';
import { cosignaturesOf, cosignatureVerifier } from '../../../db/audit/log/cosignature.js';
import { consistencyProof, rootOf } from '../../../db/audit/log/tree.js';
import { sequence } from '../../../db/audit/tree/sequence.js';
import { walkTrail } from '../../../db/audit/tree/whole-trail.js';
import { storedHashes, treeSize } from '../../../db/audit/tree/tree-store.js';
import { inTransaction } from '../../../db/core/connection.js';
import { signingAs } from '../../../server/signing/origin.js';
import { sign } from '../../../server/signing/sign.js';
import type { SignerState } from '../../../server/signing/state.js';
import type { LogClient } from '../../../server/witness/log-client.js';
import { openWitness } from '../../../server/witness/state.js';
import { witness } from '../../../server/witness/witness.js';
import { backedUp, rewriteTrail, type Stored } from '../../support/attacks.js';
import { ran } from '../../support/commands.js';
import { type TestDatabase, testDatabase } from '../../support/database.js';
import { anEntry } from '../../support/entries.js';

const origin = 'trail.council.example/1';
const now = new Date('2026-03-02T09:15:00Z');

/** A trail of its own for each test, its signer, and a folder for the things kept outside. */
let database: TestDatabase;
let db: Knex;
let state: SignerState;
let outside: string;
beforeEach(async () => {
  database = await testDatabase();
  db = database.open();
  outside = await mkdtemp(path.join(tmpdir(), 'outside-'));
  state = await signingAs(db, { dataDir: path.join(outside, 'data'), origin, at: now });
  await writeFile(path.join(outside, 'log.vkey'), state.vkey);
});
afterEach(async () => {
  await database.close();
  await rm(outside, { recursive: true, force: true });
});

const grow = async (count: number): Promise<void> => {
  await inTransaction(db, async (trx) => {
    for (let n = 0; n < count; n += 1) await append(trx, anEntry());
  });
  while ((await sequence(db, 100)) > 0);
};
/** Grows, signs, and keeps the signed note in a file outside. */
const signed = async (count: number, name: string): Promise<string> => {
  await grow(count);
  const checkpoint = await sign(db, state, now);
  if (!checkpoint) throw new Error('It has grown.');
  await writeFile(path.join(outside, name), checkpoint.note);
  return checkpoint.note;
};
/** What the attacker, who has the key of the log, signs over the trail as it stands. */
const forged = async (name: string): Promise<string> => {
  const size = await treeSize(db);
  const root = await rootOf(size, storedHashes(db));
  const note = signCheckpoint({ origin, size, root, extensions: [] }, state.signer);
  await writeFile(path.join(outside, name), note);
  return note;
};

/** The commands as run by a person who has the database, and only these things from outside. */
const command = (name: string, options: readonly string[], dataDir: string) =>
  ran([name, ...options], {
    // In production, and without the address and the proxy that only the service needs.
    NODE_ENV: 'production',
    SESSION_SECRET: 'k3J9vQ0xZp7Lr2TfWn8sYb5cHd1mGa4e',
    DATABASE_URL: database.serviceUrl,
    MIGRATION_DATABASE_URL: database.ownerUrl,
    DATA_DIR: path.join(outside, dataDir),
    LOG_LEVEL: 'error',
  });
const held = ['--held', '@held.checkpoint', '--key', '@log.vkey'];
/** Words of a command, those with an @ being files outside. */
const files = (words: readonly string[]) =>
  words.map((word) => (word.startsWith('@') ? path.join(outside, word.slice(1)) : word));

/** The log as a witness sees it, whoever answers for it. */
const showing = (note: string): LogClient => ({
  checkpoint: () => Promise.resolve(note),
  consistency: (from, to) => consistencyProof(from, to, storedHashes(db)),
  signOut: () => Promise.resolve(),
});
const witnessState = () =>
  openWitness(path.join(outside, 'witness'), { key: state.vkey, name: 'audit.council.example/witness' });

/** A decision turned round, with everything about it as if it had always been so. */
const turned = ({ leaf, secrets }: Stored): Stored => ({
  leaf: writeLeaf({ ...readLeaf(leaf), decision: { outcome: 'refuse', version: 2 } }),
  secrets,
});
const invented = ({ leaf, secrets }: Stored): Stored => {
  const fresh = secrets.map((secret) =>
    secret.field === 'reasons' ? { ...secret, value: 'Nothing ever stood against it.' } : secret,
  );
  const commitments = Object.fromEntries(
    fresh.map(({ field, value, salt }) => [field, commit({ field, value: value as Json, salt })]),
  );
  const id = `ffffffff-0000-4000-8000-${Date.now().toString(16).padStart(12, '0')}`;
  const made = { ...readLeaf(leaf), id, commitments: { ...readLeaf(leaf).commitments, ...commitments } };
  return { leaf: writeLeaf(made), secrets: fresh };
};
const at = <T>(items: readonly T[], index: number): T => items[index] as T;

const attacks: readonly (readonly [string, string, (restore: () => Promise<void>) => Promise<void>])[] = [
  [
    'changes an entry',
    'history_changed',
    () => rewriteTrail(database.superuserUrl, (all) => all.with(2, turned(at(all, 2)))),
  ],
  ['takes the tail off', 'cut_short', () => rewriteTrail(database.superuserUrl, (all) => all.slice(0, -8))],
  [
    'puts one in the middle',
    'history_changed',
    () => rewriteTrail(database.superuserUrl, (all) => all.toSpliced(4, 0, invented(at(all, 3)))),
  ],
  [
    'swaps two',
    'history_changed',
    () => rewriteTrail(database.superuserUrl, (all) => all.with(3, at(all, 5)).with(5, at(all, 3))),
  ],
  ['restores yesterday’s backup, and lets it grow on', 'history_changed', (restore) => restore()],
];

describe('a database superuser', () => {
  test.each(attacks)('%s: anyone who holds something from before sees it', async (_what, alarm, attack) => {
    await signed(6, 'yesterday.checkpoint');
    await db.destroy();
    const restore = await backedUp(database.superuserUrl);
    db = database.open();
    const before = await signed(6, 'held.checkpoint');
    const first = await witness(witnessState(), showing(before), now);
    expect(first).toMatchObject({ from: null, size: 12 });
    await db.destroy();

    await attack(restore);
    db = database.open();
    const size = await treeSize(db);
    if (alarm === 'history_changed' && size < 12) await grow(14 - size);
    else await grow(1);
    const after = await forged('forged.checkpoint');

    // The control: nothing inside shows it.
    const control = await command('verify', ['--database'], 'elsewhere');
    expect(control).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/The whole trail holds/) });

    // The signer, by its files beside the database.
    await expect(sign(db, state, now)).rejects.toMatchObject({
      code: alarm === 'cut_short' ? 'tree_shrank' : 'history_changed',
    });
    const fault = alarm === 'cut_short' ? 'trail_cut_short' : 'history_changed';
    const byMemory = await command('verify', ['--database'], 'data');
    expect(byMemory).toMatchObject({ code: 1, err: expect.stringContaining(fault) });

    // A checkpoint that somebody kept, with nothing else.
    const byHeld = await command('verify', ['--database', ...files(held)], 'elsewhere');
    expect(byHeld).toMatchObject({ code: 1, err: expect.stringContaining(fault) });
    const growth = await command(
      'verify-growth',
      files(['@held.checkpoint', '@forged.checkpoint', '--key', '@log.vkey']),
      'elsewhere',
    );
    expect(growth).toMatchObject({
      code: 1,
      err: expect.stringMatching(alarm === 'cut_short' ? /older_is_newer/ : /wrong_old_root|wrong_root/),
    });

    // A witness, who signs nothing and keeps both sides.
    const seen = await witness(witnessState(), showing(after), now);
    expect(seen).toMatchObject({ alarm: { code: alarm } });
    if (!('alarm' in seen)) throw new Error('There was no alarm.');
    expect((await readdir(seen.evidence)).toSorted()).toEqual(['held.checkpoint', 'seen.checkpoint']);
    expect(await readFile(path.join(seen.evidence, 'seen.checkpoint'), 'utf8')).toBe(after);
    expect(witnessState().held()).toMatchObject({ size: 12 });
  });

  test('shows one trail to the witness and another to somebody else: two trees of one size, both signed', async () => {
    const honest = await signed(6, 'held.checkpoint');
    await witness(witnessState(), showing(honest), now);
    await rewriteTrail(database.superuserUrl, (all) => all.with(2, turned(at(all, 2))));
    const seen = await witness(witnessState(), showing(await forged('forged.checkpoint')), now);
    expect(seen).toMatchObject({ alarm: { code: 'fork' } });
  });
});

describe('a trail that only grew', () => {
  test('holds for each of them, and the witness signs beside the log', async () => {
    const before = await signed(3, 'held.checkpoint');
    await witness(witnessState(), showing(before), now);
    const after = await signed(300, 'new.checkpoint');
    const seen = await witness(witnessState(), showing(after), now);
    if ('alarm' in seen) throw seen.alarm;
    expect(seen).toMatchObject({ from: 3, size: 303 });
    const verifier = cosignatureVerifier(witnessState().vkey);
    expect(cosignaturesOf(seen.note, [verifier])).toEqual([
      { name: 'audit.council.example/witness', at: now },
    ]);

    const whole = await command('verify', ['--database', ...files(held)], 'data');
    expect(whole).toMatchObject({ code: 0, out: expect.stringMatching(/holds: 303 entries/) });
    expect(await db('audit.entries').where({ type: 'audit.verified' }).select('decision')).toEqual([
      { decision: { size: 303 } },
    ]);
    const growth = await command(
      'verify-growth',
      files(['@held.checkpoint', '@new.checkpoint', '--key', '@log.vkey']),
      'data',
    );
    expect(growth).toMatchObject({ code: 0, out: expect.stringMatching(/303 entries .* begin with the 3/) });
  });

  test('is exported into a folder or a ZIP file that verifies, and nothing is written over', async () => {
    await signed(3, 'held.checkpoint');
    await signed(300, 'new.checkpoint');
    for (const name of ['bundle', 'bundle.zip']) {
      const [place = ''] = files([`@${name}`]);
      const exported = await command('export-bundle', [place, '--from', '3'], 'data');
      expect(exported).toMatchObject({ code: 0, err: '', out: expect.stringContaining(place) });
      const verified = await ran(['verify-bundle', place, ...files(held)]);
      expect(verified).toMatchObject({ code: 0, out: expect.stringMatching(/entries 3 to 30\d of/) });
      expect(await command('export-bundle', [place], 'data')).toMatchObject({ code: 1 });
    }
    const [other = ''] = files(['@other']);
    const beyond = await command('export-bundle', [other, '--to', '4000'], 'data');
    expect(beyond).toMatchObject({ code: 2, err: expect.stringContaining('--to') });
    const exports = await db('audit.entries')
      .where({ type: 'audit.exported' })
      .orderBy('seq')
      .pluck('decision');
    expect(exports).toEqual([
      { from: 3, to: 303 },
      { from: 3, to: 304 },
    ]);
    // Nothing of a rewritten trail is exported: the signature on it would not be true.
    await rewriteTrail(database.superuserUrl, (all) => all.with(2, turned(at(all, 2))));
    const refused = await command('export-bundle', [other], 'data');
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/not those that were signed/) });
    expect(await readdir(outside)).not.toContain('other');
  });

  test('finds a value, a column, a hash or a checkpoint that has changed', async () => {
    await signed(5, 'held.checkpoint');
    const superuser = database.open(database.superuserUrl);
    const changes: Readonly<Record<string, string>> = {
      value_changed: `update audit.secret set value = '"Somebody else"' where field = 'actorName'
        and entry_id = (select id from audit.entries where index = 2)`,
      value_missing: `delete from audit.secret where field = 'reasons'
        and entry_id = (select id from audit.entries where index = 3)`,
      entry_changed: `update audit.entries set office = 'host' where index = 1`,
      tree_changed: `update audit.tree set hash = sha256('other') where level = 1 and index = 1`,
      entry_missing: `update audit.entries set index = null where index = 3`,
      history_changed: `update audit.checkpoints set root = sha256('other')`,
    };
    for (const [code, change] of Object.entries(changes)) {
      const undone = superuser.transaction(async (trx) => {
        await trx.raw(`set local session_replication_role = replica`);
        for (const table of ['entries', 'secret', 'tree', 'checkpoints']) {
          await trx.raw(`alter table audit.${table} disable trigger all`);
        }
        await trx.raw(change);
        return walkTrail(trx, { known: [], verifierOf: () => null, onProgress: () => undefined });
      });
      await expect(undone).rejects.toMatchObject({ code });
    }
    // With the key of the log at hand, a checkpoint must be the one that was signed.
    const byKey = superuser.transaction(async (trx) => {
      await trx.raw('alter table audit.checkpoints disable trigger all');
      await trx.raw(`update audit.checkpoints set note = replace(note, 'trail', 'trial')`);
      return walkTrail(trx, { known: [], verifierOf: () => state.verifier, onProgress: () => undefined });
    });
    await expect(byKey).rejects.toMatchObject({ code: 'checkpoint_forged' });
  });
});
