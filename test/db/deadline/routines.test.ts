import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { trainingRunningOut } from '../../../db/deadline/routines.js';
import { addDays } from '../../../policies/core/time/london.js';
import { useDatabase } from '../../support/database.js';

const world = useDatabase();

const today = '2027-03-01';
const until = addDays(today, 30);
const day = (days: number) => addDays(today, days);

interface Training {
  readonly kind: string;
  readonly completed: number;
  readonly expires: number;
}

/** What runs out by the definition: of what counts already, the last day of each kind, where it is one of those. */
const byDefinition = (trainings: readonly Training[]) =>
  ['data_protection', 'safeguarding'].flatMap((kind) => {
    const counts = trainings.filter((each) => each.kind === kind && each.completed <= 0);
    const last = Math.max(...counts.map(({ expires }) => expires));
    return last >= 0 && last <= 30 ? [{ kind, expires: day(last) }] : [];
  });

const undone = new Error('Nothing of this stays.');
const inPassing = (work: (trx: Knex.Transaction) => Promise<void>) =>
  expect(
    world.db.transaction(async (trx) => {
      await work(trx);
      throw undone;
    }),
  ).rejects.toBe(undone);

const memberOf = async (trx: Knex.Transaction, more: object = {}): Promise<string> => {
  const id = randomUUID();
  await trx('councillors').insert({
    id,
    name: 'Councillor Ash Fiction',
    standing: 'sitting',
    term_from: '2025-05-05',
    ...more,
  });
  return id;
};
const train = (trx: Knex.Transaction, councillorId: string, trainings: readonly Training[]) =>
  trx('training').insert(
    trainings.map(({ kind, completed, expires }) => ({
      councillor_id: councillorId,
      kind,
      completed: day(completed),
      expires: day(expires),
    })),
  );

describe('training that runs out', () => {
  const training = fc
    .record({
      kind: fc.constantFrom('data_protection', 'safeguarding', 'dbs'),
      completed: fc.integer({ min: -40, max: 3 }),
      lasts: fc.integer({ min: 0, max: 80 }),
    })
    .map(({ kind, completed, lasts }) => ({ kind, completed, expires: completed + lasts }));

  test('is of each kind what lasts longest, where that ends on one of the days', async () => {
    let found = 0;
    await inPassing(async (trx) => {
      for (const trainings of fc.sample(fc.array(training, { minLength: 1, maxLength: 5 }), 150)) {
        const id = await memberOf(trx);
        await train(trx, id, trainings);
        const all = await trainingRunningOut(trx, { today, until });
        const own = all.filter(({ councillorId }) => councillorId === id);
        const due = byDefinition(trainings).map((each) => ({ councillorId: id, ...each }));
        expect({ trainings, own }).toEqual({ trainings, own: due });
        found += due.length;
      }
    });
    expect(found).toBeGreaterThan(20);
  });

  test('is nobody’s who is no member any more', async () => {
    await inPassing(async (trx) => {
      for (const more of [{ standing: 'former', term_to: day(-9) }, { term_to: day(-1) }]) {
        const id = await memberOf(trx, more);
        await train(trx, id, [{ kind: 'safeguarding', completed: -9, expires: 9 }]);
      }
      expect(await trainingRunningOut(trx, { today, until })).toEqual([]);
    });
  });

  test('is found from an index by the day', async () => {
    const queries: { sql: string; bindings: Knex.RawBinding[] }[] = [];
    const note = (query: (typeof queries)[number]) => void queries.push(query);
    world.db.on('query', note);
    await trainingRunningOut(world.db, { today, until });
    world.db.removeListener('query', note);
    await inPassing(async (trx) => {
      // A table this small is read whole for less; what matters is that the index can answer.
      await trx.raw('set local enable_seqscan = off');
      const [query] = queries;
      const { sql = '', bindings = [] } = query ?? {};
      const { rows } = await trx.raw<{ rows: Record<string, string>[] }>(
        `explain (costs off) ${sql.replaceAll(/\$\d+/g, '?')}`,
        bindings,
      );
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/training_by_expiry[^]*?Index Cond: \(\(expires >= .* AND \(expires <= /);
    });
  });
});
