/** The trail as it is read: searched by subject, actor, type and time, newest first, each reading an entry too. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { append } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { entryTypes } from '../../../db/audit/entry-types.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import * as notices from '../../../policies/core/notices.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Account } from '../../support/council.js';
import { subject as subjects } from '../../../server/trail/api.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { granted } from '../../support/granted.js';
import { expectOk, Line, reason } from '../../support/line.js';

const council = useCouncil();

interface Entry {
  readonly at: string;
  readonly type: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly office: string | null;
  readonly subject: string;
  readonly decision?: Record<string, unknown>;
  readonly reasons?: string;
}
const search = async (query: Record<string, string>, by: Account = 'auditor') =>
  (await council.as(by)).get(`/api/audit?${new URLSearchParams(query).toString()}`);
const found = async (query: Record<string, string>): Promise<Entry[]> => {
  const { status, body } = await search({ limit: '100', ...query });
  expect(status).toBe(200);
  return body.items;
};
/** Walks to the end, and calls `between` after each page. */
const walk = async (query: Record<string, string>, between: () => Promise<unknown> = async () => {}) => {
  const all: Entry[] = [];
  let next: string | null = null;
  do {
    const { body } = await search({ ...query, ...(next === null ? {} : { cursor: next }) });
    all.push(...body.items);
    next = body.next as string | null;
    await between();
  } while (next !== null);
  return all;
};
/** An entry as the database has it, in the order of writing, newest first. */
const written = async (): Promise<{ id: string; at: Date; type: string }[]> =>
  council.world.db('audit.entries').orderBy('seq', 'desc').select('id', 'at', 'type');

let line: Line;
beforeAll(async () => {
  line = await Line.approved(council);
  await line.read('childrens.services');
  await line.read('administrator');
}, 30_000);

describe('what it is about', () => {
  test('can be chosen for each list that has a reading or a change of its own', () => {
    const lists = Object.entries(notices).flatMap(([name, value]) =>
      name.endsWith('Reference') && typeof value === 'string' ? [value] : [],
    );
    expect(lists.length).toBeGreaterThan(10);
    expect(lists.filter((each) => !subjects.safeParse(each).success)).toEqual([]);
  });

  test.each([
    ['conflicts', '/api/conflicts', 'conflict.listed'],
    ['corrections', '/api/corrections', 'correction.read'],
    ['redactions', '/api/redactions', 'redaction.read'],
    ['audit-requirements', '/api/audit-requirements', 'audit_requirement.read'],
  ])('%s: who read them', async (list, address, type) => {
    const reader = await council.as('democratic.services');
    expectOk(await reader.get(address));
    expect((await found({ subject: list }))[0]).toMatchObject({ type, actor: reader.id, subject: list });
  });
});

describe('the readers', () => {
  test.each(['auditor', 'democratic.services', 'democratic.services.second', 'two.offices'])(
    '%s does',
    async (account) => {
      const { status, body } = await search({ subject: line.reference }, account);
      expect(status).toBe(200);
      expect(body.items.length).toBeGreaterThan(10);
    },
  );

  test.each([
    'scrutiny.chair',
    'former.member',
    'childrens.services',
    'legal',
    'monitoring.officer',
    'host',
    'data.protection',
    'administrator',
  ])('%s finds nothing here, and that is recorded', async (account) => {
    const client = await council.as(account);
    const nowhere = await client.get('/api/nowhere');
    const { status, body } = await search({ subject: line.reference }, account);
    expect([status, body]).toEqual([404, nowhere.body]);
    const [refused] = await found({ actor: client.id, type: 'authority.refused' });
    expect(refused).toMatchObject({
      subject: 'service',
      decision: { status: 404, route: '/api/audit', method: 'GET' },
    });
  });

  test('a person who is not signed in must sign in', async () => {
    expect((await request(council.app).get('/api/audit')).status).toBe(401);
  });
});

