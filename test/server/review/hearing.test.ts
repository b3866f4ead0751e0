/**
 * A fair hearing (need-to-know.md, section 4): before a refusal on another purpose, a personal link or conduct the
 * councillor is told the gist and has five working days to answer, while the clock of the decision stands still.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { atLondonTime } from '../../../policies/core/time/london.js';
import { useCouncil } from '../../support/council.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule } from '../../support/people.js';
import { paths } from '../../../server/web/paths.js';

const council = useCouncil();
const as = readersOf(council);

/** A Monday in term, no holiday near: five working days later is the next Monday. */
const monday = '2027-01-11';
const lastDay = '2027-01-18';
beforeEach(() => {
  council.clock = new Date(`${monday}T10:00:00Z`);
});

const gist = 'The request follows a letter in which you say that you act for one side in a case.';
const purpose = { collateral_purpose: { answer: 'yes' } } as const;

const tell = async (line: Line, body: object = { version: 1, gist }) =>
  (await council.as('legal')).post(`${line.path}/hearing`, body);
const answer = async (line: Line, text = 'The letter was about another matter.') =>
  (await council.as('scrutiny.chair')).post(`${line.path}/hearing/answer`, { text });
const refuse = (line: Line, ground: string) => line.decide('refuse', { grounds: [ground] });
const at = (date: string, time: string) => {
  council.clock = atLondonTime(date, time);
};

const unheard = (line: Line) =>
  behindTheApi(council.world.db, (trx) =>
    trx.raw(
      `insert into sign_offs (request_id, version, office, outcome, reasons, grounds, person_id, capacity, at)
         select r.id, r.version, 'legal', 'refuse', 'Unheard.', array['collateral_purpose'], p.id, 'principal', ?
         from requests r, people p where r.reference = ? and p.email = 'legal@council.example'`,
      [council.clock, line.reference],
    ),
  );

const held = (answers: object): Promise<Line> => Line.assessed(council, {}, answers);

describe('a refusal', () => {
  test.each([
    ['another purpose', purpose, 'collateral_purpose'],
    ['a personal link', { connection: { answer: 'personal' } }, 'connection'],
  ] as const)('on %s comes after the gist and its answer, and not before', async (_what, answers, ground) => {
    const line = await held(answers);
    expect(await refuse(line, ground)).toMatchObject(byRule(409, 'hearing'));
    expectOk(await tell(line));
    expect(await refuse(line, ground)).toMatchObject(byRule(409, 'hearing'));
    expectOk(await answer(line));
    expect(await refuse(line, ground)).toMatchObject({ status: 201, body: { status: 'refused' } });
  });

  test('is taken without an answer once the five working days are over, and not on the last of them', async () => {
    const line = await held(purpose);
    expectOk(await tell(line));
    at(lastDay, '23:59');
    const early = await refuse(line, 'collateral_purpose');
    expect(early).toMatchObject(byRule(409, 'hearing'));
    expect(early.body.detail).toContain('18 January 2027');
    at('2027-01-19', '00:01');
    expect(await refuse(line, 'collateral_purpose')).toMatchObject({ status: 201 });
  });

  test('on another ground needs no hearing', async () => {
    const line = await held({ scope: { answer: 'open_ended' } });
    expect(await refuse(line, 'roving_commission')).toMatchObject({ status: 201 });
  });

  test('that cites another purpose of its own accord needs one as well', async () => {
    const line = await held({ scope: { answer: 'open_ended' } });
    expect(
      await line.decide('refuse', { grounds: ['roving_commission', 'collateral_purpose'] }),
    ).toMatchObject(byRule(409, 'hearing'));
  });

  test('of a version that the councillor changed after the gist needs a hearing of its own', async () => {
    const line = await held(purpose);
    expectOk(await tell(line));
    expectOk(await answer(line));
    expectOk(
      await line.edit({ alternatives: 'A briefing would show none of the decisions that are taken.' }),
    );
    expectOk(await line.answer('collateral_purpose', purpose.collateral_purpose));
    expect(await refuse(line, 'collateral_purpose')).toMatchObject(byRule(409, 'hearing'));
  });

  test('on a matter that came up after the gist waits until they are told of that too', async () => {
    const line = await held({ connection: { answer: 'personal' } });
    expectOk(await tell(line));
    expectOk(await answer(line));
    expect(await tell(line)).toMatchObject(byRule(409, 'hearing_told'));
    expectOk(await line.answer('collateral_purpose', purpose.collateral_purpose));
    const grounds = ['connection', 'collateral_purpose'];
    expect(await line.decide('refuse', { grounds })).toMatchObject(byRule(409, 'hearing'));
    await expect(unheard(line)).rejects.toMatchObject({ constraint: 'refusal_unheard' });

    const more = 'The request follows another letter, in which you speak for a campaign.';
    expectOk(await tell(line, { version: 1, gist: more }));
    expect(await line.decide('refuse', { grounds })).toMatchObject(byRule(409, 'hearing'));
    expectOk(await answer(line, 'There is no campaign.'));
    expect((await line.read('legal')).body.hearing).toMatchObject({
      gist: more,
      answer: 'There is no campaign.',
      earlier: [{ gist, answer: 'The letter was about another matter.' }],
    });
    const page = await (await as('scrutiny.chair')).open(paths.request(line.reference));
    expect(page.text).toContain(gist);
    expect(page.text).toContain(more);
    expect(await line.decide('refuse', { grounds })).toMatchObject({ status: 201 });
  });

  test('unheard is refused by the database as well', async () => {
    const line = await held(purpose);
    await expect(unheard(line)).rejects.toMatchObject({ constraint: 'refusal_unheard' });
  });
});

