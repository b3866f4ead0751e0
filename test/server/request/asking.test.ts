import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { observationTypes } from '../../../policies/core/observation-types.js';
import { paths } from '../../../server/web/paths.js';
import { Reader, readerOf, type Sheet } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { expectOk, Line, necessity } from '../../support/line.js';

const council = useCouncil();
let chair: Reader;
beforeAll(async () => {
  chair = await readerOf(council.server, 'scrutiny.chair');
});

const inDays = (days: number) => addDays(londonDate(council.clock), days);
const dated = (field: string, date: string): Record<string, string> => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${field}-day`]: day, [`${field}-month`]: month, [`${field}-year`]: year };
};

const alternatives = 'A briefing or figures would not show how partners reach a decision together.';
const answers = (page: Sheet): Record<string, Record<string, string>> => ({
  type: { observationType: 'core_group' },
  role: { role: page.form.offers['role']?.[0] ?? '' },
  authority: { authority: 'work_programme', 'authority.citation': 'Minute 42 of the last meeting' },
  necessity: { necessity },
  alternatives: { alternatives },
  window: { ...dated('window.from', inDays(7)), ...dated('window.to', inDays(28)), events: '1' },
  declarations: {
    'declarations.collateralPurpose': 'no',
    'declarations.connection': 'none',
    'declarations.documents': 'no',
  },
});
const stepOf = (page: Sheet): string => page.path.split('/ask/')[1]?.split('?')[0] ?? '';

/** Answers the page that is open, and every one it leads on to. */
const answerOn = async (reader: Reader): Promise<void> => {
  for (let step = stepOf(reader.page); step !== ''; step = stepOf(reader.page)) {
    const before = reader.page;
    await reader.submit(answers(before)[step]);
    if (reader.page.status !== 200 || stepOf(reader.page) === step) throw new Error(reader.page.text);
  }
};

const begin = async (reader: Reader): Promise<string> => {
  if (reader.page.path !== paths.requests) await reader.open(paths.requests);
  await reader.submit();
  return reader.page.path.split('/')[2] ?? '';
};

const stored = async (reference: string) => {
  const client = await council.as('scrutiny.chair');
  return (await client.get(`/api/requests/${reference}`)).body;
};

describe('a first request', () => {
  let reader: Reader;
  let reference: string;
  beforeAll(async () => {
    reader = await readerOf(council.server, 'scrutiny.chair');
    reference = await begin(reader);
    await reader.open(reader.page.link('What you ask to observe'));
    await answerOn(reader);
    await reader.submit();
  });

  test('takes at most 12 pages from signing in to the confirmation', () => {
    expect(reader.page.path).toBe(paths.submitted(reference));
    expect(reader.seen.map(({ path }) => path)).toEqual([
      '/sign-in',
      '/requests',
      paths.check(reference),
      ...['type', 'role', 'authority', 'necessity', 'alternatives', 'window', 'declarations'].map((step) =>
        paths.ask(reference, step),
      ),
      paths.check(reference),
      paths.submitted(reference),
    ]);
    expect(reader.seen.length).toBeLessThanOrEqual(12);
  });

  test('holds the typed text, and is with the offices', async () => {
    expect(await stored(reference)).toMatchObject({
      status: 'submitted',
      observationType: 'core_group',
      role: { kind: 'relevant_committee', appointmentId: expect.any(String) },
      authority: { kind: 'work_programme', citation: 'Minute 42 of the last meeting' },
      necessity,
      alternatives,
      window: { from: inDays(7), to: inDays(28) },
      events: 1,
      declarations: { collateralPurpose: 'no', connection: 'none', documents: 'no' },
    });
  });

  test('ends with the reference, the next steps, who decides and by when, with its working', () => {
    const { text } = reader.page;
    expect(text).toContain('Request handed in');
    expect(text).toContain(reference);
    expect(text).toContain('Legal decides last');
    expect(text).toMatch(/Decision due by the end of \d{1,2} [A-Z][a-z]+ \d{4}/);
    expect(text).toContain('10 working days');
  });

  test('shows every answer before it is handed in, in words', () => {
    const check = reader.seen.at(-2);
    expect(check?.title).toContain('Check your answers');
    for (const said of ['Core group', 'Children and Families Scrutiny Committee', necessity, alternatives]) {
      expect(check?.text).toContain(said);
    }
    expect(check?.text).toContain('Once');
    expect(check?.text).toContain('There is no link');
  });

  test('has one main heading on each page, and no page that a browser may keep', () => {
    for (const page of reader.seen) {
      expect(page.headings).toHaveLength(1);
      expect(page.headers['cache-control']).toBe('no-store');
    }
  });

  test('says nothing of its content in a title or an address', () => {
    const told = [...observationTypes.flatMap(({ key, label }) => [key, label]), 'scrutiny', 'Minute'];
    for (const page of reader.seen.slice(1)) {
      for (const word of told) {
        expect(page.title.toLowerCase()).not.toContain(word.toLowerCase());
        expect(page.path.toLowerCase()).not.toContain(word.toLowerCase());
      }
    }
  });
});

describe('the list of parts', () => {
  test('says of each part whether it was started, and counts those completed', async () => {
    const reference = await begin(chair);
    expect(chair.page.text).toContain('You have completed 0 of 7 parts');
    expect(chair.page.text.match(/Not started yet/g)).toHaveLength(7);
    await chair.open(paths.ask(reference, 'type'));
    await chair.submit({ observationType: 'core_group' });
    await chair.open(paths.check(reference));
    expect(chair.page.text).toContain('You have completed 1 of 7 parts');
    expect(chair.page.text).toContain('Completed');
  });

  test('says that there is a problem, and which, in a part that was put aside unfinished', async () => {
    const reference = await begin(chair);
    await chair.open(paths.ask(reference, 'necessity'));
    await chair.submit({ necessity: 'Too short as yet.', later: 'yes' });
    expect(chair.page.path).toBe(paths.check(reference));
    expect(chair.page.text).toContain('There is a problem');
    expect(chair.page.text).toContain('in at least 40 words: there are 4.');
    expect((await stored(reference)).necessity).toBe('Too short as yet.');
  });

  test('shows what keeps it from being handed in, each fault leading to the page that mends it', async () => {
    const reference = await begin(chair);
    await chair.open(`${paths.ask(reference, 'role')}?next=check`);
    await chair.submit(answers(chair.page)['role']);
    await chair.submit();
    expect(chair.page.status).toBe(422);
    expect(chair.page.title).toMatch(/^Error: /);
    expect(chair.page.errors.map(({ href }) => href)).toEqual(
      [
        'type',
        'authority',
        'necessity',
        'alternatives',
        'window',
        'window',
        'declarations',
        'declarations',
        'declarations',
      ].map((step) => `${paths.ask(reference, step)}?next=check`),
    );
    expect((await stored(reference)).status).toBe('draft');
  });

  test('leads to the papers if documents are asked for, and lets the councillor leave them out', async () => {
    const reference = await begin(chair);
    expect(chair.page.text).not.toContain('Which papers');
    await chair.open(paths.ask(reference, 'type'));
    await chair.submit({ observationType: 'document_inspection' });
    expect(stepOf(chair.page)).toBe('role');
    await chair.open(paths.check(reference));
    await chair.open(chair.page.link('Which papers'));
    await chair.submit({
      'papers.0.category': 'Minutes of the panel',
      ...dated('papers.0.from', inDays(-90)),
      ...dated('papers.0.to', inDays(-30)),
      more: 'yes',
    });
    expect(chair.page.form.fields).toHaveProperty(['papers.1.category'], '');
    await chair.submit({ 'papers.0.category': 'Minutes', 'papers.1.category': 'Audits' });
    expect(chair.page.errors.map(({ href, text }) => [href, text])).toEqual([
      ['#papers.1.from-day', 'Enter the first day'],
      ['#papers.1.to-day', 'Enter the last day'],
    ]);
    await chair.submit({ 'papers.1.category': '' });
    expect(chair.page.path).toBe(paths.check(reference));
    expect((await stored(reference)).papers).toEqual([
      { category: 'Minutes', from: inDays(-90), to: inDays(-30) },
    ]);
  });
});

describe('a fault shows on its page, first, with the typed text', () => {
  let reference: string;
  beforeAll(async () => {
    reference = await begin(chair);
  });
  const wrong: readonly [string, Record<string, string>, string, string, string][] = [
    ['type', {}, 'observationType', 'Say what you ask to observe.', ''],
    ['type', { observationType: 'elsewhere' }, 'observationType', 'Observation type must be one of', ''],
    ['role', {}, 'role', 'Say which role is relied on.', ''],
    ['role', { role: 'lead_member' }, 'role', 'Say which of your appointments is relied on.', ''],
    [
      'role',
      { role: 'lead_member.0198c2f4-7d0e-7000-8000-000000000000' },
      'role',
      'You hold no such appointment.',
      '',
    ],
    ['authority', {}, 'authority', 'Select what gives the purpose its authority.', ''],
    [
      'authority',
      { 'authority.citation': 'Minute "4" & <b>' },
      'authority',
      'Select what gives the purpose its authority.',
      'Minute "4" & <b>',
    ],
    [
      'authority',
      { authority: 'work_programme' },
      'authority.citation',
      'Cite the minute or the item of the work programme.',
      '',
    ],
    [
      'authority',
      { authority: 'none', 'authority.citation': 'Ask at ward@council.example' },
      'authority.citation',
      'This looks like an e-mail address.',
      'Ask at ward@council.example',
    ],
    [
      'authority',
      { 'authority.citation': 'x'.repeat(501), authority: 'none' },
      'authority.citation',
      'Citation must be 500 characters or fewer',
      '',
    ],
    ['necessity', { necessity: '' }, 'necessity', 'in at least 40 words: there are 0.', ''],
    [
      'necessity',
      { necessity: 'Short "and" <script>alert(1)</script> & sweet' },
      'necessity',
      'in at least 40 words',
      'Short "and" <script>alert(1)</script> & sweet',
    ],
    [
      'necessity',
      { necessity: `${necessity} Ring 07700 900123.` },
      'necessity',
      'This looks like a telephone number.',
      `${necessity} Ring 07700 900123.`,
    ],
    [
      'necessity',
      { necessity: 'long '.repeat(2001) },
      'necessity',
      'Necessity must be 10,000 characters or fewer',
      '',
    ],
    [
      'alternatives',
      { alternatives: '' },
      'alternatives',
      'Say why a briefing, data or an anonymised audit would not do.',
      '',
    ],
    [
      'alternatives',
      { alternatives: '</textarea><p>They live at SW1A 1AA' },
      'alternatives',
      'This looks like a postcode.',
      '</textarea><p>They live at SW1A 1AA',
    ],
    ['window', {}, 'window.from-day', 'Say between which days.', ''],
    [
      'window',
      { 'window.from-day': '31', 'window.from-month': '2', 'window.from-year': '2027' },
      'window.from-day',
      'First day must be a real date',
      '31',
    ],
    [
      'window',
      { 'window.from-day': '"><b>' },
      'window.from-day',
      'First day must include a month and a year',
      '"><b>',
    ],
    ['declarations', {}, 'declarations.collateralPurpose', 'Select whether there is another purpose.', ''],
  ];

  test.each(wrong)('%s %j', async (step, typed, field, message, kept) => {
    await chair.open(paths.ask(reference, step));
    await chair.submit(typed);
    const { page } = chair;
    expect(page.status).toBe(422);
    expect(page.path).toBe(paths.ask(reference, step));
    expect(page.title).toMatch(/^Error: /);
    expect(page.headings).toHaveLength(1);
    const found = page.errors.find(({ text }) => text.includes(message));
    expect(found?.href).toBe(`#${field}`);
    expect(page.has(field)).toBe(true);
    // Every link of the summary leads to a field of this page.
    for (const { href } of page.errors) expect(page.has(href?.slice(1) ?? 'nowhere')).toBe(true);
    for (const [name, value] of Object.entries(typed)) {
      if (page.form.offers[name]?.includes(value) ?? !page.form.offers[name]) {
        expect(page.form.fields[name]).toBe(value);
      }
    }
    if (/[<"&]/.test(kept)) expect(page.html).not.toContain(kept);
    expect((await stored(reference)).version).toBe(1);
  });

  test('every fault of a page at once', async () => {
    await chair.open(paths.ask(reference, 'window'));
    await chair.submit({ ...dated('window.from', '2027-02-31') });
    expect(chair.page.errors.map(({ href }) => href)).toEqual([
      '#window.from-day',
      '#window.to-day',
      '#events',
    ]);
    await chair.open(paths.ask(reference, 'declarations'));
    await chair.submit();
    expect(chair.page.errors).toHaveLength(3);
  });

  test('and can be mended there', async () => {
    await chair.open(paths.ask(reference, 'window'));
    await chair.submit({
      ...dated('window.from', inDays(-1)),
      ...dated('window.to', inDays(-2)),
      events: '2',
    });
    expect(chair.page.errors.map(({ text }) => text)).toEqual([
      'The window may start today at the earliest.',
      'The window ends before it starts.',
    ]);
    expect(chair.page.form.fields['events']).toBe('2');
    await chair.submit({ ...dated('window.from', inDays(1)), ...dated('window.to', inDays(9)) });
    expect(chair.page.status).toBe(200);
    expect(await stored(reference)).toMatchObject({ window: { from: inDays(1), to: inDays(9) }, events: 2 });
  });

  test('with dates in words', async () => {
    await chair.open(paths.ask(reference, 'window'));
    await chair.submit({
      ...dated('window.from', inDays(1)),
      ...dated('window.to', '2199-01-01'),
      events: '1',
    });
    expect(chair.page.errors[0]?.text).toMatch(/its last day is \d{1,2} [A-Z][a-z]+ \d{4}\./);
  });

  test('personal data is refused when the page is put aside for later, too', async () => {
    await chair.open(paths.ask(reference, 'alternatives'));
    await chair.submit({ alternatives: 'Born on 3 May 2019', later: 'yes' });
    expect(chair.page.status).toBe(422);
    expect(chair.page.errors[0]?.text).toContain('date of birth');
    expect(chair.page.form.fields['alternatives']).toBe('Born on 3 May 2019');
    expect((await stored(reference)).alternatives).toBeUndefined();
    expect(council.lines.join('\n')).not.toContain('Born on');
  });
});

