/** Nobody is locked out: two people remove the app for codes of a third who has lost phone and recovery codes. */
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import request from 'supertest';
import { search } from '../../../db/audit/search.js';
import { inTransaction } from '../../../db/core/connection.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { useCouncil, sockets, type Account, type Client } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { added, cameIn } from '../../support/newcomers.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';
import { authenticator } from '../../support/authenticator.js';
import { codeAt } from '../../support/code-at.js';
import { cameInAs, keyInUse, tryIn, withPhone } from '../../support/phone.js';

const council = useCouncil();
const reasons = 'They came to the desk, and showed their pass.';

let administrator: Client;
let officer: Client;
beforeAll(async () => {
  administrator = await council.as('administrator');
  officer = await council.as('monitoring.officer');
});

// A code works once: each test has periods of its own.
beforeEach(() => {
  council.clock = new Date(council.clock.getTime() + 60_000);
});

const at = (id: string): string => `/api/people/${id}/codes/removal`;
const ask = async (id: string) => expectOk(await administrator.post(at(id), { reasons }));
const confirm = (id: string) => officer.post(`${at(id)}/confirm`);

/** Somebody with a key in use. */
const locked = async (): Promise<{ readonly id: string; readonly email: string }> => {
  const person = await added(administrator, 'Locked Out');
  await behindTheApi(council.world.db, (trx) => keyInUse(trx, person.id, council.clock));
  return person;
};

/** A second administrator, with an app for codes. */
const another = async () => {
  const person = await added(administrator, 'Another Administrator');
  const office = { office: 'administrator', capacity: 'principal', from: londonDate(council.clock) };
  const given = expectOk(await administrator.post(`/api/people/${person.id}/offices`, office));
  expectOk(await officer.post(`/api/people/${person.id}/offices/${given.body.offices[0].id}/confirm`));
  return { ...person, agent: await cameIn(council, person) };
};

const keysOf = async (id: string): Promise<number> =>
  (await council.world.db('code_keys').where({ person_id: id })).length;
const told = async (kind: string): Promise<string[]> =>
  council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where('m.kind', kind)
    .pluck('p.email');
const entriesOf = async (id: string) =>
  (await search(council.world.db, { subject: `person:${id}`, limit: 20 }))
    .filter(({ type }) => type.startsWith('codes.'))
    .map(({ type, reasons: why, decision }) => [type, why, decision])
    .toReversed();

