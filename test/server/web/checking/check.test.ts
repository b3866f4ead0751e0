/** What weighs something is checked, then confirmed, and a panel says what happened. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pages } from '../../../../server/pages.js';
import { paths } from '../../../../server/web/paths.js';
import { readerOf, type Reader } from '../../../support/browser-less.js';
import { useCouncil } from '../../../support/council.js';
import { Line, reason } from '../../../support/line.js';

const council = useCouncil();

test('signing, deciding, carrying out an order, a review, attendance, a protocol, a leaflet, a programme, an office, a right to papers, removing an app for codes, changing an address and inviting all members are checked before they are done', () => {
  const checked = pages.flatMap(({ path, form }) => (form?.check === undefined ? [] : [path as string]));
  expect(checked.toSorted()).toEqual([
    '/councillors/invite',
    '/leaflets/:leaflet/new',
    '/people/:id/address',
    '/people/:id/codes/removal',
    '/people/:id/offices/new',
    '/programmes/new',
    '/protocol/new',
    '/requests/:reference/carry-out',
    '/requests/:reference/decide',
    '/requests/:reference/review/decide',
    '/requests/:reference/right/confirm',
    '/requests/:reference/right/review/decision',
    '/requests/:reference/sign/:office',
    '/visits/:id/attendance',
    '/visits/:id/confirm',
  ]);
});

describe('who signs', () => {
  let line: Line;
  let officer: Reader;
  const signing = () => paths.sign(line.reference, 'childrens_services');
  const filled = {
    outcome: 'agree',
    reasons: reason,
    noConflict: 'true',
    'conditions.0.text': 'Sit at the back.',
  };
  /** What is on record: sign-offs, entries of anything but readings, and messages. */
  const onRecord = async () => {
    const { db } = council.world;
    const entries: string[] = await db('audit.entries').orderBy('seq').pluck('type');
    return {
      signOffs: (await db('sign_offs').pluck('id')).length,
      entries: entries.filter((type) => !type.endsWith('.read')).length,
      messages: (await db('messages').pluck('id')).length,
    };
  };

  beforeAll(async () => {
    line = await Line.submitted(council);
    await line.answerAll();
    await line.discuss();
    officer = await readerOf(council.server, 'childrens.services');
    officer.stopsToCheck = true;
  }, 60_000);

  test('reads first what will be recorded and who will be told, and nothing is recorded yet', async () => {
    const before = await onRecord();
    await officer.open(signing());
    const { status, headings, title, text } = await officer.submit(filled);
    expect([status, headings]).toEqual([200, ['Check before you sign for Children’s Services']]);
    expect(title).toContain(line.reference);
    for (const part of ['Agrees', reason, 'Sit at the back. (Councillor, before attendance)', 'no conflict'])
      expect(text).toContain(part);
    expect(text).toContain('Nothing has been recorded yet.');
    expect(text).toContain('Who will be told');
    expect(await onRecord()).toEqual(before);
  });

  test('goes back to change it, with all that was typed', async () => {
    const form = await officer.send(officer.page.form, { _change: 'yes' });
    expect([form.headings, form.errors]).toEqual([['Sign for Children’s Services'], []]);
    expect(form.form.fields).toMatchObject({ ...filled, reasons: reason });
    await officer.submit({ reasons: `${reason} And more.` });
    expect(officer.page.text).toContain('And more.');
  });

  test('confirms, and reads what happened, who was told, and where it goes on', async () => {
    const before = await onRecord();
    const toCheck = officer.page;
    const panel = await officer.submit();
    expect([panel.status, panel.headings]).toEqual([200, ['You have signed for Children’s Services']]);
    expect(panel.link('Continue')).toBe(paths.request(line.reference));
    const after = await onRecord();
    expect([after.signOffs - before.signOffs, after.entries - before.entries]).toEqual([1, 1]);
    const again = await officer.submit({}, toCheck);
    expect([again.path, again.headings]).toEqual([panel.path, panel.headings]);
    expect(await onRecord()).toEqual(after);
  });

  test('keeps the panel to themselves', async () => {
    const other = await readerOf(council.server, 'legal');
    other.stopsToCheck = true;
    const { status, text } = await other.open(officer.page.path);
    expect([status, text.includes('signed')]).toEqual([200, false]);
  });

  test('is told that Legal is asked to decide, and by when', async () => {
    const keeper = await readerOf(council.server, 'democratic.services');
    keeper.stopsToCheck = true;
    await keeper.open(paths.sign(line.reference, 'democratic_services'));
    await keeper.submit({ ...filled, 'conditions.0.text': undefined });
    expect(keeper.page.text).toMatch(/Legal Ready for Legal to decide By \d{1,2} \w+ \d{4}/);
    expect((await keeper.submit()).isDone).toBe(true);
  });

  test('is refused on the form by the use case itself, before anything is shown to check', async () => {
    const legal = await readerOf(council.server, 'legal');
    legal.stopsToCheck = true;
    const before = await onRecord();
    await legal.open(paths.decide(line.reference));
    const approval = { outcome: 'approve', reasons: reason, noConflict: 'true', 'to-year': '2099' };
    const refused = await legal.submit(approval);
    expect([refused.status, refused.isToCheck, refused.errors[0]?.href]).toEqual([422, false, '#to-day']);
    expect(refused.form.fields).toMatchObject(approval);
    expect(await onRecord()).toEqual(before);
  });
});
