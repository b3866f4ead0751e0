/** A child's journey by the API: each stage a request of its own, with three seats of its own. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import * as journeys from '../../../db/request/journeys.js';
import { addDays, addMonths, londonDate } from '../../../policies/core/time/london.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import { settleLapses } from '../../../server/jobs/lapses.js';
import { useCouncil, type Client } from '../../support/council.js';
import { complete, expectOk, type Line } from '../../support/line.js';
import { isLong } from '../../support/long.js';
import { byRule, ctxFor, leavesNothing, lineAt } from '../../support/people.js';
import { watched } from '../../support/watched.js';
import { VisitWalk } from '../../support/visiting.js';
import type { Granted } from '../../support/granted.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
const type = 'childs_journey' as const;
const today = () => londonDate(council.clock);
/** A visit today would be past, and refused, in the afternoon. */
const tomorrow = () => addDays(today(), 1);

/** Three months to the day, and no day more. */
const stageFrom = (from: string) => ({ from, to: addDays(addMonths(from, 3), -1) });
let chair: Client;
beforeAll(async () => {
  chair = await council.as('scrutiny.chair');
});

const approvedStage = async (changes: object = {}): Promise<Line> => {
  const line = await lineAt(council, 'ready', {
    changes: { observationType: type, window: stageFrom(today()), ...changes },
  });
  expectOk(await line.decide('approve'));
  return line;
};
const asked = async (continues: string, window: object) =>
  chair.post('/api/requests', await complete(council, chair, { observationType: type, continues, window }));
const faultIn = (field: string) => ({
  status: 422,
  body: { rule: 'journey', errors: [expect.objectContaining({ field })] },
});