describe('the gist', () => {
  test('is told once, where something is held against the councillor, by Legal alone', async () => {
    const nothing = await held({});
    expect(await tell(nothing)).toMatchObject(byRule(409, 'hearing_needless'));
    const line = await held(purpose);
    const byOthers = await (await council.as('childrens.services')).post(`${line.path}/hearing`, { gist });
    expect(byOthers).toMatchObject(byRule(403, 'office'));
    expect(await tell(line, { version: 1, gist: 'Call someone@example.org about it.' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'gist' }] },
    });
    expectOk(await tell(line));
    expect(await tell(line)).toMatchObject(byRule(409, 'hearing_told'));
  });

  test('stops the clock no longer than what it was about is held against them', async () => {
    const line = await held(purpose);
    const due = async () => (await line.read('legal')).body.due as { at: string; pauses: unknown[] };
    expectOk(await tell(line));
    at('2027-01-13', '10:00');
    expectOk(await line.answer('collateral_purpose', { answer: 'no' }));
    const going = { at: '2027-01-27', pauses: [{ from: monday, to: '2027-01-13' }] };
    expect(await due()).toMatchObject(going);
    const stored = await council.world.db('requests').where({ reference: line.reference }).first('due_on');
    expect(stored?.due_on).toBe(going.at);
    // Whatever is answered afterwards, it does not stand still again for the same hearing.
    at('2027-01-14', '10:00');
    expectOk(await line.answer('collateral_purpose', purpose.collateral_purpose));
    expect(await due()).toMatchObject(going);
    expect(await refuse(line, 'collateral_purpose')).toMatchObject(byRule(409, 'hearing'));
  });

  test('goes on where one of two matters is still held against them', async () => {
    const line = await held({ ...purpose, connection: { answer: 'personal' } });
    expectOk(await tell(line));
    expectOk(await line.answer('collateral_purpose', { answer: 'no' }));
    expect((await line.read('legal')).body.due.at).toBe('2027-02-01');
  });

  test('stops the clock until the answer, or until its time is over', async () => {
    const line = await held(purpose);
    const due = async () => (await line.read('legal')).body.due as { at: string; pauses: unknown[] };
    const before = (await due()).at;
    expect(before).toBe('2027-01-25');
    expectOk(await tell(line));
    expect(await due()).toMatchObject({ at: '2027-02-01', pauses: [{ from: monday, to: lastDay }] });
    at('2027-01-13', '10:00');
    expectOk(await answer(line));
    expect(await due()).toMatchObject({ at: '2027-01-27', pauses: [{ from: monday, to: '2027-01-13' }] });
  });

  test('stops the clock no longer once the councillor writes another version, of which they were told nothing', async () => {
    const line = await held(purpose);
    expectOk(await tell(line));
    at('2027-01-13', '10:00');
    expectOk(
      await line.edit({ alternatives: 'A briefing would show none of the decisions that are taken.' }),
    );
    const due = { at: '2027-01-27', pauses: [{ from: monday, to: '2027-01-13' }] };
    expect((await line.read('legal')).body.due).toMatchObject(due);
    const listed = await council.world.db('requests').where({ reference: line.reference }).first('due_on');
    expect(listed).toMatchObject({ due_on: due.at });
  });

  test('is read by the councillor and the offices, without its text by the auditor, and by no host', async () => {
    const line = await held(purpose);
    expectOk(await tell(line));
    expect((await line.read('scrutiny.chair')).body).toMatchObject({
      hearing: { gist, due: lastDay, answer: null },
      can: expect.arrayContaining(['answer_gist']) as unknown,
    });
    expect((await line.read('scrutiny.chair')).body.hearing).not.toHaveProperty('by');
    expect((await line.read('legal')).body.hearing).toMatchObject({ gist, by: 'Legal (demonstration)' });
    const audited = (await line.read('auditor')).body.hearing as object;
    expect(audited).toMatchObject({ due: lastDay });
    expect(audited).not.toHaveProperty('gist');
    expect((await line.read('host')).body).not.toHaveProperty('hearing');
  });

  test('and its answer go by mail to whom they concern, without a word of either', async () => {
    const line = await held(purpose);
    expectOk(await tell(line));
    expectOk(await answer(line));
    const kinds = await council.world
      .db('messages as m')
      .join('people as p', 'p.id', 'm.to_person')
      .where('m.reference', line.reference)
      .whereIn('m.kind', ['hearing_told', 'hearing_answered'])
      .orderBy('m.kind')
      .select('m.kind', 'p.email');
    expect(kinds).toEqual(
      expect.arrayContaining([
        { kind: 'hearing_told', email: 'scrutiny.chair@council.example' },
        { kind: 'hearing_answered', email: 'legal@council.example' },
      ]),
    );
  });
});

