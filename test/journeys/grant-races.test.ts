/** Several changes to a grant at once: one clear outcome whoever comes first, nothing lost, and no deadlock. */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { londonDate } from '../../policies/core/time/london.js';
import { blockedVisit } from '../support/granted.js';
import { expectOk, Line } from '../support/line.js';
import { isLong } from '../support/long.js';
import { behindTheApi, brought, byRule, copiesOf, lineAt, personId, stepsOf } from '../support/people.js';
import { foundRow } from '../support/found-row.js';

const council = useCouncil();

const rounds = isLong ? 100 : 4;
const patience = 20_000 + rounds * 4_000;

interface Granted {
  readonly id: string;
  readonly reference: string;
}

let template = '';
let chairId = '';
const reasons = 'It is not needed any more, and nothing is gained by going on with it.';

const post = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const revoke = (by: Account, { id }: Granted) => post(by, `/api/grants/${id}/revoke`, { reasons });
/** Says nothing of the councillor, so that no hearing comes before it, frozen or not: a check has ended a visit. */
const protect = (by: Account, { id }: Granted) =>
  post(by, `/api/grants/${id}/revoke`, { reasons, cause: 'to_protect_others' });
const blocked = ({ id }: Granted) =>
  behindTheApi(council.world.db, async (trx) => {
    const at = council.clock;
    await blockedVisit(trx, id, { date: londonDate(at), at, by: await personId(trx, 'host') });
  });
const release = ({ id }: Granted) => post('data.protection', `/api/grants/${id}/release`, { reasons });
const report = (by: Account, about: object) =>
  post(by, '/api/incidents', {
    what: 'outside_scope',
    causedBy: 'councillor',
    text: 'The councillor stayed in the room after the closed part had begun.',
    happenedAt: council.clock.toISOString(),
    ...about,
  });
const reportOf = (by: Account, { id }: Granted) => report(by, { grant: id });

/** So many fresh grants of one councillor, who has no other that is live. */
const grants = async (many: number): Promise<Granted[]> => {
  const { db } = council.world;
  const made: Granted[] = [];
  for (const reference of await copiesOf(db, template, many)) {
    const line = new Line(council, reference, 'initial_child_protection_conference', 'scrutiny.chair');
    const { body } = expectOk(await line.decide('approve', { conditions: [reasons] }));
    const grant: Granted = { id: body.grant.id, reference };
    await blocked(grant);
    made.push(grant);
  }
  return made;
};

const steps = async ({ reference }: Granted): Promise<string[]> =>
  (await stepsOf(council.world.db, reference))
    .map(({ type }) => type)
    .filter((type) => /^(?:grant|incident)/.test(type));
const stored = ({ id }: Granted) =>
  foundRow(council.world.db('grants').where({ id }).first('ended_because', 'ended_at', 'end_reasons'));
const freezes = ({ id }: Granted) =>
  council.world.db('grant_freezes').where({ grant_id: id }).select('incident_id', 'released_at');
/** How often the councillor was told that it is paused, that it ended, and that it goes on. */
const told = async ({ reference }: Granted): Promise<[paused: number, ended: number, goesOn: number]> => {
  const kinds = await council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where('m.reference', reference)
    .where('p.email', 'scrutiny.chair@council.example')
    .pluck<string[]>('m.kind');
  const count = (kind: string) => kinds.filter((each) => each === kind).length;
  return [count('grant_paused'), count('grant_ended'), count('grant_goes_on')];
};
/** Each connection counts for itself: all of the pool are held at once, so that each hands in its count. */
const deadlocks = async (): Promise<number> => {
  const { db, owner } = council.world;
  const { max } = (db.client as { pool: { max: number } }).pool;
  const held = await Promise.all(Array.from({ length: max }, () => db.transaction()));
  for (const trx of held) {
    await trx.raw('select pg_stat_force_next_flush()');
    await trx.commit();
  }
  const { rows } = await owner.raw<{ rows: { deadlocks: number }[] }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return Number(rows[0]?.deadlocks);
};

