/** Papers, a further stage and programmes by the pages alone. */
import { describe, expect, test } from '@jest/globals';
import { addDays, addMonths, londonDate, londonTime } from '../../../policies/core/time/london.js';
import { useCouncil } from '../../support/council.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { lineAt } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const at = (line: Line, rest = '') => `/requests/${line.reference}${rest}`;
const day = (field: string, date: string) => {
  const [year = '', month = '', of = ''] = date.split('-');
  return { [`${field}-day`]: of, [`${field}-month`]: month, [`${field}-year`]: year };
};

describe('papers', () => {
  test('have their right recorded by Legal and confirmed by another, are released and come back, each where people look for it', async () => {
    const papers = [{ category: 'Audits', from: '2026-01-01', to: '2026-02-01' }];
    const line = await Line.submitted(council, { observationType: 'document_inspection', papers });
    const [legal, services, proper] = [
      await as('legal'),
      await as('childrens.services'),
      await as('democratic.services'),
    ];
    const today = londonDate(council.clock);

    // The day that runs until then is the decision's.
    expect((await services.open(at(line, '/papers'))).text).not.toContain('The papers are due');
    const page = await legal.open(at(line));
    expect(page.text).toContain('Legal has not yet recorded');
    const right = await legal.open(page.link('Record whether there is a statutory right'));
    expect(right.text).toContain('Audits');
    expectRefused(await legal.submit({}, right), 422, /Select whether there is a right/);
    const none = { right: 's100F', reasons: reason };
    expectRefused(
      await legal.submit(none, await legal.open(at(line, '/right'))),
      422,
      /Describe the document/,
    );
    const hangs = {
      document: 'The report on audits.',
      'cites.kind': 'meeting',
      'cites.body': 'Cabinet',
      ...day('cites.date', today),
    };
    const recorded = await fillIn(legal, at(line, '/right'), { ...none, ...hangs, ...day('due', today) });
    expect([recorded.path, recorded.text]).toEqual([
      at(line),
      expect.stringContaining('waits for another person to confirm it'),
    ]);

    const confirming = await proper.open((await proper.open(at(line))).link('Confirm what is recorded'));
    expect(confirming.text).toContain('The report on audits.');
    expect(confirming.text).toContain('A meeting of Cabinet');
    const found = { 'findings.0.finding': 'not_exempt' };
    expectRefused(await proper.submit(found, confirming), 422, /Enter the reasons for this finding/);
    const confirmed = await proper.submit(
      { ...found, 'findings.0.reasons': 'They name nobody.' },
      await proper.open(at(line, '/right/confirm')),
    );
    expect(confirmed.text).toContain('Statutory right confirmed');
    const stands = await legal.open(at(line));
    expect(stands.text).toContain('section 100F');
    expect(stands.text).toContain('They name nobody.');

    const bars = await services.open(at(line, '/papers'));
    expect(bars.text).toContain('Legal must first answer what the law bars');
    expectOk(await line.answer('legal_bars', { answer: [] }));
    const form = await services.open((await services.open(at(line))).link('Record papers released'));
    expect(form.text).toContain('The papers are due by the end of');
    expect(form.text).toContain('take or be given copies');
    expectRefused(await services.submit({}, form), 422, /Select what you record/);
    const moment = { ...day('date', today), time: londonTime(council.clock) };
    const released = await fillIn(services, at(line, '/papers'), { what: 'release||Audits', ...moment });
    expect([released.path, released.text]).toEqual([at(line), expect.stringContaining('not back yet')]);
    expect(released.text).not.toContain('Release of the papers due by');
    const out = (await services.open(at(line, '/papers'))).form.offers['what'] ?? [];
    const back = await fillIn(services, at(line, '/papers'), { what: out[0] ?? '', ...moment });
    expect(back.text).toContain('came back');
    expect((await legal.open(at(line, '/right'))).text).toContain('You cannot do this now.');
    expect(back.text).not.toContain('it is an incident');
    const other = await lineAt(council, 'submitted');
    expect((await legal.open(at(other, '/right'))).status).toBe(409);
  });

  test('to which a claimed right does not exist: the committee’s statement is printed, and the councillor has it reviewed', async () => {
    const line = await Line.submitted(council, {
      observationType: 'document_inspection',
      claimedRight: 'reg17',
    });
    const [legal, proper, chair, officer] = [
      await as('legal'),
      await as('democratic.services'),
      await as('scrutiny.chair'),
      await as('monitoring.officer'),
    ];
    expect((await legal.open(at(line, '/right'))).text).toContain('The councillor claims this');
    const reasons = 'The report was written for nobody’s decision.';
    await fillIn(legal, at(line, '/right'), { right: 'none', reasons });
    expect((await chair.open(at(line))).text).not.toContain(reasons);
    expect((await proper.open(at(line, '/right/statement'))).status).toBe(404);
    const confirming = await proper.open(at(line, '/right/confirm'));
    expectRefused(await proper.submit({}, confirming), 422, /Cite the delegation/);
    await fillIn(proper, at(line, '/right/confirm'), { delegation: 'Delegation 7 of the executive' });

    const statement = await proper.open(
      (await proper.open(at(line))).link('Read the statement of reasons to the committee'),
    );
    expect(statement.text).toMatch(/A copy of the papers is refused.*regulation 17\(4\).*Delegation 7/);
    expect(statement.text).toContain(reasons);
    for (const by of ['auditor', 'data.protection', 'scrutiny.member'])
      expect((await (await as(by)).open(at(line, '/right/statement'))).status).toBe(404);

    const denied = await chair.open(at(line));
    expect(denied.text).toContain(reasons);
    const ask = denied.link('Ask for a review of the finding');
    expectRefused(await chair.submit({}, await chair.open(ask)), 422, /Enter why the finding/);
    await fillIn(chair, ask, { reasons: 'It was written for the cabinet of May.' });
    const deciding = await officer.open(
      (await officer.open(at(line))).link('Decide the review of a denied right'),
    );
    expect(deciding.text).toContain('written for the cabinet of May');
    await officer.submit({ outcome: 'remitted', reasons: 'It was.', noConflict: 'true' }, deciding);
    expect((await chair.open(at(line))).text).toContain('has not yet recorded');
    expect((await proper.open(at(line, '/right/statement'))).status).toBe(404);
    expect((await chair.open(at(line, '/right/statement'))).status).toBe(404);
  });
});

