import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { z, ZodError } from 'zod';
import { NotRecorded, type KnownEntry } from '../../../db/audit/append.js';
import { opens, readLeaf, type Leaf } from '../../../db/audit/leaf.js';
import { plainly, planned } from '../../../db/core/ask.js';
import { compile } from '../../../db/core/plans/compiled.js';
import { inTransaction } from '../../../db/core/connection.js';
import { performRecorded, recordedList, recordedOne, recordedSql } from '../../../db/core/recorded.js';
import { useDatabase } from '../../support/database.js';
import { anEntry } from '../../support/entries.js';

const world = useDatabase();

const shown = z.strictObject({ version: z.int(), advice: z.boolean() });

/** Rows that nobody has to store: versions 1 to `n`, the newest first. */
const rowsTo = (n: number): Knex.QueryBuilder =>
  world.db
    .from(world.db.raw('generate_series(1, ?::int) as s (version)', [n]))
    .orderBy('s.version', 'desc')
    .select('s.version', world.db.raw('s.version > 1 as advice'));

const reading = (over: Partial<KnownEntry> = {}): KnownEntry => ({
  ...anEntry({ type: 'discussion.read', decision: {} }),
  settings: 0,
  ...over,
});

/** The leaves of the entries about that subject, oldest first, each verified. */
const leavesAbout = async (subject: string): Promise<Leaf[]> => {
  const rows: { leaf: Buffer; salt: Buffer }[] = await world
    .db('audit.entries as e')
    .join('audit.secret as s', (on) => on.on('s.entry_id', 'e.id').andOnVal('s.field', 'subject'))
    .whereRaw('s.value = to_jsonb(?::text)', [subject])
    .orderBy('e.seq')
    .select('e.leaf', 's.salt');
  return rows.map(({ leaf, salt }) => {
    const read = readLeaf(leaf);
    expect(opens(read, { field: 'subject', value: subject, salt })).toBe(true);
    return read;
  });
};
const decisionsAbout = async (subject: string) =>
  (await leavesAbout(subject)).map(({ decision }) => decision);

