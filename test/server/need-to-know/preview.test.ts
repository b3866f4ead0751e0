/** The test tried on made-up answers, and what the rules are made of: types and working days. */
import { describe, expect, test } from '@jest/globals';
import { authorities } from '../../../policies/core/authorities.js';
import { useCouncil } from '../../support/council.js';
import { asExpected, expectation, scenarioFiles, type Scenario } from '../../support/scenarios.js';

const council = useCouncil();
const path = '/api/need-to-know/preview';

/** need-to-know.md, section 2: who answers each question, in table order. */
const table = [
  ['standing', 'democratic_services'],
  ['role', 'democratic_services'],
  ['authority', 'democratic_services'],
  ['necessity', 'legal'],
  ['scope', 'legal'],
  ['alternatives', 'childrens_services'],
  ['collateral_purpose', 'legal'],
  ['connection', 'childrens_services'],
  ['documents', 'legal'],
  ['legal_bars', 'legal'],
  ['proportionality', 'childrens_services'],
  ['agreements', 'childrens_services'],
  ['lawful_basis', 'legal'],
  ['prerequisites', 'democratic_services'],
] as const;

const asSent = ({ observationType, events, now, eventAt, answers }: Scenario) => ({
  observationType,
  ...(events === undefined ? {} : { events }),
  ...(now === undefined ? {} : { now }),
  ...(eventAt === undefined ? {} : { eventAt }),
  answers,
});
const preview = async (body: object, account = 'legal') => (await council.as(account)).post(path, body);

const inOrder = (): Scenario => {
  const found = scenarioFiles
    .flatMap(({ scenarios }) => scenarios)
    .find(({ id }) => id === 'everything-in-order');
  if (!found) throw new Error('The scenario that everything starts from is not there.');
  return found;
};
const withAnswers = (answers: object, more: object = {}) => {
  const sent = asSent(inOrder());
  return { ...sent, ...more, answers: { ...sent.answers, ...answers } };
};
const findingOf = (body: { findings: { question: string }[] }, question: string) =>
  body.findings.find((finding) => finding.question === question);

describe.each(scenarioFiles)('$name, through the API', ({ scenarios }) => {
  test.each(scenarios)('$id: $facts', async (scenario) => {
    const { status, body } = await preview(asSent(scenario));
    expect(status).toBe(200);
    expect(asExpected(scenario, body)).toEqual(expectation(scenario));
  });
});

