/** A form that is checked changes nothing until it is confirmed: not a row of any table, whatever the use case does. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { atLondonTime, londonDate } from '../../../../policies/core/time/london.js';
import { pages } from '../../../../server/pages.js';
import { readerOf, type Reader, type Sending } from '../../../support/browser-less.js';
import { useCouncil, type Account } from '../../../support/council.js';
import { digests } from '../../../support/digests.js';
import { counting } from '../../../support/statements.js';
import { befall, visit } from '../statements/grants.js';
import { engage, invite } from '../statements/keeping.js';
import { ask, decide, lookAgain } from '../statements/requests.js';
import { walking } from '../statements/walk.js';

const council = useCouncil();
council.clock = atLondonTime('2027-02-01', '10:00');

const checked = pages.flatMap(({ path, form }) => (form?.check === undefined ? [] : [path as string]));
const checkedAt = (path: string): string | undefined =>
  checked.find((each) => new RegExp(`^${each.replaceAll(/:\w+/g, '[^/?]+')}$`).test(path));

interface Sent {
  readonly form: string;
  /** The tables whose rows were others afterwards. */
  readonly changed: readonly string[];
}
const rehearsed: Sent[] = [];
const done: Sent[] = [];

/** Notes what the sending of a form that is checked changed. */
const watching: Sending = async (method, path, act) => {
  const form = method === 'POST' ? checkedAt(path) : undefined;
  if (form === undefined) return act();
  const owner = council.world.open(council.world.superuserUrl);
  try {
    const before = await digests(owner);
    const answer = await act();
    const after = await digests(owner);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    (answer.status === 200 ? rehearsed : done).push({ form, changed });
    return answer;
  } finally {
    await owner.destroy();
  }
};

const readers = new Map<string, Promise<Reader>>();
/** Signed in once for each day, as sessions last. */
const reader = (account: Account): Promise<Reader> => {
  const session = `${account} ${londonDate(council.clock)}`;
  const known = readers.get(session) ?? readerOf(council.server, account, watching);
  readers.set(session, known);
  return known;
};

describe('each form that is checked before it is done', () => {
  beforeAll(async () => {
    const walk = walking({ ...counting(council), counted: council, reader });
    await ask(walk);
    await decide(walk);
    await lookAgain(walk);
    await befall(walk);
    await visit(walk);
    await invite(walk);
    await engage(walk);
  }, 120_000);

  const formsOf = (sent: readonly Sent[]) => [...new Set(sent.map(({ form }) => form))].toSorted();

  test('is rehearsed in this walk, and then done', () => {
    expect([formsOf(rehearsed), formsOf(done)]).toEqual([checked.toSorted(), checked.toSorted()]);
  });

  test('changes no row of any table while it is rehearsed', () => {
    expect(rehearsed.filter(({ changed }) => changed.length > 0)).toEqual([]);
  });

  test('changes the trail and a table of its own when it is confirmed', () => {
    for (const { changed } of done) expect(changed).toContain('audit.entries');
    expect(done.filter(({ changed }) => !changed.some((table) => table.startsWith('public.')))).toEqual([]);
  });
});