test('papers without authority are recorded too; the page says before and after that it is an incident', async () => {
  const today = londonDate(council.clock);
  const papers = [{ category: 'Audits', from: '2026-01-01', to: '2026-02-01' }];
  const window = { from: today, to: addDays(today, 9) };
  const line = await lineAt(council, 'ready', {
    changes: { observationType: 'document_inspection', papers, window },
  });
  expectOk(await line.decide('approve'));
  const services = await as('childrens.services');
  expect((await services.open(at(line, '/papers'))).text).toMatch(
    /released in a sitting that the grant allows.*Anything else is recorded too, and becomes an incident/,
  );
  const moment = { ...day('date', today), time: londonTime(council.clock) };
  const released = await fillIn(services, at(line, '/papers'), { what: 'release||Audits', ...moment });
  expect([released.path, released.text]).toEqual([
    at(line),
    expect.stringContaining('Nothing allowed this: it is an incident'),
  ]);
  const incidents = await (await as('data.protection')).open('/incidents');
  expect(incidents.text).toMatch(new RegExp(`Unauthorised access .* ${line.reference}`));
});

describe('a child’s journey', () => {
  test('goes on from its page with the earlier text, and shows which request continues which', async () => {
    const from = londonDate(council.clock);
    const window = { from, to: addDays(addMonths(from, 3), -1) };
    const line = await lineAt(council, 'ready', {
      changes: { observationType: 'childs_journey', window },
    });
    expectOk(await line.decide('approve'));
    const chair = await as('scrutiny.chair');
    const link = (await chair.open(at(line))).link('Ask for a further stage');
    const begun = await fillIn(chair, link, {});
    const [, reference = ''] = /(OBS-\d{4}-\d+)\/check$/.exec(begun.path) ?? [];
    expect((await chair.open(`/requests/${reference}`)).link(line.reference)).toBe(at(line));
    const first = await chair.open(at(line));
    expect(first.link(reference)).toBe(`/requests/${reference}`);
    expect(first.text).not.toContain('Ask for a further stage');
    expect((await chair.open(at(line, '/further-stage'))).status).toBe(409);
    expect((await (await as('legal')).open(at(line, '/further-stage'))).status).toBe(403);

    // What the council has ended is not offered to go on.
    const ended = await lineAt(council, 'ready', {
      changes: { observationType: 'childs_journey', window },
    });
    const { body } = expectOk(await ended.decide('approve'));
    expect((await chair.open(at(ended))).text).toContain('Ask for a further stage');
    const revoking = await council.as('legal');
    expectOk(await revoking.post(`/api/grants/${body.grant.id}/revoke`, { reasons: reason }));
    expect((await chair.open(at(ended))).text).not.toContain('Ask for a further stage');
    expect((await chair.open(at(ended, '/further-stage'))).status).toBe(409);
  });
});

describe('a programme', () => {
  test('is opened, asked to take part in, and proposes what its office then confirms', async () => {
    const today = londonDate(council.clock);
    const services = await as('democratic.services');
    const page = await services.open('/programmes/new');
    expectRefused(await services.submit({}, page), 422, /Enter the name of the programme/);
    const filled = {
      title: 'A year at the front door',
      observationTypes: 'initial_child_protection_conference',
      ...day('window.from', today),
      ...day('window.to', addDays(today, 60)),
      places: '2',
      'draft.necessity': 'The programme names this duty for every member.',
    };
    const opened = await fillIn(services, '/programmes/new', filled);
    expect(opened.headings).toEqual(['A year at the front door']);
    expect(opened.text).toContain('The programme names this duty');
    expect(opened.text).not.toContain('Ask to take part');

    const chair = await as('scrutiny.chair');
    const invited = await chair.open((await chair.open('/programmes')).link('A year at the front door'));
    expect(invited.text).not.toContain('names this duty');
    const begun = await chair.submit({}, invited);
    expect(begun.path).toMatch(/\/check$/);
    expect((await (await as('legal')).open('/programmes/new')).status).toBe(403);

    const id = opened.path.split('/').at(-1) ?? '';
    const line = await lineAt(council, 'submitted', { changes: { programme: id } });
    const legal = await as('legal');
    const question = await legal.open(at(line, '/test/necessity'));
    expect(question.text).toContain('nobody has answered yet');
    expect(question.form.fields).toMatchObject({
      answer: 'duty',
      reason: 'The programme names this duty for every member.',
    });
    expect((await legal.open(at(line, '/test'))).text).toContain('The programme proposes');
    await legal.submit({ reason }, question);
    expect((await legal.open(at(line, '/test/necessity'))).text).not.toContain('nobody has answered yet');
    expect((await legal.open(at(line))).link('A programme of the council')).toBe(`/programmes/${id}`);
  });
});