describe('changing', () => {
  test('one part of a draft leads back to the check, with the saved answer in the form', async () => {
    const line = await Line.drafted(council);
    await chair.open(paths.check(line.reference));
    await chair.open(chair.page.link('Change why nothing less would do'));
    expect(chair.page.form.fields['alternatives']).toContain('anonymised audit');
    await chair.submit({ alternatives: 'Two lines\r\n"quoted" & <i>bold</i>' });
    expect(chair.page.path).toBe(paths.check(line.reference));
    expect(chair.page.text).toContain('"quoted" & <i>bold</i>');
    expect(chair.page.html).not.toContain('<i>bold</i>');
    expect(await stored(line.reference)).toMatchObject({
      alternatives: 'Two lines\n"quoted" & <i>bold</i>',
      version: 2,
    });
  });

  test('saving without a change makes no version', async () => {
    const line = await Line.drafted(council);
    const steps = ['type', 'role', 'authority', 'necessity', 'alternatives', 'window', 'declarations'];
    for (const step of steps) {
      await chair.open(`${paths.ask(line.reference, step)}?next=check`);
      await chair.submit();
      expect(chair.page.path).toBe(paths.check(line.reference));
    }
    expect((await stored(line.reference)).version).toBe(1);
  });

  test('taking a text out is a fault, and the old text does not come back unseen', async () => {
    const line = await Line.drafted(council);
    await chair.open(paths.ask(line.reference, 'necessity'));
    await chair.submit({ necessity: ' ' });
    expect(chair.page.status).toBe(422);
    expect((await stored(line.reference)).necessity).toBe(necessity);
    await chair.submit({ necessity: '', later: 'yes' });
    expect((await stored(line.reference)).necessity).toBe('');
  });

  test('a stale page is refused once, with the typed text, the saved text, and a form that can be sent', async () => {
    const line = await Line.drafted(council);
    await chair.open(paths.ask(line.reference, 'alternatives'));
    const opened = chair.page;
    await line.edit({ alternatives: 'Changed in another window.' });
    await chair.submit({ alternatives: 'Typed here.' }, opened);
    expect(chair.page.status).toBe(409);
    expect(chair.page.errors[0]).toMatchObject({
      href: null,
      text: expect.stringContaining('The request has been changed since you read it.'),
    });
    expect(chair.page.form.fields).toMatchObject({ alternatives: 'Typed here.', version: '2' });
    expect(chair.page.text).toContain('Changed in another window.');
    expect((await stored(line.reference)).alternatives).toBe('Changed in another window.');
    await chair.submit();
    expect((await stored(line.reference)).alternatives).toBe('Typed here.');
  });

  test('a page opened while it was a draft does not change a request that has been handed in', async () => {
    const line = await Line.drafted(council);
    await chair.open(paths.ask(line.reference, 'alternatives'));
    const opened = chair.page;
    expectOk(await (await council.as('scrutiny.chair')).post(`${line.path}/submit`, { version: 1 }));
    await chair.submit({ alternatives: 'Typed here.' }, opened);
    expect(chair.page.status).toBe(409);
    expect(chair.page.text).toContain('moved on');
    expect(chair.page.text).toContain('sign-offs given so far no longer stand');
    expect(await stored(line.reference)).toMatchObject({ version: 1, status: 'submitted' });
  });

  test('after handing in warns, makes a new version, and voids the sign-offs', async () => {
    const line = await Line.assessed(council);
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    await chair.open(paths.check(line.reference));
    expect(chair.page.text).toContain('sign-offs given so far no longer stand');
    expect(chair.page.text).toMatch(/Decision due by the end of/);
    expect(chair.page.forms).toHaveLength(0);
    await chair.open(chair.page.link('Change when, and how many times'));
    expect(chair.page.text).toContain('sign-offs given so far no longer stand');
    expect(chair.page.text).not.toContain('come back later');
    await chair.submit({ events: '2' });
    expect(chair.page.path).toBe(paths.check(line.reference));
    const { body } = await line.read('legal');
    expect(body).toMatchObject({ version: 2, events: 2, status: 'submitted' });
    expect(body.signOffs[0]).toMatchObject({ voidedAt: expect.any(String) });
  });

  test('after handing in is refused where the whole would not hold, leading to the part that is in the way', async () => {
    const line = await Line.submitted(council, { window: { from: inDays(7), to: inDays(200) } });
    await chair.open(paths.ask(line.reference, 'type'));
    await chair.submit({ observationType: 'childs_journey' });
    expect(chair.page.status).toBe(422);
    expect(chair.page.errors).toEqual([
      { href: `${paths.ask(line.reference, 'window')}?next=check`, text: 'A stage lasts 3 months at most.' },
    ]);
    expect(chair.page.form.fields['observationType']).toBe('childs_journey');
    expect((await stored(line.reference)).version).toBe(1);
  });

  test('after handing in cannot be put aside half done', async () => {
    const line = await Line.submitted(council);
    await chair.open(paths.ask(line.reference, 'necessity'));
    await chair.submit({ necessity: 'Too short.', later: 'yes' });
    expect(chair.page.status).toBe(422);
    expect((await stored(line.reference)).necessity).toBe(necessity);
  });
});

