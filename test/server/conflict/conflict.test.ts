/** Conflicts of interest: told at once, listed, contested, settled and ended; and who may, by which rule. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { readerOf } from '../../support/browser-less.js';
import { chiefExecutive, conflictOf, conflictReasons } from '../../support/conflicts.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { personId } from '../../support/people.js';
import { unnumbered } from '../../support/unnumbered.js';
import { paths } from '../../../server/web/paths.js';

const council = useCouncil();
const absent = 'OBS-1999-9999';
const nobodysId = '00000000-0000-4000-8000-000000000000';
const why = { reasons: 'The complaint was of another person of that name.' };
const cited = { ...why, authority: chiefExecutive };

const email = (account: Account) => `${account}@council.example`;
const send = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const record = (by: Account, body: object) => send(by, '/api/conflicts', body);
const rowsIn = async (table: string): Promise<number> =>
  Number((await council.world.owner(table).count<{ count: string }[]>())[0]?.count);
const fieldsOf = ({ body }: Answer) => (body.errors ?? []).map(({ field }: { field: string }) => field);
const refusedBy = ({ status, body }: Answer) => [status, body.rule];

let line: Line;
beforeAll(async () => {
  line = await Line.submitted(council);
}, 60_000);
const about = () => ({ reference: line.reference });
/** Recorded by Democratic Services about somebody else. */
const recorded = async (person: Account, by: Account = 'democratic.services'): Promise<string> =>
  expectOk(await record(by, conflictOf(person, 'complaint', about()))).body.id as string;
