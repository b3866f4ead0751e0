/** Programmes (need-to-know.md, sections 3 and 6): an invitation that approves nobody; all by the API. */
import { describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, reason } from '../../support/line.js';
import { byRule, leavesNothing, lineAt, stepsOf, storedOf } from '../../support/people.js';
import { isLong } from '../../support/long.js';

const council = useCouncil();
const inDays = (days: number) => addDays(londonDate(council.clock), days);
const programme = (changes: object = {}) => ({
  title: 'How we protect: a year with the front door',
  observationTypes: ['assessment_team', 'initial_child_protection_conference'],
  window: { from: inDays(5), to: inDays(60) },
  places: 2,
  ...changes,
});
const opened = async (changes: object = {}, by: Account = 'democratic.services'): Promise<Answer> =>
  (await council.as(by)).post('/api/programmes', programme(changes));
const faultIn = (field: string, rule?: string) => ({
  status: 422,
  body: { ...(rule ? { rule } : {}), errors: [expect.objectContaining({ field })] },
});

describe('a programme', () => {
  test('only Democratic Services open one, and every member in office gets a notice', async () => {
    for (const by of ['legal', 'scrutiny.chair', 'auditor', 'childrens.services'] as const) {
      expect(await opened({}, by)).toMatchObject(byRule(403, 'office'));
    }
    for (const [changes, field] of [
      [{ title: ' ' }, 'title'],
      [{ title: 'Call 020 7946 0958' }, 'title'],
      [{ observationTypes: [] }, 'observationTypes'],
      [{ places: 0 }, 'places'],
      [{ places: 101 }, 'places'],
      [{ window: { from: inDays(-1), to: inDays(3) } }, 'window.from'],
      [{ window: { from: inDays(4), to: inDays(3) } }, 'window.to'],
      [
        { draftAnswers: { agreements: { answer: { police: 'agreed', chair: 'agreed' } } } },
        'draftAnswers.agreements.answer.police',
      ],
      // Why somebody did not agree is never kept.
      [
        {
          draftAnswers: {
            agreements: { answer: { family: 'refused' }, reason: { family: 'They said why.' } },
          },
        },
        'draftAnswers.agreements.reason.family',
      ],
      [
        { draftAnswers: { necessity: { answer: 'duty', reason: 'Call 020 7946 0958' } } },
        'draftAnswers.necessity.reason',
      ],
    ] as const) {
      const { db } = council.world;
      const before = await db('programmes').count();
      expect(await opened(changes)).toMatchObject(faultIn(field));
      expect(await db('programmes').count()).toEqual(before);
    }

    const draftAnswers = { necessity: { answer: 'duty', reason } };
    const { status, body } = await opened({ draftAnswers });
    expect({ status, body }).toMatchObject({ status: 201, body: { taken: 0, draftAnswers, can: [] } });
    const { id } = body as { id: string };
    expect((await stepsOf(council.world.db, id)).map(({ type }) => type)).toEqual(['programme.opened']);
    const notified = await council.world
      .db('messages as m')
      .join('people as p', 'p.id', 'm.to_person')
      .where({ 'm.kind': 'programme_opened', 'm.reference': 'programmes' })
      .distinct()
      .pluck<string[]>('p.email');
    expect(notified).toContain('scrutiny.chair@council.example');
    expect(notified).not.toContain('former.member@council.example');
    const requests = await council.world.db('request_versions').whereRaw(`content->>'programme' = ?`, [id]);
    expect(requests).toEqual([]);

    const read = async (by: Account) => (await (await council.as(by)).get(`/api/programmes/${id}`)).body;
    expect(await read('scrutiny.chair')).toMatchObject({ places: 2, can: ['take_part'] });
    for (const by of ['scrutiny.chair', 'auditor', 'host', 'administrator', 'former.member']) {
      expect(await read(by)).not.toHaveProperty('draftAnswers');
    }
    expect((await read('former.member')).can).toEqual([]);
    expect(await read('legal')).toHaveProperty('draftAnswers');
    const chair = await council.as('scrutiny.chair');
    expect((await chair.get('/api/programmes/00000000-0000-4000-8000-000000000000')).status).toBe(404);

    const second = (await opened({ title: 'Another one' })).body.id as string;
    const one = await chair.get('/api/programmes?limit=1');
    expect(one.body.items.map((each: { id: string }) => each.id)).toEqual([second]);
    const two = await chair.get(`/api/programmes?limit=1&cursor=${one.body.next}`);
    expect(two.body.items.map((each: { id: string }) => each.id)).toEqual([id]);
  });

  test('is named by a request that fits it, at the draft, at every edit and when it is handed in', async () => {
    const { id } = (await opened()).body as { id: string };
    const chair = await council.as('scrutiny.chair');
    const draft = (content: object) => chair.post('/api/requests', content);
    const window = { from: inDays(5), to: inDays(60) };
    for (const content of [
      { programme: '00000000-0000-4000-8000-000000000000' },
      { programme: id, observationType: 'core_group' },
      { programme: id, window: { ...window, from: inDays(4) } },
      { programme: id, window: { ...window, to: inDays(61) } },
    ]) {
      expect(await draft(content)).toMatchObject(faultIn('programme', 'programme'));
    }
    const { body } = expectOk(
      await draft({ programme: id.toUpperCase(), observationType: 'assessment_team' }),
    );
    expect(body.programme).toBe(id);
    const path = `/api/requests/${body.reference}`;
    expectOk(await chair.patch(path, { version: 1, window }));
    for (const change of [{ window: { ...window, to: inDays(61) } }, { observationType: 'core_group' }]) {
      const refused = await leavesNothing(council, body.reference, () =>
        chair.patch(path, { version: 2, ...change }),
      );
      expect(refused).toMatchObject(faultIn('programme', 'programme'));
    }
  });

  test('proposes its draft answers, and none counts until its office answers for this councillor', async () => {
    const draftAnswers = {
      standing: { answer: 'coopted', reason },
      necessity: { answer: 'duty', reason },
      agreements: { answer: { manager: 'agreed', staff: 'agreed', family: 'agreed' } },
    };
    const { id } = (await opened({ draftAnswers })).body as { id: string };
    const line = await lineAt(council, 'submitted', {
      changes: { programme: id, observationType: 'assessment_team' },
    });
    const { assessment } = (await line.read('legal')).body;
    expect(assessment.answers).toEqual({});
    expect(assessment.outcome).toBe('incomplete');
    expect(assessment.proposed).toMatchObject({
      standing: { answer: 'sitting', from: 'register' },
      necessity: { answer: 'duty', reason, from: 'programme' },
    });
    // The family is asked for a conference, which is not what this one is about.
    expect(assessment.proposed.agreements).toEqual({
      answer: { manager: 'agreed', staff: 'agreed' },
      from: 'programme',
    });
    const { body } = expectOk(await line.answer('necessity', { answer: 'duty', reason }));
    expect(Object.keys(body.answers)).toEqual(['necessity']);
    expect((await line.read('scrutiny.chair')).body).not.toHaveProperty('assessment');
  });

  test('has its places, and no approval goes beyond them, however many are decided at once', async () => {
    const rounds = isLong ? 100 : 5;
    for (let round = 0; round < rounds; round += 1) {
      const { id } = (await opened({ places: 1 })).body as { id: string };
      const ready = () => lineAt(council, 'ready', { changes: { programme: id } });
      const lines = [await ready(), await ready()];
      const decided = await Promise.all(lines.map((line) => line.decide('approve')));
      const statuses = decided.map(({ status }) => status).toSorted((a, b) => a - b);
      expect({ round, statuses }).toEqual({ round, statuses: [201, 409] });
      const loser = decided.findIndex(({ status }) => status === 409);
      expect(decided[loser]).toMatchObject(byRule(409, 'places'));
      const stored = await storedOf(council.world.db, lines[loser]?.reference ?? '');
      expect(stored.request.status).toBe('submitted');
      if (round > 0) continue;
      const { body } = await (await council.as('ward.member')).get(`/api/programmes/${id}`);
      expect(body).toMatchObject({ places: 1, taken: 1, can: [] });
    }
  }, 300_000);
});