describe('a request that was returned', () => {
  test('shows the questions and by when, is answered, and is handed in again', async () => {
    const line = await Line.submitted(council);
    expectOk(
      await (
        await council.as('legal')
      ).post(`${line.path}/return`, {
        version: 1,
        questions: 'Which decision of the committee <hangs> on this?',
      }),
    );
    await chair.open(paths.request(line.reference));
    await chair.open(chair.page.link('Answer the questions and hand it in again'));
    expect(chair.page.text).toContain('Which decision of the committee <hangs> on this?');
    expect(chair.page.html).not.toContain('<hangs>');
    expect(chair.page.text).toContain('Legal asked on');
    expect(chair.page.text).toMatch(/Your answer due by the end of \d/);
    const checked = chair.page;

    await chair.open(checked.link('Change why you need it'));
    await chair.submit({ necessity: `${necessity} It decides in March.` });
    expect(chair.page.path).toBe(paths.check(line.reference));
    expect(chair.page.text).toContain('Hand in again');

    await chair.submit({}, checked);
    expect(chair.page.status).toBe(409);
    expect(chair.page.text).toContain('changed since you read it');
    await chair.submit();
    expect(chair.page.path).toBe(paths.submitted(line.reference));
    expect(chair.page.text).toContain('Request handed in again');
    expect(await stored(line.reference)).toMatchObject({ status: 'submitted', version: 2 });
  });
});