/** Ends what a council that starts, a round or a test that failed has left: it would freeze with what comes next. */
const endAll = async (): Promise<void> => {
  const live = await council.world
    .db('grants as g')
    .join('requests as r', 'r.id', 'g.request_id')
    .where('r.councillor_id', chairId)
    .whereNull('g.ended_at')
    .select<Granted[]>('g.id', 'r.reference');
  for (const grant of live) {
    await blocked(grant);
    const ended = await protect('legal', grant);
    // One that came to its end by itself is none that anybody ends.
    if (ended.status !== 200) expect(ended).toMatchObject(byRule(409, 'grant_ended'));
  }
};

/** Both at once, each of the two sent first half of the time; then everything that is left is ended. */
const race = async (
  many: number,
  calls: (given: readonly Granted[]) => readonly [() => Promise<Answer>, () => Promise<Answer>],
  holds: (given: readonly Granted[], answers: readonly [Answer, Answer]) => Promise<void>,
): Promise<void> => {
  for (let index = 0; index < rounds; index += 1) {
    const given = await grants(many);
    const [first, second] = calls(given);
    const sent = index % 2 === 0 ? [first, second] : [second, first];
    const answers = await Promise.all(sent.map((call) => call()));
    const [one, two] = index % 2 === 0 ? answers : answers.toReversed();
    if (!one || !two) throw new Error('Two calls have two answers.');
    await holds(given, [one, two]);
    for (const each of given)
      if ((await stored(each)).ended_at === null) expectOk(await protect('host', each));
  }
};

beforeAll(async () => {
  template = (await brought(council.world.db, 'ready', { now: () => council.clock })).reference;
  for (const account of ['host', 'legal', 'childrens.services', 'data.protection', 'scrutiny.chair']) {
    await council.as(account);
  }
  chairId = (await council.as('scrutiny.chair')).councillorId;
}, 60_000);
beforeEach(endAll, 60_000);

