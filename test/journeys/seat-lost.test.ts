/**
 * A seat lost on a Thursday, and what becomes of a visit on the Friday (need-to-know.md, section 6): the grant is paused at
 * the declared result, ends on the fourth day after the poll, and a by-election won before that revives nothing.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { addDays, atLondonTime } from '../../policies/core/time/london.js';
import { jobRunner } from '../../server/jobs/worker/run-job.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { granted } from '../support/granted.js';
import { expectOk } from '../support/line.js';
import { enter, grantOf, type Member } from '../support/members.js';
import { byRule, stepsOf } from '../support/people.js';
import { VisitWalk } from '../support/visiting.js';

const council = useCouncil();
const [monday, thursday, friday, saturday, fourthDay] = [
  '2026-03-02',
  '2026-03-12',
  '2026-03-13',
  '2026-03-14',
  '2026-03-16',
] as const;
const at = (date: string, time: string): void => {
  council.clock = atLondonTime(date, time);
};
// A Monday without a holiday near it.
council.clock = atLondonTime(monday, '10:00');
beforeEach(() => at(monday, '10:00'));

const change = async ({ path }: Pick<Member, 'path'>, body: object): Promise<Answer> =>
  (await council.as('democratic.services')).patch(path, body);
const loses = async (member: Pick<Member, 'path'>): Promise<void> => {
  at(thursday, '23:45');
  const declaredAt = atLondonTime(thursday, '23:30').toISOString();
  expectOk(await change(member, { defeat: { poll: thursday, declaredAt } }));
};
/** The ward and the term that they win at a by-election. */
const won = { ward: 'Another Fictional Ward', term: { from: saturday, to: addDays(saturday, 900) } };

/** Somebody of the demonstration, who signs in themselves. */
const signsIn = async (account: Account): Promise<Pick<Member, 'path'>> => ({
  path: `/api/councillors/${(await council.as(account)).councillorId}`,
});

/** A visit on the Friday, with every check answered, and one of the week after. */
const toVisit = async (account: Account) => {
  const grant = await granted(council, {
    author: account,
    changes: {
      observationType: 'core_group',
      window: { from: addDays(monday, 7), to: addDays(monday, 35) },
      events: 2,
    },
  });
  const visit = await VisitWalk.planned(council, grant, { type: 'core_group', date: friday });
  const later = await VisitWalk.planned(council, grant, { type: 'core_group', date: addDays(friday, 7) });
  return { visit: await visit.checkAll(), later };
};
const limitsOf = ({ body }: Answer): string[] =>
  body.access.because.map(({ limit }: { limit: string }) => limit);
const standing = async ({ grant }: VisitWalk) => {
  const answer = await grant.read('legal');
  return { status: answer.body.status, because: limitsOf(answer) };
};
const settle = () =>
  jobRunner({ db: council.world.db, now: () => council.clock, log: pino({ level: 'silent' }) })('lapses');
const told = async (kind: string, reference: string): Promise<string[]> => {
  const emails: string[] = await council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.kind': kind, 'm.reference': reference })
    .orderBy('p.email')
    .pluck('p.email');
  return emails.map((email) => email.split('@')[0] ?? '');
};

