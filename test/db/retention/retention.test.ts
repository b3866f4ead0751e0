/** Until when something is kept: what the database asks before it deletes is what the rule says. */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { retentionSchedule } from '../../../db/retention/retention.js';
import { addDays } from '../../../policies/core/time/london.js';
import { defaultSchedule, keptUntil, termEnd } from '../../../policies/retention/retention.js';
import { useDatabase } from '../../support/database.js';
import { isLong } from '../../support/long.js';
import { behindTheApi } from '../../support/people.js';

const world = useDatabase();

const day = fc.integer({ min: 0, max: 6_000 }).map((days) => addDays('2020-01-01', days));
const term = fc
  .tuple(day, fc.option(fc.integer({ min: 0, max: 1_500 })))
  .map(([from, length]) => ({ from, to: length === null ? null : addDays(from, length) }));

test('the schedule begins with the defaults of the design', async () => {
  expect(await retentionSchedule(world.db)).toEqual(defaultSchedule);
});

test('the database keeps a request until the day that the rule says, whatever the register said of the term', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(term, { minLength: 1, maxLength: 4 }), day, async (terms, made) => {
      const id = randomUUID();
      await behindTheApi(world.db, async (trx) => {
        await trx('councillors').insert({
          id,
          name: 'A Member',
          standing: 'former',
          term_from: '2020-01-01',
        });
        await trx('register_history').insert(
          terms.map((each) => ({ councillor_id: id, at: new Date(), facts: JSON.stringify({ term: each }) })),
        );
      });
      const { rows } = await world.db.raw<{ rows: object[] }>(
        `select kept_until(:id, :made::date, 'requests') as request, kept_until(:id, null, 'councillors') as own`,
        { id, made },
      );
      expect(rows[0]).toEqual({
        request: keptUntil(termEnd(terms, made), defaultSchedule.requests),
        own: keptUntil(terms.at(-1)?.to ?? null, defaultSchedule.councillors),
      });
    }),
    { numRuns: isLong ? 500 : 40 },
  );
});
