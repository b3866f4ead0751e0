/** The address of an account in use is changed by two people, told to the old one, and by nobody straight in the database. */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { inTransaction } from '../../../db/core/connection.js';
import { mailbox } from '../../../db/outbox/outbox.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { sockets, useCouncil, type Client } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { added, cameIn, passphrase, tokenOf } from '../../support/newcomers.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';

const council = useCouncil();
const reasons = 'They came to the desk, and showed their pass.';

let administrator: Client;
let officer: Client;
beforeAll(async () => {
  administrator = await council.as('administrator');
  officer = await council.as('monitoring.officer');
});
beforeEach(() => {
  council.clock = new Date(council.clock.getTime() + 1000);
});

const at = (id: string): string => `/api/people/${id}/address`;
const confirm = (id: string) => officer.post(`${at(id)}/confirm`);
const emailOf = async (id: string): Promise<string | undefined> =>
  (await council.world.db('people').where({ id }).first('email'))?.email;
const signsIn = async (email: string): Promise<number> =>
  (await request(council.server).post('/api/session').agent(sockets).send({ email, password: passphrase }))
    .status;
const entriesOf = async (id: string) =>
  (await search(council.world.db, { subject: `person:${id}`, limit: 20 }))
    .filter(({ type }) => type.startsWith('address.'))
    .map(({ type, reasons: why, decision }) => [type, why, decision])
    .toReversed();
/** The notices of an address to that person, each with where it goes. */
const mailTo = async (id: string): Promise<readonly (readonly [string, string | null])[]> =>
  (await mailbox(council.world.db, { personId: id, limit: 50 }))
    .filter(({ kind }) => kind.startsWith('address'))
    .map(({ kind, address }) => [kind, address] as const)
    .toSorted(([a], [b]) => a.localeCompare(b));

let moves = 0;
const elsewhere = (): string => `elsewhere.${++moves}@borough.example`;

/** Somebody who signs in. */
const inUse = async () => {
  const person = await added(administrator, 'Moving');
  return { ...person, agent: await cameIn(council, person) };
};

/** A second administrator. */
const another = async () => {
  const person = await added(administrator, 'Another Administrator');
  const office = { office: 'administrator', capacity: 'principal', from: londonDate(council.clock) };
  const given = expectOk(await administrator.post(`/api/people/${person.id}/offices`, office));
  expectOk(await officer.post(`/api/people/${person.id}/offices/${given.body.offices[0].id}/confirm`));
  return { ...person, agent: await cameIn(council, person) };
};