describe('at once:', () => {
  test(
    'two revocations: one ends it, the other finds it ended, and the councillor gets one notice',
    async () => {
      await race(
        1,
        ([grant]) => [() => revoke('legal', grant as Granted), () => revoke('host', grant as Granted)],
        async ([grant], answers) => {
          const [lost, won] = answers.toSorted((a, b) => b.status - a.status);
          expect(won?.status).toBe(200);
          expect(lost).toMatchObject(byRule(409, 'grant_ended'));
          expect(await stored(grant as Granted)).toMatchObject({
            ended_because: 'revoked',
            end_reasons: reasons,
          });
          expect(await steps(grant as Granted)).toEqual(['grant.made', 'grant.revoked']);
          expect(await told(grant as Granted)).toEqual([0, 1, 0]);
        },
      );
    },
    patience,
  );

  test(
    'two incidents at two grants of one councillor: both are recorded, each freezes both, and the councillor gets one notice of each',
    async () => {
      await race(
        2,
        ([one, two]) => [
          () => reportOf('host', one as Granted),
          () => reportOf('childrens.services', two as Granted),
        ],
        async (both, answers) => {
          expect(answers.map(({ status }) => status)).toEqual([201, 201]);
          const incidents = answers.map(({ body }) => body.id as string).toSorted();
          for (const grant of both) {
            expect((await freezes(grant)).map((each) => each.incident_id).toSorted()).toEqual(incidents);
            const types = await steps(grant);
            expect(types.filter((type) => type === 'grant.frozen')).toHaveLength(2);
            expect(types.filter((type) => type === 'incident.reported')).toHaveLength(1);
            expect(await told(grant)).toEqual([1, 0, 0]);
          }
        },
      );
    },
    patience,
  );

  test(
    'an incident of the councillor and a revocation to protect others: both are done, the grant has ended, and the councillor gets one notice of it',
    async () => {
      await race(
        2,
        ([one]) => [() => report('legal', { councillor: chairId }), () => protect('legal', one as Granted)],
        async ([one, two], answers) => {
          expect(answers.map(({ status }) => status)).toEqual([201, 200]);
          expect((await stored(one as Granted)).ended_because).toBe('revoked');
          // Frozen before it ended, or ended before there was anything to freeze.
          const types = await steps(one as Granted);
          expect([
            ['grant.made', 'grant.frozen', 'grant.revoked'],
            ['grant.made', 'grant.revoked'],
          ]).toContainEqual(types);
          expect(await freezes(one as Granted)).toHaveLength(types.length - 2);
          expect(await freezes(two as Granted)).toHaveLength(1);
          const pauses = types.length - 2;
          expect([await told(one as Granted), await told(two as Granted)]).toEqual([
            [pauses, 1, 0],
            [1, 0, 0],
          ]);
        },
      );
    },
    patience,
  );

  test(
    'an incident of the councillor and a revocation as a decision: it ended before the incident, or it is frozen until they were heard',
    async () => {
      await race(
        1,
        ([one]) => [() => report('legal', { councillor: chairId }), () => revoke('legal', one as Granted)],
        async ([one], [reported, revoked]) => {
          const grant = one as Granted;
          expect(reported.status).toBe(201);
          const wasFirst = revoked.status === 200;
          if (!wasFirst) expect(revoked).toMatchObject(byRule(409, 'hearing'));
          expect(await steps(grant)).toEqual(['grant.made', wasFirst ? 'grant.revoked' : 'grant.frozen']);
          expect((await stored(grant)).ended_because).toBe(wasFirst ? 'revoked' : null);
          expect(await freezes(grant)).toEqual(
            wasFirst ? [] : [{ incident_id: reported.body.id, released_at: null }],
          );
          expect(await told(grant)).toEqual(wasFirst ? [0, 1, 0] : [1, 0, 0]);
        },
      );
    },
    patience,
  );

  test(
    'an incident of the councillor and an approval: whichever comes first, the new grant is frozen with the rest',
    async () => {
      const order = { approvedFirst: 0, incidentFirst: 0 };
      for (let index = 0; index < rounds; index += 1) {
        const [live] = await grants(1);
        const [reference] = await copiesOf(council.world.db, template, 1);
        if (!live || !reference) throw new Error('One of each was asked for.');
        const line = new Line(council, reference, 'initial_child_protection_conference', 'scrutiny.chair');
        const calls = [() => line.decide('approve'), () => reportOf('host', live)];
        const sent = index % 2 === 0 ? calls : calls.toReversed();
        // One after the other at first, so that each order is there; then at once.
        const answers: Answer[] = [];
        if (index < 2) for (const call of sent) answers.push(await call());
        else answers.push(...(await Promise.all(sent.map((call) => call()))));
        const [approved, reported] = index % 2 === 0 ? answers : answers.toReversed();
        expect([approved?.status, reported?.status]).toEqual([201, 201]);
        const made = { id: approved?.body.grant.id as string, reference };
        for (const each of [live, made]) {
          expect(await freezes(each)).toEqual([{ incident_id: reported?.body.id, released_at: null }]);
        }
        expect(await steps(made)).toEqual(['grant.made', 'grant.frozen']);
        expect(await told(made)).toEqual([1, 0, 0]);
        const step = (await stepsOf(council.world.db, live.reference)).find(
          ({ type }) => type === 'incident.reported',
        );
        order[step?.decision?.['frozen'] === 2 ? 'approvedFirst' : 'incidentFirst'] += 1;
        await blocked(made);
        for (const each of [live, made]) expectOk(await protect('host', each));
      }
      expect(Math.min(order.approvedFirst, order.incidentFirst)).toBeGreaterThan(0);
    },
    patience,
  );

  test(
    'a revocation to protect others and a release of a frozen grant: it ends, and the councillor’s notices follow what was done',
    async () => {
      for (let index = 0; index < rounds; index += 1) {
        const [grant] = await grants(1);
        if (!grant) throw new Error('One was asked for.');
        expectOk(await reportOf('host', grant));
        const [revoked, released] = await Promise.all([protect('legal', grant), release(grant)]);
        expect(revoked.status).toBe(200);
        expect((await stored(grant)).ended_because).toBe('revoked');
        const [freezing] = await freezes(grant);
        const types = await steps(grant);
        if (released.status === 200) {
          expect(types.slice(-2)).toEqual(['grant.released', 'grant.revoked']);
          expect(freezing?.released_at).not.toBeNull();
          expect(await told(grant)).toEqual([1, 1, 1]);
        } else {
          expect(released).toMatchObject(byRule(409, 'grant_ended'));
          expect(types.at(-1)).toBe('grant.revoked');
          expect(types).not.toContain('grant.released');
          expect(freezing?.released_at).toBeNull();
          expect(await told(grant)).toEqual([1, 1, 0]);
        }
      }
    },
    patience,
  );

  test(
    'a revocation as a decision and a release of a frozen grant: it is released, and whichever comes first nobody ends it unheard',
    async () => {
      for (let index = 0; index < rounds; index += 1) {
        const [grant] = await grants(1);
        if (!grant) throw new Error('One was asked for.');
        expectOk(await reportOf('host', grant));
        const [revoked, released] = await Promise.all([revoke('legal', grant), release(grant)]);
        expect(released.status).toBe(200);
        expect(revoked).toMatchObject(byRule(409, 'hearing'));
        expect((await steps(grant)).slice(2)).toEqual(['grant.frozen', 'grant.released']);
        expect((await stored(grant)).ended_because).toBeNull();
        expect((await freezes(grant)).map(({ released_at }) => released_at)).not.toContain(null);
        expect(await told(grant)).toEqual([1, 0, 1]);
        expectOk(await protect('host', grant));
      }
    },
    patience,
  );

  test(
    'a release, a new incident and the close of the first, twice: it closes once, and never over a grant that it freezes',
    async () => {
      for (let index = 0; index < rounds; index += 1) {
        const [grant] = await grants(1);
        if (!grant) throw new Error('One was asked for.');
        const { body: incident } = expectOk(await reportOf('host', grant));
        const close = () => post('data.protection', `/api/incidents/${incident.id}/close`, { reasons });
        const [released, reported, ...closed] = await Promise.all([
          release(grant),
          reportOf('childrens.services', grant),
          close(),
          close(),
        ]);
        expect([released.status, reported.status]).toEqual([200, 201]);
        closed.push(await close());
        expect(closed.filter(({ status }) => status === 200)).toHaveLength(1);
        for (const each of closed) {
          if (each.status !== 200) expect(['incident_freezes', 'incident_closed']).toContain(each.body.rule);
        }
        const open = (await freezes(grant)).filter((each) => each.released_at === null);
        // A release that came last ended the newer freeze as well.
        expect(open.map((each) => each.incident_id)).toEqual(open.length === 0 ? [] : [reported.body.id]);
        expectOk(await protect('host', grant));
      }
    },
    patience,
  );

  test(
    'an approval of papers and releases of them: it is approved, and a release before it is refused for that',
    async () => {
      const papers = [{ category: 'Audits of recording', from: '2026-01-01', to: '2026-03-31' }];
      const changes = { observationType: 'document_inspection', papers } as const;
      for (let index = 0; index < rounds; index += 1) {
        const line = await lineAt(council, 'ready', { changes });
        const released = { category: 'Audits of recording', at: council.clock.toISOString() };
        const [approved, ...others] = await Promise.all([
          line.decide('approve'),
          ...['childrens.services', 'childrens.services.deputy', 'childrens.services'].map((by) =>
            post(by, `${line.path}/releases`, released),
          ),
        ]);
        expect(approved.status).toBe(201);
        for (const { status } of others) expect([201, 403, 409, 422]).toContain(status);
        const { body } = await line.read('legal');
        expectOk(await revoke('legal', { id: body.grant.id, reference: line.reference }));
      }
    },
    patience,
  );

  test('and nobody has waited in a circle', async () => {
    expect(await deadlocks()).toBe(0);
  });
});
