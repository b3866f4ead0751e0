/**
 * Each command, by the API and by its page, on a council where each of them has something to do, in one walk for three
 * claims: how many statements it sends to the database (statements.test.ts counts those of what is read), that a form
 * acts once that is sent twice, and that one that is checked changes nothing until it is confirmed, not a row of any
 * table, whatever the use case does.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { atLondonTime } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil } from '../../support/council.js';
import { counting } from '../../support/statements.js';
import { befall, goOn, visit } from './statements/grants.js';
import { kept } from './statements/kept.js';
import { above, everything, most, print } from './statements/limits.js';
import {
  dispose,
  giveAccess,
  requireRecords,
  engage,
  forget,
  invite,
  keepPasskeys,
  lookUp,
  makeTokens,
  prove,
  register,
  set,
  signInAndOut,
  standIn,
} from './statements/keeping.js';
import { checkedForms, watching, type Watched } from './statements/rehearsed.js';
import { ask, decide, inspect, lookAgain } from './statements/requests.js';
import { acts, formAt, sendingTwice } from './statements/twice.js';
import { walking } from './statements/walk.js';

const council = useCouncil();
// A day that is set: what falls due on one day and not on another costs statements of its own.
council.clock = atLondonTime('2027-02-01', '10:00');

/** Commands that take more than a command should, each with the reason. */
const exceptions: Readonly<Record<string, number>> = {
  /** A change that reaches back: what was done under the register as it was is judged again, visits and papers each. */
  'PATCH /api/councillors/{id}': 12,
  'PATCH /api/councillors/{id}/appointments/{appointment}': 11,
  'POST /api/councillors/{id}/gone': 12,
  /** Twelve members at once, two statements each. */
  'POST /api/councillors/import': 32,
  /** What is remitted is a new version, and its answers follow: the database takes each after the one before alone. */
  'POST /api/requests/{reference}/direction': 11,
  'POST /api/requests/{reference}/review/decision': 11,
  'POST /api/requests/{reference}/remittal': 11,
  /** A purge: what is due is looked at again under its locks, and all of it goes in one call of the database. */
  'POST /api/disposals/{id}/confirm': 13,
  /** A second person is put to the key before it goes, and every session of its owner ends. */
  'POST /api/people/{id}/codes/removal/confirm': 16,
  /** What is asked stands beside the keys, also of somebody who has none. */
  'POST /api/people/{id}/codes/removal': 11,
  /** A second person is put to the change before the address is another, and every session of its owner ends. */
  'POST /api/people/{id}/address/confirm': 12,
  /** The key goes into use, and every other session of its owner ends. */
  'POST /api/me/codes/confirm': 11,
  /** The challenge is used up, and every other session of its owner ends. */
  'POST /api/me/passkeys': 13,
  /** The passkey and its owner are looked up first; its challenge is used up. */
  'POST /api/session/passkey': 13,
  /** Tries of a code count by the account alone, beside those by where they come from. */
  'POST /sign-in/code': 13,
  /** What waits for the person is looked up, to be handed on. */
  'POST /api/people/{id}/suspend': 11,
  /** Every deadline that runs is counted again; each that moves is kept, moved and told, five statements each. */
  'PATCH /api/settings': 37,
  'POST /api/settings/bank-holidays': 25,
  /** How many of them would move, counted before anything does. */
  'POST /settings/calendar/import': 8,
  // Each passage is looked at again with its mark before the file is fixed.
  'POST /api/access-requests/{id}/release': 12,
};

let found: ReadonlyMap<string, number> = new Map();
const { sent, around: twice } = sendingTwice(council);
const { rehearsed, done, around: watched } = watching(council);

beforeAll(async () => {
  // The first sending alone is counted, and watched.
  const counter = counting(council, (note) => twice(watched(note)));
  const walk = walking(counter);
  await signInAndOut(walk, counter);
  await forget(walk, counter);
  await engage(walk);
  await ask(walk);
  // Early, while few deadlines run: each that moves costs statements.
  await set(walk);
  await decide(walk);
  await lookAgain(walk);
  await inspect(walk);
  await befall(walk);
  await visit(walk);
  await goOn(walk);
  await standIn(walk);
  await invite(walk);
  await register(walk);
  await lookUp(walk);
  await giveAccess(walk);
  await requireRecords(walk);
  await dispose(walk);
  await makeTokens(walk, counter);
  // Beside those that `prove` sends: they show a key this once, and are not sent twice there.
  await walk.fill('auditor', paths.codes);
  // Last: it moves the clock.
  await prove(walk, counter);
  await keepPasskeys(walk, counter);
  found = most(counter.calls.filter(({ method }) => method !== 'GET'));
  print('Commands and forms', found);
}, 240_000);

describe('what is written', () => {
  test('is every command of the API and the form of every page', () => {
    const all = everything.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]));
    expect(all.filter((name) => !found.has(name))).toEqual([]);
  });

  test('takes no more statements than its limit, or exactly what is said of it', () => {
    expect(above(found)).toEqual(exceptions);
  });

  test('takes as many statements as are written down for it, and not one more', () => {
    expect(Object.fromEntries(found)).toEqual(kept.written);
  });
});

describe('a form that is sent twice', () => {
  test('is each form of the table', () => {
    expect([...new Set(sent.map(({ path }) => formAt(path)))].toSorted()).toEqual(acts.toSorted());
  });

  test('is answered alike both times', () => {
    const differing = sent.filter(({ answers: [first, ...others] }) =>
      others.some((each) => JSON.stringify(each) !== JSON.stringify(first)),
    );
    expect(differing).toEqual([]);
  });

  test('leaves nothing but readings the second time', () => {
    expect(sent.filter(({ more, moreMessages }) => more.length > 0 || moreMessages > 0)).toEqual([]);
  });
});

describe('each form that is checked before it is done', () => {
  const formsOf = (those: readonly Watched[]) => [...new Set(those.map(({ form }) => form))].toSorted();

  test('is rehearsed in this walk, and then done', () => {
    expect([formsOf(rehearsed), formsOf(done)]).toEqual([checkedForms.toSorted(), checkedForms.toSorted()]);
  });

  test('changes no row of any table while it is rehearsed', () => {
    expect(rehearsed.filter(({ changed }) => changed.length > 0)).toEqual([]);
  });

  test('changes the trail and a table of its own when it is confirmed', () => {
    for (const { changed } of done) expect(changed).toContain('audit.entries');
    expect(done.filter(({ changed }) => !changed.some((table) => table.startsWith('public.')))).toEqual([]);
  });
});