describe('the address of an account in use', () => {
  test('changes once a second person confirms it: every session ends, and both addresses are told', async () => {
    const { id, email, agent } = await inUse();
    const moved = elsewhere();
    expectOk(await administrator.post(`/api/people/${id}/invite`));
    const link = await tokenOf(council.world.db, id);
    const { body } = expectOk(await administrator.post(at(id), { email: moved, reasons }));
    expect(body).toMatchObject({
      email,
      addressChange: { email: moved, askedBy: { name: 'Administrator (demonstration)' }, reasons },
    });
    expect([await emailOf(id), (await agent.get('/api/me')).status]).toEqual([email, 200]);
    expect(await mailTo(id)).toEqual([['address_change_asked', email]]);

    const done = expectOk(await confirm(id));
    expect(done.body).toMatchObject({ email: moved, addressChange: null });
    expect((await agent.get('/api/me')).status).toBe(401);
    expect(await mailTo(id)).toEqual([
      ['address_change_asked', moved],
      ['address_changed', moved],
      ['address_left', email],
    ]);
    expect([await signsIn(email), await signsIn(moved)]).toEqual([401, 201]);
    // What went to the old address sets no password any more.
    const set = await request(council.server)
      .post('/api/password')
      .send({ token: link, password: passphrase });
    expect(set).toMatchObject(byRule(422, 'link'));
    expect(await entriesOf(id)).toEqual([
      ['address.change_asked', reasons, null],
      ['address.changed', null, { proof: 'passphrase' }],
    ]);
    const keepers = await council.world
      .db('messages as m')
      .join('people as p', 'p.id', 'm.to_person')
      .where('m.kind', 'address_changed_of_somebody')
      .pluck('p.email');
    expect(keepers).toEqual(
      expect.arrayContaining(['administrator@council.example', 'monitoring.officer@council.example']),
    );
  });

  test('is changed by two others: not by who asked, nor by the owner, nor by one alone with a correction', async () => {
    const own = await another();
    const email = elsewhere();
    const owner = (path: string) => own.agent.post(path).agent(sockets).send({ email, reasons });
    expect(await owner(at(own.id))).toMatchObject(byRule(403, 'address_two_people'));
    expect(await officer.post(at(own.id), { email, reasons })).toMatchObject(byRule(403, 'office'));
    expectOk(await administrator.post(at(own.id), { email, reasons }));
    expect(await administrator.post(`${at(own.id)}/confirm`)).toMatchObject(
      byRule(403, 'address_two_people'),
    );
    const bySelf = await own.agent
      .post(`${at(own.id)}/confirm`)
      .agent(sockets)
      .send({});
    expect(bySelf).toMatchObject(byRule(403, 'address_two_people'));
    expect(await administrator.post(at(own.id), { email, reasons })).toMatchObject(
      byRule(409, 'address_asked'),
    );
    const corrected = await administrator.patch(`/api/people/${own.id}`, { email });
    expect(corrected).toMatchObject(byRule(409, 'sign_in_address'));
    expect(await emailOf(own.id)).toBe(own.email);
    expectOk(await confirm(own.id));
    expect(await confirm(own.id)).toMatchObject(byRule(409, 'address_over'));
  });

  test('stays where who asked withdraws that, or nobody confirms it for a day', async () => {
    const [{ id, email }, second] = [await inUse(), await another()];
    const ask = async () => expectOk(await administrator.post(at(id), { email: elsewhere(), reasons }));
    await ask();
    expect(await second.agent.delete(at(id)).agent(sockets)).toMatchObject(byRule(403, 'address_of_another'));
    expect((await administrator.delete(at(id))).status).toBe(204);
    expect(await confirm(id)).toMatchObject(byRule(409, 'address_over'));
    await ask();
    const listed = async () =>
      (await officer.get('/api/people?waiting=true&limit=100')).body.items.map(
        (each: { id: string }) => each.id,
      );
    expect(await listed()).toContain(id);
    const dayBefore = new Date(council.clock.getTime() - 24 * 3_600_000);
    await behindTheApi(council.world.db, (trx) =>
      trx('address_changes').where({ person_id: id }).update({ asked_at: dayBefore }),
    );
    expect(await listed()).not.toContain(id);
    expect(await confirm(id)).toMatchObject(byRule(409, 'address_over'));
    expect(await emailOf(id)).toBe(email);
    await ask();
    expectOk(await confirm(id));
  });

  test('of a councillor is changed so too, and not by the register', async () => {
    const id = await personId(council.world.db, 'ward.member');
    const email = elsewhere();
    expectOk(await administrator.post(at(id), { email, reasons }));
    expectOk(await confirm(id));
    expect(await emailOf(id)).toBe(email);
  });

  test('becomes none that somebody has, when it is asked for or by the time it is confirmed', async () => {
    const { id, email } = await inUse();
    const taken = await administrator.post(at(id), { email: 'LEGAL@council.example', reasons });
    expect(taken.status).toBe(422);
    const moved = elsewhere();
    expectOk(await administrator.post(at(id), { email: moved, reasons }));
    expectOk(await administrator.post('/api/people', { name: 'Faster', email: moved }));
    expect((await confirm(id)).status).toBe(422);
    expect(await emailOf(id)).toBe(email);
  });

  test('that nothing hangs on is changed by one, without a second person', async () => {
    const { id } = await added(administrator);
    const email = elsewhere();
    expect(await administrator.post(at(id), { email, reasons })).toMatchObject(byRule(409, 'address_free'));
    expectOk(await administrator.patch(`/api/people/${id}`, { email }));
    expect(await emailOf(id)).toBe(email);
  });

  test('is changed by a second person alone who has proved who they are', async () => {
    const [{ id, email }, second] = [await inUse(), await another()];
    expectOk(await administrator.post(at(id), { email: elsewhere(), reasons }));
    council.clock = new Date(council.clock.getTime() + 16 * 60_000);
    const unproved = await second.agent
      .post(`${at(id)}/confirm`)
      .agent(sockets)
      .send({});
    expect(unproved).toMatchObject(byRule(403, 'step_up'));
    expect(await emailOf(id)).toBe(email);
  });

  test('is changed on pages, checked before it is asked for', async () => {
    const { id } = await inUse();
    const email = elsewhere();
    const asking = await readerOf(council.server, 'administrator');
    asking.stopsToCheck = true;
    await asking.open((await asking.open(paths.person(id))).link('Change the address they sign in with'));
    expect((await asking.submit({})).errors).toMatchObject([{ href: '#email' }, { href: '#reasons' }]);
    const check = await asking.submit({ email, reasons });
    expect(check.headings).toEqual(['Check before you ask to change the address']);
    expect(check.text).toContain(email);
    expect(await entriesOf(id)).toEqual([]);
    expect((await asking.send(check.form)).text).toContain('The change waits for a second person');

    const second = await readerOf(council.server, 'monitoring.officer');
    const person = await second.open(paths.person(id));
    expect(person.text).toContain(email);
    await second.open(person.link('Confirm the change of their address'));
    expect((await second.submit()).text).toContain('Their address has been changed.');
    expect(await emailOf(id)).toBe(email);
  });
});

