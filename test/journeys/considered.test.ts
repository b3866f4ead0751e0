/**
 * Words that look like a name or speak of party are asked about before a text is saved. Who confirms them is on the record
 * with the kind, never with the words, and a reviewer sees it.
 */
import { describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { useCouncil } from '../support/council.js';
import { expectOk, Line, reason } from '../support/line.js';
import { expectRefused, readersOf } from '../support/officers.js';
import { readyToVisit } from '../support/visiting.js';

const council = useCouncil();
const as = readersOf(council);

const partisan = 'The duty is not shown, whatever the Labour group says of it.';
const naming = 'We spoke to Zdenka Hruskova about it.';

const entriesOf = async (line: Line, type: string) => {
  const auditor = await council.as('democratic.services');
  const { body } = expectOk(await auditor.get(`/api/audit?subject=${line.reference}&type=${type}`));
  return body.items as readonly { decision: Record<string, unknown> }[];
};

test('an address in the reasons of a sign-off is asked about, and what was confirmed of it is on record', async () => {
  const line = await Line.assessed(council);
  await line.discuss();
  const reasons = 'The manager of the team at 14 Invented Road has agreed to it.';
  const asked = await line.sign('childrens_services', { reasons });
  expect(asked.body.cautions).toEqual([{ field: 'reasons', kind: 'address', words: ['14 Invented Road'] }]);
  const { body } = expectOk(await line.sign('childrens_services', { reasons, considered: ['address'] }));
  expect(JSON.stringify(body.signOffs)).toContain('"considered":["address"]');
});

describe('a party reason in a refusal', () => {
  test('is asked about, considered, upheld and shown to the reviewer', async () => {
    const line = await Line.readyForLegal(council);
    const asked = await line.decide('refuse', { reasons: partisan });
    expect([asked.status, asked.body]).toEqual([
      422,
      expect.objectContaining({
        type: '/problems/caution',
        cautions: [{ field: 'reasons', kind: 'party', words: ['Labour group'] }],
      }),
    ]);
    expect((await line.read('legal')).body.status).toBe('submitted');
    // What was said of a name is nothing said of party.
    expect((await line.decide('refuse', { reasons: partisan, considered: ['name'] })).status).toBe(422);
    const { body: decided } = expectOk(
      await line.decide('refuse', { reasons: partisan, considered: ['party'] }),
    );
    expect(decided.decision).toMatchObject({ outcome: 'refuse', considered: ['party'] });

    const [entry] = await entriesOf(line, 'request.decided');
    expect(entry?.decision).toMatchObject({ outcome: 'refuse', considered: ['party'] });
    expect(JSON.stringify(entry?.decision)).not.toContain('Labour');

    const chair = await council.as('scrutiny.chair');
    expectOk(await chair.post(`${line.path}/review`, { reasons: 'It does not speak of the review.' }));
    expect((await chair.get(line.path)).body.decision).not.toHaveProperty('considered');

    const reviewer = await as('monitoring.officer');
    const page = await reviewer.open(`/requests/${line.reference}/review/decide`);
    expect(page.text).toContain(partisan);
    expect(page.text).toContain('Confirmed when this was signed: that words of party or election');
    expect(page.text).toContain('my reasons rest on need to know and never on party or politics');
    expect(page.text).toContain('ex p Chadwick (1985) 84 LGR 563');
    const upheld = await (
      await council.as('monitoring.officer')
    ).post(`${line.path}/review/decision`, {
      version: 1,
      outcome: 'upheld',
      reasons: 'It stands on its ground.',
      noConflict: true,
    });
    expectOk(upheld);
  });

  test('is marked on the page, and nothing typed is lost; ticked, it is checked and recorded', async () => {
    const line = await Line.readyForLegal(council);
    const legal = await as('legal');
    const page = await legal.open(`/requests/${line.reference}/decide`);
    const fields = { outcome: 'refuse', grounds: 'no_remit_link', reasons: partisan, noConflict: 'true' };
    const marked = await legal.submit(fields, page);
    expectRefused(marked, 422, /words of party or election/, /“Labour group”/);
    expect(marked.html).toContain('<mark>Labour group</mark>');
    expect(marked.form.fields['reasons']).toBe(partisan);
    const done = await legal.submit({ considered: 'party' }, marked);
    expect(done.headings[0]).toBe('Decision notice');
    const [entry] = await entriesOf(line, 'request.decided');
    expect(entry?.decision['considered']).toEqual(['party']);
  });
});

describe('what looks like a name', () => {
  test('is asked about wherever text is taken, and the body that says so is accepted', async () => {
    const line = await Line.submitted(council);
    const asked = await line.speak('legal', naming);
    expect(asked.body.cautions).toEqual([{ field: 'text', kind: 'name', words: ['Zdenka Hruskova'] }]);
    expectOk(await line.speak('legal', naming, { considered: ['name'] }));
    const [entry] = await entriesOf(line, 'request.discussed');
    expect(entry?.decision['considered']).toEqual(['name']);
  });

  test('needs no answer where it is on the register, or is of an officer named in the request', async () => {
    const line = await Line.readyForLegal(council);
    const { body: chair } = await (await council.as('scrutiny.chair')).get('/api/me');
    const { body: officer } = await (await council.as('childrens.services')).get('/api/me');
    const names = [chair.name, officer.name].map((name: string) => name.replace(/\s*\(.*\)$/u, ''));
    for (const name of names)
      expectOk(await line.speak('legal', `We heard Mr ${name.split(' ').at(-1)} on it.`));
    const [entry] = await entriesOf(line, 'request.discussed');
    expect(entry?.decision).not.toHaveProperty('considered');
  });

  test('is not asked about in a text of the council, nor in what cites an authority', async () => {
    const keeper = await council.as('democratic.services');
    expectOk(
      await keeper.post('/api/protocol', {
        text: naming,
        inForceFrom: new Date(council.clock.getTime() + 86_400_000).toISOString(),
      }),
    );
  });
});

test('a name of whoever asked the councillor is asked about before the draft is saved', async () => {
  const line = await Line.drafted(council);
  const declarations = {
    collateralPurpose: 'constituent_case',
    connection: 'none',
    documents: 'no',
    onBehalfOf: 'Mrs Zdenka Hruskova, mother, asked me',
  };
  const { status, body } = await line.edit({ declarations });
  expect([status, body.cautions]).toEqual([
    422,
    [{ field: 'declarations.onBehalfOf', kind: 'name', words: ['Mrs Zdenka Hruskova'] }],
  ]);
  expectOk(await line.edit({ declarations, considered: ['name'] }));
});

describe('a reason in an answer', () => {
  test('of the test is asked about, saved once it is considered, and on the record', async () => {
    const line = await Line.submitted(council);
    const answer = { answer: 'open_ended', reason: `${naming} ${partisan}` };
    const asked = await line.answer('scope', answer);
    expect([asked.status, asked.body.cautions]).toEqual([
      422,
      [
        { field: 'reason', kind: 'name', words: ['Zdenka Hruskova'] },
        { field: 'reason', kind: 'party', words: ['Labour group'] },
      ],
    ]);
    expect((await line.answer('scope', { ...answer, considered: ['name'] })).status).toBe(422);
    expectOk(await line.answer('scope', { ...answer, considered: ['name', 'party'] }));
    const [entry] = await entriesOf(line, 'request.answered');
    expect(entry?.decision['considered']).toEqual(['name', 'party']);
  });

  test('of a check of a visit is asked about as well', async () => {
    const today = londonDate(council.clock);
    const visit = await readyToVisit(council, {
      date: addDays(today, 8),
      window: { from: addDays(today, 1), to: addDays(today, 28) },
    });
    const check = { answer: 'professional', reason: naming };
    const asked = await visit.check('connection', check);
    expect(asked.body.cautions).toEqual([{ field: 'reason', kind: 'name', words: ['Zdenka Hruskova'] }]);
    expectOk(await visit.check('connection', { ...check, considered: ['name'] }));
  });
});

test('what is considered is a list of kinds, and only where a call takes text', async () => {
  const line = await Line.submitted(council);
  const wrong = await line.speak('legal', reason, { considered: ['weather'] });
  expect([wrong.status, wrong.body.type]).toEqual([422, '/problems/invalid']);
  const chair = await council.as('scrutiny.chair');
  const none = await chair.post(`${line.path}/withdraw`, { version: 1, considered: ['name'] });
  expect(none.body.errors).toEqual([{ field: 'considered', message: expect.any(String) }]);
});
