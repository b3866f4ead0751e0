/** A refusal is looked at again by the pages alone: asked for, decided, remitted, directed about. */
import { describe, expect, test } from '@jest/globals';
import { londonDate } from '../../../policies/core/time/london.js';
import { conflictOf } from '../../support/conflicts.js';
import type { Sheet } from '../../support/browser-less.js';
import { useCouncil, type Account } from '../../support/council.js';
import { expectOk, type Line, reason } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { lineAt } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const at = (line: Line, rest = '') => `/requests/${line.reference}${rest}`;

const asks = 'The decision does not speak of the review of conferences.';
const decides = 'It does speak of it, on its second page.';

const refused = async (): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  expectOk(await line.decide('refuse'));
  return line;
};
const inReview = async (): Promise<Line> => {
  const line = await refused();
  expectOk(await (await council.as('scrutiny.chair')).post(`${line.path}/review`, { reasons: asks }));
  return line;
};
const conflict = async (line: Line, person: Account) =>
  expectOk(
    await (
      await council.as('democratic.services')
    ).post('/api/conflicts', conflictOf(person, 'relation', { reference: line.reference })),
  );
const offers = (page: Sheet, words: string) => page.html.includes(`>${words}</a>`);

describe('a refusal', () => {
  test('is reviewed and remitted, and each step shows where people look for it', async () => {
    const line = await refused();
    const chair = await as('scrutiny.chair');
    const notice = await chair.open(at(line, '/notice'));
    expect(notice.text).toContain('may ask for a review until the end of');
    expect(notice.link('Ask for a review')).toBe(at(line, '/review'));
    expect(offers(await chair.open(at(line)), 'Ask for a review of the refusal')).toBe(true);

    const page = await chair.open(at(line, '/review'));
    expect([page.headings, page.title]).toEqual([
      ['Ask for a review of the refusal'],
      expect.stringContaining('ask for a review'),
    ]);
    expect(page.text).toContain('You can ask until the end of');
    expect(page.text).toContain(reason);
    expectRefused(await chair.submit({ reasons: ' ' }, page), 422, /Enter why/);
    const asked = await fillIn(chair, at(line, '/review'), { reasons: asks });
    expect([asked.path, asked.text]).toEqual([at(line), expect.stringContaining(asks)]);
    expect(asked.text).toContain('Review due by the end of');
    expect(offers(asked, 'Ask for a review of the refusal')).toBe(false);
    expect((await chair.open(at(line, '/review'))).text).toContain('was asked for already');

    const officer = await as('monitoring.officer');
    expect(offers(await officer.open(at(line)), 'Decide the review of the refusal')).toBe(true);
    const deputy = await (await as('monitoring.officer.deputy')).open(at(line));
    expect(deputy.text).toMatch(/Decide the review of the refusal Not now: You are registered as deputy/u);
    const deciding = await officer.open(at(line, '/review/decide'));
    expect(deciding.text).toContain(asks);
    const half = await officer.submit({ reasons: decides }, deciding);
    expectRefused(half, 422, /Select whether/, /no conflict/);
    expect(half.form.fields['reasons']).toBe(decides);
    const decided = await officer.submit({ outcome: 'remitted', noConflict: 'true' }, half);
    expect([decided.path, decided.text]).toEqual([at(line), expect.stringContaining('Version 2')]);

    const owns = await chair.open(at(line));
    expect(owns.text).toContain('Remitted, to be decided afresh');
    expect(owns.text).toContain(decides);
    expect(owns.text).toContain('Decision due by the end of');
    expect(owns.text).not.toMatch(/monitoring officer \(/iu);
    // The page says to people who signed before why they may not sign again; a deputy of theirs may.
    const head = await (await as('childrens.services')).open(at(line));
    expect(head.text).toContain('Not now: You signed or reviewed this request before it was remitted');
    const standsIn = await (await as('childrens.services.deputy')).open(at(line, '/sign/childrens_services'));
    expect(standsIn.text).not.toContain('You are registered as deputy');
  }, 60_000);

  test('that is upheld shows the next route to the councillor', async () => {
    const line = await inReview();
    await fillIn(await as('monitoring.officer'), at(line, '/review/decide'), {
      outcome: 'upheld',
      reasons: decides,
      noConflict: 'true',
    });
    const owns = await (await as('scrutiny.chair')).open(at(line));
    expect(owns.text).toMatch(/What comes next The decision stands\. .*three months.*Ombudsman/u);
    expect((await (await as('host')).open(at(line))).text).not.toContain('Review of the refusal');
    const audited = (await (await as('auditor')).open(at(line))).text;
    expect(audited).toContain('Upheld');
    expect([audited.includes(asks), audited.includes(decides)]).toEqual([false, false]);
  }, 30_000);

  test('the person named by the Chief Executive decides the review, once nobody is free', async () => {
    const line = await inReview();
    const services = await as('democratic.services');
    expect((await services.open(at(line, '/review/name'))).text).toContain('only where nobody');
    for (const each of ['monitoring.officer', 'monitoring.officer.deputy']) await conflict(line, each);
    const page = await services.open(at(line, '/review/name'));
    const fields = { person: 'nobody', namedBy: 'The Chief Executive', authority: 'Scheme, part 3' };
    const wrong = await services.submit(fields, page);
    expectRefused(wrong, 422, /Enter an e-mail address/);
    const signer = await services.submit({ person: 'legal@council.example' }, wrong);
    expectRefused(signer, 422, /has signed this request/);
    expect(signer.form.fields['authority']).toBe('Scheme, part 3');
    const named = await services.submit({ person: 'auditor@council.example' }, signer);
    expect([named.path, named.text]).toEqual([at(line), expect.stringContaining('Named to review it')]);
    const reviewer = await as('auditor');
    expect(offers(await reviewer.open(at(line)), 'Decide the review of the refusal')).toBe(true);
    const done = await fillIn(reviewer, at(line, '/review/decide'), {
      outcome: 'upheld',
      reasons: decides,
      noConflict: 'true',
    });
    expect([done.path, done.text]).toEqual([at(line), expect.stringContaining('Upheld')]);
    expect((await reviewer.open('/requests')).text).toContain(line.reference);
  }, 30_000);

  test('is remitted by a direction, and then a seat is named for where its office has nobody', async () => {
    const line = await refused();
    const officer = await as('monitoring.officer');
    const page = await officer.open(at(line, '/direction'));
    const [year = '', month = '', day = ''] = londonDate(council.clock).split('-');
    const future = { 'date-year': String(Number(year) + 1), 'date-month': month, 'date-day': day };
    const fields = {
      body: 'The Standards Committee',
      givenBy: 'committee',
      minute: 'Minute 7',
      effect: 'recommendation',
    };
    const late = await officer.submit({ ...fields, ...future }, page);
    expectRefused(late, 422, /not in the future/);
    const done = await officer.submit({ 'date-year': year }, late);
    expect([done.path, done.text]).toEqual([at(line), expect.stringContaining('The Standards Committee')]);
    expect(done.text).toContain('Direction recorded');

    const services = await as('democratic.services');
    await conflict(line, 'childrens.services.deputy');
    const naming = await services.open(at(line, '/review/name'));
    expect(naming.form.offers['office']).toEqual(['', 'childrens_services']);
    const named = await services.submit(
      {
        office: 'childrens_services',
        person: 'auditor@council.example',
        namedBy: 'The Chief Executive',
        authority: 'Scheme, part 3',
      },
      naming,
    );
    expect(named.text).toContain('Named for Children’s Services');
    const signing = await (await as('auditor')).open(at(line, '/sign/childrens_services'));
    expect([signing.status, signing.headings.length]).toEqual([200, 1]);
  }, 30_000);

  test('has no page for people whose office has nothing to do with its review', async () => {
    const line = await inReview();
    for (const [account, status] of [
      ['scrutiny.member', 404],
      ['legal', 403],
      ['auditor', 403],
    ] as const) {
      for (const rest of ['/review', '/review/decide', '/review/name', '/direction']) {
        expect([account, rest, (await (await as(account)).open(at(line, rest))).status]).toEqual([
          account,
          rest,
          status,
        ]);
      }
    }
  }, 30_000);
});