describe('the database', () => {
  const breaks = (constraint: string) => ({ code: '23514', constraint });
  const change = (login: Knex, table: string, where: object, changes: object) =>
    behindTheApi(login, (trx) => trx(table).where(where).update(changes));

  test('changes no address of an account in use without a change that was asked for and confirmed', async () => {
    const { db, owner } = council.world;
    const { id, email } = await inUse();
    const [moved, other] = [elsewhere(), elsewhere()];
    const legal = await personId(db, 'legal');
    const asked = {
      was: email,
      email: moved,
      asked_by: administrator.id,
      asked_at: council.clock,
      reasons,
    };
    for (const login of [db, owner]) {
      const straight = change(login, 'people', { id }, { email: moved });
      await expect(straight).rejects.toMatchObject(breaks('people_address_two_people'));
    }
    const insert = (row: object) =>
      behindTheApi(db, (trx) => trx('address_changes').insert({ person_id: id, ...row }));
    const atOnce = insert({ ...asked, confirmed_by: officer.id });
    await expect(atOnce).rejects.toMatchObject(breaks('address_changes_asked_first'));
    await expect(insert({ ...asked, asked_by: legal })).rejects.toMatchObject(
      breaks('address_changes_asker'),
    );
    await expect(insert({ ...asked, was: other })).rejects.toMatchObject(breaks('address_changes_of_today'));
    await expect(insert({ ...asked, reasons: ' ' })).rejects.toMatchObject(
      breaks('address_changes_reasons_check'),
    );
    await insert(asked);
    const waits = change(db, 'people', { id }, { email: moved });
    await expect(waits).rejects.toMatchObject(breaks('people_address_two_people'));
    const row = { person_id: id };
    for (const [by, constraint] of [
      [administrator.id, 'address_changes_two_people'],
      [id, 'address_changes_confirmer'],
      [legal, 'address_changes_confirmer'],
    ] as const)
      await expect(change(db, 'address_changes', row, { confirmed_by: by })).rejects.toMatchObject(
        breaks(constraint),
      );
    const toAnother = { confirmed_by: officer.id, email: other };
    await expect(change(db, 'address_changes', row, toAnother)).rejects.toMatchObject(
      breaks('address_changes_asked_first'),
    );
    await change(db, 'address_changes', row, { confirmed_by: officer.id });
    const elsewhereStill = change(db, 'people', { id }, { email: other });
    await expect(elsewhereStill).rejects.toMatchObject(breaks('people_address_two_people'));
    await change(db, 'people', { id }, { email: moved });
    // It was confirmed once: not back, and not there again.
    await expect(change(db, 'people', { id }, { email })).rejects.toMatchObject(
      breaks('people_address_two_people'),
    );
  });

  test('changes none without an entry on the trail', async () => {
    const { db } = council.world;
    const { id } = await inUse();
    expectOk(await administrator.post(at(id), { email: elsewhere(), reasons }));
    const silent = inTransaction(db, async (trx) => {
      await trx('address_changes').where({ person_id: id }).update({ confirmed_by: officer.id });
    });
    await expect(silent).rejects.toMatchObject(breaks('no_change_without_a_trace'));
  });
});