const at = (id: string, act: 'contest' | 'settle' | 'end') => `/api/conflicts/${id}/${act}`;
let known: string[] = [];
const told = async (kind: string): Promise<string[]> => {
  const rows: { email: string }[] = await council.world
    .owner('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ kind, reference: 'conflicts' })
    .whereNotIn('m.id', known)
    .orderBy('p.email')
    .select('p.email');
  return rows.map((row) => row.email.replace('@council.example', ''));
};
const forget = async (): Promise<void> => {
  known = await council.world.owner('messages').where({ reference: 'conflicts' }).pluck('id');
};

describe('recording', () => {
  test('Democratic Services record anybody’s with reasons, and each person their own; no detail is kept', async () => {
    const { councillorId } = await council.as('scrutiny.chair');
    for (const [by, person, of] of [
      ['democratic.services', 'legal.second', { reference: line.reference }],
      ['legal.second', 'legal.second', { councillor: councillorId }],
      ['host', 'host', { reference: line.reference, councillor: councillorId }],
      ['scrutiny.member', 'scrutiny.member', { councillor: councillorId }],
    ] as const) {
      const own = by === person;
      const body = own ? { person: email(person), kind: 'other', ...of } : conflictOf(person, 'other', of);
      const answer = expectOk(await record(by, body));
      const { id } = await council.as(person);
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({
        person: id,
        kind: 'other',
        councillor: null,
        reference: null,
        ...of,
        own,
        status: 'recorded',
        reasons: own ? null : conflictReasons,
        contested: null,
        settled: null,
        ended: null,
        can: ['end'],
      });
      const [entry] = await search(council.world.db, { type: 'conflict.recorded', limit: 1 });
      expect(entry).toMatchObject({
        actor: (await council.as(by)).id,
        subject: 'reference' in of ? of.reference : `councillor:${of.councillor}`,
        decision: { kind: 'other', conflict: answer.body.id, person: id },
      });
    }
  });

  test('that of somebody else is told at once to them and to the Monitoring Officer; one’s own to nobody', async () => {
    await forget();
    expectOk(await record('legal.second', { person: email('legal.second'), kind: 'other', ...about() }));
    expect(await told('conflict_recorded')).toEqual([]);
    await recorded('legal.second');
    expect(await told('conflict_recorded')).toEqual(['legal.second', 'monitoring.officer']);
  });

  test('nobody else records one of another', async () => {
    const before = await rowsIn('conflicts');
    for (const by of [
      'legal',
      'monitoring.officer',
      'childrens.services',
      'auditor',
      'scrutiny.chair',
    ] as const) {
      for (const person of ['childrens.services.deputy', 'nobody']) {
        const refused = await record(by, conflictOf(person, 'relation', about()));
        expect(refusedBy(refused)).toEqual([403, 'own_record']);
      }
    }
    expect(await rowsIn('conflicts')).toBe(before);
  });

  test('without reasons that of somebody else is refused, and a text with personal data is kept nowhere', async () => {
    const { reasons: _none, ...bare } = conflictOf('legal', 'complaint', about());
    const refused = await record('democratic.services', bare);
    expect([...refusedBy(refused), fieldsOf(refused)]).toEqual([422, 'conflict', ['reasons']]);
    const phone = await record('democratic.services', { ...bare, reasons: 'Ask on 07700 900123.' });
    expect([...refusedBy(phone), fieldsOf(phone)]).toEqual([422, 'personal_data', ['reasons']]);
    const named = await record('democratic.services', { ...bare, reasons: 'She is married to Peter Quint.' });
    expect(named).toMatchObject({ status: 422, body: { cautions: [{ field: 'reasons', kind: 'name' }] } });
  });

  test('it is about an existing councillor or request, and a hidden one counts as missing', async () => {
    const draft = await Line.drafted(council);
    const own = (of: object) => record('legal', { person: email('legal'), kind: 'other', ...of });
    const before = await rowsIn('conflicts');
    expect(fieldsOf(await own({}))).toEqual(['councillor']);
    expect(fieldsOf(await own({ councillor: nobodysId }))).toEqual(['councillor']);
    const both = await own({ councillor: nobodysId, reference: absent });
    expect(fieldsOf(both)).toEqual(['councillor', 'reference']);
    const [hidden, missing] = [await own({ reference: draft.reference }), await own({ reference: absent })];
    expect([hidden.status, unnumbered(hidden.body)]).toEqual([422, unnumbered(missing.body)]);
    const nobody = await record('democratic.services', conflictOf('nobody', 'other', about()));
    expect(fieldsOf(nobody)).toEqual(['person']);
    expect(fieldsOf(await own({ ...about(), kind: 'enmity' }))).toEqual(['kind']);
    expect(await rowsIn('conflicts')).toBe(before);
  });

  test.each([
    ['relation', 'declared_relation'],
    ['complaint', 'complaint'],
    ['line_management', 'recorded_conflict'],
    ['other', 'recorded_conflict'],
  ])('somebody with a conflict of the kind %s may speak and not sign', async (kind, rule) => {
    const ready = await Line.assessed(council);
    const ds = 'democratic.services';
    expectOk(await record(ds, { person: email(ds), kind, reference: ready.reference }));
    expect((await ready.read(ds)).body.can).not.toContain('sign_off');
    expect(await ready.sign('democratic_services')).toMatchObject({ status: 403, body: { rule } });
    expect((await ready.speak(ds)).status).toBe(201);
    expect((await ready.sign('democratic_services', {}, 'democratic.services.second')).status).toBe(201);
  });
});

describe('one that somebody else recorded', () => {
  test('ends with reasons by who recorded it, and the person may sign from then on; what was refused stays', async () => {
    const ready = await Line.assessed(council);
    const id = expectOk(
      await record(
        'democratic.services.second',
        conflictOf('democratic.services', 'complaint', { reference: ready.reference }),
      ),
    ).body.id as string;
    expect(refusedBy(await ready.sign('democratic_services'))).toEqual([403, 'complaint']);
    await forget();
    const ended = expectOk(await send('democratic.services.second', at(id, 'end'), why)).body;
    expect(ended).toMatchObject({
      status: 'ended',
      ended: { reasons: why.reasons, authority: null, by: expect.stringContaining('Second') },
      can: [],
    });
    expect(await told('conflict_ended')).toEqual(['democratic.services', 'monitoring.officer']);
    expect((await ready.sign('democratic_services')).status).toBe(201);
    const [entry] = await search(council.world.db, { type: 'conflict.ended', limit: 1 });
    expect(entry).toMatchObject({
      subject: ready.reference,
      office: 'democratic_services',
      decision: { conflict: id },
      reasons: why.reasons,
    });
    expect(refusedBy(await send('monitoring.officer', at(id, 'end'), why))).toEqual([409, 'conflict_over']);
  });

  test('ends by the Monitoring Officer; not by another of Democratic Services, and not by the person', async () => {
    const id = await recorded('legal');
    const another = await send('democratic.services.second', at(id, 'end'), why);
    expect(refusedBy(another)).toEqual([403, 'conflict_recorder']);
    expect(refusedBy(await send('legal', at(id, 'end'), why))).toEqual([403, 'office']);
    const empty = await send('monitoring.officer', at(id, 'end'), {});
    expect([empty.status, fieldsOf(empty)]).toEqual([422, ['reasons']]);
    expectOk(await send('monitoring.officer', at(id, 'end'), why));
  });

  test('is not ended by the person, though they hold the office that would', async () => {
    const id = expectOk(
      await record('democratic.services.second', conflictOf('two.offices', 'complaint', about())),
    ).body.id as string;
    const own = await send('two.offices', at(id, 'end'), why);
    expect(refusedBy(own)).toEqual([403, 'conflict_of_oneself']);
  });

  test('is contested by the person alone and once, stands meanwhile, and is told with the day', async () => {
    const id = await recorded('legal');
    await forget();
    for (const by of ['democratic.services', 'monitoring.officer'] as const)
      expect(refusedBy(await send(by, at(id, 'contest'), why))).toEqual([403, 'own_record']);
    const contested = expectOk(await send('legal', at(id, 'contest'), why)).body;
    expect(contested).toMatchObject({
      status: 'contested',
      contested: { reasons: why.reasons, due: { what: 'settle_conflict', at: expect.any(String) } },
      can: [],
    });
    expect(contested.contested.due.counted).toHaveLength(2);
    expect(await told('conflict_contested')).toEqual(['democratic.services', 'monitoring.officer']);
    expect(refusedBy(await send('legal', at(id, 'contest'), why))).toEqual([409, 'conflict_over']);
    expect(refusedBy(await line.decide('refuse'))).toEqual([403, 'complaint']);
  });

  test('is settled by the Monitoring Officer: upheld it stands, and cannot be contested again', async () => {
    const id = await recorded('legal');
    const settle = (by: Account, body: object) => send(by, at(id, 'settle'), body);
    const early = await settle('monitoring.officer', { outcome: 'upheld', ...why });
    expect(refusedBy(early)).toEqual([409, 'conflict_over']);
    expectOk(await send('legal', at(id, 'contest'), why));
    const outcome = { outcome: 'upheld', ...why };
    expect(refusedBy(await settle('democratic.services', outcome))).toEqual([403, 'conflict_settler']);
    await forget();
    const settled = expectOk(await settle('monitoring.officer', outcome)).body;
    expect(settled).toMatchObject({ status: 'upheld', settled: { outcome: 'upheld', ...why }, ended: null });
    expect(await told('conflict_settled')).toEqual(['democratic.services', 'legal']);
    expect(refusedBy(await send('legal', at(id, 'contest'), why))).toEqual([409, 'conflict_over']);
    expectOk(await send('monitoring.officer', at(id, 'end'), why));
  });

  test('settled as ended, it has ended', async () => {
    const id = await recorded('legal.second');
    expectOk(await send('legal.second', at(id, 'contest'), why));
    const settled = expectOk(
      await send('monitoring.officer', at(id, 'settle'), { outcome: 'ended', ...why }),
    ).body;
    expect(settled).toMatchObject({
      status: 'ended',
      settled: { outcome: 'ended' },
      ended: { reasons: null },
    });
  });
});

describe('one’s own', () => {
  test('is ended by oneself with reasons, or by the Monitoring Officer, and is not contested', async () => {
    const declare = async () =>
      expectOk(await record('host', { person: email('host'), kind: 'other', ...about() })).body.id as string;
    const id = await declare();
    expect(refusedBy(await send('host', at(id, 'contest'), why))).toEqual([409, 'conflict_own']);
    expect(refusedBy(await send('democratic.services', at(id, 'end'), why))).toEqual([
      403,
      'conflict_recorder',
    ]);
    expect(expectOk(await send('host', at(id, 'end'), why)).body.status).toBe('ended');
    expectOk(await send('monitoring.officer', at(await declare(), 'end'), why));
  });
});

test('a deputy acts on a legal hold while the principal has a conflict with the councillor, and not once it has ended', async () => {
  const [officer, deputy] = ['monitoring.officer', 'monitoring.officer.deputy'] as const;
  const { councillorId: councillor } = await council.as('ward.member');
  const own = { person: email(officer), kind: 'other', councillor };
  const { id } = expectOk(await record(officer, own)).body;
  const hold = { councillor, reasons: 'A claim was announced.' };
  const placed = expectOk(await send(deputy, '/api/holds', hold)).body;
  expectOk(await send(officer, at(id as string, 'end'), why));
  expect(refusedBy(await send(deputy, '/api/holds', hold))).toEqual([403, 'principal_present']);
  const lifted = await send(deputy, `/api/holds/${placed.id}/lift`, why);
  expect(refusedBy(lifted)).toEqual([403, 'principal_present']);
});

describe('one against the Monitoring Officer', () => {
  test('needs the Chief Executive’s authority to be recorded, settled and ended, by Democratic Services', async () => {
    const { authority: _cited, ...bare } = conflictOf('monitoring.officer', 'complaint', about());
    const refused = await record('democratic.services', bare);
    expect([...refusedBy(refused), fieldsOf(refused)]).toEqual([422, 'conflict', ['authority']]);
    const id = await recorded('monitoring.officer');
    await forget();
    expectOk(await send('monitoring.officer', at(id, 'contest'), why));
    expect(await told('conflict_contested')).toEqual(
      expect.arrayContaining(['democratic.services', 'democratic.services.second']),
    );
    expect(await told('conflict_contested')).not.toContain('monitoring.officer');
    const settle = (by: Account, body: object) => send(by, at(id, 'settle'), { outcome: 'upheld', ...body });
    expect(refusedBy(await settle('monitoring.officer', cited))).toEqual([403, 'conflict_of_oneself']);
    expect(fieldsOf(await settle('democratic.services', why))).toEqual(['authority']);
    expectOk(await settle('democratic.services', cited));
    expect(refusedBy(await send('monitoring.officer', at(id, 'end'), why))).toEqual([
      403,
      'conflict_of_oneself',
    ]);
    expect(fieldsOf(await send('democratic.services', at(id, 'end'), why))).toEqual(['authority']);
    // Whoever keeps the list for the Chief Executive: not who recorded it alone.
    expectOk(await send('democratic.services.second', at(id, 'end'), cited));
  });

  test('of nobody else is the authority asked for', async () => {
    const refused = await record('democratic.services', {
      ...conflictOf('legal', 'complaint', about()),
      authority: chiefExecutive,
    });
    expect([...refusedBy(refused), fieldsOf(refused)]).toEqual([422, 'conflict', ['authority']]);
  });
});

describe('the list', () => {
  test('shows people their own, and all to who keeps it and to the Monitoring Officer; page by page', async () => {
    await recorded('childrens.services');
    const own = (await (await council.as('childrens.services')).get('/api/conflicts')).body.items;
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own.map(({ personName }: { personName: string }) => personName)).size).toBe(1);
    for (const by of ['democratic.services', 'monitoring.officer'] as const) {
      const client = await council.as(by);
      const { body: first } = await client.get('/api/conflicts?limit=2');
      const { body: second } = await client.get(`/api/conflicts?limit=2&cursor=${first.next}`);
      expect([first.items.length, second.items.length]).toEqual([2, 2]);
      expect(first.items.map(({ id }: { id: string }) => id)).not.toContain(second.items[0].id);
    }
    expect((await (await council.as('data.protection')).get('/api/conflicts')).body.items).toEqual([]);
    const [entry] = await search(council.world.db, { type: 'conflict.listed', limit: 1 });
    expect(entry).toMatchObject({
      actor: await personId(council.world.db, 'data.protection'),
      subject: 'conflicts',
    });
  });

  test('hides one of somebody else from everybody else, as if it were not there', async () => {
    const id = await recorded('legal');
    for (const by of ['host', 'auditor', 'childrens.services', 'scrutiny.chair'] as const) {
      const client = await council.as(by);
      const [hidden, missing] = [
        await client.get(`/api/conflicts/${id}`),
        await client.get(`/api/conflicts/${nobodysId}`),
      ];
      expect([hidden.status, unnumbered(hidden.body)]).toEqual([404, unnumbered(missing.body)]);
      expect((await send(by, at(id, 'end'), why)).status).toBe(404);
    }
    expectOk(await (await council.as('legal')).get(`/api/conflicts/${id}`));
  });
});

