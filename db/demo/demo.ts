import { hash, type Options } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { append } from '../audit/append.js';
import { inTransaction } from '../core/connection.js';
import { accounts, demoPassword, type Login } from './accounts.js';
import { loadCouncil } from './council.js';
import { loadRequests } from './requests/requests.js';

/** A number that none of our other locks has. */
const LOCK = 20_111_039;

/**
 * Loads the demonstration council: its people, offices and register, and invented requests at every stage. Only into
 * an empty database: a second start keeps what is there, and accounts with a public password never end up beside real
 * ones. If two start at once, one loads and the other waits for it.
 *
 * @param now the service's time; everything is dated in relation to it
 * @param cost of trying a password; the usual one if left out
 */
export const loadDemo = async (db: Knex, now: Date, cost: Options = {}): Promise<void> => {
  if (await isInhabited(db)) return;
  const hashes = await hashed(cost);
  await inTransaction(db, async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
    if (await isInhabited(trx)) return;
    const council = await loadCouncil(trx, now, hashes);
    const requests = await loadRequests(trx, council, now);
    await append(trx, {
      type: 'council.seeded',
      at: now,
      actor: 'system',
      actorName: 'The service',
      office: null,
      capacity: null,
      subject: 'council',
      decision: { demonstration: true, people: accounts.length, requests },
    });
  });
};

const isInhabited = async (db: Knex): Promise<boolean> => {
  const somebody = await db('people').first('id');
  return somebody !== undefined;
};

/** A salt of its own for each, as for anybody; all at once, so that the first start does not wait long. */
const hashed = async (cost: Options): Promise<ReadonlyMap<Login, string>> =>
  new Map(
    await Promise.all(
      accounts
        .filter(({ signsIn }) => signsIn)
        .map(async ({ login }) => [login, await hash(demoPassword, cost)] as const),
    ),
  );
