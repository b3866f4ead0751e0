import { createHmac, hkdfSync } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Knex } from 'knex';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { ProtocolError } from '../web/api/problem.js';

/** Who tries to sign in, as far as anyone can say before it has worked. */
export interface Attempt {
  readonly email: string;
  readonly ip: string;
}

/** Counts failed attempts to sign in; successful ones cost nothing, and clear the e-mail address. */
export interface Attempts {
  /**
   * Makes an attempt: null means that it failed.
   * @throws ProtocolError 429 where there were too many failures; then nothing is attempted.
   */
  limited<T>(who: Attempt, attempt: () => Promise<T | null>): Promise<T | null>;
}

export interface AttemptsDeps {
  readonly db: Knex;
  readonly sessionSecret: string;
  /** Whether this app deletes counts that have run out, now and then. */
  readonly prune: boolean;
}

const quarterOfAnHour = 15 * 60;
const failuresOfEmail = 10;
const failuresOfAddress = 100;

export const attempts = ({ db, sessionSecret, prune }: AttemptsDeps): Attempts => {
  const table = {
    storeClient: db,
    storeType: 'knex',
    schemaName: 'runtime',
    tableName: 'limits',
    tableCreated: true,
    clearExpiredByTimeout: prune,
    duration: quarterOfAnHour,
  };
  const emails = new RateLimiterPostgres({ ...table, keyPrefix: 'email', points: failuresOfEmail });
  const addresses = new RateLimiterPostgres({ ...table, keyPrefix: 'ip', points: failuresOfAddress });
  // The count is not stored in clear: nobody should read in a table who failed to sign in.
  const secret = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'attempts', 32));
  const digest = (value: string) => createHmac('sha256', secret).update(value).digest('base64url');
  const inTurn = queues();

  return {
    limited: ({ email, ip }, attempt) => {
      const emailKey = digest(email.toLowerCase());
      const addressKey = digest(network(ip));
      // One at a time for an address: a burst could otherwise try a thousand before the first is counted.
      return inTurn(emailKey, async () => {
        await refuseBlocked(emails, emailKey, failuresOfEmail);
        await refuseBlocked(addresses, addressKey, failuresOfAddress);
        const result = await attempt();
        if (result === null) {
          await emails.penalty(emailKey);
          await addresses.penalty(addressKey);
        } else {
          await emails.delete(emailKey);
        }
        return result;
      });
    },
  };
};

const refuseBlocked = async (limiter: RateLimiterPostgres, key: string, most: number): Promise<void> => {
  const count = await limiter.get(key);
  if (count === null || count.consumedPoints < most) return;
  throw new ProtocolError('too-many-attempts', 'There were too many failed attempts. Wait, and try again.', {
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(count.msBeforeNext / 1000))) },
  });
};

/** Runs work with the same key one after the other, in the order of arrival. */
const queues = () => {
  const last = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    const done = turn.then(
      () => undefined,
      () => undefined,
    );
    last.set(key, done);
    void done.then(() => {
      if (last.get(key) === done) last.delete(key);
    });
    return turn;
  };
};

/** An IPv4 address, or the /64 that one IPv6 household or server has to itself. */
const network = (ip: string): string => {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (v4 !== undefined) return v4;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail = ''] = ip
    .toLowerCase()
    .split('::')
    .map((half) => half.replace(/%.*$/, ''));
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const missing = Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after];
  return groups.slice(0, 4).join(':');
};