describe('taking a request back', () => {
  test('asks once more, warns, and then does it', async () => {
    const line = await Line.submitted(council);
    await chair.open(paths.check(line.reference));
    await chair.open(chair.page.link('Take this request back'));
    expect(chair.page.text).toContain('This cannot be undone');
    await chair.submit();
    expect(chair.page.path).toBe(paths.request(line.reference));
    expect((await stored(line.reference)).status).toBe('withdrawn');
  });

  test('is not offered, and every page of asking is closed, once the request has ended', async () => {
    const line = await Line.submitted(council);
    await chair.open(paths.withdraw(line.reference));
    await chair.submit();
    for (const path of [
      paths.withdraw(line.reference),
      paths.check(line.reference),
      paths.ask(line.reference, 'type'),
    ]) {
      await chair.open(path);
      expect(chair.page.status).toBe(409);
    }
    await chair.open(paths.submitted(line.reference));
    expect(chair.page.status).toBe(200);
    expect(chair.page.text).not.toContain('Request handed in');
  });
});

describe('people who may not', () => {
  const addresses = (reference: string) => [
    paths.check(reference),
    paths.submitted(reference),
    paths.withdraw(reference),
    ...['type', 'role', 'authority', 'necessity', 'alternatives', 'window', 'declarations', 'papers'].map(
      (step) => paths.ask(reference, step),
    ),
  ];
  const bare = ({ html }: Sheet) => html.replaceAll(/nonce="[^"]*"|name="_csrf" value="[^"]*"/g, '');

  test('another councillor finds nothing, as if there were no such request', async () => {
    const line = await Line.submitted(council);
    const member = await readerOf(council.server, 'scrutiny.member');
    const own = member.page.form.fields;
    expect(own['_csrf']).toMatch(/\S/);
    for (const [at, path] of addresses(line.reference).entries()) {
      const there = await member.open(path);
      const absent = await member.open(addresses('OBS-2026-999999')[at] ?? '');
      expect(there.status).toBe(404);
      expect(bare(there)).toBe(bare(absent));
      if (path === paths.submitted(line.reference)) continue;
      const sent = await member.send(
        { action: path, fields: {}, offers: {} },
        { _csrf: own['_csrf'], version: '1', stage: 'submitted', observationType: 'core_group' },
      );
      expect(sent.status).toBe(404);
      expect(bare(sent)).toBe(bare(absent));
    }
    expect(await stored(line.reference)).toMatchObject({ version: 1, status: 'submitted' });
  });

  test('an office that may read it may not ask in the councillor’s place', async () => {
    const line = await Line.submitted(council);
    const officer = await readerOf(council.server, 'democratic.services');
    for (const path of addresses(line.reference)) expect((await officer.open(path)).status).toBe(403);
  });

  test('nobody finds a step or a reference that does not exist', async () => {
    const line = await Line.drafted(council);
    for (const path of [paths.ask(line.reference, 'elsewhere'), paths.check('OBS-1')]) {
      expect((await chair.open(path)).status).toBe(404);
    }
  });

  test('a former member reads why they can begin nothing', async () => {
    const former = await readerOf(council.server, 'former.member');
    expect(former.page.text).not.toContain('Ask to observe');
    await former.open(paths.newRequest);
    expect(former.page.text).toContain('Only a councillor in office may do this.');
    expect(former.page.forms).toHaveLength(0);
    const token = /name="_csrf" value="([^"]+)"/.exec(former.page.html)?.[1];
    await former.send({ action: paths.newRequest, fields: {}, offers: {} }, { _csrf: token });
    expect(former.page.status).toBe(403);
    expect(former.page.text).toContain('Only a councillor in office may do this.');
    const client = await council.as('former.member');
    expect((await client.get('/api/requests')).body.items).toEqual([]);
  });

  test('an officer begins nothing', async () => {
    const officer = await readerOf(council.server, 'legal');
    await officer.open(paths.newRequest);
    expect(officer.page.forms).toHaveLength(0);
  });

  test('a person who is not signed in goes to sign in, and comes back', async () => {
    const line = await Line.drafted(council);
    const nobody = new Reader(council.server);
    await nobody.open(paths.check(line.reference));
    expect(nobody.page.path).toMatch(/^\/sign-in\?returnTo=/);
    await nobody.submit({ email: 'scrutiny.chair@council.example', password: 'observe-and-account-2026' });
    expect(nobody.page.path).toBe(paths.check(line.reference));
  });

  test('a person who opens the address of a new request reads what it needs, and begins from there', async () => {
    await chair.open(paths.newRequest);
    expect(chair.page.text).toContain('at least 40 words');
    await chair.submit();
    expect(chair.page.text).toContain('You have completed 0 of 7 parts');
  });
});

