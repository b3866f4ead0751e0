/**
 * How many statements each command sends to the database, by the API and by its page, on a council where each of them
 * has something to do: the companion of statements.test.ts, which counts what is read.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { atLondonTime } from '../../../policies/core/time/london.js';
import { useCouncil } from '../../support/council.js';
import { counting } from '../../support/statements.js';
import { befall, goOn, visit } from './statements/grants.js';
import { kept } from './statements/kept.js';
import { above, everything, most, print } from './statements/limits.js';
import { dispose, invite, lookUp, register, set, signInAndOut, standIn } from './statements/keeping.js';
import { ask, decide, inspect, lookAgain } from './statements/requests.js';
import { walking } from './statements/walk.js';

const council = useCouncil();
// A day that is set: what falls due on one day and not on another costs statements of its own.
council.clock = atLondonTime('2027-02-01', '10:00');

/** Commands that take more than a command should. */
const exceptions: Readonly<Record<string, number>> = {
  'PATCH /api/councillors/{id}': 15,
  'PATCH /api/councillors/{id}/appointments/{appointment}': 14,
  'PATCH /api/settings': 330,
  'POST /api/councillors': 16,
  'POST /api/councillors/import': 104,
  'POST /api/councillors/{id}/appointments': 13,
  'POST /api/councillors/{id}/gone': 15,
  'POST /api/councillors/{id}/training': 13,
  'POST /api/disclosures/search': 6,
  'POST /api/disposals/{id}/confirm': 13,
  'POST /api/questions/{id}/response': 12,
  'POST /api/requests/{reference}/direction': 11,
  'POST /api/requests/{reference}/review/reviewer': 12,
  'POST /api/settings/bank-holidays': 322,
  'POST /requests/:reference/further-stage': 12,
  'POST /settings/calendar/import': 11,
};

describe('what is written', () => {
  let found: ReadonlyMap<string, number> = new Map();
  beforeAll(async () => {
    const counter = counting(council);
    const walk = walking(counter);
    await signInAndOut(walk, counter);
    await ask(walk);
    await decide(walk);
    await lookAgain(walk);
    await inspect(walk);
    await befall(walk);
    await visit(walk);
    await goOn(walk);
    await standIn(walk);
    await invite(walk);
    await set(walk);
    await register(walk);
    await lookUp(walk);
    await dispose(walk);
    found = most(counter.calls.filter(({ method }) => method !== 'GET'));
    print('Commands and forms', found);
  }, 240_000);

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
