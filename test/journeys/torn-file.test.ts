/**
 * A file that tears: the new row of a request beside the seats of before. PostgreSQL gives one where a statement locks a
 * row and reads others, and a rival who held the row commits meanwhile: READ COMMITTED looks at the locked row again, and
 * at the others not (architecture.md, "A command is"). A command locks first, and reads the file in a statement of its own.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { lockCase } from '../../db/case/case-records.js';
import { decideRequest } from '../../server/decision/decide-request.js';
import type { SentDecision } from '../../server/decision/bodies.js';
import type { Ctx } from '../../server/case/ctx.js';
import { useCouncil } from '../support/council.js';
import { reason } from '../support/line.js';
import { isLong } from '../support/long.js';
import { brought, copiesOf, ctxFor, personId } from '../support/people.js';

const council = useCouncil();

/** How often a rival decides while a command waits. */
const times = isLong ? 100 : 10;
/** So many pairs are under way at once, each with two connections of the pool. */
const abreast = 4;

const refusal: SentDecision = {
  version: 1,
  outcome: 'refuse',
  reasons: reason,
  grounds: ['no_remit_link'],
  conditions: [],
  categories: ['process'],
};

let legal: Ctx;
let references: readonly string[];
beforeAll(async () => {
  const { db } = council.world;
  const now = () => council.clock;
  legal = await ctxFor(db, await personId(db, 'legal'), now);
  const { reference } = await brought(db, 'ready', { now });
  references = await copiesOf(db, reference, times + 1);
});

/** Whether that connection waits for a lock. */
const isWaiting = async (db: Knex, pid: number): Promise<boolean> => {
  const { rows } = await db.raw<{ rows: object[] }>('select from pg_locks where pid = ? and not granted', [
    pid,
  ]);
  return rows.length > 0;
};

/** What somebody reads who came while a rival refused the request, and waited for the commit. */
const readBehind = async <T>(
  reference: string,
  read: (trx: Knex.Transaction, reference: string) => Promise<T>,
): Promise<T> => {
  const { db, owner } = council.world;
  let pid = 0;
  let second: Promise<T> | undefined;
  await inTransaction(db, async (trx) => {
    await decideRequest({ ...legal, db: trx }, reference, refusal);
    second = inTransaction(db, async (other) => {
      const { rows } = await other.raw<{ rows: { pid: number }[] }>('select pg_backend_pid() as pid');
      pid = rows[0]?.pid ?? 0;
      return read(other, reference);
    });
    while (!(await isWaiting(owner, pid)));
  });
  if (!second) throw new Error('Nobody read.');
  return second;
};

describe('a command that waits for a rival', () => {
  test('reads the rival’s decision whole: the row, the seat, and who acted', async () => {
    const raced = references.slice(1);
    for (let start = 0; start < raced.length; start += abreast) {
      await Promise.all(
        raced.slice(start, start + abreast).map(async (reference) => {
          const { row, signOffs } = await readBehind(reference, (trx, ref) =>
            lockCase(trx, legal.ability, ref),
          );
          expect(row.status).toBe('refused');
          expect(row.decidedAt).toEqual(council.clock);
          expect(row.actedBy).toContain(legal.actor.id);
          expect(row.seats.map(({ office, outcome }) => [office, outcome])).toContainEqual([
            'legal',
            'refuse',
          ]);
          expect(signOffs.map(({ office, outcome }) => [office, outcome])).toContainEqual([
            'legal',
            'refuse',
          ]);
        }),
      );
    }
  });

  test('would read the new row beside the old seats, were lock and file one statement', async () => {
    const torn = await readBehind(references[0] ?? '', async (trx, reference) => {
      const { rows } = await trx.raw<{ rows: { status: string; seats: string[] }[] }>(
        `select r.status, array(select s.office from sign_offs s where s.request_id = r.id and s.voided_at is null) as seats
           from requests r where r.reference = ? for no key update of r`,
        [reference],
      );
      return rows[0];
    });
    expect(torn?.status).toBe('refused');
    expect(torn?.seats).not.toContain('legal');
  });
});
