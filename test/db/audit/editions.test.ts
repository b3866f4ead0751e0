/** Under which rules an entry was made: named by it, kept with it, and never another text. */
import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { append, type Entry } from '../../../db/audit/append.js';
import {
  currentEdition,
  editionOf,
  editionText,
  keepEdition,
  policyOf,
  rulesIn,
} from '../../../db/audit/edition.js';
import { readLeaf, writeLeaf } from '../../../db/audit/leaf.js';
import { inTransaction } from '../../../db/core/connection.js';
import { ruleBook, type Book } from '../../../policies/rule-book/rule-book.js';
import { testDatabase, useDatabase } from '../../support/database.js';
import { firstOf } from '../../../db/core/rows/first-of.js';

const world = useDatabase();

const anEntry = (over: Partial<Entry> = {}): Entry => ({
  type: 'audit.heartbeat',
  at: new Date('2026-03-02T09:15:00.123Z'),
  actor: 'system',
  actorName: 'The service',
  office: null,
  capacity: null,
  subject: 'trail',
  ...over,
});
const write = (over: Partial<Entry> = {}, db = world.db): Promise<string> =>
  inTransaction(db, (trx) => append(trx, anEntry(over)));
const policyOfEntry = async (id: string, db = world.db): Promise<string> => {
  const { leaf } = await db('audit.entries').where({ id }).first<{ leaf: Buffer }>('leaf');
  return readLeaf(leaf).policy;
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const rulesNow = ruleBook['rules'] as Readonly<Record<string, object>>;

describe('an edition', () => {
  test('is named by the hash of its text, which is the whole rule book', () => {
    const { code, text } = currentEdition;
    expect(sha256(text).slice(0, 32)).toBe(code);
    expect(JSON.parse(text)).toEqual(ruleBook);
  });

  test('is another one when a word of a rule, its authority, a question, a type or a ground changes', () => {
    const changed = (from: string, to: string): Book => {
      const text = JSON.stringify(ruleBook);
      expect(text).toContain(from);
      return JSON.parse(text.replace(from, to)) as Book;
    };
    const others = [
      changed('Nothing is backdated.', 'Nothing is dated back.'),
      changed('section 83', 'section 84'),
      changed('Is it named activities', 'Are they named activities'),
      changed('"maxWindowMonths":3', '"maxWindowMonths":4'),
      changed('Curiosity is not a need to know', 'Curiosity is no need to know'),
    ].map((book) => editionOf(book).code);
    expect(new Set([currentEdition.code, ...others]).size).toBe(6);
  });

  test('is the same one in whatever order the rules are written', () => {
    const turned = { ...ruleBook, rules: Object.fromEntries(Object.entries(rulesNow).toReversed()) } as Book;
    expect(editionOf(turned)).toEqual(currentEdition);
  });
});

describe('an entry', () => {
  test('names the edition and the settings it was made under, and its rules can be looked up', async () => {
    const policy = await policyOfEntry(await write({ settings: 7 }));
    expect(policy).toBe(`book:${currentEdition.code}/settings:7`);
    expect(rulesIn(policy)).toEqual({ edition: currentEdition.code, settings: 7 });
    expect(await editionText(world.db, currentEdition.code)).toBe(currentEdition.text);
  });

  test('names the last settings that were set if nobody has read them before', async () => {
    expect(await policyOfEntry(await write())).toBe(policyOf(0));
    const revision = await inTransaction(world.db, async (trx) => {
      const person = firstOf(
        await trx('people').insert({ name: 'A', email: 'a@council.example' }).returning('id'),
      );
      const [made] = await trx('settings')
        .insert({
          choices: '{}',
          at: new Date(),
          person_id: person.id,
          office: 'democratic_services',
          capacity: 'principal',
        })
        .returning<{ revision: number }[]>('revision');
      await append(trx, anEntry());
      return made?.revision ?? 0;
    });
    expect(revision).toBeGreaterThan(0);
    expect(await policyOfEntry(await write())).toBe(policyOf(revision));
  });

  test('brings the text with it if it is the first, however many are first at once', async () => {
    const fresh = await testDatabase();
    try {
      const nodes = [fresh.open(), fresh.open(), fresh.open()];
      const [db] = nodes as [typeof world.db];
      expect(await editionText(db, currentEdition.code)).toBeNull();
      await Promise.all(nodes.flatMap((node) => [write({}, node), write({}, node)]));
      expect(await db('audit.editions').pluck('code')).toEqual([currentEdition.code]);
      expect(await db('audit.entries').pluck('id')).toHaveLength(6);
    } finally {
      await fresh.close();
    }
  });

  test('takes its text away again with a transaction that fails', async () => {
    const fresh = await testDatabase();
    try {
      const db = fresh.open();
      const undone = inTransaction(db, async (trx) => {
        await append(trx, anEntry());
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      expect(await editionText(db, currentEdition.code)).toBeNull();
      await policyOfEntry(await write({}, db), db);
      expect(await editionText(db, currentEdition.code)).toBe(currentEdition.text);
    } finally {
      await fresh.close();
    }
  });

  test.each([
    `book:${'0'.repeat(32)}/settings:0`,
    `book:${currentEdition.code}`,
    'book:',
    `book:${currentEdition.code}/settings:01`,
    `book:${currentEdition.code}/settings:`,
    `book:${currentEdition.code}/settings:1x`,
    `book:${currentEdition.code}/settings:-1`,
    `book:${currentEdition.code}0/settings:0`,
    `book:${currentEdition.code.slice(1)}/settings:0`,
  ])('that names rules nobody kept is refused by the database: %s', async (policy) => {
    await keepEdition(world.db);
    await expect(writtenUnder(policy)).rejects.toMatchObject({ code: '22023' });
  });

  test('from before the editions stays as it is', async () => {
    const id = await writtenUnder('need-to-know-1');
    expect(await policyOfEntry(id)).toBe('need-to-know-1');
    expect(rulesIn('need-to-know-1')).toBeNull();
  });
});

/** An entry past our own code, as another version of the service would write it. */
const writtenUnder = async (policy: string): Promise<string> => {
  const id = randomUUID();
  const commitment = 'A'.repeat(43);
  const leaf = writeLeaf({
    v: 1,
    id,
    type: 'audit.heartbeat',
    at: '2026-03-02T09:15:00.123Z',
    office: null,
    capacity: null,
    decision: null,
    policy,
    commitments: { actor: commitment, actorName: commitment, subject: commitment },
  });
  const secret = { value: 'x', salt: '00'.repeat(32) };
  const secrets = JSON.stringify({ actor: secret, actorName: secret, subject: secret });
  await inTransaction(world.db, (trx) => trx.raw('select audit.append(?, ?::jsonb)', [leaf, secrets]));
  return id;
};

describe('the text of an edition', () => {
  test('is kept once, and by nobody changed or taken away', async () => {
    await keepEdition(world.db);
    await keepEdition(world.db);
    expect(await world.db('audit.editions').where({ code: currentEdition.code })).toHaveLength(1);
    const asOwner = (sql: string) =>
      inTransaction(world.owner, async (trx) => {
        await trx.raw('set local role ntk_audit');
        await trx.raw(sql);
      });
    for (const sql of [
      `update audit.editions set body = ''`,
      'delete from audit.editions',
      'truncate audit.editions',
    ]) {
      await expect(world.db.raw(sql)).rejects.toMatchObject({ code: '42501' });
      await expect(asOwner(sql)).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('cannot stand under another code than that of its hash', async () => {
    await expect(
      inTransaction(world.owner, async (trx) => {
        await trx.raw('set local role ntk_audit');
        await trx.raw(`insert into audit.editions (code, body) values (repeat('0', 32), '{}')`);
      }),
    ).rejects.toMatchObject({ code: '23514' });
  });

  test.each(['[]', 'null', '{', ''])('is an object, and %j is refused', async (text) => {
    await expect(world.db.raw('select audit.keep_edition(?)', [Buffer.from(text)])).rejects.toMatchObject({
      code: expect.stringMatching(/^22/),
    });
  });
});