test('its texts are reported by who reads them, the person too, and hidden at once for everybody', async () => {
  const id = await recorded('legal');
  const of = { kind: 'conflict', id, field: 'reasons' };
  const because = { of, reasons: 'It says who a relative is.' };
  expect((await send('host', '/api/redactions', because)).status).toBe(422);
  expect((await send('legal', '/api/redactions', because)).status).toBe(201);
  const { body } = await (await council.as('monitoring.officer')).get(`/api/conflicts/${id}`);
  expect(body.reasons).toContain('This text is hidden');
  const [entry] = await search(council.world.db, { type: 'conflict.recorded', limit: 1 });
  expect(JSON.stringify(entry)).not.toContain(conflictReasons);
});

describe('its pages', () => {
  test('lead from the list to contesting, settling and ending it', async () => {
    const keeper = await readerOf(council.server, 'democratic.services');
    await keeper.open(paths.newConflict);
    const done = await keeper.submit({
      person: email('childrens.services.deputy'),
      kind: 'relation',
      reference: line.reference,
      reasons: conflictReasons,
    });
    expect(done.text).toContain('The conflict has been recorded.');
    const person = await readerOf(council.server, 'childrens.services.deputy');
    const list = await person.open(paths.conflicts);
    await person.open(list.link('Children’s Services Deputy'));
    await person.open(
      (await person.open(list.link('Children’s Services Deputy'))).link('Contest this conflict'),
    );
    const blank = await person.submit({ reasons: '' });
    expect(blank.text).toContain('Enter');
    expect((await person.submit(why)).text).toContain('You have contested the conflict.');
    const officer = await readerOf(council.server, 'monitoring.officer');
    const shown = await officer.open(
      (await officer.open(paths.conflicts)).link('Children’s Services Deputy'),
    );
    expect(shown.text).toContain('To be settled by the end of');
    await officer.open(shown.link('Settle whether this conflict stands'));
    expect((await officer.submit({ outcome: 'upheld', ...why })).text).toContain('has been settled');
    const again = await officer.open(
      (await officer.open(paths.conflicts)).link('Children’s Services Deputy'),
    );
    await officer.open(again.link('End this conflict'));
    expect((await officer.submit(why)).text).toContain('The conflict has ended.');
  });
});

