/** Nothing typed is lost: what was sent after the session had ended comes back to the same person, and to nobody else. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { paths } from '../../../../server/web/paths.js';
import { readerOf, type FormOnPage, type Reader, type Sheet } from '../../../support/browser-less.js';
import { demoPassword } from '../../../../db/demo/accounts.js';
import { useCouncil, type Account } from '../../../support/council.js';
import { Line } from '../../../support/line.js';
import { behindTheApi, personId } from '../../../support/people.js';

const council = useCouncil();
const hour = 60 * 60 * 1000;
const now = () => council.clock;

/** 1,800 characters of plain words. */
const long = 'We looked at how the team decides and what a councillor would learn from it. '
  .repeat(24)
  .slice(0, 1800);

/** What no test sends on, so that it stands on no page. */
const secret = 'Only the one who typed this may find it again.';

let drafted: Line;
let submitted: Line;
let toReturn: Line;
beforeAll(async () => {
  drafted = await Line.drafted(council);
  submitted = await Line.submitted(council);
  toReturn = await Line.submitted(council, {}, 'scrutiny.member');
}, 60_000);

/** Ends the session on the server, as an hour without use does; the browser knows nothing of it. */
const endSessions = async (): Promise<void> => {
  await council.world.db('runtime.sessions').delete();
};

const kept = async (): Promise<number> => {
  const [{ count } = { count: 0 }] = await council.world
    .db('runtime.unsent_forms')
    .count<{ count: string }[]>();
  return Number(count);
};

const signIn = (reader: Reader, account: Account): Promise<Sheet> =>
  reader.submit({ email: `${account}@council.example`, password: demoPassword });

/** Fills a form in, and sends it after the session has ended. */
const sentTooLate = async (
  reader: Reader,
  path: string,
  filled: Readonly<Record<string, string | undefined>>,
): Promise<FormOnPage> => {
  const page = await reader.open(path);
  await endSessions();
  await reader.submit(filled, page);
  expect(reader.page.path).toMatch(/^\/sign-in\?returnTo=/);
  return page.form;
};

describe('what was typed into a long form after the session had ended', () => {
  const forms: readonly (readonly [Account, string, () => string, string])[] = [
    ['scrutiny.chair', 'why it is needed', () => paths.ask(drafted.reference, 'necessity'), 'necessity'],
    [
      'scrutiny.chair',
      'what else was considered',
      () => paths.ask(drafted.reference, 'alternatives'),
      'alternatives',
    ],
    ['legal', 'questions to the councillor', () => paths.return(toReturn.reference), 'questions'],
    ['legal', 'a contribution to the discussion', () => paths.discussion(submitted.reference), 'text'],
    ['data.protection', 'reasons of a legal hold', () => paths.newHold, 'reasons'],
    ['democratic.services', 'the text of the protocol', () => paths.newProtocol, 'text'],
  ];

  test.each(forms)(
    '%s: %s is back after signing in, and is sent from there',
    async (account, _name, path, field) => {
      const reader = await readerOf(council.server, account);
      const before = await sentTooLate(reader, path(), { [field]: long });
      expect(before.fields[field]).not.toBe(long);
      const page = await signIn(reader, account);
      expect(page.path.split('?')[0]).toBe(path());
      expect(page.form.fields[field]).toBe(long);
      expect(page.text).toContain('You were signed out before this was sent. What you typed is back.');
      // It stays through a reload, and its new key and token let it be sent.
      expect((await reader.open(page.path)).form.fields[field]).toBe(long);
      expect(page.form.fields['_once']).not.toBe(before.fields['_once']);
      const sent = await reader.submit({}, page);
      expect([200, 422, 409]).toContain(sent.status);
    },
  );

  test('is forgotten once it is sent', async () => {
    const reader = await readerOf(council.server, 'scrutiny.chair');
    const path = paths.ask(drafted.reference, 'alternatives');
    await sentTooLate(reader, path, { alternatives: long });
    await signIn(reader, 'scrutiny.chair');
    const before = await kept();
    const sent = await reader.submit({});
    expect(sent.status).toBe(200);
    expect(await kept()).toBe(before - 1);
    expect((await reader.open(`${path}?unsent=back`)).text).not.toContain('What you typed is back');
  });
});