describe('a seat lost on Thursday before a Friday visit', () => {
  test('pauses the grant at the declared result, by the council’s own rule, and tells the member and the host', async () => {
    const member = await enter(council, 'thursday.paused');
    const { visit } = await toVisit('thursday.paused');
    at(thursday, '22:00');
    expect((await standing(visit)).status).toBe('active');
    await loses(member);
    expect(await standing(visit)).toEqual({ status: 'frozen', because: ['seat_lost'] });
    expect(await told('grant_paused', visit.grant.line.reference)).toEqual(['host', 'thursday.paused']);
    at(friday, '08:00');
    const another = { date: addDays(friday, 7), from: '10:00', to: '12:00', chaperone: 'The team manager' };
    const planned = await (await council.as('host')).post(`${visit.grant.path}/visits`, another);
    expect(planned).toMatchObject({ ...byRule(409, 'seat_lost'), body: { kind: 'council' } });
  });

  test('lets nobody attend on the Friday: who comes all the same is recorded as unauthorised, with an incident', async () => {
    const member = await signsIn('scrutiny.member');
    const { visit } = await toVisit('scrutiny.member');
    at(friday, '10:05');
    expect((await visit.read('host')).body.access).toEqual({ allowed: true, because: [] });
    at(monday, '10:00');
    await loses(member);
    at(friday, '10:05');
    for (const by of ['host', 'scrutiny.member']) {
      const { access } = (await visit.read(by)).body;
      expect([by, access.allowed, access.because.length]).toEqual([by, false, 1]);
    }
    expect(limitsOf(await visit.read('host'))).toEqual(['seat_lost']);
    at(friday, '12:00');
    expect(expectOk(await visit.attended()).body.attendance).toMatchObject({
      authorised: false,
      outside: expect.arrayContaining(['seat_lost']),
    });
    const incidents = await council.world.db('incidents').where({ visit_id: visit.id });
    // The register had it, and they had the notice, before they came.
    expect(incidents).toEqual([
      expect.objectContaining({ what: 'unauthorised_access', caused_by: 'councillor' }),
    ]);
  });

  test('ends the grant and the visit on the fourth day after the poll, and not before', async () => {
    const member = await enter(council, 'thursday.ends');
    const { visit, later } = await toVisit('thursday.ends');
    await loses(member);
    at(addDays(fourthDay, -1), '23:59');
    expect((await standing(visit)).status).toBe('frozen');
    await settle();
    expect(await told('grant_ended', visit.grant.line.reference)).toEqual([]);
    at(fourthDay, '00:01');
    expect(await standing(visit)).toMatchObject({
      status: 'lapsed',
      because: expect.arrayContaining(['term']),
    });
    await settle();
    expect((await later.read('host')).body).toMatchObject({ status: 'ended', endedBecause: 'grant_ended' });
    expect(await told('grant_ended', visit.grant.line.reference)).toEqual(['host', 'thursday.ends']);
    const lapsed = (await stepsOf(council.world.db, visit.grant.line.reference)).findLast(
      ({ type }) => type === 'grant.lapsed',
    );
    expect(lapsed?.decision).toMatchObject({
      limit: 'term',
      since: atLondonTime(fourthDay, '00:00').toISOString(),
    });
  });
});

describe('a by-election won before the lapse', () => {
  test('clears no lost seat before the fourth day, and what was granted stays paused until then', async () => {
    const member = await enter(council, 'won.early');
    const { visit } = await toVisit('won.early');
    await loses(member);
    at(saturday, '12:00');
    const early = await change(member, { ...won, defeat: null });
    expect(early).toMatchObject({ status: 422, body: { rule: 'member', errors: [{ field: 'defeat' }] } });
    expect(early.body.errors[0].message).toContain('16 March 2026');
    expectOk(await change(member, won));
    expect((await standing(visit)).status).toBe('frozen');
    expect((await visit.read('host')).body.access.allowed).toBe(false);
  });

  test.each([
    ['the entry is changed once the grant has ended', 'won.cleared', true],
    ['nobody touches the entry again', 'won.untouched', false],
  ])(
    'revives nothing, and lets the member be granted something new, where %s',
    async (_how, account, clears) => {
      const member = await enter(council, account);
      const { visit, later } = await toVisit(account);
      await loses(member);
      at(saturday, '12:00');
      expectOk(await change(member, won));
      at(fourthDay, '09:00');
      // No job has stored the end yet: it is worked out from what the register held on the day.
      if (clears) expect(expectOk(await change(member, { defeat: null })).body).not.toHaveProperty('defeat');
      expect(await standing(visit)).toMatchObject({
        status: 'lapsed',
        because: expect.arrayContaining(['term']),
      });
      await settle();
      at(addDays(fourthDay, 1), '10:00');
      expect((await standing(visit)).status).toBe('lapsed');
      expect((await later.read('host')).body).toMatchObject({ status: 'ended', endedBecause: 'grant_ended' });
      const anew = await (await council.as('legal')).get(await grantOf(council, member));
      expect(limitsOf(anew)).toEqual(['window_not_open']);
      await settle();
      expect((await (await council.as('legal')).get(`/api/grants/${anew.body.id}`)).body.status).toBe(
        'waiting',
      );
    },
  );
});
