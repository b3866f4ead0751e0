/** The pages of a grant and its visits, from planning to an answer, for each who comes to them. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account } from '../../support/council.js';
import { granted, type Granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { readerOf } from '../../support/browser-less.js';
import { readyToVisit } from '../../support/visiting.js';

const council = useCouncil();
const as = readersOf(council);
/** Signed in again on the day: the session of the day before is over. */
const onTheDay = readersOf(council);

/** A Monday in term, no holiday near. */
const monday = '2027-01-11';
const tuesday = addDays(monday, 1);
const window = { from: monday, to: '2027-02-05' };
council.clock = new Date(`${monday}T10:00:00Z`);

const plan = {
  'date-day': '12',
  'date-month': '1',
  'date-year': '2027',
  from: '10.00',
  to: '12:00',
  caseReference: 'CP-2027-0815',
  chaperone: 'host@council.example',
};

describe('a visit, on its pages', () => {
  let grant: Granted;
  let address = '';
  const idOf = () => address.split('/').at(-1) ?? '';
  beforeAll(async () => {
    grant = await granted(council, {
      changes: { observationType: 'core_group', window },
      now: () => council.clock,
    });
  }, 60_000);

  test('is planned from the grant, which is linked from the request', async () => {
    const host = await as('host');
    const request = await host.open(paths.request(grant.line.reference));
    const shown = await host.open(request.link('What was granted'));
    expect([shown.status, shown.path]).toEqual([200, paths.grant(grant.id)]);
    expect(shown.text).toMatch(/Between 11 January 2027 and 5 February 2027 Events left 1/);
    const path = shown.link('Plan a visit');
    expectRefused(
      await fillIn(host, path, { ...plan, 'date-day': '', 'date-month': '', 'date-year': '', from: '' }),
      422,
      /Enter the day[^]*Enter the start time/,
    );
    const named = await fillIn(host, path, { ...plan, caseReference: 'Jane Smith' });
    expectRefused(named, 422, /reference of your case system/);
    expectRefused(await fillIn(host, path, { ...plan, 'date-month': '3' }), 422, /from 11 January 2027 to/);
    const visit = await fillIn(host, path, plan);
    expect([visit.status, visit.headings]).toEqual([200, ['Visit of 12 January 2027']]);
    expect(visit.text).toContain('Record what happened Not now: The visit has not taken place yet.');
    expect(visit.text).toMatch(/Accompanied by Host \(demonstration\) .* Case reference CP-2027-0815/);
    address = visit.path;
    expect((await host.open(path)).text).toContain('You cannot do this now.');
  });

  test('has its three checks asked again, and no reason of a refusal', async () => {
    const host = await as('host');
    const check = (question: string, fields: Record<string, string>) =>
      fillIn(host, paths.checkVisit(idOf(), question), fields);
    expectRefused(await check('connection', {}), 422, 'Select the answer');
    await check('connection', { answer: 'none' });
    const reported = await check('legal_bars', { answer: 'lado' });
    expect(reported.text).toMatch(/Reported, for Legal to answer: Allegations management/);
    const legal = await as('legal');
    const asked = await legal.open(paths.checkVisit(idOf(), 'legal_bars'));
    expect(asked.text).toMatch(/Reported for this visit since Legal last answered: Allegations management/);
    expect(asked.html).toContain('The written agreement of the designated officer');
    expect((await host.open(paths.checkVisit(idOf(), 'legal_bars'))).html).not.toContain('lawfulRoute');
    expect(
      (await fillIn(legal, paths.checkVisit(idOf(), 'legal_bars'), { answer: 'none' })).text,
    ).not.toMatch(/Reported, for Legal/);
    expect((await legal.open(paths.checkVisit(idOf(), 'connection'))).status).toBe(403);
    const page = await host.open(paths.checkVisit(idOf(), 'agreements'));
    expect(page.text).toMatch(/Why somebody does not agree is not asked, and not kept/);
    expect(page.html).not.toContain('name="reason.');
    const answers = { 'answer.family': 'agreed', 'answer.members': 'agreed' };
    expectRefused(
      await check('agreements', { ...answers, 'answer.child': 'refused', reason: 'They are unhappy.' }),
      422,
      /never kept/,
    );
    const done = await check('agreements', {
      ...answers,
      'answer.child': 'not_applicable',
      reason: 'No child of an age to be asked.',
    });
    expect(done.text).toMatch(/No child of an age to be asked/);
    expect(done.text).toMatch(/May it be attended now\? Not now The visit is on 12 January 2027\./);
  });

  test('shows its case to Children’s Services, Data Protection and the host, and its checks to no councillor', async () => {
    const seen: string[] = [];
    for (const account of [
      'scrutiny.chair',
      'childrens.services',
      'democratic.services',
      'legal',
      'host',
      'data.protection',
      'auditor',
    ]) {
      const reader = await as(account);
      const pages = [await reader.open(address), await reader.open(paths.grant(grant.id))];
      const list = await reader.open(paths.visits);
      expect([account, ...pages.map(({ status }) => status), list.status]).toEqual([account, 200, 200, 200]);
      expect(list.html).toContain(`href="${address}"`);
      if (pages[0]?.text.includes('CP-2027-0815')) seen.push(account);
      for (const { html, title } of [...pages.slice(1), list]) {
        expect(html).not.toContain('CP-2027-0815');
        expect(title).not.toContain('CP-2027');
      }
    }
    expect(seen).toEqual(['childrens.services', 'host', 'data.protection']);
    const own = await (await as('scrutiny.chair')).open(address);
    expect(own.text).not.toMatch(/Checks for this visit|No child of an age|Connection|Call this visit off/);
    expect(own.text).toMatch(/Put a question or a challenge Not now: Questions and challenges come after/);
    const auditor = await (await as('auditor')).open(address);
    expect(auditor.text).not.toMatch(/Councillor Anna|Accompanied by|No child of an age/);
    for (const path of [address, paths.grant(grant.id)])
      expect((await (await as('scrutiny.member')).open(path)).status).toBe(404);
    for (const path of [paths.moveVisit(idOf()), paths.attendance(idOf()), paths.planVisit(grant.id)])
      expect((await (await as('legal')).open(path)).status).toBe(403);
  });

  test('is moved, with emptied fields taken back, and keeps the typed text if it is refused', async () => {
    const host = await as('host');
    const path = paths.moveVisit(idOf());
    const refused = await fillIn(host, path, { to: '9:00', chaperone: 'The team manager' });
    expectRefused(refused, 422, 'Enter a time after the start.');
    expect(refused.form.fields['chaperone']).toBe('The team manager');
    expectRefused(
      await fillIn(host, path, { 'date-day': '', 'date-month': '', 'date-year': '' }),
      422,
      'Enter the day',
    );
    const moved = await fillIn(host, path, { to: '12:30', chaperone: '' });
    expect(moved.text).toMatch(/10:00 to 12:30 .*Accompanied by Nobody is named yet/);
    await fillIn(host, path, { chaperone: 'The team manager' });
  });

  test('is recorded, confirmed, asked about and answered, each by who does that', async () => {
    council.clock = new Date(`${tuesday}T14:00:00Z`);
    const [host, chair, services] = [
      await onTheDay('host'),
      await onTheDay('scrutiny.chair'),
      await onTheDay('childrens.services'),
    ];
    const waiting = await host.open(paths.visits);
    expect(waiting.text).toMatch(/Core group OBS-\d+-\d+ .* The host’s record, by 14 January 2027/);
    const record = waiting.link('Record what happened');
    expect(record).toBe(paths.attendance(idOf()));
    const happened = {
      outcome: 'attended',
      arrived: '9:58',
      left: '11.45',
      categories: 'process',
      'departures.1.text': 'The meeting went on for longer than planned.',
    };
    expectRefused(await fillIn(host, record, {}), 422, 'Select what happened');
    const incomplete = await fillIn(host, record, happened);
    expectRefused(incomplete, 422, 'Select who caused this');
    expect(incomplete.errors.map(({ href }) => href)).toEqual(['#departures.1.causedBy']);
    const { ['_csrf']: _token, ...kept } = incomplete.form.fields;
    expect(kept).toMatchObject(happened);
    const half = { ...happened, 'departures.1.text': '', 'departures.1.causedBy': 'host' };
    expectRefused(await fillIn(host, record, half), 422, 'Enter what was different from what was approved');
    const absent = {
      outcome: 'did_not_attend',
      'departures.1.text': 'A word.',
      'departures.1.causedBy': 'host',
    };
    const impossible = await fillIn(host, record, absent);
    expectRefused(impossible, 422, /did not attend/);
    expect(impossible.errors[0]?.href).toBe('#departures.1.text');
    expectRefused(await fillIn(host, record, { outcome: 'attended' }), 422, /when the councillor arrived/);
    const recorded = await fillIn(host, record, { ...happened, 'departures.1.causedBy': 'other' });
    // What follows elsewhere is not for the host to try out.
    const toCheck = host.seen.findLast(({ isToCheck }) => isToCheck);
    expect(toCheck?.text).toMatch(/Check before you record the attendance .* Arrived 09:58 Left 11:45/);
    expect(toCheck?.text).not.toContain('Who will be told');
    expect(recorded.text).toMatch(/Arrived 12 January 2027 at 09:58 Left 12 January 2027 at 11:45/);
    expect(recorded.text).toMatch(/The meeting went on for longer .* Caused by: Somebody or something else/);
    expect(recorded.text).toContain('Every limit held from arrival to leaving');
    expect((await host.open(record)).text).toContain('You cannot do this now.');

    const confirm = (await chair.open(paths.visits)).link('Say whether you agree');
    expect(confirm).toBe((await chair.open(address)).link('Say whether you agree'));
    expectRefused(await fillIn(chair, confirm, {}), 422, 'Select whether you agree');
    const confirmed = await fillIn(chair, confirm, { agrees: 'no', comment: 'I left at half past eleven.' });
    expect(confirmed.text).toMatch(/does not agree with the record.*I left at half past eleven/);
    const asked = await fillIn(chair, confirmed.link('Put a question'), {
      kind: 'challenge',
      text: 'Why was the health partner not there?',
    });
    expect(asked.text).toMatch(/A challenge, 12 January 2027 .* due by the end of 26 January 2027/);
    expect(asked.html).not.toContain('/respond');

    const respond = (await services.open(paths.visits)).link('Answer the challenge');
    expect((await services.open(address)).link('Answer the challenge')).toBe(respond);
    expect((await host.open(respond)).status).toBe(403);
    expect((await (await readerOf(council.server, 'scrutiny.member')).open(respond)).status).toBe(404);
    expectRefused(await fillIn(services, respond, { text: 'They were ill.' }), 422, 'went to the committee');
    const answered = await fillIn(services, respond, { text: 'They were ill.', toCommittee: 'yes' });
    expect(answered.text).toMatch(/They were ill/);
    expect(answered.text).toContain('It went to the committee.');
    expect((await services.open(respond)).text).toContain('You cannot do this now.');
    expect((await chair.open(address)).text).toContain('They were ill.');
  });

  test('has its case in no address, no title and no redirect, and in nothing that the councillor or Legal were shown', async () => {
    const seenBy = async (account: Account) =>
      [await as(account), await onTheDay(account)].flatMap(({ seen }) => seen);
    const withCase = [...(await seenBy('host')), ...(await seenBy('childrens.services'))];
    const without = [...(await seenBy('scrutiny.chair')), ...(await seenBy('legal'))];
    expect(withCase.filter(({ html }) => html.includes('CP-2027-0815')).length).toBeGreaterThan(5);
    for (const { path, title } of withCase) expect(`${path} ${title}`).not.toMatch(/CP-?2027/i);
    for (const { path, html } of without) expect(`${path} ${html}`).not.toMatch(/CP-?2027/i);
  });
});

test('a visit that the family called off on the morning ends for the councillor without a word of why', async () => {
  council.clock = new Date(`${monday}T10:00:00Z`);
  const visit = await readyToVisit(council, { date: tuesday, window, author: 'scrutiny.member' });
  visit.at('08:00');
  const host = await readerOf(council.server, 'host');
  const page = await fillIn(host, paths.checkVisit(visit.id, 'agreements'), { 'answer.family': 'refused' });
  expect(page.text).toMatch(/Does not take place.*The family or the child does not agree/);
  const own = await (await readerOf(council.server, 'scrutiny.member')).open(paths.visit(visit.id));
  expect(own.text).toMatch(/Does not take place.*Not everything needed is in place/);
  expect(own.text.split('Rules of every visit')[0]).not.toMatch(/famil|child does|agree|refus|withdr/i);

  const again = await (
    await council.as('host')
  ).post(`${visit.grant.path}/visits`, {
    date: addDays(tuesday, 7),
    from: '10:00',
    to: '11:00',
  });
  const other = paths.visit((expectOk(again).body as { id: string }).id);
  const off = await fillIn(host, (await host.open(other)).link('Call this visit off'), {});
  expect(off.text).toContain('It was called off.');
});