describe('meanwhile', () => {
  test('a meeting is recorded, of a day before the end of the time to answer', async () => {
    const line = await held(purpose);
    expectOk(await tell(line));
    at('2027-01-13', '15:00');
    const meeting = { date: '2027-01-12', present: ['legal', 'childrens_services'], note: reason };
    const recorded = await (
      await council.as('legal')
    ).post(`${line.path}/discussion`, { version: 1, meeting });
    expect(recorded).toMatchObject({ status: 201 });
  });

  test('papers with a right to them are released, and no gist is told', async () => {
    const papers = [{ category: 'Practice audits', from: '2026-09-01', to: '2026-11-30' }];
    const line = await Line.submitted(council, { observationType: 'document_inspection', papers });
    expectOk(await line.answer('collateral_purpose', purpose.collateral_purpose));
    await line.underRight('s100F', '2027-01-18', ['Practice audits']);
    expect(await tell(line)).toMatchObject(byRule(409, 'right_stands'));
  });
});

describe('the answer', () => {
  test('is the councillor’s, given once, and needs a gist', async () => {
    const line = await held(purpose);
    expect(await answer(line)).toMatchObject(byRule(409, 'nothing_to_answer'));
    expectOk(await tell(line));
    const byLegal = await (await council.as('legal')).post(`${line.path}/hearing/answer`, { text: reason });
    expect(byLegal.status).toBe(403);
    expectOk(await answer(line));
    expect(await answer(line)).toMatchObject(byRule(409, 'nothing_to_answer'));
  });

  test('is given while the request is with the councillor too, as a return does not stop the five days', async () => {
    const line = await held(purpose);
    expectOk(await tell(line));
    expectOk(
      await (await council.as('legal')).post(`${line.path}/return`, { version: 1, questions: reason }),
    );
    at('2027-01-15', '10:00');
    expect((await line.read('scrutiny.chair')).body.can).toContain('answer_gist');
    expectOk(await answer(line));
    expectOk(await (await council.as('scrutiny.chair')).post(`${line.path}/submit`, { version: 1 }));
    expect((await line.read('legal')).body.hearing).toMatchObject({
      answer: 'The letter was about another matter.',
    });
    expect(await refuse(line, 'collateral_purpose')).toMatchObject({ status: 201 });
  });

  test('is given on pages: told by Legal, read and answered by the councillor', async () => {
    const line = await held(purpose);
    const told = await fillIn(await as('legal'), paths.tellGist(line.reference), { gist });
    expect(told.text).toContain('Told before a decision');
    const chair = await as('scrutiny.chair');
    expect((await chair.open(paths.answerGist(line.reference))).text).toContain(gist);
    const answered = await fillIn(chair, paths.answerGist(line.reference), { text: 'It is not so.' });
    expect(answered.text).toContain('It is not so.');
    expect((await chair.open(paths.answerGist(line.reference))).text).toContain('You cannot do this now.');
  });
});