describe('an app for codes', () => {
  test('goes once a second person confirms it, with the recovery codes and every session, and all are told', async () => {
    const phone = await withPhone(council, 'legal');
    const id = await personId(council.world.db, 'legal');
    const email = 'legal@council.example';
    const asked = await ask(id);
    expect(asked.body.codesRemoval).toMatchObject({
      askedBy: { name: 'Administrator (demonstration)' },
      reasons,
    });
    // Until then nothing has changed.
    expect((await tryIn(council, 'legal')).answer.body).toMatchObject({ type: '/problems/code-needed' });
    expect(await told('codes_removal_waits')).toContain('monitoring.officer@council.example');
    expect((await told('codes_changed')).filter((each) => each === email)).toHaveLength(2);
    expect((await officer.get(`/api/people/${id}`)).body.codesRemoval).toMatchObject({ reasons });

    const done = expectOk(await confirm(id));
    expect(done.body.codesRemoval).toBeNull();
    expect((await phone.browser.get('/api/me').agent(sockets)).status).toBe(401);
    expect(await keysOf(id)).toBe(0);
    expect(await council.world.db('recovery_codes').where({ person_id: id })).toEqual([]);
    expect(await told('codes_removed')).toEqual([email]);
    expect(await told('codes_removed_of_somebody')).toEqual(
      expect.arrayContaining(['administrator@council.example', 'monitoring.officer@council.example']),
    );
    expect(await entriesOf(id)).toEqual([
      ['codes.removal_asked', reasons, null],
      ['codes.removed', null, { proof: 'passphrase' }],
    ]);
    // The password alone signs in, and an app is set up anew.
    const { browser, answer } = await tryIn(council, 'legal');
    expect(answer.status).toBe(201);
    expect((await browser.get('/api/me/codes').agent(sockets)).body).toMatchObject({ since: null });
    await withPhone(council, 'legal');
  });

  test('is removed by two others: not by who asked, nor by the owner, whatever their office', async () => {
    const own = await another();
    await behindTheApi(council.world.db, (trx) => keyInUse(trx, own.id, council.clock));
    const owner = (path: string) => own.agent.post(path).agent(sockets).send({ reasons });
    expect(await owner(at(own.id))).toMatchObject(byRule(403, 'codes_two_people'));
    expect(await officer.post(at(own.id), { reasons })).toMatchObject(byRule(403, 'office'));
    await ask(own.id);
    expect(await administrator.post(`${at(own.id)}/confirm`)).toMatchObject(byRule(403, 'codes_two_people'));
    const bySelf = await own.agent
      .post(`${at(own.id)}/confirm`)
      .agent(sockets)
      .send({});
    expect(bySelf).toMatchObject(byRule(403, 'codes_two_people'));
    expect(await administrator.post(at(own.id), { reasons })).toMatchObject(byRule(409, 'removal_asked'));
    expect(await keysOf(own.id)).toBe(1);
    expectOk(await confirm(own.id));
    expect(await confirm(own.id)).toMatchObject(byRule(409, 'removal_over'));
    expect(await administrator.post(at(own.id), { reasons })).toMatchObject(byRule(409, 'no_codes'));
  });

  test('stays where who asked withdraws that, which another administrator cannot', async () => {
    const [{ id }, second] = [await locked(), await another()];
    await ask(id);
    const by = await second.agent.delete(at(id)).agent(sockets);
    expect(by).toMatchObject(byRule(403, 'removal_of_another'));
    expect((await administrator.delete(at(id))).status).toBe(204);
    expect(await confirm(id)).toMatchObject(byRule(409, 'removal_over'));
    expect(await keysOf(id)).toBe(1);
    expect((await entriesOf(id)).map(([type]) => type)).toEqual([
      'codes.removal_asked',
      'codes.removal_withdrawn',
    ]);
  });

  test('stays where nobody confirms it for a day, and its removal may be asked for anew', async () => {
    const { id } = await locked();
    await ask(id);
    const listed = async () =>
      (await officer.get('/api/people?waiting=true&limit=100')).body.items.map(
        (each: { id: string }) => each.id,
      );
    expect(await listed()).toContain(id);
    const dayBefore = new Date(council.clock.getTime() - 24 * 3_600_000);
    await behindTheApi(council.world.db, (trx) =>
      trx('code_keys').where({ person_id: id }).update({ removal_asked_at: dayBefore }),
    );
    expect(await listed()).not.toContain(id);
    expect(await confirm(id)).toMatchObject(byRule(409, 'removal_over'));
    expect((await officer.get(`/api/people/${id}`)).body.codesRemoval).toBeNull();
    await ask(id);
    expectOk(await confirm(id));
  });

  test('that its owner sets up anew meanwhile is not removed', async () => {
    const phone = await withPhone(council, 'host');
    const id = await personId(council.world.db, 'host');
    await ask(id);
    const { body } = await phone.browser.post('/api/me/codes').agent(sockets).send({});
    const code = codeAt(body.key, council.clock);
    const anew = await phone.browser.post('/api/me/codes/confirm').agent(sockets).send({ code });
    expect(anew.status).toBe(200);
    expect(await confirm(id)).toMatchObject(byRule(409, 'removal_over'));
    expect(await keysOf(id)).toBe(1);
  });

  test('is removed by a second person alone who has proved who they are', async () => {
    const [{ id }, second] = [await locked(), await another()];
    await ask(id);
    council.clock = new Date(council.clock.getTime() + 16 * 60_000);
    const unproved = await second.agent
      .post(`${at(id)}/confirm`)
      .agent(sockets)
      .send({});
    expect(unproved).toMatchObject(byRule(403, 'step_up'));
    expect(await keysOf(id)).toBe(1);
  });

  test('is asked to be removed with reasons that name no family', async () => {
    const { id } = await locked();
    const refused = await administrator.post(at(id), { reasons: 'Ring 07700 900123.' });
    expect(refused).toMatchObject(byRule(422, 'personal_data'));
  });

  test('is removed on pages, checked before it is asked for', async () => {
    const { id } = await locked();
    const asking = await readerOf(council.server, 'administrator');
    asking.stopsToCheck = true;
    await asking.open((await asking.open(paths.person(id))).link('Remove their ways to prove who they are'));
    expect((await asking.submit({})).errors).toMatchObject([{ href: '#reasons' }]);
    const check = await asking.submit({ reasons });
    expect(check.headings).toEqual(['Check before you ask to remove their ways to prove who they are']);
    expect(check.text).toContain(reasons);
    expect(await entriesOf(id)).toEqual([]);
    const done = await asking.send(check.form);
    expect(done.text).toContain('The removal waits for a second person');
    const own = await asking.open(paths.confirmCodesRemoval(id));
    expect(own.text).toContain('nobody confirms what they asked for');

    const second = await readerOf(council.server, 'monitoring.officer');
    const person = await second.open(paths.person(id));
    expect(person.text).toContain('waits for a second person');
    const confirming = await second.open(
      person.link('Confirm the removal of their ways to prove who they are'),
    );
    expect(confirming.text).toContain(reasons);
    expect((await second.submit()).text).toContain(
      'Their app for codes, passkeys and link to the council’s own sign-in have been removed.',
    );
    expect(await keysOf(id)).toBe(0);
  });
});

