import { createHmac, randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { append, NotRecorded, type Entry } from '../../../db/audit/append.js';
import { policyOf } from '../../../db/audit/edition.js';
import { type Json, opens, readLeaf } from '../../../db/audit/leaf.js';
import { search } from '../../../db/audit/search.js';
import { inTransaction } from '../../../db/core/connection.js';
import { useDatabase } from '../../support/database.js';
import { foundRow } from '../../support/found-row.js';

const world = useDatabase();

const at = new Date('2026-03-02T09:15:00.123Z');
const anEntry = (over: Partial<Entry> = {}): Entry => ({
  type: 'request.decided',
  at,
  actor: randomUUID(),
  actorName: 'Zoë Ågren',
  office: 'legal',
  capacity: 'deputy',
  subject: `OBS-2026-${randomUUID().slice(0, 8)}`,
  decision: { outcome: 'approve', version: 2, conditions: ['C1', 'C2'] },
  reasons: 'The child’s plan asks for it — 🙂.',
  details: { address: 'a\u2028b', list: [1, 1.5, -0, 1e-7, true, null], z: {}, ä: '\\"' },
  ...over,
});
const write = (entry: Entry): Promise<string> => inTransaction(world.db, (trx) => append(trx, entry));

interface Stored {
  readonly seq: number;
  readonly index: number | null;
  readonly leaf: Buffer;
}
interface Secret {
  readonly field: string;
  readonly value: Json;
  readonly salt: Buffer;
  readonly erased_at: Date | null;
}
const entryOf = (id: string): Promise<Stored> => foundRow(world.db('audit.entries').where({ id }).first());
const secretsOf = async (id: string) =>
  (await world.db('audit.secret').where({ entry_id: id }).orderBy('field')) as Secret[];

/** As the role that owns the trail: what the sequencer and the erasure act as. */
const asKeeper = <T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> =>
  inTransaction(world.owner, async (trx) => {
    await trx.raw('set local role ntk_audit');
    return work(trx);
  });
const erase = (id: string, fields: readonly string[]): Promise<number> =>
  asKeeper((trx) =>
    trx('audit.secret')
      .where({ entry_id: id })
      .whereIn('field', [...fields])
      .update({ value: null, salt: null, erased_at: at }),
  );

describe('an entry', () => {
  test('is stored as the canonical bytes of its leaf, and the columns for searching come from them', async () => {
    const entry = anEntry();
    const id = await write(entry);
    const stored = await entryOf(id);
    expect(readLeaf(stored.leaf)).toMatchObject({
      v: 1,
      id,
      type: 'request.decided',
      at: '2026-03-02T09:15:00.123Z',
      office: 'legal',
      capacity: 'deputy',
      decision: entry.decision,
      policy: policyOf(0),
    });
    expect(stored).toMatchObject({
      id,
      at,
      type: entry.type,
      office: 'legal',
      capacity: 'deputy',
      decision: entry.decision,
      index: null,
    });
    expect(stored.leaf.toString('utf8')).toMatch(
      /^\{"at":"2026-03-02T09:15:00\.123Z","capacity":"deputy","commitments":/,
    );
  });

  test('holds nothing personal in clear', async () => {
    const entry = anEntry();
    const clear = (await entryOf(await write(entry))).leaf.toString('utf8');
    for (const personal of [entry.actor, entry.actorName, entry.subject, 'plan asks', 'address']) {
      expect(clear).not.toContain(personal);
    }
  });

  test('keeps apart what of its decision names a record, and shows it in its place until it is erased', async () => {
    const visit = randomUUID();
    const entry = anEntry({
      decision: { visit, result: 'clean', references: ['OBS-2026-0001'], by: { person: visit } },
    });
    const id = await write(entry);
    const stored = await entryOf(id);
    expect(readLeaf(stored.leaf).decision).toEqual({ result: 'clean' });
    expect(stored).toMatchObject({ decision: { result: 'clean' } });
    expect(await search(world.db, { subject: entry.subject, limit: 1 })).toMatchObject([
      { decision: entry.decision },
    ]);
    await erase(id, ['details']);
    expect(await search(world.db, { subject: entry.subject, limit: 1 })).toMatchObject([
      { decision: { result: 'clean' } },
    ]);
  });

  test('opens with the stored values and salts, each salt its own, and with no other value', async () => {
    const entry = anEntry();
    const id = await write(entry);
    const leaf = readLeaf((await entryOf(id)).leaf);
    const secrets = await secretsOf(id);
    expect(secrets.map(({ field }) => field)).toEqual([
      'actor',
      'actorName',
      'details',
      'reasons',
      'subject',
    ]);
    for (const secret of secrets) {
      expect(secret.salt).toHaveLength(32);
      expect({ field: secret.field, opens: opens(leaf, secret) }).toEqual({
        field: secret.field,
        opens: true,
      });
      expect(opens(leaf, { ...secret, value: 'another' })).toBe(false);
      expect(opens(leaf, { ...secret, salt: Buffer.alloc(32) })).toBe(false);
    }
    expect(new Set(secrets.map(({ salt }) => salt.toString('hex'))).size).toBe(5);
    expect(opens(leaf, { ...(secrets[0] as Secret), field: 'toString' })).toBe(false);
  });

  test('repeats no commitment where its values are those of another, within an entry or between them', async () => {
    const same = anEntry({ actorName: 'One word', subject: 'One word', reasons: 'One word' });
    const made: unknown[] = [];
    for (let written = 0; written < 20; written += 1) {
      const { leaf } = await entryOf(await write(same));
      made.push(...Object.values(readLeaf(leaf).commitments));
    }
    expect(made).toHaveLength(100);
    expect(new Set(made).size).toBe(100);
  });

  test('commits by HMAC-SHA256 over the field, a zero byte and the canonical value', async () => {
    const entry = anEntry({ details: undefined, reasons: undefined });
    const id = await write(entry);
    const { commitments } = readLeaf((await entryOf(id)).leaf);
    const salt = (await secretsOf(id)).find(({ field }) => field === 'subject')?.salt as Buffer;
    const expected = createHmac('sha256', salt).update(`subject\0"${entry.subject}"`).digest('base64url');
    expect(commitments.subject).toBe(expected);
    expect(Object.keys(commitments)).toEqual(['actor', 'actorName', 'subject']);
  });

  test('is gone with the transaction it was written in', async () => {
    let id = '';
    const attempt = inTransaction(world.db, async (trx) => {
      id = await append(trx, anEntry());
      throw new Error('undone');
    });
    await expect(attempt).rejects.toThrow('undone');
    expect(await world.db('audit.entries').where({ id })).toEqual([]);
  });

  test('waits in the queue of the sequencer under the id of its transaction', async () => {
    const [id, txid] = await inTransaction(world.db, async (trx) => {
      const written = await append(trx, anEntry());
      return [written, (await trx.raw('select pg_current_xact_id()::text as txid')).rows[0].txid];
    });
    const waiting = await asKeeper((trx) => trx('audit.pending').where({ entry_id: id }));
    expect(waiting).toMatchObject([{ entry_id: id, txid, seq: (await entryOf(id)).seq }]);
  });

  test.each<[string, Partial<Record<keyof Entry, unknown>>]>([
    ['an unheard-of type', { type: 'request.burnt' }],
    ['an unheard-of office', { office: 'mayor' }],
    ['no actor', { actor: '' }],
    ['free text in the decision', { decision: { note: 'Mrs Smith said so' } }],
    ['an e-mail address in the decision', { decision: { by: 'a@b.example' } }],
    ['a function', { details: { f: () => 1 } }],
    ['a Map', { details: new Map([['a', 1]]) }],
    ['a Date', { details: { at: new Date(0) } }],
    ['an integer that is not exact', { details: { n: 2 ** 53 } }],
    ['not a number', { details: { n: Number.NaN } }],
    ['a lone surrogate', { reasons: 'a\ud800b' }],
    ['a lone surrogate in a key', { details: { '\udc00': 1 } }],
    ['NUL', { reasons: 'a\0b' }],
    ['a time that is none', { at: new Date(Number.NaN) }],
  ])('is refused before it reaches the database with %s', async (_what, over) => {
    const queries: unknown[] = [];
    const attempt = inTransaction(world.db, async (trx) => {
      trx.on('query', (query: { sql: string }) => queries.push(query.sql));
      await append(trx, anEntry(over as Partial<Entry>));
    });
    await expect(attempt).rejects.toThrow();
    expect(queries.filter((sql) => String(sql).includes('audit'))).toEqual([]);
  });
});

test('a statement of ours that makes no sense is no trail that takes no entry', async () => {
  const written = asKeeper(async (trx) => {
    await trx.raw('alter function audit.append(bytea, jsonb) rename to append_elsewhere');
    return append(trx, anEntry({ settings: 0 }));
  });
  await expect(written).rejects.toMatchObject({ code: '42883' });
  await expect(written).rejects.not.toBeInstanceOf(NotRecorded);
});

describe('audit.append', () => {
  const mac = 'A'.repeat(43);
  const leafOf = (over: object = {}): object => ({
    at: '2026-03-02T09:15:00.123Z',
    capacity: null,
    commitments: { actor: mac, actorName: mac, subject: mac },
    decision: null,
    id: randomUUID(),
    office: null,
    policy: 'p',
    type: 'request.read',
    v: 1,
    ...over,
  });
  const secret = { value: 'x', salt: '00'.repeat(32) };
  const whole = { actor: secret, actorName: secret, subject: secret };
  const call = (leaf: object | string, secrets: unknown = whole): Promise<unknown> =>
    inTransaction(world.db, (trx) =>
      trx.raw('select audit.append(?, ?::jsonb)', [
        Buffer.from(typeof leaf === 'string' ? leaf : JSON.stringify(leaf)),
        JSON.stringify(secrets),
      ]),
    );

  test('takes a leaf that is whole', async () => {
    await expect(call(leafOf())).resolves.toBeDefined();
  });

  test.each<[string, object | string, unknown?]>([
    ['another version', leafOf({ v: 2 })],
    ['no id', leafOf({ id: null })],
    ['an id that is no UUID', leafOf({ id: 'x' })],
    ['an id in capitals', leafOf({ id: randomUUID().replace(/^./, 'A') })],
    ['an id that is too long', leafOf({ id: `${randomUUID()}0` })],
    ['no type', leafOf({ type: null })],
    ['a time without milliseconds', leafOf({ at: '2026-03-02T09:15:00Z' })],
    ['a time with a letter for a digit', leafOf({ at: '2026-03-02T09:15:00.12aZ' })],
    ['no time', leafOf({ at: null })],
    ['a time in another zone', leafOf({ at: '2026-03-02T09:15:00.123+01:00' })],
    ['an office that is no text', leafOf({ office: 1 })],
    ['a decision that is no object', leafOf({ decision: 'approve' })],
    ['a field too many', leafOf({ zeal: 1 })],
    ['a field too few', leafOf({ policy: undefined })],
    [
      'a field given twice',
      JSON.stringify(leafOf()).replace('{"at"', '{"at":"2000-01-01T00:00:00.000Z","at"'),
    ],
    ['fields out of order', { v: 1, ...leafOf() }],
    [
      'no subject',
      leafOf({ commitments: { actor: mac, actorName: mac } }),
      { actor: secret, actorName: secret },
    ],
    [
      'a commitment without a secret',
      leafOf({ commitments: { actor: mac, actorName: mac, reasons: mac, subject: mac } }),
    ],
    ['a secret without a commitment', leafOf(), { ...whole, reasons: secret }],
    ['secrets that are none', leafOf(), null],
  ])('refuses %s', async (_what, leaf, secrets = whole) => {
    await expect(call(leaf, secrets)).rejects.toMatchObject({ code: '22023' });
  });

  test.each<[string, object]>([
    ['a short salt', { ...secret, salt: '00' }],
    ['no salt', { value: 'x' }],
    ['no value', { salt: secret.salt }],
  ])('refuses a secret with %s', async (_what, broken) => {
    await expect(call(leafOf(), { ...whole, actor: broken })).rejects.toMatchObject({ code: '23514' });
  });

  test('refuses an id that is taken', async () => {
    const leaf = leafOf();
    await call(leaf);
    await expect(call(leaf)).rejects.toMatchObject({ code: '23505', constraint: 'entries_pkey' });
  });

  test('is for the service alone, as is all that may change the trail', async () => {
    const { rows } = await world.owner.raw(
      `select has_function_privilege('ntk_service', p.oid, 'execute') as service,
              has_function_privilege('public', p.oid, 'execute') as everybody,
              p.proname as name, p.prosecdef as definer, p.proconfig::text as config
         from pg_proc p where p.pronamespace = 'audit'::regnamespace order by p.proname`,
    );
    const ways = ['append', 'keep_edition', 'note_checkpoint', 'place'];
    for (const { name, service, everybody, config } of rows) {
      expect({ name, service, everybody }).toEqual({ name, service: ways.includes(name), everybody: false });
      expect(config).toContain('search_path=pg_catalog');
    }
    const definers = rows.filter(({ definer }: { definer: boolean }) => definer);
    // To erase, and to hide until two people erase, is not the service's: public.dispose and a redaction do it.
    expect(definers.map(({ name }: { name: string }) => name)).toEqual(
      [...ways, 'erase', 'forget', 'hide', 'require_trace', 'show_again'].toSorted(),
    );
  });
});

describe('the trail', () => {
  test.each([
    ['entries', 'type'],
    ['secret', 'seq'],
    ['pending', 'seq'],
    ['tree', 'hash'],
    ['checkpoints', 'note'],
    ['editions', 'body'],
  ])('is out of reach of the service: audit.%s', async (table, column) => {
    for (const sql of [
      `insert into audit.${table} default values`,
      `update audit.${table} set ${column} = default`,
      `delete from audit.${table}`,
      `truncate audit.${table} cascade`,
      `alter table audit.${table} disable trigger all`,
      `drop table audit.${table} cascade`,
    ]) {
      await expect(world.db.raw(sql)).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('cannot be changed, deleted or truncated even by the role that owns it', async () => {
    const id = await write(anEntry());
    for (const sql of [
      `update audit.entries set leaf = ''`,
      `update audit.entries set type = 'request.read', index = 0`,
      `update audit.entries set decision = null, index = 0`,
      `delete from audit.entries where id = '${id}'`,
      'truncate audit.entries cascade',
      `update audit.secret set value = '"another"'`,
      `update audit.secret set field = 'x', value = null, salt = null, erased_at = now()`,
      'delete from audit.secret',
      'truncate audit.secret',
      'update audit.pending set seq = 0',
      'truncate audit.pending',
    ]) {
      await expect(asKeeper((trx) => trx.raw(sql))).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('is held in replica mode too', async () => {
    await write(anEntry());
    const superuser = world.open(world.superuserUrl);
    for (const sql of [
      'delete from audit.entries',
      'truncate audit.secret',
      `update audit.entries set leaf = ''`,
    ]) {
      const attempt = inTransaction(superuser, async (trx) => {
        await trx.raw('set local session_replication_role = replica');
        await trx.raw(sql);
      });
      await expect(attempt).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('gives an entry its place in the tree once', async () => {
    const id = await write(anEntry());
    const place = (index: number | null) =>
      asKeeper((trx) => trx('audit.entries').where({ id }).update({ index }));
    expect(await place(7)).toBe(1);
    expect((await entryOf(id)).index).toBe(7);
    for (const other of [8, null]) await expect(place(other)).rejects.toMatchObject({ code: '42501' });
  });

  test('is erased if it names the erased record, and not if it only begins like it', async () => {
    const beside = (text: string) =>
      write(anEntry({ reasons: `It was read beside ${text}.`, details: { beside: [text] } }));
    const [gone, stays] = [await beside('OBS-2031-0001'), await beside('OBS-2031-00019')];
    await world.owner.raw('select audit.erase(?::text[], null, now())', [['OBS-2031-0001']]);
    const open = async (id: string) =>
      (await secretsOf(id)).filter(({ value }) => value !== null).map(({ field }) => field);
    expect(await open(gone)).toEqual(['actor', 'actorName', 'subject']);
    expect(await open(stays)).toEqual(['actor', 'actorName', 'details', 'reasons', 'subject']);
  });

  test('lets a value be erased with its salt, once, and leaves the leaf unchanged', async () => {
    const id = await write(anEntry());
    const before = (await entryOf(id)).leaf;
    expect(await erase(id, ['reasons'])).toBe(1);
    const reasons = (await secretsOf(id)).find(({ field }) => field === 'reasons');
    expect(reasons).toMatchObject({ value: null, salt: null, erased_at: at });
    expect((await entryOf(id)).leaf).toEqual(before);
    await expect(erase(id, ['reasons'])).rejects.toMatchObject({ code: '42501' });
  });

  test.each(['value', 'salt'])('does not let a %s be erased alone', async (column) => {
    const id = await write(anEntry());
    const attempt = asKeeper((trx) =>
      trx('audit.secret')
        .where({ entry_id: id, field: 'actor' })
        .update({ [column]: null, erased_at: at }),
    );
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a search of the trail', () => {
  test('returns the content of an entry, in one query', async () => {
    const entry = anEntry();
    await write(entry);
    let queries = 0;
    const count = () => (queries += 1);
    world.db.on('query', count);
    const rows = await search(world.db, { subject: entry.subject, limit: 26 });
    world.db.removeListener('query', count);
    expect(queries).toBe(1);
    expect(rows).toEqual([
      {
        seq: expect.any(Number),
        index: null,
        at,
        type: 'request.decided',
        actor: entry.actor,
        actorName: entry.actorName,
        office: 'legal',
        capacity: 'deputy',
        deputyFor: null,
        subject: entry.subject,
        decision: entry.decision,
        reasons: entry.reasons,
      },
    ]);
  });

  test('narrows by subject, actor, type and time, each alone and together', async () => {
    const [actor, other, subject] = [randomUUID(), randomUUID(), `councillor:${randomUUID()}`];
    const day = (n: number) => new Date(Date.UTC(2030, 0, n));
    const ids = [
      await write(anEntry({ actor, subject, type: 'request.read', at: day(1) })),
      await write(anEntry({ actor, subject, type: 'grant.read', at: day(2) })),
      await write(anEntry({ actor: other, subject, type: 'request.read', at: day(3) })),
      await write(anEntry({ actor, type: 'request.read', at: day(4) })),
    ];
    const seqs = await Promise.all(ids.map(async (id) => (await entryOf(id)).seq));
    const found = async (query: Omit<Parameters<typeof search>[1], 'limit'>) =>
      (await search(world.db, { ...query, limit: 99 })).map(({ seq }) => seqs.indexOf(seq));
    expect(await found({ subject })).toEqual([2, 1, 0]);
    expect(await found({ actor })).toEqual([3, 1, 0]);
    expect(await found({ actor, subject })).toEqual([1, 0]);
    expect(await found({ actor, subject, type: 'request.read' })).toEqual([0]);
    expect(await found({ from: day(2), to: day(4) })).toEqual([2, 1]);
    expect(await found({ subject, from: day(3) })).toEqual([2]);
    expect(await found({ actor: subject })).toEqual([]);
  });

  test.each(['subject', 'actor', 'both'] as const)(
    'turns its pages newest first, without gap or repeat, by %s',
    async (by) => {
      const [actor, subject] = [randomUUID(), randomUUID()];
      const written: string[] = [];
      for (let n = 0; n < 7; n += 1) {
        const reasons = `reason ${n}`;
        written.unshift(reasons);
        await write(anEntry({ reasons, actor, subject }));
        await write(anEntry());
      }
      const query = { ...(by !== 'actor' && { subject }), ...(by !== 'subject' && { actor }), limit: 3 };
      const seen: (string | null)[] = [];
      for (let before: number | undefined; ;) {
        const page = await search(world.db, { ...query, before });
        if (page.length === 0) break;
        seen.push(...page.map(({ reasons }) => reasons));
        before = page.at(-1)?.seq;
      }
      expect(seen).toEqual(written);
    },
  );

  test('shows an erased value as null, and an erased actor as erased', async () => {
    const entry = anEntry();
    const id = await write(entry);
    await erase(id, ['actor', 'actorName', 'reasons']);
    expect(await search(world.db, { subject: entry.subject, limit: 1 })).toMatchObject([
      { actor: 'erased', actorName: null, reasons: null, subject: entry.subject, decision: entry.decision },
    ]);
    expect(await search(world.db, { actor: entry.actor, limit: 1 })).toEqual([]);
    await erase(id, ['subject']);
    expect(await search(world.db, { subject: entry.subject, limit: 1 })).toEqual([]);
  });
});
