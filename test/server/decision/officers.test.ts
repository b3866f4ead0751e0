/** A request goes from submitted to approved, and to refused, by the officers' pages alone. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { demoPassword } from '../../../db/demo/accounts.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { question, questionKeys } from '../../../policies/need-to-know/questions.js';
import { unescaped } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { Line, expectOk, reason } from '../../support/line.js';
import { answers, expectRefused, fillIn, inOrder, readersOf } from '../../support/officers.js';

const council = useCouncil();
const as = readersOf(council);
const at = (line: Line, rest = '') => `/requests/${line.reference}${rest}`;

const answerAll = async (line: Line): Promise<void> => {
  for (const key of questionKeys) {
    const page = await fillIn(await as(answers(key)), at(line, `/test/${key}`), inOrder(key, line));
    expect([key, page.status, page.errors]).toEqual([key, 200, []]);
    expect(page.text).toContain('Your answer has been saved.');
  }
};

const speak = async (line: Line): Promise<void> => {
  for (const account of ['childrens.services', 'democratic.services', 'legal']) {
    const page = await fillIn(await as(account), at(line, '/discussion'), {
      text: `Said by ${account.replace('.', ' ')}.`,
    });
    expect(page.text).toContain('Your contribution has been recorded.');
  }
};

const sign = async (line: Line, account: string, office: string, more: Record<string, string> = {}) =>
  fillIn(await as(account), at(line, `/sign/${office}`), {
    outcome: 'agree',
    reasons: reason,
    noConflict: 'true',
    ...more,
  });

describe('to an approval', () => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.submitted(council);
  }, 30_000);

  test('the test waits for the three offices, and says for whom and why', async () => {
    const page = await (await as('legal')).open(at(line, '/test'));
    expect([page.status, page.headings]).toEqual([200, ['The need-to-know test']]);
    expect(page.text).toContain('The test is not complete yet.');
    for (const key of questionKeys) {
      const { asks, authority } = question(key);
      expect(page.text).toContain(asks);
      expect(page.text).toContain(authority);
      expect(page.has(key)).toBe(true);
    }
    expect(page.text).toContain('This is for Children’s Services to answer.');
    expect(page.html).toContain(at(line, '/test/necessity'));
    expect(page.html).not.toContain(at(line, '/test/standing"'));
  });

  test('each office answers its questions, the register’s proposal and the declaration before it', async () => {
    const prerequisites = await (await as('democratic.services')).open(at(line, '/test/prerequisites'));
    expect(prerequisites.text).toContain('The register proposes');
    expect(prerequisites.form.fields).toMatchObject({ 'answer.undertaking': 'met' });
    const connection = await (await as('childrens.services')).open(at(line, '/test/connection'));
    expect(connection.text).toContain('The councillor said: There is no link');
    expect(connection.text).toContain('This answer blocks approval.');
    await answerAll(line);
    const page = await (await as('legal')).open(at(line, '/test'));
    expect(page.text).toContain('The need to know is established.');
    expect(page.text).toContain('Legal (demonstration), principal, for Legal');
    expect(page.text).toContain(reason);
  }, 30_000);

  test('the lawful basis asks for what it leaves out, keeps what was chosen, and says it in words', async () => {
    const legal = await as('legal');
    const path = at(line, '/test/lawful_basis');
    await fillIn(legal, path, { ...inOrder('lawful_basis', line), 'basis.article9': '9(2)(g)' });
    const asked = await legal.open(at(line, '/test'));
    expect(asked.text).toContain(
      'still to name the paragraph of Schedule 1 to the Data Protection Act 2018, the appropriate policy document.',
    );
    expect((await legal.open(path)).form.fields).toMatchObject({ 'basis.article9': '9(2)(g)' });
    await fillIn(legal, path, {
      'basis.schedule1': '18',
      'basis.policyDocument': 'Policy on special categories, March 2026',
    });
    const whole = await legal.open(at(line, '/test'));
    expect(whole.text).toContain('The need to know is established.');
    expect(whole.text).toContain('Data Protection Act 2018, Schedule 1, paragraph 18');
    expectRefused(await fillIn(legal, path, { 'basis.schedule1': '99' }), 422);
  });

  test('a reason for each item goes with its item, and the one for all serves the others', async () => {
    const page = await fillIn(await as('childrens.services'), at(line, '/test/alternatives'), {
      ...inOrder('alternatives', line),
      reason: 'None shows how a decision is reached.',
      'reason.data': 'Figures show how many, and not how.',
    });
    expect(page.text).toContain('Your answer has been saved.');
    const { body } = await (await council.as('legal')).get(`${line.path}/assessment`);
    expect(body.answers.alternatives.reason).toMatchObject({
      data: 'Figures show how many, and not how.',
      briefing: 'None shows how a decision is reached.',
      other_type: 'None shows how a decision is reached.',
    });
    const again = await (await as('childrens.services')).open(at(line, '/test/alternatives'));
    expect(again.form.fields).toMatchObject({ 'reason.data': 'Figures show how many, and not how.' });
  });

  test('Children’s Services name the host; the offices speak', async () => {
    const named = await fillIn(await as('childrens.services'), at(line, '/host'), {
      host: 'host@council.example',
      manager: 'host.line.manager@council.example',
    });
    expect([named.status, named.path]).toEqual([200, at(line)]);
    expect(named.text).toContain('Host (demonstration)');
    await speak(line);
    const page = await (await as('monitoring.officer')).open(at(line, '/discussion'));
    expect(page.text).toContain('The three offices have discussed this version.');
    expect(page.text).toContain('Said by legal.');
  });

  test('two sign, with conditions, and Legal approves within the window', async () => {
    const first = await sign(line, 'childrens.services', 'childrens_services', {
      'conditions.0.text': 'Arrive with the host.',
      'conditions.3.text': 'The host is told a day before.',
      'conditions.3.owner': 'host',
    });
    expect([first.status, first.path]).toEqual([200, at(line)]);
    expectOk(await line.read('legal'));
    expect((await sign(line, 'democratic.services', 'democratic_services')).status).toBe(200);

    const legal = await as('legal');
    const page = await legal.open(at(line, '/decide'));
    expect(page.text).toContain('Established');
    expect(page.text).toContain('Arrive with the host.');
    const today = londonDate(council.clock);
    const [year = '', month = '', day = ''] = addDays(today, 20).split('-');
    const notice = await legal.submit(
      {
        outcome: 'approve',
        reasons: 'The committee’s review needs it.',
        'to-day': day,
        'to-month': month,
        'to-year': year,
        'conditions.0.text': 'Questions wait for the end.',
        noConflict: 'true',
      },
      page,
    );
    expect([notice.status, notice.path]).toEqual([200, at(line, '/notice')]);
    const { body } = await line.read('legal');
    expect(body.status).toBe('approved');
    const grant = (await (await council.as('legal')).get(`/api/grants/${body.grant.id}`)).body;
    expect(grant.window).toEqual({ from: addDays(today, 7), to: addDays(today, 20) });
    expect(grant.categories).toEqual(['process']);
    expect(
      grant.conditions.map(({ text, owner }: { text: string; owner: string }) => [text, owner]).toSorted(),
    ).toEqual([
      ['Arrive with the host.', 'councillor'],
      ['Questions wait for the end.', 'councillor'],
      ['The host is told a day before.', 'host'],
    ]);
  });

  test('the councillor reads the notice: reasons, the window approved and every condition, and no office’s reasons', async () => {
    const page = await (await as('scrutiny.chair')).open(at(line, '/notice'));
    expect([page.status, page.headings]).toEqual([200, ['Decision notice']]);
    for (const says of [
      'The request to observe is approved.',
      'The committee’s review needs it.',
      'Arrive with the host.',
      'The host is told a day before.',
      'Questions wait for the end.',
    ])
      expect(page.text).toContain(says);
    expect(page.text).not.toContain(reason);
    expect(page.title).toBe(`${line.reference}: decision notice – Observe work with children`);
  });

  test('a finished request says so: it has no form to send', async () => {
    for (const [account, path] of [
      ['legal', '/decide'],
      ['legal', '/test/necessity'],
      ['childrens.services', '/host'],
      ['childrens.services', '/sign/childrens_services'],
      ['democratic.services', '/return'],
    ] as const) {
      const page = await (await as(account)).open(at(line, path));
      expect([path, page.status, page.forms.length]).toEqual([path, 200, 0]);
      expect(page.text).toContain('You cannot do this now.');
      expect(page.text).toContain('Authority: ');
    }
  });
});

describe('to a refusal', () => {
  let line: Line;
  beforeAll(async () => {
    line = await Line.submitted(council);
  }, 30_000);

  test('a blocking answer comes first, and approval is closed with the reason', async () => {
    const legal = await as('legal');
    const page = await fillIn(legal, at(line, '/test/necessity'), { answer: 'curiosity', reason });
    expect(page.text).toContain(
      'The need to know is not established. It cannot be approved while this stands.',
    );
    expect(page.text).toContain('Blocks approval');
    const decide = await legal.open(at(line, '/decide'));
    expect(decide.text).toContain('It cannot be approved now.');
    expect(decide.text).toContain('Authority: R v Birmingham City Council, ex parte O [1983] 1 AC 578');
    expect(decide.html).toMatch(/value="approve"[^>]* disabled/);
    expect(decide.form.fields['grounds']).toBe('curiosity');
  });

  test('Legal refuses, and the notice says until when a review may be asked for, with the working', async () => {
    const legal = await as('legal');
    const page = await fillIn(legal, at(line, '/decide'), {
      outcome: 'refuse',
      reasons: 'The purpose is curiosity.',
      noConflict: 'true',
    });
    expect([page.status, page.path]).toEqual([200, at(line, '/notice')]);
    const { body } = await line.read('scrutiny.chair');
    expect([body.status, body.decision.grounds]).toEqual(['refused', ['curiosity']]);
    const notice = await (await as('scrutiny.chair')).open(at(line, '/notice'));
    for (const says of [
      'The request to observe is refused.',
      'The purpose is curiosity.',
      'Curiosity is not a need to know',
      'may ask for a review until the end of',
      '10 working days from',
      '(Saturday)',
    ])
      expect(notice.text).toContain(says);
    expect(notice.text).not.toContain('Decided by');
  });

  test('an auditor reads the coded parts of the notice, and no text', async () => {
    const page = await (await as('auditor')).open(at(line, '/notice'));
    expect(page.text).toContain('Curiosity is not a need to know');
    expect(page.text).toContain('Decided by Legal (demonstration)');
    expect(page.text).not.toContain('The purpose is curiosity.');
  });
});

describe('on the way', () => {
  test('returned with questions, handed in again, edited: its answers wait to be confirmed', async () => {
    const line = await Line.assessed(council);
    const returned = await fillIn(await as('monitoring.officer'), at(line, '/return'), {
      questions: 'Which meeting of the committee is it for?',
    });
    expect(returned.path).toBe(at(line));
    expect(returned.text).toContain('Which meeting of the committee is it for?');
    const author = await council.as('scrutiny.chair');
    expectOk(await author.post(`${line.path}/submit`, { version: 1 }));
    expectOk(await line.edit({ events: 2 }));
    const page = await (await as('legal')).open(at(line, '/test'));
    expect(page.text).toContain('To be confirmed by Legal');
    expect(page.text).toContain('The request was changed after this was answered.');
    const confirm = await (await as('legal')).open(at(line, '/test/necessity'));
    expect(confirm.text).toContain('Answered on the version before');
    const after = await (await as('legal')).submit({}, confirm);
    expect(after.text).toContain('Your answer has been saved.');
    const { body } = await (await council.as('legal')).get(`${line.path}/assessment`);
    expect(body.answers.necessity.confirmed).toBe(true);
  }, 30_000);

  test('a changed answer ends the sign-offs, and the page says so before; a sign-off can be withdrawn', async () => {
    const line = await Line.readyForLegal(council);
    const reader = await as('democratic.services');
    const withdrawn = await fillIn(reader, at(line, '/sign/democratic_services/withdraw'), {
      reasons: 'Signed too soon.',
    });
    expect(withdrawn.path).toBe(at(line));
    expect(withdrawn.text).toContain('Sign-off withdrawn');
    const page = await (await as('childrens.services')).open(at(line, '/test/connection'));
    expect(page.text).toContain('Changing an answer ends the sign-offs given.');
    await (await as('childrens.services')).submit({ answer: 'professional', reason }, page);
    const { body } = await line.read('legal');
    expect(body.signOffs.every(({ voidedAt }: { voidedAt?: string }) => voidedAt !== undefined)).toBe(true);
  }, 30_000);

  test('bars of the law: none of them, or some with a lawful route', async () => {
    const line = await Line.submitted(council);
    const legal = await as('legal');
    await fillIn(legal, at(line, '/test/legal_bars'), { answer: 'none' });
    await fillIn(legal, at(line, '/test/legal_bars'), {
      answer: 'proceedings',
      'lawfulRoute.proceedings': 'The court has given permission.',
    });
    const { body } = await (await council.as('legal')).get(`${line.path}/assessment`);
    expect(body.answers.legal_bars.answer).toEqual([
      { bar: 'proceedings', lawfulRoute: 'The court has given permission.' },
    ]);
    const page = await legal.open(at(line, '/test/legal_bars'));
    expect(page.form.fields).toMatchObject({
      answer: 'proceedings',
      'lawfulRoute.proceedings': 'The court has given permission.',
    });
  });

  test('a meeting of the three offices is the discussion once they confirm it; a person with two offices says for which one they speak', async () => {
    const line = await Line.submitted(council);
    const path = at(line, '/discussion/meeting');
    const [year = '', month = '', day = ''] = londonDate(council.clock).split('-');
    // A box for each office present: a field that is sent more than once.
    const agent = request.agent(council.app);
    await agent.post('/api/session').send({ email: 'two.offices@council.example', password: demoPassword });
    const { text } = await agent.get(path).set('Accept', 'text/html');
    const [, token = ''] = /<main[^]*name="_csrf" value="([^"]+)"/.exec(text) ?? [];
    const body = new URLSearchParams([
      ['_csrf', unescaped(token)],
      ['version', '1'],
      ['office', 'legal'],
      ['meeting.date-day', day],
      ['meeting.date-month', month],
      ['meeting.date-year', year],
      ...['childrens_services', 'democratic_services', 'legal'].map((each): [string, string] => [
        'meeting.present',
        each,
      ]),
      ['meeting.note', 'All three were heard.'],
    ]);
    const answer = await agent.post(path).type('form').send(body.toString());
    expect([answer.status, answer.headers['location']]).toEqual([303, at(line, '/discussion?done=meeting')]);
    const before = await (await as('two.offices')).open(at(line, '/discussion'));
    expect(before.text).toContain('The three offices have not discussed this version yet.');
    expect(before.text).toContain(
      'Present: Children’s Services (has not confirmed it), Democratic Services (has not confirmed it), Legal.',
    );
    const { body: said } = await (
      await council.as('legal')
    ).get(`/api/requests/${line.reference}/discussion`);
    for (const each of ['childrens.services', 'democratic.services'] as const) {
      const asked = await (await as(each)).open(at(line, '/discussion'));
      expect(asked.text).toContain('Say whether your office was there');
      await fillIn(await as(each), at(line, `/discussion/${said.items[0].id}/confirm`), { present: 'true' });
    }
    const page = await (await as('two.offices')).open(at(line, '/discussion'));
    expect(page.text).toContain('The three offices have discussed this version.');
    expect(page.text).toContain('Present: Children’s Services, Democratic Services, Legal.');
    expect(page.form.offers['office']?.toSorted()).toEqual(['democratic_services', 'legal']);
  });
});