describe('another person', () => {
  test('who signs in on the same browser finds nothing of it', async () => {
    const reader = await readerOf(council.server, 'legal');
    await sentTooLate(reader, paths.discussion(submitted.reference), { text: secret });
    const page = await signIn(reader, 'childrens.services');
    expect(page.path.split('?')[0]).toBe(paths.discussion(submitted.reference));
    expect(page.html).not.toContain(secret);
    expect(page.text).not.toContain('What you typed is back');
  });

  test('cannot have a text kept for somebody else', async () => {
    const legal = await readerOf(council.server, 'legal');
    const services = await readerOf(council.server, 'childrens.services');
    const theirs = (await legal.open(paths.discussion(submitted.reference))).form.fields['_unsent'];
    const before = await kept();
    await services.open(paths.discussion(submitted.reference));
    const refused = await services.submit({ text: 'Planted.', _csrf: 'x', _unsent: theirs });
    expect(refused.status).toBe(403);
    expect(await kept()).toBe(before);
  });
});

describe('a note that the service did not make for this', () => {
  test.each(['', 'AAAA', 'forged', 'cut', 'of another page'])('%s: nothing is kept', async (kind) => {
    const reader = await readerOf(council.server, 'legal');
    const page = await reader.open(paths.discussion(submitted.reference));
    const other = await reader.open(paths.newHold);
    const { _unsent: note = '' } = page.form.fields;
    const made: Readonly<Record<string, string | undefined>> = {
      forged: `${note.slice(0, -4)}${note.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`,
      cut: note.slice(0, 20),
      'of another page': other.form.fields['_unsent'],
    };
    await council.world.db('runtime.unsent_forms').delete();
    await endSessions();
    await reader.send(page.form, { text: long, _unsent: made[kind] ?? kind });
    expect(reader.page.path).toMatch(/^\/sign-in\?returnTo=/);
    expect(await kept()).toBe(0);
  });

  test('counts for a day', async () => {
    const reader = await readerOf(council.server, 'legal');
    const page = await reader.open(paths.discussion(submitted.reference));
    const at = now();
    try {
      council.clock = new Date(at.getTime() + 24 * hour + 1);
      await council.world.db('runtime.unsent_forms').delete();
      await endSessions();
      await reader.submit({ text: long }, page);
      expect(await kept()).toBe(0);
      council.clock = new Date(at.getTime() + 24 * hour - 1000);
      await reader.send(page.form, { text: long });
      expect(await kept()).toBe(1);
    } finally {
      council.clock = at;
    }
  });
});

describe('what is kept', () => {
  test('is gone after an hour', async () => {
    const reader = await readerOf(council.server, 'legal');
    await sentTooLate(reader, paths.discussion(submitted.reference), { text: secret });
    const at = now();
    try {
      council.clock = new Date(at.getTime() + hour + 1000);
      const page = await signIn(reader, 'legal');
      expect(page.text).not.toContain('What you typed is back');
      expect(page.html).not.toContain(secret);
    } finally {
      council.clock = at;
    }
  });

  test('is sealed, and holds nothing that looks like personal data', async () => {
    const reader = await readerOf(council.server, 'legal');
    await council.world.db('runtime.unsent_forms').delete();
    await sentTooLate(reader, paths.return(submitted.reference), {
      questions: `${long} Ring 07700 900123.`,
    });
    const [row] = await council.world.db('runtime.unsent_forms').select('sealed', 'page');
    expect(row?.page).toBe(paths.return(submitted.reference));
    expect(row?.sealed.includes(Buffer.from('councillor'))).toBe(false);
    const page = await signIn(reader, 'legal');
    expect(page.text).toContain('Some of it looked like personal data, and was not kept.');
    expect(page.html).not.toContain('900123');
  });

  test('of a person goes with their suspension, and none is kept afterwards', async () => {
    const reader = await readerOf(council.server, 'legal.second');
    const form = await sentTooLate(reader, paths.discussion(submitted.reference), { text: long });
    const { db } = council.world;
    const id = await personId(db, 'legal.second');
    const before = await kept();
    await behindTheApi(db, (trx) => trx('people').where({ id }).update({ suspended_at: now() }));
    expect(await kept()).toBe(before - 1);
    await reader.send(form, { text: long });
    expect(await kept()).toBe(before - 1);
  });
});

test('a form of an earlier session of the same person comes back as well, and is not refused', async () => {
  const reader = await readerOf(council.server, 'legal');
  const old = await reader.open(paths.discussion(submitted.reference));
  await endSessions();
  await reader.open(paths.signIn);
  await signIn(reader, 'legal');
  const page = await reader.submit({ text: long }, old);
  expect([page.status, page.form.fields['text']]).toEqual([200, long]);
  expect(page.text).toContain('What you typed is back');
});