describe('a preview', () => {
  test('answers with fourteen findings in table order, each with its authority, its office and words', async () => {
    const known = Object.values<string>(authorities);
    for (const scenario of scenarioFiles.flatMap(({ scenarios }) => scenarios)) {
      const { body } = await preview(asSent(scenario));
      expect(Object.keys(body).toSorted()).toEqual(['findings', 'outcome']);
      const findings = body.findings as {
        question: string;
        office: string;
        authority: string;
        explanation: string;
      }[];
      expect(findings.map(({ question, office }) => [question, office])).toEqual(table);
      for (const { authority, explanation } of findings) {
        expect(known).toContain(authority);
        expect(explanation.split(' ').length).toBeGreaterThan(3);
      }
    }
  });

  test('a question is unanswered without an item that the type calls for, and blocks before it lacks a reason', async () => {
    const { body: open } = await preview(
      withAnswers({ agreements: { answer: { chair: 'agreed', family: 'agreed' } } }),
    );
    expect(open.outcome).toBe('incomplete');
    expect(findingOf(open, 'agreements')).toMatchObject({ result: 'unanswered' });
    const { body: blocked } = await preview(
      withAnswers({ agreements: { answer: { family: 'refused', child: 'not_applicable' } } }),
    );
    expect(blocked.outcome).toBe('not_established');
    expect(findingOf(blocked, 'agreements')).toMatchObject({ result: 'blocks' });
    const { body: lacking } = await preview(
      withAnswers({ agreements: { answer: { chair: 'agreed', family: 'agreed', child: 'not_applicable' } } }),
    );
    expect(findingOf(lacking, 'agreements')).toMatchObject({ result: 'needs_reason' });
  });

  test('every block is named, and not the first alone', async () => {
    const { body } = await preview(
      withAnswers({
        standing: { answer: 'former' },
        collateral_purpose: { answer: 'yes' },
        legal_bars: { answer: [{ bar: 'adoption_order', lawfulRoute: 'A route that lifts nothing here.' }] },
      }),
    );
    const blocks = body.findings.filter(({ result }: { result: string }) => result === 'blocks');
    expect(blocks.map(({ question }: { question: string }) => question)).toEqual([
      'standing',
      'collateral_purpose',
      'legal_bars',
    ]);
  });

  test('without an answer at all, fourteen are open', async () => {
    const { body } = await preview({ observationType: 'document_inspection', answers: {} });
    expect(body.outcome).toBe('incomplete');
    expect(new Set(body.findings.map(({ result }: { result: string }) => result))).toEqual(
      new Set(['unanswered']),
    );
  });

  test('more than one event needs its reason', async () => {
    const two = { events: 2 };
    const { body: lacking } = await preview(withAnswers({ scope: { answer: 'specific' } }, two));
    expect(findingOf(lacking, 'scope')).toMatchObject({ result: 'needs_reason' });
    const { body } = await preview(
      withAnswers({ scope: { answer: 'specific', reason: 'Both halves of one conference.' } }, two),
    );
    expect(body.outcome).toBe('established');
  });

  // Monday 31 August 2026 is a bank holiday: the working day before Tuesday is Friday.
  test.each([
    ['2026-09-15T10:00:00+01:00', undefined, 'established'],
    ['2026-09-15T10:00:00+01:00', '2026-09-17T10:00:00+01:00', 'established'],
    ['2026-09-15T23:59:59+01:00', '2026-09-17T09:00:00+01:00', 'established'],
    ['2026-09-15T23:00:00Z', '2026-09-17T09:00:00+01:00', 'not_established'],
    ['2026-09-16T09:00:00+01:00', '2026-09-17T09:00:00+01:00', 'not_established'],
    ['2026-09-16T23:30:00+01:00', '2026-09-16T23:30:00Z', 'not_established'],
    ['2026-08-27T12:00:00+01:00', '2026-09-01T09:00:00+01:00', 'established'],
    ['2026-08-28T00:00:00+01:00', '2026-09-01T09:00:00+01:00', 'not_established'],
    ['2026-09-18T12:00:00+01:00', '2026-09-17T09:00:00+01:00', 'not_established'],
  ])('an unchecked connection, at %s with the event at %s, is %s', async (now, eventAt, outcome) => {
    const near = { now, ...(eventAt === undefined ? {} : { eventAt }) };
    const { body } = await preview(withAnswers({ connection: { answer: 'unchecked' } }, near));
    expect(body.outcome).toBe(outcome);
    expect(findingOf(body, 'connection')).toMatchObject({
      result: outcome === 'established' ? 'satisfied' : 'blocks',
    });
  });

  test('a party or a prerequisite that the type does not call for is refused by name', async () => {
    const foreign = await preview(
      withAnswers({ agreements: { answer: { chair: 'agreed', police: 'agreed' } } }),
    );
    expect(foreign).toMatchObject({
      status: 422,
      body: { rule: 'type_items', errors: [{ field: 'answers.agreements.answer.police' }] },
    });
    const unknown = await preview(withAnswers({ agreements: { answer: { mayor: 'agreed' } } }));
    expect(unknown).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'answers.agreements.answer.mayor' }] },
    });
    const none = await preview({
      observationType: 'document_inspection',
      answers: { agreements: { answer: { chair: 'agreed' } } },
    });
    expect(none.body.errors[0].field).toBe('answers.agreements.answer.chair');
    const empty = await preview({
      observationType: 'document_inspection',
      answers: { agreements: { answer: {} } },
    });
    expect(findingOf(empty.body, 'agreements')).toMatchObject({ result: 'satisfied' });
  });

  test('events outside 1 to 3, times without an offset and unknown questions are refused by name', async () => {
    for (const [more, field] of [
      [{ events: 0 }, 'events'],
      [{ events: 4 }, 'events'],
      [{ events: 1.5 }, 'events'],
      [{ now: '2026-09-15T10:00:00' }, 'now'],
      [{ eventAt: '2026-09-15' }, 'eventAt'],
      [{ observationType: 'lscb' }, 'observationType'],
      [{ answers: { fifteenth: { answer: 'yes' } } }, 'answers.fifteenth'],
      [{ answers: { standing: { answer: 'mayor' } } }, 'answers.standing.answer'],
      [{ answers: { standing: 'sitting' } }, 'answers.standing'],
    ] as const) {
      const { status, body } = await preview({ ...asSent(inOrder()), ...more });
      expect([status, body.errors?.map((each: { field: string }) => each.field)]).toEqual([422, [field]]);
    }
  });

  test.each([
    'childrens.services',
    'democratic.services',
    'legal',
    'monitoring.officer',
    'childrens.services.deputy',
  ])('%s may try it', async (account) => {
    expect((await preview(asSent(inOrder()), account)).body.outcome).toBe('established');
  });

  test.each(['scrutiny.chair', 'former.member', 'host', 'data.protection', 'auditor', 'administrator'])(
    '%s may not, and the refusal names the rule',
    async (account) => {
      expect(await preview(asSent(inOrder()), account)).toMatchObject({
        status: 403,
        body: { rule: 'office', authority: expect.any(String) },
      });
    },
  );

  test('stores nothing: no row, no word of the answers, and no entry on the trail', async () => {
    await council.as('legal');
    const stored = async () => {
      const { rows: tables } = await council.world.owner.raw<{ rows: { name: string }[] }>(
        `select tgrelid::regclass::text as name from pg_trigger where tgname like '%\\_leaves\\_a\\_trace' order by 1`,
      );
      const counts = tables.map(async ({ name }) => {
        const { rows } = await council.world.owner.raw<{ rows: { sum: string }[] }>(
          `select count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as sum from ${name} t`,
        );
        return [name, rows[0]?.sum];
      });
      return Promise.all(counts);
    };
    const trail = () => council.world.db('audit.entries').count();
    const before = [await stored(), await trail()];
    const word = 'Vorschauzq';
    const { status } = await preview(
      withAnswers({ necessity: { answer: 'duty', reason: `${word} and why.` } }),
    );
    expect(status).toBe(200);
    expect([await stored(), await trail()]).toEqual(before);
    expect(
      await council.world
        .db('audit.secret')
        .whereRaw('value::text like ?', [`%${word}%`])
        .first('field'),
    ).toBeUndefined();
  });
});