describe('the database', () => {
  test('keeps what the rules say, whoever writes past them', async () => {
    const id = await recorded('legal');
    const change = (by: object) => council.world.owner('conflicts').where({ id }).update(by);
    const now = council.clock;
    const legal = await personId(council.world.db, 'legal');
    const ended = { ended_at: now, end_reasons: 'It was a mistake.' };
    await expect(change({ ...ended, ended_by: legal })).rejects.toMatchObject({
      constraint: 'conflicts_of_oneself',
    });
    await expect(change({ settled_at: now })).rejects.toMatchObject({
      constraint: 'conflicts_settled_check',
    });
    const mo = await recorded('monitoring.officer');
    await expect(
      council.world
        .owner('conflicts')
        .where({ id: mo })
        .update({ ...ended, ended_by: legal }),
    ).rejects.toMatchObject({ constraint: 'conflicts_chief_executive' });
    expectOk(await send('monitoring.officer', at(id, 'end'), why));
    await expect(change({ ended_at: null, ended_by: null, end_reasons: null })).rejects.toMatchObject({
      constraint: 'conflicts_kept',
    });
    const rest = {
      person_id: legal,
      kind: 'complaint' as const,
      reference: line.reference,
      recorded_at: now,
    };
    const by = await personId(council.world.db, 'democratic.services');
    await expect(council.world.owner('conflicts').insert({ ...rest, recorded_by: by })).rejects.toMatchObject(
      { constraint: 'conflicts_reasoned' },
    );
  });
});