describe('a child’s journey', () => {
  test('goes on stage by stage, three months each and six in all, and shows its chain', async () => {
    const first = await approvedStage();
    const begins = addMonths(today(), 3);
    const all = stageFrom(begins);

    expect(await asked(first.reference, { ...all, from: addDays(begins, -1) })).toMatchObject(
      faultIn('window.from'),
    );
    expect(await asked(first.reference, { from: begins, to: addMonths(today(), 6) })).toMatchObject(
      faultIn('window.to'),
    );
    const { body: draft } = expectOk(await asked(first.reference, all));
    expect(draft.continues).toBe(first.reference);
    const path = `/api/requests/${draft.reference}`;
    const late = { version: 1, window: { ...all, to: addMonths(today(), 6) } };
    expect(await leavesNothing(council, draft.reference, () => chair.patch(path, late))).toMatchObject(
      faultIn('window.to'),
    );
    expect((await first.read('scrutiny.chair')).body.continuedBy).toBe(draft.reference);
    expect((await first.read('legal')).body.continuedBy).toBeNull();

    // A draft holds no place: the first that is handed in does, until it is over.
    const { body: other } = expectOk(await asked(first.reference, all));
    expectOk(await chair.post(`${path}/submit`, { version: 1 }));
    const otherPath = `/api/requests/${other.reference}`;
    const refused = await leavesNothing(council, other.reference, () =>
      chair.post(`${otherPath}/submit`, { version: 1 }),
    );
    expect(refused).toMatchObject(faultIn('continues'));
    expect((await first.read('legal')).body.continuedBy).toBe(draft.reference);
    expectOk(await chair.post(`${path}/withdraw`, { version: 1 }));
    expectOk(await chair.post(`${otherPath}/submit`, { version: 1 }));
  });

  test('only one request continues it, whichever is handed in first', async () => {
    const first = await approvedStage();
    const window = stageFrom(addMonths(today(), 3));
    for (let round = 0; round < (isLong ? 100 : 5); round += 1) {
      const drafts = [await asked(first.reference, window), await asked(first.reference, window)];
      const paths = drafts.map(({ body }) => `/api/requests/${body.reference}`);
      const answers = await Promise.all(paths.map((path) => chair.post(`${path}/submit`, { version: 1 })));
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
      expect({ round, statuses }).toEqual({ round, statuses: [200, 422] });
      const won = answers.findIndex(({ status }) => status === 200);
      expect(answers[1 - won]).toMatchObject(faultIn('continues'));
      expectOk(await chair.post(`${paths[won]}/withdraw`, { version: 1 }));
    }
  }, 300_000);

  test('goes to the earlier of two where a remitted refusal made the earlier live again', async () => {
    const first = await approvedStage();
    const content = {
      observationType: type,
      window: stageFrom(addMonths(today(), 3)),
      continues: first.reference,
    };
    const earlier = await lineAt(council, 'ready', { changes: content });
    expectOk(await earlier.decide('refuse'));
    // Not quite the same: equal texts could hide a third request that asks for the stage.
    const alternatives = 'A report would not show how the plan is made.';
    const later = await lineAt(council, 'ready', { changes: { ...content, alternatives } });
    const reasons = 'The decision does not speak of the review of journeys.';
    expectOk(await chair.post(`${earlier.path}/review`, { reasons }));
    const reviewer = await council.as('monitoring.officer');
    const { body: remitted } = expectOk(
      await reviewer.post(`${earlier.path}/review/decision`, {
        outcome: 'remitted',
        reasons,
        noConflict: true,
      }),
    );
    await watched(council, first);
    expect(await later.decide('approve')).toMatchObject(byRule(409, 'journey'));
    const held = await council.world.db.transaction(async (trx) => {
      const { councillor_id: councillorId } = await foundRow(
        trx('requests').where({ reference: earlier.reference }).first('councillor_id'),
      );
      return journeys.lockContinued(trx, first.reference, {
        councillorId,
        except: earlier.reference,
        to: 'approval',
      });
    });
    expect(held.continuedBy).toBeNull();
    expectOk(await chair.post(`${earlier.path}/withdraw`, { version: remitted.version }));
    expectOk(await later.decide('approve'));
  });

  test('is one’s own, approved, and of this type', async () => {
    const meeting = await lineAt(council, 'ready');
    expectOk(await meeting.decide('approve'));
    const theirs = await approvedStage();
    const waiting = await lineAt(council, 'submitted', {
      changes: { observationType: type, window: stageFrom(today()) },
    });
    const window = stageFrom(addMonths(today(), 3));
    for (const reference of [meeting.reference, waiting.reference, 'OBS-1999-9999']) {
      expect(await asked(reference, window)).toMatchObject(faultIn('continues'));
    }
    const member = await council.as('scrutiny.member');
    const content = await complete(council, member, { observationType: type, window });
    const [hidden, absent] = [
      await member.post('/api/requests', { ...content, continues: theirs.reference }),
      await member.post('/api/requests', { ...content, continues: 'OBS-1999-9999' }),
    ];
    expect(hidden).toMatchObject(faultIn('continues'));
    expect(hidden.body.errors).toEqual(absent.body.errors);
    const other = await complete(council, chair, { continues: theirs.reference, window });
    const { body: draft } = expectOk(await chair.post('/api/requests', other));
    expect(await chair.post(`/api/requests/${draft.reference}/submit`, { version: 1 })).toMatchObject({
      status: 422,
      body: { errors: [expect.objectContaining({ field: 'continues' })] },
    });
  });

  test('stops where the stage before was ended while the next was before the offices', async () => {
    const first = await approvedStage();
    const next = await lineAt(council, 'ready', {
      changes: {
        observationType: type,
        window: stageFrom(addMonths(today(), 3)),
        continues: first.reference,
      },
    });
    const { body } = await first.read('legal');
    const legal = await council.as('legal');
    const reasons = 'The work that was to be observed has changed.';
    expectOk(await legal.post(`/api/grants/${body.grant.id}/revoke`, { reasons }));
    const refused = await leavesNothing(council, next.reference, () => next.decide('approve'));
    expect(refused).toMatchObject({ ...byRule(409, 'journey'), body: { rule: 'journey' } });
    expect(await asked(first.reference, stageFrom(addMonths(today(), 3)))).toMatchObject(
      faultIn('continues'),
    );
  });

  test('ends at proceedings, even with another route: no stage follows, and the councillor does not hear of them', async () => {
    const first = await approvedStage();
    const window = stageFrom(addMonths(today(), 3));
    const changes = { observationType: type, window, continues: first.reference };
    const next = await lineAt(council, 'ready', { changes });
    const { id } = (await first.read('host')).body.grant as { id: string };
    const grant = { id, path: `/api/grants/${id}` } as Granted;
    const visit = await VisitWalk.planned(council, grant, {
      type,
      date: tomorrow(),
      conferenceOn: today(),
      caseReference: 'CP-2026-0043',
    });
    const bar = { answer: [{ bar: 'proceedings', lawfulRoute: 'The court has given permission.' }] };
    expectOk(await visit.check('legal_bars', bar));

    // Nor can they tell it from any other end that protects others.
    const theirs = (await chair.get(grant.path)).body;
    expect(theirs).toMatchObject({
      status: 'revoked',
      endedBecause: 'to_protect_others',
      access: {
        because: [
          {
            limit: 'ended',
            explanation: 'The council has ended this to protect others. This is no criticism of you.',
          },
        ],
      },
    });
    expect((await chair.get(first.path)).body.grant.status).toBe('revoked');
    expect((await (await council.as('legal')).get(grant.path)).body.status).toBe('lapsed');
    const refused = await leavesNothing(council, next.reference, () => next.decide('approve'));
    expect(refused).toMatchObject({ status: 409, body: { rule: 'journey' } });
    expectOk(await next.decide('refuse'));
    const answer = await asked(first.reference, window);
    expect(answer).toMatchObject(faultIn('continues'));
    expect(JSON.stringify(answer.body)).not.toMatch(/proceedings|court/i);
  });

  test('that ends at one stage ends at each granted stage, and at none of another journey', async () => {
    const first = await approvedStage({ events: 2 });
    await watched(council, first);
    const changes = {
      observationType: type,
      window: stageFrom(addMonths(today(), 3)),
      continues: first.reference,
    };
    const next = await lineAt(council, 'ready', { changes });
    expectOk(await next.decide('approve'));
    const another = await approvedStage();
    const grantOf = async (line: Line) => (await line.read('host')).body.grant as { id: string };
    const statusOf = async (line: Line) =>
      (await (await council.as('legal')).get(`/api/grants/${(await grantOf(line)).id}`)).body.status;
    expect(await statusOf(next)).toBe('waiting');

    const { id } = await grantOf(first);
    const grant = { id, path: `/api/grants/${id}` } as Granted;
    const visit = await VisitWalk.planned(council, grant, { type, date: tomorrow(), conferenceOn: today() });
    expectOk(await visit.check('legal_bars', { answer: [{ bar: 'adoption' }] }));
    expect([await statusOf(first), await statusOf(next)]).toEqual(['lapsed', 'lapsed']);
    expect(await statusOf(another)).toBe('active');

    const open = async () =>
      council.world
        .db('grants as g')
        .join('requests as r', 'r.id', 'g.request_id')
        .whereNull('g.ended_at')
        .whereIn('r.reference', [first.reference, next.reference, another.reference])
        .pluck('r.reference');
    expect(await open()).toHaveLength(3);
    await settleLapses({
      db: council.world.db,
      now: () => council.clock,
      log: pino({ level: 'silent' }),
      settings: defaultSettings,
    });
    expect(await open()).toEqual([another.reference]);
  });

  /** The grant of a stage or another request that is approved, and how a visit of it is planned. */
  const planning = async (line: Line, date: string) => {
    const { id } = (await line.read('host')).body.grant as { id: string };
    const host = await council.as('host');
    return (caseReference: string | null, more: object = {}) =>
      host.post(`/api/grants/${id}/visits`, { date, from: '10:00', to: '12:00', caseReference, ...more });
  };

  test('is of one case through every stage, and of a case there is one journey; which it is, is not said', async () => {
    const first = await approvedStage({ events: 3 });
    const plan = await planning(first, tomorrow());
    const host = await council.as('host');
    const visit = async (answer: Promise<{ body: { id: string } }>) =>
      `/api/visits/${(await answer).body.id}`;
    const [one, two] = [await visit(plan('CP-2026-0100')), await visit(plan(null))];
    const refuses = async (answer: Promise<Awaited<ReturnType<typeof plan>>>) => {
      const { status, body } = await answer;
      expect({ status, rule: body.rule, errors: body.errors }).toEqual({
        status: 422,
        rule: 'one_case',
        errors: [{ field: 'caseReference', message: expect.any(String) }],
      });
      expect(JSON.stringify(body)).not.toMatch(/CP|2026-01/);
    };
    await refuses(plan('CP-2026-0101'));
    await refuses(host.patch(two, { caseReference: 'CP-2026-0101' }));
    expectOk(await host.patch(two, { caseReference: 'cp/2026 0100' }));
    // Put right where it was named first, and then where it was repeated.
    expectOk(await host.patch(one, { caseReference: 'CP-2026-0102' }));
    await refuses(host.patch(two, { caseReference: 'CP-2026-0103' }));
    expectOk(await host.patch(two, { caseReference: 'CP-2026-0102' }));
    // What is over binds the ones before it as well.
    expectOk(await host.post(`${two}/cancel`));
    await refuses(host.patch(one, { caseReference: 'CP-2026-0100' }));

    const begins = addMonths(today(), 3);
    await watched(council, first);
    const next = await approvedStage({ window: stageFrom(begins), continues: first.reference });
    const further = await planning(next, begins);
    await refuses(further('CP-2026-0103'));
    expectOk(await further('CP2026 0102'));
    const afresh = await planning(await approvedStage(), tomorrow());
    await refuses(afresh('CP-2026-0102'));
    expectOk(await afresh('CP-2026-0104'));
  });

  test('that is followed on the day of the conference is observed there: the conference has its one observer', async () => {
    // In a week, so that the family is asked in time whatever day it is today.
    const day = addDays(today(), 7);
    const onDay = { conferenceOn: day };
    const conferenceOf = async () => {
      const changes = { window: stageFrom(today()) };
      const line = await lineAt(council, 'ready', { author: 'scrutiny.member', changes });
      expectOk(await line.decide('approve'));
      return planning(line, day);
    };
    const [conference, journey] = [
      await conferenceOf(),
      await planning(await approvedStage({ events: 2 }), day),
    ];
    expectOk(await journey('CP-2026-0110', onDay));
    expect(await conference('CP-2026-0110')).toMatchObject(byRule(409, 'one_observer'));
    expectOk(await conference('CP-2026-0111'));
    const another = await planning(await approvedStage(), day);
    expect(await another('CP-2026-0111', onDay)).toMatchObject(byRule(409, 'one_observer'));
    // On another day than the conference it is followed beside.
    expectOk(await another('CP-2026-0111', { conferenceOn: today() }));
  });

  test('finds who continues a stage by the index, at any number of requests', async () => {
    const { db } = council.world;
    const queries: { sql: string; bindings: unknown[] }[] = [];
    const note = (query: { sql: string; bindings: unknown[] }) => queries.push(query);
    db.on('query', note);
    await journeys.continuedBy(
      db,
      (await ctxFor(db, chair.id, () => council.clock)).ability,
      'OBS-1999-9999',
    );
    db.off('query', note);
    const query = queries.find(({ sql }) => sql.includes('continues'));
    // With next to no rows it would be read from end to end, were it not for this.
    const plan = await db.transaction(async (trx) => {
      await trx.raw('set local enable_seqscan = off');
      const values = query?.bindings.map((value) => trx.raw('?', [value as string]).toQuery()) ?? [];
      const sql = query?.sql.replaceAll(/\$(\d+)/g, (_, place: string) => values[Number(place) - 1] ?? '');
      return JSON.stringify((await trx.raw(`explain ${sql?.replaceAll('?', '\\?')}`)).rows);
    });
    expect(plan).toContain('request_versions_by_continues');
    expect(plan).not.toContain('Seq Scan on requests');
  });
});
