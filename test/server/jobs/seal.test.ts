import { EventEmitter, once } from 'node:events';
import { expect, test } from '@jest/globals';
import { append } from '../../../db/audit/append.js';
import { latestCheckpoint } from '../../../db/audit/tree/checkpoints.js';
import { inTransaction } from '../../../db/core/connection.js';
import { createClock } from '../../../server/jobs/worker/clock.js';
import { createSealing, sealEveryMs } from '../../../server/jobs/seal.js';
import { useDatabase } from '../../support/database.js';
import { anEntry } from '../../support/entries.js';
import { aSigner } from '../../support/signer.js';

const world = useDatabase();
const now = new Date('2026-03-02T09:15:00Z');
const log = { info: () => {}, error: () => {} };

const commits = (many: number): Promise<unknown> =>
  Promise.all(Array.from({ length: many }, () => inTransaction(world.db, (trx) => append(trx, anEntry()))));

test('many commits at once share rounds of sealing, one at a time; the first round after a commit signs it', async () => {
  // Its own pool, like another node's: a commit waits for no round, and a round for no commit.
  const seal = createSealing({ db: world.open(), now: () => now, log, state: aSigner() });
  /** The size of the tree that was signed last, when each round had ended. */
  const signed: number[] = [];
  let [begun, running, most] = [0, 0, 0];
  const rounds = new EventEmitter();
  const ended = async (round: number): Promise<void> => {
    while (signed.length <= round) await once(rounds, 'ended');
  };
  const clock = createClock({
    everyMs: sealEveryMs,
    log,
    async work() {
      begun += 1;
      running += 1;
      most = Math.max(most, running);
      await seal();
      running -= 1;
      signed.push((await latestCheckpoint(world.db))?.size ?? 0);
      rounds.emit('ended');
    },
  });

  const began = performance.now();
  clock.start();
  await commits(150);
  const first = begun;
  await commits(150);
  const second = begun;
  await ended(second);
  await clock.stop();
  const intervals = Math.ceil((performance.now() - began) / sealEveryMs);

  expect(signed[first]).toBeGreaterThanOrEqual(150);
  expect(signed[second]).toBe(300);
  expect(most).toBe(1);
  // One at the start and one each interval: none is begun by a commit.
  expect(begun).toBeLessThanOrEqual(1 + intervals);
  // The round that runs at a commit, and the next: with as long again to carry them out, two seconds at most.
  expect(2 * sealEveryMs).toBeLessThanOrEqual(1_000);
});
