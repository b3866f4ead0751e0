import pg from 'pg';
import { BenchFault } from './fault.js';
import type { Place } from './pgbench.js';

const within = async <T>(
  place: Place,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const { port, user, password } = place;
  const client = new pg.Client({ host: '127.0.0.1', port, user, password, database });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** How many entries of each type stand on the trail of the service's database. */
export const countEntries = (place: Place): Promise<ReadonlyMap<string, number>> =>
  within(place, 'need_to_know', async (client) => {
    const { rows } = await client.query<{ type: string; count: number }>(
      'select type, count(*)::int as count from audit.entries group by type',
    );
    return new Map(rows.map(({ type, count }) => [type, count]));
  });

/**
 * Makes pgbench's database, and says which server it is on.
 * @throws BenchFault where the server does not wait for the disk
 */
export const makePgbenchDatabase = async (place: Place): Promise<{ place: Place; version: string }> =>
  within(place, 'postgres', async (client) => {
    const setting = async (name: string) =>
      (await client.query<Record<string, string>>(`show ${name}`)).rows[0]?.[name];
    for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      if ((await setting(name)) !== 'on') throw new BenchFault(`The server has ${name} off: nothing counts.`);
    }
    await client.query('create database pgbench');
    return { place: { ...place, database: 'pgbench' }, version: (await setting('server_version')) ?? '' };
  });

/** What was acknowledged of one type of entry, and how many answers may have been cut off with their run. */
export interface Expected {
  readonly acknowledged: number;
  readonly cutOff: number;
}

/**
 * Whether each acknowledged answer has left its entry, and no more did than were asked for: a client that is cut
 * off at the end of its run may have had one recorded that it never read.
 * @throws BenchFault where not
 */
export const assertRecorded = (
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
  expected: ReadonlyMap<string, Expected>,
): void => {
  for (const [type, { acknowledged, cutOff }] of expected) {
    const entries = (now.get(type) ?? 0) - (before.get(type) ?? 0);
    if (entries < acknowledged || entries > acknowledged + cutOff) {
      throw new BenchFault(
        `The trail has ${entries} new entries ${type} for ${acknowledged} answers that were acknowledged ` +
          `and at most ${cutOff} that were cut off.`,
      );
    }
  }
};
