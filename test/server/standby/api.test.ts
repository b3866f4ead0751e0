/** Deputies and absences: who may record them, which are refused, and what they change. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { withoutOffice } from '../../support/newcomers.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { answerInOrder, expectOk, Line, reason } from '../../support/line.js';

const council = useCouncil();

beforeAll(() => withoutOffice(council, 'unengaged'));
const nobodysId = '00000000-0000-4000-8000-000000000000';

const today = (days = 0) => addDays(londonDate(council.clock), days);
const email = (account: Account) => `${account}@council.example`;
const record = async (
  by: Account,
  what: 'deputies' | 'absences' | 'conflicts',
  body: object,
): Promise<Answer> => (await council.as(by)).post(`/api/${what}`, body);
const deputy = (more: object = {}) => ({
  office: 'legal',
  deputy: email('data.protection'),
  from: today(),
  to: today(7),
  authority: 'Scheme of delegation, part 3, as recorded by the head of Legal.',
  ...more,
});
const absence = (more: object = {}) => ({
  office: 'legal',
  principal: email('legal'),
  from: today(30),
  to: today(37),
  ...more,
});
const trailOf = async (subject: string, type: string) => {
  const { body } = await (
    await council.as('democratic.services')
  ).get(`/api/audit?subject=${encodeURIComponent(subject)}&type=${type}`);
  return body.items as Record<string, unknown>[];
};
const rowsIn = async (table: string): Promise<number> =>
  Number((await council.world.owner(table).count<{ count: string }[]>())[0]?.count);
const fieldsOf = ({ body }: Answer) => (body.errors ?? []).map(({ field }: { field: string }) => field);

const offices = [
  'childrens.services',
  'legal',
  'monitoring.officer',
  'host',
  'data.protection',
  'auditor',
  'administrator',
];
const members = ['scrutiny.chair', 'former.member'];

describe('deputies', () => {
  test.each(['democratic.services', 'democratic.services.second', 'two.offices'])(
    '%s registers one, with its authority',
    async (by) => {
      const { id } = await council.as('data.protection');
      const before = await trailOf(`person:${id}`, 'deputy.registered');
      const { status, body } = await record(by, 'deputies', deputy());
      expect(status).toBe(201);
      expect(body).toEqual({ id: expect.any(String), ...deputy(), deputy: id, can: [] });
      const after = await trailOf(`person:${id}`, 'deputy.registered');
      expect(after).toHaveLength(before.length + 1);
      expect(after[0]).toMatchObject({
        actor: (await council.as(by)).id,
        decision: { office: 'legal', from: today(), to: today(7) },
        reasons: deputy().authority,
      });
    },
  );

  test.each([...offices, ...members, 'childrens.services.deputy'])(
    '%s may not, by the rule that says so',
    async (by) => {
      const before = await rowsIn('deputies');
      expect(await record(by, 'deputies', deputy())).toMatchObject({ status: 403, body: { rule: 'office' } });
      expect(await rowsIn('deputies')).toBe(before);
    },
  );

  test('a councillor, a principal of the office, or nobody at all does not stand in', async () => {
    const before = await rowsIn('deputies');
    for (const person of ['scrutiny.chair', 'former.member', 'legal', 'nobody']) {
      const refused = await record('democratic.services', 'deputies', deputy({ deputy: email(person) }));
      expect(refused).toMatchObject({ status: 422, body: { rule: 'people', authority: expect.any(String) } });
      expect(fieldsOf(refused)).toEqual(['deputy']);
    }
    expect(fieldsOf(await record('democratic.services', 'deputies', deputy({ deputy: nobodysId })))).toEqual([
      'deputy',
    ]);
    for (const [more, field] of [
      [{ to: today(-1) }, 'to'],
      [{ office: 'host' }, 'office'],
      [{ office: 'councillor' }, 'office'],
      [{ authority: ' ' }, 'authority'],
      [{ deputy: 'somebody' }, 'deputy'],
      [{ from: '2026-02-30' }, 'from'],
    ] as const) {
      const refused = await record('democratic.services', 'deputies', deputy(more));
      expect([refused.status, fieldsOf(refused)]).toEqual([422, [field]]);
    }
    expect(await rowsIn('deputies')).toBe(before);
  });

  test('a repeat under one Idempotency-Key is one deputy', async () => {
    const client = await council.as('democratic.services');
    const before = await rowsIn('deputies');
    const headers = { 'Idempotency-Key': 'one-deputy' };
    const first = await client.post('/api/deputies', deputy(), headers);
    const again = await client.post('/api/deputies', deputy(), headers);
    expect([first.status, again.body]).toEqual([201, first.body]);
    expect((await client.post('/api/deputies', deputy({ to: today(9) }), headers)).status).toBe(422);
    expect(await rowsIn('deputies')).toBe(before + 1);
  });
});

describe('absences', () => {
  test('Democratic Services record anybody’s, and a principal their own', async () => {
    for (const [by, given] of [
      ['democratic.services', absence()],
      ['legal', absence()],
      ['host', absence({ office: 'host', principal: email('host') })],
      [
        'monitoring.officer',
        absence({ office: 'monitoring_officer', principal: (await council.as('monitoring.officer')).id }),
      ],
    ] as const) {
      const { status, body } = await record(by, 'absences', given);
      expect([by, status]).toEqual([by, 201]);
      expect(body).toMatchObject({ office: given.office, from: given.from, to: given.to, can: [] });
      const [entry] = await trailOf(`person:${body.principal}`, 'absence.recorded');
      expect(entry).toMatchObject({
        actor: (await council.as(by)).id,
        decision: { office: given.office, from: given.from, to: given.to },
      });
      expect(entry).not.toHaveProperty('reasons');
    }
  });

  test('nobody else records one, and learns nothing of who there is', async () => {
    const before = await rowsIn('absences');
    for (const by of [
      'legal.second',
      'childrens.services.deputy',
      'auditor',
      'administrator',
      'scrutiny.chair',
    ]) {
      for (const principal of [email('legal'), email('nobody'), nobodysId]) {
        const refused = await record(by, 'absences', absence({ principal }));
        expect([by, refused.status, refused.body.rule]).toEqual([by, 403, 'own_record']);
      }
    }
    expect(await rowsIn('absences')).toBe(before);
  });

  test('only a principal of that office can be absent from it, and not backwards', async () => {
    for (const principal of [email('legal.second'), email('monitoring.officer'), email('nobody')]) {
      const refused = await record('democratic.services', 'absences', absence({ principal }));
      expect(refused).toMatchObject({ status: 422, body: { rule: 'people' } });
      expect(fieldsOf(refused)).toEqual(['principal']);
    }
    const refused = await record('legal', 'absences', absence({ to: today(29) }));
    expect([refused.status, fieldsOf(refused)]).toEqual([422, ['to']]);
    expect((await record('legal', 'absences', absence({ from: today(3), to: today(3) }))).status).toBe(201);
  });
});

describe('a deputy', () => {
  const stand = 'childrens.services.deputy';
  const command = (line: Line) => line.answer('connection', answerInOrder('connection', line.type), stand);

  test('reads like the office, and commands nothing while the head is there', async () => {
    const line = await Line.assessed(council);
    const { body } = await line.read(stand);
    expect(body).toMatchObject({ reference: line.reference, can: [] });
    expect(body.assessment.findings).toHaveLength(14);
    const { body: me } = await (await council.as(stand)).get('/api/me');
    expect(me.offices).toEqual([{ office: 'childrens_services', capacity: 'deputy' }]);
    for (const refused of [
      await command(line),
      await line.speak(stand),
      await line.sign('childrens_services', {}, stand),
    ]) {
      expect(refused).toMatchObject({ status: 403, body: { rule: 'principal_present' } });
    }
  });

  test('acts on the very request on which the head has a conflict, and on no other', async () => {
    const [conflicted, other] = [await Line.assessed(council), await Line.assessed(council)];
    expectOk(
      await record('childrens.services', 'conflicts', {
        person: email('childrens.services'),
        kind: 'complaint',
        reference: conflicted.reference,
      }),
    );
    expect((await conflicted.read(stand)).body.can).toEqual(
      expect.arrayContaining(['answer', 'discuss', 'sign_off']),
    );
    expect((await other.read(stand)).body.can).toEqual([]);
    expect(await conflicted.sign('childrens_services')).toMatchObject({
      status: 403,
      body: { rule: 'complaint' },
    });
    expect(await other.sign('childrens_services', {}, stand)).toMatchObject({ status: 403 });

    const { status, body } = await conflicted.sign('childrens_services', {}, stand);
    expect(status).toBe(201);
    expect(body.signOffs).toEqual([
      expect.objectContaining({
        office: 'childrens_services',
        by: {
          name: expect.stringContaining('Children’s Services Deputy'),
          capacity: 'deputy',
          deputyFor: 'Children’s Services (demonstration)',
        },
      }),
    ]);
    expect((await trailOf(conflicted.reference, 'request.signed'))[0]).toMatchObject({
      actor: (await council.as(stand)).id,
      office: 'childrens_services',
      capacity: 'deputy',
    });
  });

  test('acts on every request while the head is absent, and not before or after', async () => {
    const line = await Line.assessed(council);
    const away = (from: string, to: string) =>
      record('democratic.services', 'absences', {
        office: 'childrens_services',
        principal: email('childrens.services'),
        from,
        to,
      });
    expectOk(await away(today(-5), today(-1)));
    expectOk(await away(today(1), today(5)));
    // Away from another office than the one stood in for.
    expectOk(await record('democratic.services', 'absences', absence({ from: today(), to: today() })));
    expect(await command(line)).toMatchObject({ status: 403, body: { rule: 'principal_present' } });

    expectOk(await away(today(), today()));
    const { body } = await line.read(stand);
    expect(body.can).toEqual(
      expect.arrayContaining(['return', 'name_host', 'answer', 'discuss', 'sign_off']),
    );
    expect((await command(line)).status).toBe(200);
    expect((await line.speak(stand)).status).toBe(201);
    expect((await line.sign('childrens_services', {}, stand)).body.signOffs[0].by.deputyFor).toMatch(
      /Children’s Services/,
    );
    // The head is recorded as away and is not shut out: the seat belongs to one office, whoever sits on it.
    expect(await line.sign('childrens_services')).toMatchObject({
      status: 409,
      body: { rule: 'seat_taken' },
    });
    const { items } = (await (await council.as('legal')).get(`${line.path}/discussion`)).body;
    expect(items.at(-1).by).toMatchObject({ office: 'childrens_services', capacity: 'deputy' });
  });

  test('does not sign a strategy discussion, absent though the Director is', async () => {
    const line = await Line.assessed(council, { observationType: 'strategy_discussion' });
    expect((await line.read(stand)).body.can).not.toContain('sign_off');
    expect(await line.sign('childrens_services', {}, stand)).toMatchObject({
      status: 403,
      body: { rule: 'head_signs' },
    });
    expect((await line.sign('childrens_services')).status).toBe(201);
  });

  test('signs only for the office they stand in for', async () => {
    const line = await Line.assessed(council);
    expect(await line.sign('democratic_services', {}, stand)).toMatchObject({
      status: 403,
      body: { rule: 'office' },
    });
    expect(await line.decide('refuse', { reasons: reason }, stand)).toMatchObject({
      status: 403,
      body: { rule: 'office' },
    });
  });

  test('a registration counts on its own days alone, and brings the reading with it', async () => {
    const line = await Line.submitted(council);
    const client = await council.as('unengaged');
    const register = (more: object) =>
      record(
        'democratic.services',
        'deputies',
        deputy({ office: 'democratic_services', deputy: email('unengaged'), ...more }),
      );
    for (const days of [
      { from: today(-9), to: today(-1) },
      { from: today(1), to: today(9) },
    ]) {
      expectOk(await register(days));
      expect((await client.get(line.path)).status).toBe(404);
      expect((await client.get('/api/me')).body.offices).toHaveLength(0);
    }
    expectOk(await register({ from: today(), to: today() }));
    expect((await client.get(line.path)).body).toMatchObject({ reference: line.reference, can: [] });
    expect((await client.get('/api/me')).body.offices).toContainEqual({
      office: 'democratic_services',
      capacity: 'deputy',
    });
  });

  test('of Democratic Services records nothing of others while the head is there: least of all the head’s absence', async () => {
    const before = [await rowsIn('absences'), await rowsIn('conflicts'), await rowsIn('deputies')];
    const head = email('democratic.services');
    const away = { office: 'democratic_services', principal: head, from: today(), to: today() };
    const line = await Line.submitted(council);
    const conflict = { person: head, kind: 'other', reference: line.reference };
    const refused = [
      await record('unengaged', 'absences', away),
      await record('unengaged', 'conflicts', conflict),
      await record('unengaged', 'deputies', deputy()),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect([await rowsIn('absences'), await rowsIn('conflicts'), await rowsIn('deputies')]).toEqual(before);
    expect((await line.read('unengaged')).body.can).toEqual([]);
  });
});
