/**
 * What the register has wrong is corrected beside the original: a seat lost that never was, once a second person of
 * Democratic Services confirms it, and the days of training and appointments at once. Access follows what stands
 * (need-to-know.md, sections 6 and 6a).
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { enter, type Member } from '../../support/members.js';
import { fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, lineAt, notFound, stepsOf } from '../../support/people.js';
import { VisitWalk } from '../../support/visiting.js';

const council = useCouncil();
const as = readersOf(council);
const { world } = council;

// A Monday without a holiday near it, the poll on the Thursday of the week after.
const [monday, poll, fourthDay] = ['2026-03-02', '2026-03-12', '2026-03-16'] as const;
const at = (date: string, time: string): void => {
  council.clock = atLondonTime(date, time);
};
at(monday, '10:00');
beforeEach(() => at(monday, '10:00'));

const reasons = 'The result of another ward was read.';
const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const get = async (by: Account, path: string): Promise<Answer> => (await council.as(by)).get(path);
const correct = (of: object, corrected: string, by: Account = 'democratic.services'): Promise<Answer> =>
  post(by, '/api/corrections', { of, corrected, reasons });
const confirm = (id: string, by: Account = 'democratic.services.second'): Promise<Answer> =>
  post(by, `/api/corrections/${id}/confirm`);

const loses = async (member: Pick<Member, 'path'>): Promise<void> => {
  at(poll, '23:45');
  const declaredAt = atLondonTime(poll, '23:30').toISOString();
  expectOk(
    await (await council.as('democratic.services')).patch(member.path, { defeat: { poll, declaredAt } }),
  );
};
const ofDefeat = ({ id }: Pick<Member, 'id'>) => ({ kind: 'councillor', id, field: 'defeat' });

/** Somebody of the demonstration, who signs in themselves. */
const signsIn = async (account: Account): Promise<Pick<Member, 'id' | 'path'>> => {
  const { councillorId: id } = await council.as(account);
  return { id: id ?? '', path: `/api/councillors/${id}` };
};

/** A member with a grant and a visit in the week after the poll. */
const withVisit = async (account: string, days = 35) => {
  const member = account === 'scrutiny.member' ? await signsIn(account) : await enter(council, account);
  const grant = await granted(council, {
    author: account,
    changes: {
      observationType: 'core_group',
      window: { from: addDays(monday, 7), to: addDays(monday, days) },
      events: 2,
    },
  });
  const date = addDays(monday, 17);
  const visit = await VisitWalk.planned(council, grant, { type: 'core_group', date });
  return { member, grant, visit: await visit.checkAll(), reference: grant.line.reference };
};
type Granted = Awaited<ReturnType<typeof withVisit>>;

const statusOf = async ({ grant }: Granted): Promise<string> => (await grant.read('legal')).body.status;
const settle = () =>
  jobRunner({ db: world.db, now: () => council.clock, log: pino({ level: 'silent' }) })('lapses');
const told = async (kind: string, reference: string): Promise<string[]> => {
  const emails: string[] = await world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.kind': kind, 'm.reference': reference })
    .orderBy('p.email')
    .pluck('p.email');
  return emails.map((email) => email.split('@')[0] ?? '');
};
const step = async ({ reference }: Granted, type: string) =>
  (await stepsOf(world.db, reference)).findLast((each) => each.type === type)?.decision;