describe('one thing that is read', () => {
  test('leaves one entry, with what only the row knows filled in as canonical JSON', async () => {
    const entry = reading({ decision: { outcome: 'read', zeal: 1 } });
    const ask = recordedOne(world.db, entry, { version: 'shown.version', advice: 'shown.advice' });
    expect(await ask(shown, rowsTo(3))).toEqual([{ version: 3, advice: true }]);
    expect(await decisionsAbout(entry.subject)).toEqual([
      { advice: true, outcome: 'read', version: 3, zeal: 1 },
    ]);
  });

  test('leaves one entry each time', async () => {
    const entry = reading();
    const ask = recordedOne(world.db, entry);
    for (const _ of [1, 2, 3]) expect(await ask(shown, rowsTo(1))).toHaveLength(1);
    expect(await leavesAbout(entry.subject)).toHaveLength(3);
  });

  test('leaves none if it is hidden or missing', async () => {
    const entry = reading();
    const ask = recordedOne(world.db, entry, { version: 'shown.version' });
    expect(await ask(shown, rowsTo(3).whereRaw('false'))).toEqual([]);
    expect(await leavesAbout(entry.subject)).toEqual([]);
  });

  test('leaves none if it is read without recording', async () => {
    const { rows: before } = await world.db.raw<{ rows: object[] }>('select count(*) from audit.entries');
    expect(await plainly(shown, rowsTo(1))).toEqual([{ version: 1, advice: false }]);
    const { rows: after } = await world.db.raw<{ rows: object[] }>('select count(*) from audit.entries');
    expect(after).toEqual(before);
  });

  test('is committed with its transaction, or not at all', async () => {
    const entry = reading();
    const undone = inTransaction(world.db, async (trx) => {
      expect(await recordedOne(trx, entry)(shown, rowsTo(1))).toHaveLength(1);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await leavesAbout(entry.subject)).toEqual([]);
  });
});

describe('a list that is read', () => {
  test('keeps its order, and its entry counts the rows shown and not the one beyond', async () => {
    const entry = reading();
    const rows = await recordedList(world.db, entry, { upTo: 3 })(shown, rowsTo(4));
    expect(rows.map(({ version }) => version)).toEqual([4, 3, 2, 1]);
    expect(await decisionsAbout(entry.subject)).toEqual([{ shown: 3 }]);
  });

  test('leaves its entry even if it is empty', async () => {
    const entry = reading();
    expect(await recordedList(world.db, entry)(shown, rowsTo(0))).toEqual([]);
    expect(await decisionsAbout(entry.subject)).toEqual([{ shown: 0 }]);
  });

  test('is the same if each time is planned again', async () => {
    const entry = reading();
    const ask = recordedList(world.db, entry, { plan: 'each time' });
    expect(await ask(shown, rowsTo(2))).toHaveLength(2);
    expect(await decisionsAbout(entry.subject)).toEqual([{ shown: 2 }]);
  });
});

describe('a reading that fails', () => {
  const refused = 'session.failed';

  /** Refuses entries of one type, at the commit and not before. */
  beforeAll(async () => {
    await inTransaction(world.owner, async (trx) => {
      await trx.raw('set local role ntk_audit');
      await trx.raw(`
        create function audit.refuse_at_commit() returns trigger language plpgsql as $$
        begin raise exception 'the commit fails'; end $$`);
      await trx.raw(`
        create constraint trigger refused_at_commit after insert on audit.entries deferrable initially deferred
          for each row when (new.type = '${refused}') execute function audit.refuse_at_commit()`);
    });
  });

  test.each([
    ['one thing', (entry: KnownEntry) => recordedOne(world.db, entry)],
    ['a list', (entry: KnownEntry) => recordedList(world.db, entry)],
  ])('where the commit fails, nothing is shown of %s', async (_, asking) => {
    const entry = reading({ type: refused });
    await expect(asking(entry)(shown, rowsTo(2))).rejects.toThrow(NotRecorded);
    expect(await leavesAbout(entry.subject)).toEqual([]);
  });

  test('where a right is missing, no entry was taken', async () => {
    const entry = reading();
    const query = world.db('pg_catalog.pg_authid').select('rolname');
    await expect(recordedOne(world.db, entry)(shown, query)).rejects.toThrow(NotRecorded);
    expect(await leavesAbout(entry.subject)).toEqual([]);
  });

  // Another try would fail in the same way, so it is no 503: a value that came so far should have been refused before.
  test.each([
    ['a number that cannot be divided by', '22012', () => rowsTo(1).whereRaw('1 / (s.version - 1) = 1')],
    ['text that is no number', '22P02', () => rowsTo(1).where('s.version', 'confidential')],
    ['a number that is too large', '22003', () => rowsTo(1).whereRaw('s.version + 2147483647 > 0')],
  ])(
    'where our query gives the database %s, the mistake stays one, and no entry was taken',
    async (_, code, query) => {
      const entry = reading();
      const asked = recordedOne(world.db, entry)(shown, query());
      await expect(asked).rejects.toMatchObject({ code });
      await expect(asked).rejects.not.toBeInstanceOf(NotRecorded);
      await expect(asked).rejects.toMatchObject({ message: expect.not.stringContaining('confidential') });
      expect(await leavesAbout(entry.subject)).toEqual([]);
    },
  );

  test.each([
    ['one thing', (entry: KnownEntry) => recordedOne(world.db, entry)],
    ['a list', (entry: KnownEntry) => recordedList(world.db, entry)],
    [
      'one thing of a compiled statement',
      (entry: KnownEntry) => () =>
        performRecorded(world.db, compile(recordedSql('select 1 as version', {})), [], { entry }),
    ],
  ])('where the entry of %s cannot be written exactly, the mistake stays one', async (_, asking) => {
    const entry = reading({ subject: '' });
    await expect(asking(entry)(shown, rowsTo(1))).rejects.toThrow(ZodError);
  });

  test.each([
    ['a table that is not there', () => world.db('nowhere').select('seq')],
    ['a column that is not there', () => rowsTo(1).whereRaw('s.nothing')],
    ['what no grammar knows', () => rowsTo(1).whereRaw('select')],
  ])('where our statement names %s, the mistake stays one', async (_, query) => {
    const entry = reading();
    const asked = recordedList(world.db, entry)(shown, query());
    await expect(asked).rejects.toMatchObject({ code: expect.stringMatching(/^42/) });
    await expect(asked).rejects.not.toBeInstanceOf(NotRecorded);
    expect(await leavesAbout(entry.subject)).toEqual([]);
  });
});

describe('a row that is not as its schema says', () => {
  const asked = {
    plainly: () => plainly,
    planned: () => planned,
    'as one thing that is recorded': () => recordedOne(world.db, reading()),
    'as a list that is recorded': () => recordedList(world.db, reading()),
  };

  test.each(Object.entries(asked))('is a mistake of ours where it is asked %s', async (_, ask) => {
    const drifted: readonly z.ZodType[] = [
      shown.extend({ gone: z.string() }),
      shown.omit({ advice: true }),
      shown.extend({ version: z.string() }),
    ];
    for (const schema of drifted) {
      const failed = ask()(schema, rowsTo(1));
      await expect(failed).rejects.toBeInstanceOf(z.ZodError);
      await expect(failed).rejects.not.toBeInstanceOf(NotRecorded);
    }
    expect(await ask()(shown, rowsTo(1))).toEqual([{ version: 1, advice: false }]);
  });
});