describe('working days', () => {
  const count = async (from: string, days: string | number) =>
    (await council.as('administrator')).get(
      `/api/working-days?${new URLSearchParams({ from, days: String(days) }).toString()}`,
    );

  test('received on Thursday 2 April 2026 at 10:00, ten days are up on Monday 20 April', async () => {
    const { status, body } = await count('2026-04-02T10:00:00+01:00', 10);
    expect(status).toBe(200);
    expect(body).toEqual({
      due: '2026-04-20',
      counted: ['07', '08', '09', '10', '13', '14', '15', '16', '17', '20'].map((day) => `2026-04-${day}`),
      skipped: [
        { date: '2026-04-03', reason: expect.stringMatching(/Good Friday/) },
        { date: '2026-04-04', reason: 'Saturday' },
        { date: '2026-04-05', reason: 'Sunday' },
        { date: '2026-04-06', reason: expect.stringMatching(/Easter Monday/) },
        { date: '2026-04-11', reason: 'Saturday' },
        { date: '2026-04-12', reason: 'Sunday' },
        { date: '2026-04-18', reason: 'Saturday' },
        { date: '2026-04-19', reason: 'Sunday' },
      ],
    });
  });

  test('received on Friday 18 December 2026 at 17:30, they are up on Thursday 7 January 2027', async () => {
    const { body } = await count('2026-12-18T17:30:00+00:00', 10);
    expect(body.due).toBe('2027-01-07');
    expect(body.counted).toHaveLength(10);
    expect(body.counted[0]).toBe('2026-12-22');
    const holidays = body.skipped.filter(
      ({ reason }: { reason: string }) => !/^S(?:atur|un)day$/.test(reason),
    );
    expect(holidays.map(({ date }: { date: string }) => date)).toEqual([
      '2026-12-25',
      '2026-12-28',
      '2027-01-01',
    ]);
  });

  test('17:00:00 is in time, and a moment later is not; the offset of the time makes no difference', async () => {
    for (const [from, due] of [
      ['2026-09-15T17:00:00+01:00', '2026-09-16'],
      ['2026-09-15T16:00:00Z', '2026-09-16'],
      ['2026-09-15T18:00:00.000+02:00', '2026-09-16'],
      ['2026-09-15T17:00:01+01:00', '2026-09-17'],
      ['2026-09-15T16:00:00.001Z', '2026-09-17'],
      ['2026-09-15T23:30:00Z', '2026-09-17'],
      ['2026-09-15T11:59:00-11:00', '2026-09-17'],
      ['2026-12-15T17:00:00Z', '2026-12-16'],
    ] as const) {
      expect([from, (await count(from, 1)).body.due]).toEqual([from, due]);
    }
  });

  test('from 1 to 250 whole days are counted', async () => {
    expect((await count('2026-04-02T10:00:00+01:00', 1)).body.counted).toHaveLength(1);
    const { body } = await count('2026-04-02T10:00:00+01:00', 250);
    expect(body.counted).toHaveLength(250);
    expect(body.due).toBe(body.counted.at(-1));
    for (const days of [
      '0',
      '251',
      '1.5',
      '1e3',
      '-1',
      '',
      'ten',
      ' 5',
      '+5',
      '0x10',
      '99999999999999999999',
    ]) {
      const { status, body: refused } = await count('2026-04-02T10:00:00+01:00', days);
      expect([days, status, refused.errors?.[0].field]).toEqual([days, 422, 'days']);
    }
  });

  test('an instant needs its offset, and both are needed', async () => {
    for (const from of [
      '2026-04-02',
      '2026-04-02T10:00:00',
      '2026-02-30T10:00:00Z',
      '2026-04-02T10:00:00 01:00',
      'now',
      '',
    ]) {
      const { status, body } = await count(from, 10);
      expect([from, status, body.errors?.[0].field]).toEqual([from, 422, 'from']);
    }
    const { status, body } = await (await council.as('host')).get('/api/working-days');
    expect([status, body.errors.map(({ field }: { field: string }) => field)]).toEqual([
      422,
      ['from', 'days'],
    ]);
  });

  test('at the edges of the years that can be said it still counts', async () => {
    for (const from of ['1900-01-01T00:00:00Z', '2200-12-31T23:59:59Z', '2200-12-31T23:59:59-23:59']) {
      const { status, body } = await count(from, 250);
      expect([from, status, body.counted?.length]).toEqual([from, 200, 250]);
    }
  });
});

