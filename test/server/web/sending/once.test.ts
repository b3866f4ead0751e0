/** A form that is sent twice acts once: each form of the table of pages, on a council where each has something to do. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { atLondonTime, londonDate } from '../../../../policies/core/time/london.js';
import { pages } from '../../../../server/pages.js';
import { readerOf, type Reader, type Sending } from '../../../support/browser-less.js';
import { useCouncil, type Account } from '../../../support/council.js';
import { counting } from '../../../support/statements.js';
import { paths } from '../../../../server/web/paths.js';
import { befall, goOn, visit } from '../statements/grants.js';
import { dispose, engage, invite, lookUp, register, set, standIn } from '../statements/keeping.js';
import { ask, decide, inspect, lookAgain } from '../statements/requests.js';
import { walking } from '../statements/walk.js';

const council = useCouncil();
council.clock = atLondonTime('2027-02-01', '10:00');

/** What was done so far: entries that are no readings, and messages. */
const done = async (): Promise<{ readonly entries: string[]; readonly messages: number }> => {
  const { db } = council.world;
  const types: string[] = await db('audit.entries').orderBy('seq').pluck('type');
  const [{ count } = { count: 0 }] = await db('messages').count<{ count: string }[]>();
  return {
    entries: types.filter((type) => !/\.(?:read|listed|searched|exported|refused)$/.test(type)),
    messages: Number(count),
  };
};

interface Sent {
  readonly path: string;
  readonly answers: readonly { readonly status: number; readonly location: string | undefined }[];
  readonly more: readonly string[];
  readonly moreMessages: number;
}
const sent: Sent[] = [];

/** By their address, the forms whose page to check was shown last. */
const checked = new Map<string, () => Promise<unknown>>();

/** Sends each form, and then the very same once more; one that was checked also from its beginning. */
const twice: Sending = async (method, path, act) => {
  const first = await act();
  if (method !== 'POST' || path === paths.signIn) return first;
  const isToCheck = first.status === 200 && JSON.stringify(first).includes('_checked');
  const begun = checked.get(path);
  if (isToCheck) checked.set(path, act);
  else checked.delete(path);
  const before = await done();
  const second = await act();
  const third = begun && !isToCheck ? await begun() : second;
  const after = await done();
  const told = (answer: object) => {
    const { status, headers } = answer as { status: number; headers: { location?: string } };
    return { status, location: headers.location };
  };
  sent.push({
    path,
    answers: [told(first), told(second), told(third as object)],
    more: after.entries.slice(before.entries.length),
    moreMessages: after.messages - before.messages,
  });
  return first;
};

const readers = new Map<string, Promise<Reader>>();
/** Signed in once for each day, as sessions last. */
const reader = (account: Account): Promise<Reader> => {
  const session = `${account} ${londonDate(council.clock)}`;
  const known = readers.get(session) ?? readerOf(council.server, account, twice);
  readers.set(session, known);
  return known;
};

const pattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/?]+')}(?:\\?|$)`);
/** Forms that are no act, each with its reason. */
const noActs: Readonly<Record<string, string>> = {
  [paths.prove]: 'it proves once more who somebody is, and a code works once',
  [paths.setUpCodes]: 'it shows codes this once, and the code that it takes works once',
  [paths.recoveryCodes]: 'it shows codes this once: those that are shown last count',
};
const forms = pages
  .filter(({ form, path }) => form !== undefined && !(path in noActs))
  .map(({ path }) => path as string);
/** The form of the table that was sent there: of two that fit, the one that names more. */
const formAt = (path: string): string =>
  forms
    .filter((each) => pattern(each).test(path))
    .toSorted((a, b) => (a.match(/:/g) ?? []).length - (b.match(/:/g) ?? []).length)[0] ?? path;

describe('a form that is sent twice', () => {
  beforeAll(async () => {
    const walk = walking({ ...counting(council), counted: council, reader });
    await ask(walk);
    await set(walk);
    await decide(walk);
    await lookAgain(walk);
    await inspect(walk);
    await befall(walk);
    await visit(walk);
    await goOn(walk);
    await standIn(walk);
    await invite(walk);
    await engage(walk);
    await register(walk);
    await lookUp(walk);
    await dispose(walk);
    await walk.fill('auditor', paths.codes);
  }, 120_000);

  test('is each form of the table', () => {
    expect([...new Set(sent.map(({ path }) => formAt(path)))].toSorted()).toEqual(forms.toSorted());
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

describe('the key of a form', () => {
  test('is another each time that the page is shown', async () => {
    const chair = await readerOf(council.server, 'scrutiny.chair');
    const key = async () => (await chair.open(paths.reminderWishes)).form.fields['_once'];
    expect(await key()).not.toBe(await key());
  });

  test('takes no other text: what was done stands, what is typed stays, and sent again it is done', async () => {
    const keeper = await readerOf(council.server, 'democratic.services');
    const wish = async () => (await keeper.open(paths.reminderWishes)).form.fields['reminders'];
    const page = await keeper.open(paths.reminderWishes);
    await keeper.submit({ reminders: 'each' }, page);
    const other = await keeper.submit({ reminders: 'none' }, page);
    expect([other.status, other.errors[0]?.text]).toEqual([
      422,
      expect.stringContaining('was sent before with something else in it'),
    ]);
    expect(other.form.fields['reminders']).toBe('none');
    expect(await wish()).toBe('each');
    await keeper.submit({}, other);
    expect(await wish()).toBe('none');
  });

  test('of one person is none of another', async () => {
    const [chair, member] = [
      await readerOf(council.server, 'scrutiny.chair'),
      await readerOf(council.server, 'scrutiny.member'),
    ];
    const { _once: key } = (await chair.open(paths.reminderWishes)).form.fields;
    await chair.submit({ reminders: 'each' });
    await member.open(paths.reminderWishes);
    await member.submit({ reminders: 'each', _once: key });
    expect((await member.open(paths.reminderWishes)).form.fields['reminders']).toBe('each');
  });
});