describe('a form without its token, or with another’s, changes nothing', () => {
  test.each(['missing', 'of another session', 'made up'])('%s', async (kind) => {
    const line = await Line.drafted(council);
    const other = await readerOf(council.server, 'scrutiny.member');
    const token = {
      missing: undefined,
      'of another session': other.page.form.fields['_csrf'],
      'made up': 'x',
    }[kind];
    for (const [path, filled] of [
      [paths.ask(line.reference, 'alternatives'), { alternatives: 'Changed.' }],
      [paths.check(line.reference), {}],
      [paths.withdraw(line.reference), {}],
    ] as const) {
      await chair.open(path);
      await chair.submit({ ...filled, _csrf: token, _unsent: undefined });
      expect(chair.page.status).toBe(403);
      expect(chair.page.headers['content-type']).toContain('text/html');
    }
    expect(await stored(line.reference)).toMatchObject({ version: 1, status: 'draft' });
  });
});

test('a draft that is half made can be read at every point', async () => {
  const client = await council.as('scrutiny.chair');
  const reader = await readerOf(council.server, 'scrutiny.chair');
  for (const part of [
    {},
    { declarations: { connection: 'none' } },
    { role: { kind: 'relevant_committee' } },
    { authority: { kind: 'work_programme' } },
    { window: { from: inDays(7), to: inDays(8) } },
    { papers: [] },
  ]) {
    const { body } = expectOk(await client.post('/api/requests', part));
    expect((await reader.open(paths.request(body.reference))).status).toBe(200);
    expect((await reader.open(paths.check(body.reference))).status).toBe(200);
  }
});
