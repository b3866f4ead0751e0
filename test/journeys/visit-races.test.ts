/**
 * Several changes to a visit at once: one clear outcome whoever comes first, and nothing lost. The long form runs
 * each race a hundred times.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import type { Granted } from '../support/granted.js';
import { expectOk, Line } from '../support/line.js';
import { isLong } from '../support/long.js';
import { brought, byRule, copiesOf, stepsOf } from '../support/people.js';
import { VisitWalk } from '../support/visiting.js';

const council = useCouncil();
const rounds = isLong ? 100 : 4;
const patience = 30_000 + rounds * 5_000;

let date = '';
const templates: Partial<Record<Account, string>> = {};
beforeAll(async () => {
  date = addDays(londonDate(council.clock), 10);
  const now = () => council.clock;
  for (const author of ['scrutiny.chair', 'scrutiny.member'])
    templates[author] = (await brought(council.world.db, 'ready', { author, now })).reference;
}, 60_000);

/** So many fresh grants of that councillor, each for a conference. */
const grants = async (author: Account, many: number): Promise<Granted[]> => {
  const made: Granted[] = [];
  for (const reference of await copiesOf(council.world.db, templates[author] ?? '', many)) {
    const line = new Line(council, reference, 'initial_child_protection_conference', author);
    const { id } = expectOk(await line.decide('approve')).body.grant as { id: string };
    const path = `/api/grants/${id}`;
    made.push({ line, id, path, conditions: [], read: async (by) => (await council.as(by)).get(path) });
  }
  return made;
};

/**
 * Both at once, each of the two sent first half of the time; in the first two rounds one after the other, either way
 * round, so that each outcome is seen whatever the machine makes of the rest.
 */
const atOnce = async (
  index: number,
  first: () => Promise<Answer>,
  second: () => Promise<Answer>,
): Promise<readonly [Answer, Answer]> => {
  const sent = index % 2 === 0 ? ([first, second] as const) : ([second, first] as const);
  const answers =
    index < 2 ? [await sent[0](), await sent[1]()] : await Promise.all(sent.map((call) => call()));
  const [one, two] = index % 2 === 0 ? answers : answers.toReversed();
  if (!one || !two) throw new Error('Two calls have two answers.');
  return [one, two];
};
const statuses = (answers: readonly Answer[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);
const count = async ({ line }: Granted, type: string): Promise<number> =>
  (await stepsOf(council.world.db, line.reference)).filter((step) => step.type === type).length;

test(
  'two hosts book one conference: one of them has it, however the case is spelled',
  async () => {
    const pairs = [await grants('scrutiny.chair', rounds), await grants('scrutiny.member', rounds)];
    for (let index = 0; index < rounds; index += 1) {
      const [one, two] = pairs.map((each) => each[index]);
      if (!one || !two) throw new Error('Each round has its two grants.');
      const book = (grant: Granted, by: Account, caseReference: string) => async () =>
        (await council.as(by)).post(`${grant.path}/visits`, {
          date,
          from: '10:00',
          to: '12:00',
          caseReference,
        });
      const answers = await atOnce(
        index,
        book(one, 'host', `CP-2027-${index}`),
        book(two, 'childrens.services', `cp 2027/${index}`),
      );
      expect(statuses(answers)).toEqual([201, 409]);
      expect(answers.find(({ status }) => status === 409)).toMatchObject(byRule(409, 'one_observer'));
      const live = await council.world
        .db('visits')
        .where({ case_key: `CP2027${index}`, date })
        .whereNull('ended_at');
      expect(live).toHaveLength(1);
      expect((await count(one, 'visit.planned')) + (await count(two, 'visit.planned'))).toBe(1);
    }
  },
  patience,
);

describe('on the day', () => {
  let visits: VisitWalk[] = [];
  beforeAll(async () => {
    const type = 'initial_child_protection_conference';
    const made = await grants('scrutiny.chair', rounds * 3);
    for (const [index, grant] of made.entries()) {
      const planned = await VisitWalk.planned(council, grant, { type, date, caseReference: `DAY-${index}` });
      visits.push(await planned.checkAll());
    }
    visits[0]?.at('12:30');
  }, patience);
  const next = (): VisitWalk => {
    const [visit, ...rest] = visits;
    if (!visit) throw new Error('Each round has its visit.');
    visits = rest;
    return visit;
  };

  test(
    'a grant is revoked while attendance under it is recorded: what happened is judged by when it happened',
    async () => {
      let cuts = 0;
      for (let index = 0; index < rounds; index += 1) {
        const visit = next();
        const revoke = async () =>
          (await council.as('legal')).post(`${visit.grant.path}/revoke`, { reasons: 'It ends here.' });
        // They left long before either was sent, or at that very moment.
        const isThere = index % 3 > 0;
        const record = () => visit.attended(isThere ? { left: '12:30' } : {});
        const [recorded, revoked] = await atOnce(index, record, revoke);
        // The event was used up by then where the record came first: there was nothing left to end.
        expect([200, 409]).toContain(revoked.status);
        if (revoked.status === 409) expect(revoked).toMatchObject(byRule(409, 'grant_ended'));
        expect(recorded.status).toBe(201);
        // Who was there still when it ended was there without authority; who had left had it to the last.
        const wasCut = isThere && revoked.status === 200;
        expect(recorded.body.attendance).toMatchObject(
          wasCut ? { authorised: false, outside: ['revoked'] } : { authorised: true, outside: [] },
        );
        cuts += wasCut ? 1 : 0;
        expect(await count(visit.grant, 'attendance.recorded')).toBe(1);
        expect(await count(visit.grant, 'grant.revoked')).toBe(revoked.status === 200 ? 1 : 0);
        expect(await council.world.db('attendances').where({ visit_id: visit.id })).toHaveLength(1);
      }
      expect(cuts).toBeGreaterThan(0);
    },
    patience,
  );

  test(
    'what happened is recorded by two at once: one record stands',
    async () => {
      for (let index = 0; index < rounds; index += 1) {
        const visit = next();
        const absent = async () =>
          (await council.as('childrens.services')).post(`${visit.path}/attendance`, {
            outcome: 'did_not_attend',
          });
        const answers = await atOnce(index, () => visit.attended(), absent);
        expect(statuses(answers)).toEqual([201, 409]);
        expect(answers.find(({ status }) => status === 409)).toMatchObject(
          byRule(409, 'attendance_recorded'),
        );
        const { eventsLeft } = (await visit.grant.read('host')).body;
        expect(eventsLeft).toBe(answers[0].status === 201 ? 0 : 1);
        const confirm = async () =>
          (await council.as('scrutiny.chair')).post(`${visit.path}/confirm`, { agrees: true });
        expect(statuses(await atOnce(index, confirm, confirm))).toEqual([200, 409]);
      }
    },
    patience,
  );

  test(
    'a check ends the visit while attendance is recorded: one comes after the other, and neither is lost',
    async () => {
      for (let index = 0; index < rounds; index += 1) {
        const visit = next();
        const bar = () => visit.check('legal_bars', { answer: [{ bar: 'criminal' }] });
        const [recorded, barred] = await atOnce(index, () => visit.attended(), bar);
        expect(recorded.status).toBe(201);
        expect(recorded.body.attendance.authorised).toBe(true);
        expect([200, 409]).toContain(barred.status);
        expect(await count(visit.grant, 'visit.ended')).toBe(barred.status === 200 ? 1 : 0);
      }
    },
    patience,
  );
});
