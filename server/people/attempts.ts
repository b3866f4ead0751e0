import type { Knex } from 'knex';
import { clearTries, isFirst, takeTry, waitOf, type Count } from '../../db/people/tries.js';
import { writeLast } from '../../db/core/closing.js';
import { countedHours, waitsOfAccount, waitsOfSource } from '../../policies/people/sign-in-tries.js';
import { numberOf } from '../../policies/core/words/number-of.js';
import type { Attempts } from '../case/proving/proving.js';
import { keyedBy } from '../case/links.js';
import { ProtocolError } from '../web/api/problem.js';
import { sourceOf } from '../web/source.js';

export interface AttemptsDeps {
  readonly db: Knex;
  readonly now: () => Date;
  readonly sessionSecret: string;
}

const hour = 60 * 60 * 1000;

export const attempts = ({ db, now, sessionSecret }: AttemptsDeps): Attempts => {
  const keyOf = keyedBy(sessionSecret);
  const inTurn = queues();

  return {
    limited: ({ email, ip, knownBrowser, codes }, attempt) => {
      const name = email.toLowerCase();
      const isKnown = knownBrowser !== null;
      const account = isKnown
        ? keyOf('browser', name, knownBrowser)
        : codes
          ? keyOf('codes', name)
          : keyOf('account', name, sourceOf(ip));
      const source = isKnown || codes ? null : keyOf('source', sourceOf(ip));
      // One at a time on each node, so that tries that turn out right do not use up one another's allowance.
      return inTurn(account, async () => {
        const at = now();
        const ends = (hours: number): Date => new Date(at.getTime() + hours * hour);
        const counts: { account: Count; source: Count | null } = {
          account: { key: account, waits: waitsOfAccount, ends: ends(countedHours.account) },
          source:
            source === null ? null : { key: source, waits: waitsOfSource, ends: ends(countedHours.source) },
        };
        const taken = await takeTry(db, { ...counts, now: at });
        if ('refused' in taken) {
          const key = taken.refused === 'source' && source ? source : account;
          throw wait(await waitOf(db, key, at));
        }
        return attempt({
          isFirstBlock: async (trx) =>
            taken.next === 'waits' &&
            (await isFirst(trx, { key: keyOf('told', name), now: at, until: ends(countedHours.account) })),
          clear: async (trx) => {
            const clearing = clearTries(trx, { account, source, now: at });
            // The try of the password is cleared with the last writes, and each table is written there once.
            if (codes) await clearing;
            else writeLast(trx, clearing);
          },
        });
      });
    },
  };
};

const wait = (seconds: number): ProtocolError => {
  const whole = Math.max(1, Math.ceil(seconds));
  return new ProtocolError(
    'too-many-attempts',
    `There were too many failed attempts. Wait for ${numberOf(whole, 'second')}, and try again.`,
    { headers: { 'Retry-After': String(whole) } },
  );
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
