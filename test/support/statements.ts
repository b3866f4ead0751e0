import type { Knex } from 'knex';
import { londonDate } from '../../policies/core/time/london.js';
import { readerOf, type Reader, type Sending } from './browser-less.js';
import type { Account, Answer, Client, Council } from './council.js';

/**
 * What a pool sends while something is done, BEGIN and COMMIT included, in order. Whoever else uses the pool
 * meanwhile is counted too, so do one thing at a time; the tests' app has no clock that seals or sends mail.
 */
export const statementsOf = async <T>(
  db: Knex,
  act: () => Promise<T>,
): Promise<{ readonly statements: readonly string[]; readonly answer: T }> => {
  const statements: string[] = [];
  const note = ({ sql }: { readonly sql: string }): void => void statements.push(sql);
  db.on('query', note);
  try {
    const answer = await act();
    return { statements, answer };
  } finally {
    db.off('query', note);
  }
};

/** One call to the service, and the statements it sent to the database. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly statements: readonly string[];
  /** The types of the entries that it left on the trail. */
  readonly entries: readonly string[];
}

/** Calls that were counted, and ways to count more. */
export interface Counting {
  readonly calls: readonly Call[];
  /** The same council, whose clients' calls are counted; the first of a client is not: it completes the session. */
  readonly counted: Council;
  /** Somebody who signs in by the page, and whose calls are counted from then on, each redirect by itself. */
  readonly reader: (account: Account) => Promise<Reader>;
  /** Counts one call that is sent in another way. */
  readonly note: Sending;
}

/** Does more with each call than to count it. */
export type Around = (note: Sending) => Sending;
const plainly: Around = (note) => note;

/**
 * Counts what each call to a council sends to the database.
 * @param around what else is done with each call of a reader; it carries out the counted one first
 */
export const counting = (council: Council, around: Around = plainly): Counting => {
  const calls: Call[] = [];
  const { db } = council.world;
  const note: Sending = async (method, path, act) => {
    // As if each session had just been used: once a minute its use is written down, and this would be such a call.
    await db('runtime.sessions').update({ expire: new Date(Date.now() + 3_600_000) });
    const before: { seq: number } | undefined = await db('audit.entries').orderBy('seq', 'desc').first('seq');
    const { statements, answer } = await statementsOf(db, act);
    const entries: string[] = await db('audit.entries')
      .where('seq', '>', before?.seq ?? 0)
      .orderBy('seq')
      .pluck('type');
    calls.push({ method, path, status: answer.status, statements, entries });
    return answer;
  };
  /** Proves first who it is, so that this is not counted with the change. */
  const changing =
    <Rest extends readonly unknown[]>(
      send: (path: string, ...rest: Rest) => Promise<Answer>,
      client: Client,
    ) =>
    async (path: string, ...rest: Rest): Promise<Answer> => {
      await client.ready();
      return send(path, ...rest);
    };
  const noting = (client: Client): Client => ({
    ...client,
    get: (path) => note('GET', path, () => client.get(path)),
    post: changing(
      (path, body, headers) => note('POST', path, () => client.post(path, body, headers)),
      client,
    ),
    put: changing((path, body) => note('PUT', path, () => client.put(path, body)), client),
    patch: changing((path, body) => note('PATCH', path, () => client.patch(path, body)), client),
    delete: changing((path) => note('DELETE', path, () => client.delete(path)), client),
  });
  const begun = new Set<Client>();
  const as: Council['as'] = async (account) => {
    const client = await council.as(account);
    // A page: the token of its form is kept in the session from then on.
    if (!begun.has(client)) await client.get('/reminders');
    begun.add(client);
    return noting(client);
  };
  const readers = new Map<Account, Promise<Reader>>();
  const signedIn = async (account: Account): Promise<Reader> => {
    let counts = false;
    const reader = await readerOf(council.server, account, (method, path, act) =>
      counts ? around(note)(method, path, act) : act(),
    );
    counts = true;
    return reader;
  };
  const reader = (account: Account): Promise<Reader> => {
    // As for clients: where the clock is moved to another day, one signs in again.
    const session = `${account} ${londonDate(council.clock)}`;
    const known = readers.get(session) ?? signedIn(account);
    readers.set(session, known);
    return known;
  };
  const clock = {
    get: () => council.clock,
    set: (time: Date) => {
      council.clock = time;
    },
  };
  return { calls, note, reader, counted: Object.create(council, { as: { value: as }, clock }) as Council };
};