/** need-to-know.md, section 3: the parties and the cases of each type. */
const types = [
  ['strategy_discussion', ['chair', 'police', 'health'], 'yes'],
  ['legal_gatekeeping', ['chair', 'legal'], 'yes'],
  ['assessment_team', ['manager', 'staff'], 'several'],
  ['initial_child_protection_conference', ['chair', 'family', 'child'], 'yes'],
  ['core_group', ['family', 'child', 'members'], 'yes'],
  ['child_in_need_team', ['manager', 'staff'], 'several'],
  ['safeguarding_unit', ['head_of_unit'], 'several'],
  ['safeguarding_board', ['chair', 'partners'], 'mostly_not'],
  ['childs_journey', ['hosts', 'family', 'child'], 'yes'],
  ['document_inspection', [], 'yes'],
] as const;

describe('the observation types', () => {
  test('are the ten of section 3, with their parties, for everyone who is signed in', async () => {
    for (const account of ['administrator', 'former.member', 'host']) {
      const { status, body } = await (await council.as(account)).get('/api/observation-types');
      expect(status).toBe(200);
      expect(body.next).toBeNull();
      expect(
        body.items.map(({ key, parties, tiedToCase }: Record<string, unknown>) => [key, parties, tiedToCase]),
      ).toEqual(types);
    }
  });

  test('each says its label, host, limit and rules, those of all types among them', async () => {
    const { body } = await (await council.as('administrator')).get('/api/observation-types');
    const byKey = new Map<string, { label: string; limit: string; host: string; rules: string[] }>(
      body.items.map((item: { key: string }) => [item.key, item]),
    );
    expect(byKey.get('safeguarding_board')?.label).toMatch(/LSCB/);
    expect(byKey.get('child_in_need_team')?.label).toMatch(/Child in Need .* Child Protection team/);
    expect(byKey.get('assessment_team')?.limit).toMatch(/half a day/i);
    expect(byKey.get('childs_journey')?.limit).toMatch(/3 months.*6 months/);
    expect(byKey.get('strategy_discussion')?.rules.join(' ')).toMatch(/Director/);
    expect(byKey.get('initial_child_protection_conference')?.rules.join(' ')).toMatch(
      /One observer.*1 working day/,
    );
    for (const { label, host, limit, rules } of byKey.values()) {
      for (const text of [label, host, limit]) expect(text).toMatch(/\S/);
      expect(rules.join(' ')).toMatch(
        /Accompanied throughout.*No notes, devices, recording.*agreed protocol/,
      );
    }
  });
});