describe('a lost seat that was recorded by mistake', () => {
  test('is corrected by a second person of Democratic Services, and the freeze ends with it', async () => {
    const known = await withVisit('scrutiny.member');
    const { member, reference } = known;
    const before = (await get('democratic.services', member.path)).body;
    await loses(member);
    expect(await statusOf(known)).toBe('frozen');

    at(addDays(poll, 1), '09:00');
    const of = ofDefeat(member);
    expect(await correct(of, '2026-03-05')).toMatchObject({
      status: 422,
      body: { rule: 'member', errors: [{ field: 'corrected' }] },
    });
    for (const by of ['legal', 'host', 'auditor', 'scrutiny.member'] as const)
      expect([by, (await correct(of, 'none', by as Account)).status]).toEqual([
        by,
        by === 'scrutiny.member' ? 403 : 422,
      ]);
    const proposed = await correct(of, 'none');
    expect(proposed).toMatchObject({
      status: 201,
      body: { of, status: 'waiting', was: poll, corrected: 'none', reference: null },
    });
    // Nothing changes before it is confirmed, and who proposed it does not confirm it.
    expect(await statusOf(known)).toBe('frozen');
    const { id } = proposed.body;
    expect(await confirm(id, 'democratic.services')).toMatchObject(byRule(403, 'correction_two_people'));
    expect(await get('scrutiny.member', `/api/corrections/${id}`)).toMatchObject(notFound);

    expectOk(await confirm(id));
    expect(await statusOf(known)).toBe('active');
    expect(await told('grant_goes_on', reference)).toEqual(['host', 'scrutiny.member']);
    const { body } = await get('democratic.services', member.path);
    expect(body).toMatchObject({
      term: before.term,
      corrections: [{ of, was: poll, corrected: 'none', reasons, by: { office: 'democratic_services' } }],
    });
    expect(body).not.toHaveProperty('defeat');
    expect((await get('scrutiny.member', member.path)).body.corrections).toHaveLength(1);
    expect(await step(known, 'grant.frozen')).toMatchObject({ poll });
    expect(await step(known, 'grant.resumed')).toMatchObject({ correction: id, from: 'frozen' });
    const kept = await stepsOf(world.db, `councillor:${member.id}`);
    expect(kept.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['councillor.changed', 'correction.proposed', 'correction.made']),
    );
    // And the visit takes place.
    at(addDays(monday, 17), '10:05');
    expect((await known.visit.read('host')).body.access.allowed).toBe(true);
  });

  test('leaves a visit of the time between outside what was allowed: nothing is approved after the event', async () => {
    const known = await withVisit('defeat.between');
    await loses(known.member);
    at(addDays(poll, 1), '09:00');
    const { id } = (await correct(ofDefeat(known.member), 'none')).body;
    at(addDays(monday, 17), '10:05');
    // The fourth day is over: nobody attends, and whoever comes is not allowed to, whatever is corrected later.
    expect((await known.visit.read('host')).body.access.allowed).toBe(false);
    at(addDays(monday, 17), '13:00');
    expect(expectOk(await known.visit.attended()).body.attendance).toMatchObject({ authorised: false });
    expectOk(await confirm(id));
    expect((await known.visit.read('host')).body.attendance).toMatchObject({ authorised: false });
  });

  test('takes a lapse back that is stored already, while everything else holds; visits stay called off', async () => {
    const known = await withVisit('defeat.lapsed');
    await loses(known.member);
    at(fourthDay, '09:00');
    await settle();
    expect(await statusOf(known)).toBe('lapsed');
    const { id } = (await correct(ofDefeat(known.member), 'none')).body;
    expectOk(await confirm(id));
    expect(await statusOf(known)).toBe('active');
    expect(await step(known, 'grant.resumed')).toMatchObject({ correction: id, from: 'lapsed' });
    expect(await told('grant_goes_on', known.reference)).toEqual(['defeat.lapsed', 'host']);
    expect((await known.visit.read('host')).body).toMatchObject({
      status: 'ended',
      endedBecause: 'grant_ended',
    });
    await settle();
    expect(await statusOf(known)).toBe('active');
    const planned = await post('host', `${known.grant.path}/visits`, {
      date: addDays(monday, 18),
      from: '10:00',
      to: '12:00',
      chaperone: 'The team manager',
    });
    expect(planned.status).toBe(201);
  });

  test('leaves a lapse standing where another limit is over by then, and says so', async () => {
    const known = await withVisit('defeat.late', 18);
    await loses(known.member);
    at(fourthDay, '09:00');
    await settle();
    at(addDays(monday, 21), '09:00');
    const { id } = (await correct(ofDefeat(known.member), 'none')).body;
    expectOk(await confirm(id));
    expect(await statusOf(known)).toBe('lapsed');
    expect(await step(known, 'grant.lapse_stands')).toMatchObject({ correction: id, limit: 'window' });
    expect(await told('lapse_stands', known.reference)).toEqual(['defeat.late', 'host']);
    expect(await told('grant_goes_on', known.reference)).toEqual([]);
    expect((await known.grant.read('host')).body).toMatchObject({
      status: 'lapsed',
      access: { because: expect.arrayContaining([expect.objectContaining({ limit: 'window' })]) },
    });
  });

  test('is confirmed of the loss that the register still has', async () => {
    const member = await enter(council, 'defeat.won');
    await loses(member);
    const { id } = (await correct(ofDefeat(member), 'none')).body;
    at(addDays(fourthDay, 1), '09:00');
    const term = { from: addDays(fourthDay, 1), to: addDays(fourthDay, 900) };
    expectOk(await (await council.as('democratic.services')).patch(member.path, { term, defeat: null }));
    expect(await confirm(id)).toMatchObject(byRule(409, 'stale_version'));
  });

  test('takes no lapse back past the service', async () => {
    const known = await withVisit('defeat.behind');
    await loses(known.member);
    at(fourthDay, '09:00');
    await settle();
    const grantId = known.grant.path.split('/').at(-1) ?? '';
    await expect(
      behindTheApi(world.db, (trx) =>
        trx('grants').where({ id: grantId }).update({ ended_at: null, ended_because: null }),
      ),
    ).rejects.toMatchObject({ constraint: 'grants_kept' });
  });
});

