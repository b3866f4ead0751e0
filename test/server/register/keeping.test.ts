/** Keeping the register of members: entries, appointments, training, a lost seat, and lapses. */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { append } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { findRecord } from '../../../db/grant/grants.js';
import { failuresOf } from '../../../policies/grant/access.js';
import { grantAt } from '../../../policies/grant/grant-record.js';
import { addDays, atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import { settleLapses } from '../../../server/jobs/lapses.js';
import { useCouncil, type Client } from '../../support/council.js';
import { anEntry } from '../../support/entries.js';
import { foundRow } from '../../support/found-row.js';
import { expectOk } from '../../support/line.js';
import { granted } from '../../support/granted.js';
import { enter, grantOf, type Member } from '../../support/members.js';
import { VisitWalk } from '../../support/visiting.js';
import { byRule, ctxFor, notFound, personId } from '../../support/people.js';

const council = useCouncil();
// A Monday without a holiday near it.
const monday = new Date('2026-03-02T10:00:00Z');
council.clock = monday;
const today = londonDate(monday);
const day = (days: number) => addDays(today, days);

let keeper: Client;
let auditor: Client;
beforeAll(async () => {
  keeper = await council.as('democratic.services');
  auditor = await council.as('auditor');
});

const goTo = async (days: number) => {
  council.clock = atLondonTime(day(days), '10:00');
  keeper = await council.as('democratic.services');
  auditor = await council.as('auditor');
};

const member = {
  name: 'Councillor Ash Fiction',
  ward: 'Fictional Ward',
  standing: 'sitting',
  term: { from: day(-300), to: day(900) },
};
const entries = async (subject: string) =>
  (
    (await auditor.get(`/api/audit?subject=${subject}&limit=100`)).body.items as {
      type: string;
      decision: object;
    }[]
  )
    .filter(({ type }) => !type.endsWith('.read'))
    .map(({ type, decision }) => ({ type, decision }));

describe('an entry', () => {
  test('is made, changed and read back, with an account that has no password, and each step is on the trail', async () => {
    const made = await keeper.post('/api/councillors', { ...member, email: 'ash.fiction@council.example' });
    expect(made).toMatchObject({
      status: 201,
      body: { ...member, appointments: [], training: [], undertaking: null },
    });
    expect(made.body.can).toEqual(['change', 'appoint', 'train', 'confirm_gone']);
    const path = `/api/councillors/${made.body.id}`;
    const account = await council.world.db('people').where({ councillor_id: made.body.id }).first();
    expect(account).toMatchObject({
      name: member.name,
      email: 'ash.fiction@council.example',
      password_hash: null,
    });
    const changed = await keeper.patch(path, {
      name: 'Councillor Ash Invention',
      ward: null,
      email: 'ash.invention@council.example',
    });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Councillor Ash Invention', ward: null } });
    expect(await council.world.db('people').where({ councillor_id: made.body.id })).toEqual([
      expect.objectContaining({ name: 'Councillor Ash Invention', email: 'ash.invention@council.example' }),
    ]);
    const appointed = await keeper.post(`${path}/appointments`, {
      title: 'Fables Committee',
      kind: 'relevant_committee',
      from: day(-10),
    });
    expect(appointed).toMatchObject({
      status: 201,
      body: { appointments: [{ title: 'Fables Committee', to: null }] },
    });
    const { id } = appointed.body.appointments[0];
    expect((await keeper.patch(`${path}/appointments/${id}`, { to: day(5) })).body.appointments).toEqual([
      expect.objectContaining({ id, to: day(5) }),
    ]);
    const trained = await keeper.post(`${path}/training`, {
      kind: 'dbs',
      completed: day(-3),
      expires: day(700),
    });
    expect(trained).toMatchObject({
      status: 201,
      body: { training: [{ kind: 'dbs', completed: day(-3), expires: day(700) }] },
    });
    expect((await keeper.get(path)).body).toEqual({ ...trained.body, corrections: [] });
    const trail = await entries(`councillor:${made.body.id}`);
    expect(trail.map(({ type }) => type)).toEqual([
      'training.recorded',
      'appointment.recorded',
      'appointment.recorded',
      'councillor.changed',
      'councillor.added',
    ]);
    expect(trail[3]?.decision).toMatchObject({ fields: ['name', 'ward', 'email'] });
    expect(JSON.stringify(trail)).not.toMatch(/Ash|Fictional|Fables|council\.example/);
  });

  test('of somebody merely elected becomes one of a sitting member', async () => {
    const { body } = expectOk(await keeper.post('/api/councillors', { ...member, standing: 'elect' }));
    const path = `/api/councillors/${body.id}`;
    expect(await keeper.patch(path, { standing: 'sitting' })).toMatchObject({
      status: 200,
      body: { standing: 'sitting' },
    });
    expect(await keeper.patch(path, { standing: 'elect' })).toMatchObject({
      ...byRule(422, 'member'),
    });
  });

  test('under one Idempotency-Key is made once', async () => {
    const headers = { 'Idempotency-Key': 'one-member' };
    const [first, again] = [
      await keeper.post('/api/councillors', { ...member, name: 'Councillor Once' }, headers),
      await keeper.post('/api/councillors', { ...member, name: 'Councillor Once' }, headers),
    ];
    expect([first.status, again.status, again.body]).toEqual([201, 201, first.body]);
    expect(await council.world.db('councillors').where({ name: 'Councillor Once' })).toHaveLength(1);
  });

  test.each([
    ['a ward of somebody co-opted', { ...member, standing: 'coopted' }, 'ward'],
    ['a term that ends before it begins', { ...member, term: { from: day(2), to: day(1) } }, 'term.to'],
    ['a former member in the middle of a term', { ...member, standing: 'former' }, 'term.to'],
    ['an address that somebody has', { ...member, email: 'Legal@Council.example' }, 'email'],
  ])('is refused with %s', async (_what, body, field) => {
    const before = await council.world.db('councillors').count();
    expect(await keeper.post('/api/councillors', body)).toMatchObject({
      status: 422,
      body: { rule: 'member', errors: [{ field }] },
    });
    expect(await council.world.db('councillors').count()).toEqual(before);
  });

  test('refuses what cannot be, naming the field, and changes nothing', async () => {
    const { path, id } = await enter(council, 'refused.member');
    const history = () => council.world.db('register_history').where({ councillor_id: id });
    const before = [(await keeper.get(path)).body, await history()];
    const noon = (days: number) => atLondonTime(day(days), '12:00').toISOString();
    const refused: [object, string][] = [
      [{ standing: 'coopted' }, 'ward'],
      [{ term: { from: day(0), to: day(-1) } }, 'term.to'],
      [{ email: 'scrutiny.chair@council.example' }, 'email'],
      [{ defeat: { poll: day(1), declaredAt: noon(1) } }, 'defeat.poll'],
      [{ defeat: { poll: day(-1), declaredAt: noon(0) } }, 'defeat.declaredAt'],
      [{ defeat: { poll: day(-1), declaredAt: noon(-2) } }, 'defeat.declaredAt'],
      [{ defeat: { poll: day(-301), declaredAt: noon(-300) } }, 'defeat.poll'],
    ];
    for (const [body, field] of refused) {
      const { status, body: said } = await keeper.patch(path, body);
      expect([body, status, said.rule, said.errors?.[0]?.field]).toEqual([body, 422, 'member', field]);
    }
    const posts: [string, object, string][] = [
      ['appointments', { title: 'Fables', kind: 'other', from: day(2), to: day(1) }, 'to'],
      ['training', { kind: 'dbs', completed: day(1), expires: day(9) }, 'completed'],
      ['training', { kind: 'dbs', completed: day(-1), expires: day(-2) }, 'expires'],
      ['gone', { on: day(1) }, 'on'],
      ['gone', { on: day(-301) }, 'on'],
    ];
    for (const [what, body, field] of posts) {
      const { status, body: said } = await keeper.post(`${path}/${what}`, body);
      expect([what, body, status, said.errors?.[0]?.field]).toEqual([what, body, 422, field]);
    }
    expect(await keeper.patch(`${path}/appointments/${id}`, { to: day(1) })).toMatchObject(notFound);
    expect([(await keeper.get(path)).body, await history()]).toEqual(before);
  });

  test('is kept by Democratic Services alone: forbidden to its own councillor, hidden from the others', async () => {
    const chair = await council.as('scrutiny.chair');
    const own = `/api/councillors/${chair.councillorId}`;
    const calls = (client: Client) => [
      client.patch(own, { ward: 'Elsewhere' }),
      client.post(`${own}/appointments`, { title: 'Fables', kind: 'other', from: day(0) }),
      client.post(`${own}/training`, { kind: 'dbs', completed: day(0), expires: day(9) }),
      client.post(`${own}/gone`, {}),
    ];
    for (const call of calls(chair)) expect(await call).toMatchObject(byRule(403, 'office'));
    for (const account of ['legal', 'scrutiny.member', 'auditor', 'administrator']) {
      const client = await council.as(account);
      for (const call of calls(client)) expect(await call).toMatchObject(notFound);
      expect(await client.post('/api/councillors', member)).toMatchObject(byRule(403, 'office'));
    }
    expect((await chair.get(own)).body).toMatchObject({ ward: 'Market', can: [] });
    expect((await keeper.delete(own)).status).toBe(405);
  });
});

describe('a grant', () => {
  beforeEach(() => goTo(0));

  const standingAt = async (grant: string): Promise<{ status: string; because: string[] }> => {
    const { body } = await (await council.as('legal')).get(grant);
    return {
      status: body.status,
      because: body.access.because.map(({ limit }: { limit: string }) => limit),
    };
  };

  test('lapses with the appointment it rests on, and a later end revives nothing', async () => {
    const ash = await enter(council, 'ash.appointed');
    const grant = await grantOf(council, ash);
    const appointment = `${ash.path}/appointments/${ash.appointment}`;
    expectOk(await keeper.patch(appointment, { to: day(9) }));
    await goTo(9);
    expect(await standingAt(grant)).toEqual({ status: 'active', because: [] });
    await goTo(10);
    expect(await standingAt(grant)).toEqual({ status: 'lapsed', because: ['appointment'] });
    expectOk(await keeper.patch(appointment, { to: day(60) }));
    expect(await standingAt(grant)).toEqual({ status: 'lapsed', because: ['appointment'] });
  });

  test('lapses with the training, and new training revives nothing', async () => {
    const ash = await enter(council, 'ash.trained', { trained: 9 });
    const grant = await grantOf(council, ash);
    await goTo(9);
    expect((await standingAt(grant)).status).toBe('active');
    await goTo(10);
    expect(await standingAt(grant)).toEqual({ status: 'lapsed', because: ['training'] });
    expectOk(
      await keeper.post(`${ash.path}/training`, {
        kind: 'safeguarding',
        completed: day(10),
        expires: day(900),
      }),
    );
    expect(await standingAt(grant)).toEqual({ status: 'lapsed', because: ['training'] });
  });

  test('freezes at the declared result, lapses on the fourth day after the poll, and no new term revives it', async () => {
    const ash = await enter(council, 'ash.defeated');
    const grant = await grantOf(council, ash);
    await goTo(9);
    expect((await standingAt(grant)).status).toBe('active');
    const defeat = { poll: day(8), declaredAt: atLondonTime(day(9), '03:00').toISOString() };
    expect(await keeper.patch(ash.path, { defeat })).toMatchObject({
      status: 200,
      body: { defeat, term: { to: day(11) } },
    });
    expect(await standingAt(grant)).toEqual({ status: 'frozen', because: ['seat_lost'] });
    const visit = { date: day(10), from: '10:00', to: '12:00', chaperone: 'The team manager' };
    expect(await (await council.as('host')).post(`${grant}/visits`, visit)).toMatchObject({
      status: 409,
      body: { rule: 'seat_lost', kind: 'council' },
    });
    const notified = async (kind: string): Promise<string[]> => {
      const emails = await council.world
        .db('messages as m')
        .join('people as p', 'p.id', 'm.to_person')
        .join('requests as r', 'r.reference', 'm.reference')
        .join('grants as g', 'g.request_id', 'r.id')
        .where({ 'm.kind': kind, 'g.id': grant.split('/').at(-1) })
        .orderBy('p.email')
        .pluck<string[]>('p.email');
      return emails.map((email) => email.split('@')[0] ?? '');
    };
    expect(await notified('grant_paused')).toEqual(['ash.defeated', 'host']);
    expect(await notified('grant_ended')).toEqual([]);
    const comeback = { standing: 'sitting', term: { from: day(9) }, defeat: null };
    expect(await keeper.patch(ash.path, comeback)).toMatchObject({
      status: 422,
      body: { rule: 'member', errors: [{ field: 'defeat' }] },
    });
    await goTo(11);
    expect((await standingAt(grant)).status).toBe('frozen');
    await goTo(12);
    expect(await standingAt(grant)).toMatchObject({
      status: 'lapsed',
      because: expect.arrayContaining(['term']),
    });
    const quiet = { info: () => undefined, error: () => undefined };
    await settleLapses({
      db: council.world.db,
      now: () => council.clock,
      log: quiet,
      settings: defaultSettings,
      signal: AbortSignal.timeout(60_000),
    });
    expect(await notified('grant_ended')).toEqual(['ash.defeated', 'host']);
    expect((await keeper.patch(ash.path, { defeat: null })).body.errors).toEqual([
      expect.objectContaining({ field: 'defeat' }),
    ]);
    const back = await keeper.patch(ash.path, { term: { from: day(12), to: day(900) }, defeat: null });
    expect([back.status, back.body.defeat, back.body.standing]).toEqual([200, undefined, 'sitting']);
    // Stored by the job before the new term was entered.
    expect(await standingAt(grant)).toEqual({ status: 'lapsed', because: ['lapsed', 'term'] });
  });

  test('tells the member of a lost seat once, also where the account was made with the same change', async () => {
    const { db } = council.world;
    const ash = await enter(council, 'ash.reached');
    await grantOf(council, ash);
    // As where the account went and the membership stayed.
    const before = await personId(db, ash.account);
    await inTransaction(council.world.owner, async (trx) => {
      await append(trx, anEntry({ type: 'councillor.changed', subject: `councillor:${ash.id}` }));
      await trx('people').where({ id: before }).update({ councillor_id: null });
    });
    await goTo(9);
    const email = 'ash.reached.again@council.example';
    const defeat = { poll: day(8), declaredAt: atLondonTime(day(9), '03:00').toISOString() };
    const change = { email, defeat };
    expectOk(await keeper.patch(ash.path, change));
    expectOk(await keeper.patch(ash.path, change));
    const account = await foundRow(db('people').where({ councillor_id: ash.id }).first('id', 'email'));
    expect(account).toEqual({ id: expect.not.stringContaining(before), email });
    const told = (id: string) => db('messages').where({ to_person: id }).pluck('kind');
    expect(await told(account.id)).toEqual(['grant_paused']);
    expect(await told(before)).not.toContain('grant_paused');
  });

  test('lapses when it is confirmed that the member is gone, who still has their account and their record', async () => {
    const ash = await enter(council, 'ash.gone');
    const grant = await grantOf(council, ash);
    const gone = await keeper.post(`${ash.path}/gone`);
    expect(gone).toMatchObject({ status: 200, body: { standing: 'former', term: { to: day(0) } } });
    expect(gone.body.can).toEqual(['change', 'appoint', 'train']);
    expect(await standingAt(grant)).toMatchObject({
      status: 'lapsed',
      because: expect.arrayContaining(['term']),
    });
    expect(await keeper.post(`${ash.path}/gone`)).toMatchObject(byRule(409, 'member'));
    const actor = await ctxFor(
      council.world.db,
      await personId(council.world.db, ash.account),
      () => council.clock,
    );
    expect(actor.actor).toMatchObject({
      standing: 'former',
      holdings: [{ office: 'councillor', capacity: 'principal' }],
    });
    expect(await keeper.patch(ash.path, { standing: 'sitting' })).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ field: 'term.from' })]) },
    });
    await goTo(1);
    expectOk(await keeper.patch(ash.path, { standing: 'sitting', term: { from: day(1), to: day(900) } }));
    expect((await standingAt(grant)).status).toBe('lapsed');
    expect((await entries(`councillor:${ash.id}`)).map(({ type }) => type)).toContain('councillor.departed');
  });

  test('is judged by the register of that time, and by an end of that time that was entered late', async () => {
    const ash: Member = await enter(council, 'ash.then');
    const { path: grant, ...made } = await granted(council, {
      author: ash.account,
      changes: { observationType: 'core_group', events: 2 },
    });
    // An attendance of each day: the appointment is found to have ended between the two.
    const visits: VisitWalk[] = [];
    for (const days of [9, 10]) {
      const date = day(days);
      const given = { type: 'core_group', date, caseReference: `CP-${days}` } as const;
      const visit = await VisitWalk.planned(council, { path: grant, ...made }, given);
      await visit.checkAll();
      visit.at('13:00');
      // A small departure is an incident already, and does not stand for what is found later.
      const departures = days === 9 ? [{ text: 'Took notes.', causedBy: 'host' }] : [];
      expect((await visit.attended({ departures })).body.attendance).toMatchObject({ authorised: true });
      visits.push(visit);
    }
    const end = async (to: string) =>
      expectOk(await keeper.patch(`${ash.path}/appointments/${ash.appointment}`, { to }));
    // If a demonstration's clock was set back, records in its future are ignored until the clock reaches them.
    await goTo(8);
    await end(day(20));
    await end(day(9));
    const unauthorised = { councillor_id: ash.id, what: 'unauthorised_access' };
    expect(await council.world.db('incidents').where(unauthorised)).toEqual([]);
    await goTo(12);
    await end(day(9));
    await end(day(8));
    expect(
      await council.world
        .db('incidents')
        .where(unauthorised)
        .orderBy('seq')
        .select('visit_id', 'what', 'caused_by', 'outside'),
    ).toEqual(
      [visits[1], visits[0]].map((visit) => ({
        visit_id: visit?.id,
        what: 'unauthorised_access',
        caused_by: 'other',
        outside: ['appointment'],
      })),
    );
    // What was recorded stays as it was recorded.
    expect((await visits[1]?.read('host'))?.body.attendance).toMatchObject({ authorised: true });
    const legal = await ctxFor(
      council.world.db,
      await personId(council.world.db, 'legal'),
      () => council.clock,
    );
    const record = await findRecord(council.world.db, legal.ability, grant.split('/').at(-1) ?? '');
    const limitsAt = (at: Date) => failuresOf(grantAt(record, at), at).map(({ limit }) => limit);
    expect(limitsAt(atLondonTime(day(8), '12:00'))).toEqual([]);
    expect(limitsAt(atLondonTime(day(9), '12:00'))).toEqual(['appointment']);
  });
});