describe('the search', () => {
  test('all about a request by its reference, from the draft to the last reading', async () => {
    const entries = await found({ subject: line.reference });
    expect(entries.every(({ subject }) => subject === line.reference)).toBe(true);
    const types = entries.map(({ type }) => type);
    for (const type of [
      'request.drafted',
      'request.answered',
      'request.decided',
      'grant.made',
      'request.read',
      'authority.refused',
    ]) {
      expect(types).toContain(type);
    }
    expect(types.at(-1)).toBe('request.drafted');
    expect(await found({ subject: 'OBS-1999-9999' })).toEqual([]);
    // All of it, not its beginning.
    expect(await found({ subject: `${line.reference}0` })).toEqual([]);
  });

  test('what one person did, by id or by e-mail address in any case', async () => {
    const { id } = await council.as('legal');
    const byId = await found({ actor: id });
    expect(byId.length).toBeGreaterThan(5);
    expect(new Set(byId.map(({ actor }) => actor))).toEqual(new Set([id]));
    for (const email of ['legal@council.example', 'LEGAL@Council.Example']) {
      expect(await found({ actor: email })).toEqual(byId);
    }
    expect(await found({ actor: 'nobody@council.example' })).toEqual([]);
    expect(await found({ actor: 'nobody' })).toEqual([]);
  });

  test('finds the acts of a person who is suspended since, by e-mail address as by id', async () => {
    const { id } = await council.as('legal.second');
    const byId = await found({ actor: id });
    expect(byId.length).toBeGreaterThan(0);
    await inTransaction(council.world.db, async (trx) => {
      await trx('people').where({ id }).update({ suspended_at: council.clock });
      await append(trx, {
        type: 'council.seeded',
        at: council.clock,
        actor: 'system',
        actorName: 'The service',
        office: null,
        capacity: null,
        subject: 'council',
      });
    });
    expect(await found({ actor: id })).toEqual(byId);
    expect(await found({ actor: 'legal.second@council.example' })).toEqual(byId);
  });

  test('finds automatic actions, as system: never an entry without an actor', async () => {
    const entries = await found({ actor: 'system' });
    expect(entries.map(({ type }) => type)).toContain('council.seeded');
    const all = await walk({ limit: '100' });
    expect(all.length).toBeGreaterThan(100);
    for (const { actor, actorName, subject } of all) {
      expect(actor).toMatch(/^(?:system|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/);
      expect(actorName).toMatch(/\S/);
      expect(subject).toMatch(/\S/);
    }
  });

  test('a failed sign-in is an entry of the service, and names nobody who does not exist', async () => {
    const email = 'nobody.at.all@council.example';
    await request(council.app).post('/api/session').send({ email, password: demoPassword });
    const [failed] = await found({ type: 'session.failed' });
    expect(failed).toMatchObject({ actor: 'system', subject: 'unknown' });
    expect(JSON.stringify(failed)).not.toContain('nobody');
  });

  test('entries of one type, and of every type that there is', async () => {
    for (const type of entryTypes) {
      const entries = await found({ type });
      expect(entries.every((entry) => entry.type === type)).toBe(true);
    }
    expect((await found({ type: 'request.decided' })).length).toBeGreaterThanOrEqual(4);
    const { status, body } = await search({ type: 'request.nothing' });
    expect([status, body.errors[0].field]).toEqual([422, 'type']);
  });

  test('several narrowings hold together', async () => {
    const { id } = await council.as('legal');
    const entries = await found({ subject: line.reference, actor: id, type: 'request.answered' });
    expect(entries).toHaveLength(6);
    expect(new Set(entries.map(({ decision }) => decision?.['question']))).toEqual(
      new Set(['collateral_purpose', 'documents', 'lawful_basis', 'legal_bars', 'necessity', 'scope']),
    );
    const answered = entries.find(({ decision }) => decision?.['question'] === 'necessity');
    expect(answered?.office).toBe('legal');
    // Why it was answered so is for the offices (withheld.test.ts).
    expect(answered?.reasons).toBeUndefined();
  });

  test('from an instant on, and up to another; a date is the whole of that day in London', async () => {
    const all = (await written()).toReversed();
    const middle = all[Math.floor(all.length / 3)]?.at ?? new Date();
    const size = (keep: (at: Date) => boolean) => all.filter(({ at }) => keep(at)).length;
    // Readings of the trail add to it while it is read; the older entries stay as they are.
    const until = (all.at(-1)?.at ?? new Date()).toISOString();
    const older = (keep: (at: Date) => boolean) => size((at) => at.toISOString() < until && keep(at));
    const count = async (query: Record<string, string>) => (await walk({ limit: '100', ...query })).length;
    expect(await count({ from: middle.toISOString(), to: until })).toBe(older((at) => at >= middle));
    expect(await count({ to: middle.toISOString() })).toBe(size((at) => at < middle));
    const day = londonDate(middle);
    expect(await count({ from: day, to: day })).toBe(size((at) => londonDate(at) === day));
    expect(await count({ to: addDays(day, -1) })).toBe(size((at) => londonDate(at) < day));
    expect(await count({ from: until, to: middle.toISOString() })).toBe(0);
    expect(await count({ from: addDays(londonDate(council.clock), 1) })).toBe(0);
  });
});

describe('the order, and the pages', () => {
  test('newest first, in the order of writing', async () => {
    const before = await written();
    const all = await walk({ limit: '50' });
    expect(all.slice(-before.length).map(({ type, at }) => [type, at])).toEqual(
      before.map(({ type, at }) => [type, at.toISOString()]),
    );
  });

  test('while entries are added, the pages have no gap and no twin', async () => {
    const reader = await council.as('childrens.services');
    const before = await found({ subject: line.reference });
    const walked = await walk({ subject: line.reference, limit: '3' }, () => reader.get(line.path));
    expect(walked).toEqual(before);
    expect((await found({ subject: line.reference })).length).toBeGreaterThan(before.length);

    const whole = await walk({ limit: '100' });
    const interrupted = await walk({ limit: '40' }, () => reader.get('/api/requests'));
    // The walk itself is on the trail by now: from where the first began they are the same.
    expect(interrupted.slice(-whole.length)).toEqual(whole);
  });

  test('a page is never longer than asked, and the last has no next', async () => {
    const { body } = await search({ limit: '1', subject: line.reference });
    expect(body.items).toHaveLength(1);
    expect(body.next).toEqual(expect.any(String));
    const total = (await found({ subject: line.reference })).length;
    const { body: whole } = await search({ limit: String(Math.min(total, 100)), subject: line.reference });
    expect([whole.items.length, whole.next]).toEqual([total, null]);
  });
});

describe('each reading is itself an entry', () => {
  const bodyless = async (account: Account, path: string) => {
    const agent = request.agent(council.app);
    await agent.post('/api/session').send({ email: `${account}@council.example`, password: demoPassword });
    return agent.head(path);
  };

  test('one for each answer, with who asked and about what', async () => {
    const { id } = await council.as('auditor');
    const count = async () => (await written()).length;
    for (const query of [
      { subject: line.reference },
      { type: 'request.decided' },
      { actor: 'nobody@council.example' },
    ]) {
      const before = await count();
      await search({ limit: '2', ...query });
      expect(await count()).toBe(before + 1);
      const [entry] = await found({ type: 'audit.searched' });
      expect(entry).toMatchObject({
        actor: id,
        subject: 'trail',
        decision: { shown: expect.any(Number), type: 'type' in query ? query.type : null },
      });
      expect(entry?.decision?.['about']).toBe('subject' in query ? line.reference : undefined);
    }
  });

  test('it says how many were shown, and not the one more that was looked at to know of a next page', async () => {
    for (const [path, type] of [
      ['/api/audit', 'audit.searched'],
      ['/api/requests', 'request.listed'],
      ['/api/councillors', 'councillor.listed'],
    ] as const) {
      const { body } = await (await council.as('democratic.services')).get(`${path}?limit=2`);
      expect(body.items).toHaveLength(2);
      const [entry] = await found({ type });
      expect([path, entry?.decision?.['shown']]).toEqual([path, 2]);
    }
  });

  test('a request, its test, its discussion, a grant and a list: one each, for every reader', async () => {
    const client = await council.as('monitoring.officer');
    const { body } = await client.get(line.path);
    for (const [path, type, subject] of [
      [line.path, 'request.read', line.reference],
      [`${line.path}/assessment`, 'assessment.read', line.reference],
      [`${line.path}/discussion`, 'discussion.read', line.reference],
      [`/api/grants/${body.grant.id}`, 'grant.read', line.reference],
      ['/api/requests', 'request.listed', 'requests'],
      ['/api/councillors', 'councillor.listed', 'councillors'],
    ] as const) {
      const before = (await written()).length;
      expect((await client.get(path)).status).toBe(200);
      const after = await written();
      expect([path, after.length - before, after[0]?.type]).toEqual([path, 1, type]);
      expect(await found({ actor: client.id, type })).toContainEqual(expect.objectContaining({ subject }));
    }
  });

  test('visits, incidents, disclosures and absences: one each, for every reading and every change', async () => {
    const grant = await granted(council);
    const { reference } = grant.line;
    const host = await council.as('host');
    const protection = await council.as('data.protection');
    const services = await council.as('democratic.services');
    const plan = { date: addDays(londonDate(council.clock), 10), from: '10:00', to: '11:00' };
    const visit = expectOk(await host.post(`${grant.path}/visits`, plan)).body.id as string;
    const incident = expectOk(
      await host.post('/api/incidents', {
        grant: grant.id,
        what: 'other',
        causedBy: 'other',
        text: 'The wrong room was opened.',
        happenedAt: council.clock.toISOString(),
      }),
    ).body.id as string;
    const returned = await Line.submitted(council);
    const legal = await council.as('legal');
    expectOk(await legal.post(`${returned.path}/return`, { version: 1, questions: 'Which duty is it?' }));
    const chair = await council.as('scrutiny.chair');
    const councillor = chair.councillorId;
    const acts: readonly (readonly [string, string, () => Promise<{ status: number }>])[] = [
      ['visit.read', reference, () => host.get(`/api/visits/${visit}`)],
      ['visit.listed', 'visits', () => host.get('/api/visits')],
      ['visit.cancelled', reference, () => host.post(`/api/visits/${visit}/cancel`)],
      ['incident.read', reference, () => protection.get(`/api/incidents/${incident}`)],
      ['incident.listed', 'incidents', () => protection.get('/api/incidents')],
      [
        'incident.closed',
        reference,
        () => protection.post(`/api/incidents/${incident}/close`, { reasons: reason }),
      ],
      [
        'disclosures.searched',
        `councillor:${councillor}`,
        () => services.post('/api/disclosures/search', { councillor }),
      ],
      [
        'disclosures.searched',
        'disclosures',
        () => protection.post('/api/disclosures/search', { caseReference: 'CP-1' }),
      ],
      [
        'request.resubmitted',
        returned.reference,
        () => chair.post(`${returned.path}/submit`, { version: 1 }),
      ],
    ];
    for (const [type, subject, act] of acts) {
      const before = new Set((await written()).map(({ id }) => id));
      const { status } = await act();
      expect([type, status < 300]).toEqual([type, true]);
      const fresh = (await written()).filter(({ id }) => !before.has(id));
      expect([type, fresh.filter((entry) => entry.type === type).length]).toEqual([type, 1]);
      expect((await found({ type, subject })).length).toBeGreaterThan(0);
    }
    // Absences and deputies are looked at on a page alone.
    const reader = await readerOf(council.server, 'democratic.services');
    await reader.open(paths.standby);
    expect((await found({ type: 'standby.read' })).length).toBeGreaterThan(0);
  });

  test('a HEAD says that it is there, and is recorded as the reading it is', async () => {
    const before = (await found({ subject: line.reference, type: 'request.read' })).length;
    const { status, text } = await bodyless('legal', line.path);
    expect([status, text ?? '']).toEqual([200, '']);
    expect(await found({ subject: line.reference, type: 'request.read' })).toHaveLength(before + 1);
  });

  test('a refusal about a visit or an incident is listed under its request, by the API and on its pages', async () => {
    const grant = await granted(council);
    const { reference } = grant.line;
    const host = await council.as('host');
    const { body } = expectOk(
      await host.post('/api/incidents', {
        grant: grant.id,
        what: 'other',
        causedBy: 'other',
        text: 'The wrong room was opened.',
        happenedAt: council.clock.toISOString(),
      }),
    );
    const administrator = await council.as('administrator');
    expect((await administrator.get(`/api/incidents/${body.id}`)).status).toBe(404);
    expect((await administrator.get(grant.path)).status).toBe(404);
    const reader = await readerOf(council.server, 'administrator');
    expect((await reader.open(paths.grant(grant.id))).status).toBe(404);
    const nothing = '00000000-0000-4000-8000-000000000000';
    expect((await administrator.get(`/api/visits/${nothing}`)).status).toBe(404);
    const refused = await found({ subject: reference, type: 'authority.refused' });
    expect(
      refused.map(({ decision }) => String(decision?.['route'])).toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['/api/grants/:id', '/api/incidents/:id', '/grants/:id']);
    expect(await found({ subject: `visit:${nothing}`, type: 'authority.refused' })).toHaveLength(1);
  });

  test('a reading that is refused is an entry of its own, under the reference that was asked for', async () => {
    const { id } = await council.as('administrator');
    const refused = (await found({ subject: line.reference, type: 'authority.refused' })).filter(
      ({ actor }) => actor === id,
    );
    expect(refused).toEqual([
      expect.objectContaining({
        decision: { rule: null, method: 'GET', status: 404, route: '/api/requests/:reference' },
      }),
    ]);
  });
});