describe('a day of training', () => {
  const training = async (member: Pick<Member, 'path'>, kind = 'safeguarding') => {
    const { body } = await get('democratic.services', member.path);
    return body.training.find((each: { kind: string }) => each.kind === kind) as {
      id: string;
      expires: string;
    };
  };

  test('is corrected at once beside the original, and access and the test follow what stands', async () => {
    const known = await withVisit('training.wrong');
    const { id, expires } = await training(known.member);
    const of = { kind: 'training', id, field: 'expires' };
    for (const [day, rule] of [
      ['tomorrow', 'member'],
      ['2020-01-01', 'member'],
      [expires, 'correction_same'],
    ] as const)
      expect([day, await correct(of, day)]).toMatchObject([day, { status: 422, body: { rule } }]);
    at(addDays(monday, 8), '10:00');
    const made = await correct(of, addDays(monday, 7));
    expect(made).toMatchObject({
      status: 201,
      body: { status: 'counts', was: expires, corrected: addDays(monday, 7), can: [] },
    });
    const { body } = await get('democratic.services', known.member.path);
    expect(body.training).toContainEqual(expect.objectContaining({ id, expires: addDays(monday, 7) }));
    expect(body.corrections).toMatchObject([{ of, was: expires, corrected: addDays(monday, 7), reasons }]);
    // It ran out while the grant stood: nobody attends from now on, and it lapses.
    expect(await statusOf(known)).toBe('lapsed');
    await settle();
    expect(await step(known, 'grant.lapsed')).toMatchObject({ limit: 'training' });

    // The first day was right after all: the lapse rested on it alone.
    expectOk(await correct(of, expires));
    expect(await statusOf(known)).toBe('active');
    expect(await step(known, 'grant.resumed')).toMatchObject({ from: 'lapsed' });
    expect((await get('democratic.services', known.member.path)).body.corrections).toHaveLength(2);
  });

  test('that contradicts what was signed leaves the sign-offs standing: nobody approves until it is answered again, which voids them', async () => {
    const member = await enter(council, 'training.signed');
    const line = await lineAt(council, 'ready', { author: 'training.signed' });
    const { id } = await training(member);
    expectOk(await correct({ kind: 'training', id, field: 'expires' }, addDays(monday, -1)));
    const findings = (await get('legal', `${line.path}/assessment`)).body;
    expect(JSON.stringify(findings)).toContain('"safeguarding_training":"missing"');
    const refused = await line.decide('approve');
    expect(refused).toMatchObject(byRule(409, 'register'));
    const voided = async (): Promise<boolean[]> =>
      (await get('legal', line.path)).body.signOffs.map((each: object) => 'voidedAt' in each);
    expect(await voided()).toEqual([false, false]);
    expectOk(
      await line.answer('prerequisites', {
        answer: {
          undertaking: 'met',
          safeguarding_training: 'booked',
          data_protection_training: 'met',
          dbs: 'met',
        },
        reason: 'The course is booked.',
      }),
    );
    expect(await voided()).toEqual([true, true]);
  });

  test('is changed by a correction alone', async () => {
    const member = await enter(council, 'training.kept');
    const { id } = await training(member);
    await expect(
      behindTheApi(world.db, (trx) => trx('training').where({ id }).update({ expires: '2030-01-01' })),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('a day of an appointment', () => {
  test('is corrected on pages, from what stands to what is right', async () => {
    const member = await enter(council, 'appointment.wrong');
    const officer = await as('democratic.services');
    const page = await officer.open(paths.councillor(member.id));
    const link = (
      new RegExp(
        `href="(/corrections/new\\?kind=appointment&amp;id=${member.appointment}&amp;field=to)"`,
      ).exec(page.html)?.[1] ?? ''
    ).replaceAll('&amp;', '&');
    expect((await officer.open(link)).text).toContain('no last day');
    const sent = await fillIn(officer, link, {
      'corrected-day': '30',
      'corrected-month': 'June',
      'corrected-year': '2026',
      reasons,
    });
    expect(sent.text).toContain('The correction has been recorded.');
    const { text } = await officer.open(paths.councillor(member.id));
    expect(text).toContain('From no last day to 30 June 2026');
    const back = await correct({ kind: 'appointment', id: member.appointment, field: 'to' }, 'none');
    expect(back).toMatchObject({ status: 201, body: { was: '2026-06-30', corrected: 'none' } });
    expect((await get('democratic.services', member.path)).body.appointments).toMatchObject([{ to: null }]);
  });
});