describe('a passkey that is lost', () => {
  const withPasskey = async (account: Account) => {
    const browser = await cameInAs(council, account);
    const device = authenticator();
    const { body } = await browser.post('/api/me/passkeys/options').agent(sockets).send({});
    const answer = { name: 'Phone', response: device.made(body) };
    expect((await browser.post('/api/me/passkeys').agent(sockets).send(answer)).status).toBe(201);
    return { browser, device, id: await personId(council.world.db, account) };
  };
  const passkeysOf = async (id: string) =>
    (await council.world.db('passkeys').where({ person_id: id })).length;

  test('goes once a second person confirms it, also of somebody without an app; then the password signs in', async () => {
    const { browser, device, id } = await withPasskey('auditor');
    expect((await tryIn(council, 'auditor')).answer.status).toBe(401);
    await ask(id);
    expect(await passkeysOf(id)).toBe(1);
    expectOk(await confirm(id));
    expect([await passkeysOf(id), await keysOf(id)]).toEqual([0, 0]);
    expect((await browser.get('/api/me').agent(sockets)).status).toBe(401);
    const visitor = request.agent(council.server);
    const { body: options } = await visitor.post('/api/session/passkey/options').agent(sockets).send({});
    const response = device.answer(options);
    expect((await visitor.post('/api/session/passkey').agent(sockets).send({ response })).status).toBe(401);
    expect((await tryIn(council, 'auditor')).answer.status).toBe(201);
  });

  test('stays where nobody else confirms it, and where the database is asked by one person alone', async () => {
    const { id } = await withPasskey('scrutiny.member');
    const by = await personId(council.world.db, 'administrator');
    await ask(id);
    expect(await administrator.post(`${at(id)}/confirm`)).toMatchObject(byRule(403, 'codes_two_people'));
    const removing = behindTheApi(council.world.db, (trx) =>
      trx('passkeys').where({ person_id: id }).update({ removed_by: by }),
    );
    await expect(removing).rejects.toMatchObject({ constraint: 'passkeys_remover' });
    expect(await passkeysOf(id)).toBe(1);
  });

  test('is not asked to be removed of somebody who has none', async () => {
    const id = await personId(council.world.db, 'ward.member');
    expect(await administrator.post(at(id), { reasons })).toMatchObject(byRule(409, 'no_codes'));
  });
});

describe('the database', () => {
  const change = (login: Knex, id: string, changes: object) =>
    behindTheApi(login, (trx) => trx('code_keys').where({ person_id: id }).update(changes));
  const askedBy = (by: string) => ({
    removal_asked_by: by,
    removal_asked_at: council.clock,
    removal_reasons: reasons,
  });
  const breaks = (constraint: string) => ({ code: '23514', constraint });

  test('lets a key in use go once a second person has confirmed what an administrator asked for before', async () => {
    const { db, owner } = council.world;
    const [{ id }, legal] = [await locked(), await personId(council.world.db, 'legal')];
    const [first, second] = [administrator.id, officer.id];
    for (const login of [db, owner]) {
      const removing = behindTheApi(login, (trx) => trx('code_keys').where({ person_id: id }).delete());
      await expect(removing).rejects.toMatchObject(breaks('code_keys_kept'));
      const both = { ...askedBy(first), removal_confirmed_by: second };
      await expect(change(login, id, both)).rejects.toMatchObject(breaks('code_keys_asked_first'));
      await expect(change(login, id, askedBy(id))).rejects.toMatchObject(breaks('code_keys_asker'));
      await expect(change(login, id, askedBy(legal))).rejects.toMatchObject(breaks('code_keys_asker'));
      const half = { removal_asked_by: first, removal_asked_at: council.clock };
      await expect(change(login, id, half)).rejects.toMatchObject(breaks('code_keys_asked_check'));
    }
    await change(db, id, askedBy(first));
    for (const [by, constraint] of [
      [first, 'code_keys_two_people'],
      [legal, 'code_keys_confirmer'],
    ] as const)
      await expect(change(db, id, { removal_confirmed_by: by })).rejects.toMatchObject(breaks(constraint));
    const other = { sealed: Buffer.from('another'), since: council.clock };
    await expect(change(db, id, other)).rejects.toMatchObject(breaks('code_keys_removal_of_this'));
    await change(db, id, { removal_confirmed_by: second });
    await behindTheApi(db, (trx) => trx('code_keys').where({ person_id: id }).delete());
    expect(await keysOf(id)).toBe(0);
  });

  test('takes nobody for a second person, or for the first, in what concerns themselves', async () => {
    const { db } = council.world;
    const own = await another();
    await behindTheApi(db, (trx) => keyInUse(trx, own.id, council.clock));
    const asking = change(db, own.id, askedBy(own.id));
    await expect(asking).rejects.toMatchObject(breaks('code_keys_asked_by_another'));
    await change(db, own.id, askedBy(administrator.id));
    const confirming = change(db, own.id, { removal_confirmed_by: own.id });
    await expect(confirming).rejects.toMatchObject(breaks('code_keys_not_oneself'));
  });

  test('lets no key go without an entry on the trail', async () => {
    const { db } = council.world;
    const { id } = await locked();
    await ask(id);
    const removing = inTransaction(db, async (trx) => {
      await trx('code_keys').where({ person_id: id }).update({ removal_confirmed_by: officer.id });
      await trx('code_keys').where({ person_id: id }).delete();
    });
    await expect(removing).rejects.toMatchObject(breaks('no_change_without_a_trace'));
  });
});
