import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { verify } from '@node-rs/argon2';
import type { Knex } from 'knex';
import { append } from '../../../db/audit/append.js';
import { search } from '../../../db/audit/search.js';
import { answersOf } from '../../../db/need-to-know/assessments.js';
import { counted } from '../../../policies/need-to-know/given.js';
import { inTransaction } from '../../../db/core/connection.js';
import { councillorOf } from '../../../db/register/councillors.js';
import { findCase } from '../../../db/case/case-records.js';
import { loadDemo } from '../../../db/demo/demo.js';
import { findGrant } from '../../../db/grant/grants.js';
import { credentialsByEmail, findPerson, loadActor } from '../../../db/people/people.js';
import { list } from '../../../db/request/requests.js';
import { signOffsOf } from '../../../db/decision/sign-offs.js';
import { abilityFor } from '../../../policies/permission/ability.js';
import { access } from '../../../policies/grant/access.js';
import { addMonths, londonDate } from '../../../policies/core/time/london.js';
import { answersSchema, foreignItems } from '../../../policies/need-to-know/answers.js';
import { needToKnow } from '../../../policies/need-to-know/test.js';
import { questionKeys } from '../../../policies/need-to-know/questions.js';
import { observationTypeKeys } from '../../../policies/core/observation-types.js';
import { contradiction } from '../../../policies/register/register.js';
import { screen } from '../../../policies/core/words/screening.js';
import { barredFromSigning, discussionHeld } from '../../../policies/decision/sign-off.js';
import { submissionFaults } from '../../../policies/request/submission.js';
import { requestStatuses, type ObservationRequest } from '../../../policies/request/request.js';
import { defaultSettings } from '../../../policies/settings/settings.js';
import { englandAndWales } from '../../support/calendar.js';
import { checkDecision, checkSignOff } from '../../support/commands-by-name.js';
import { testDatabase, useDatabase, type TestDatabase } from '../../support/database.js';

const password = 'observe-and-account-2026';
const now = new Date('2026-11-18T10:30:00Z');
/** What a password costs is looked at once. */
const cheap = { memoryCost: 64, timeCost: 1 };
const today = londonDate(now);

const head = (office: string) => [{ office, capacity: 'principal', head: true }];
const authorised = (office: string) => ({ office, capacity: 'authorised', head: false });
const member = [{ office: 'councillor', capacity: 'principal', head: false }];
const deputy = (office: string) => [{ office, capacity: 'deputy', head: false, principalAbsent: false }];

/** As http-api.md has them. */
const accounts: Readonly<Record<string, readonly object[]>> = {
  'scrutiny.chair': member,
  'scrutiny.member': member,
  'lead.member': member,
  'ward.member': member,
  'coopted.member': member,
  'former.member': member,
  'childrens.services': head('childrens_services'),
  'childrens.services.deputy': deputy('childrens_services'),
  legal: head('legal'),
  'legal.second': [authorised('legal')],
  'monitoring.officer': head('monitoring_officer'),
  'monitoring.officer.deputy': deputy('monitoring_officer'),
  'democratic.services': head('democratic_services'),
  'democratic.services.second': [authorised('democratic_services')],
  'two.offices': [authorised('democratic_services'), authorised('legal')],
  host: [{ office: 'host', capacity: 'principal', head: false }],
  'data.protection': head('data_protection'),
  auditor: head('auditor'),
  administrator: head('administrator'),
};
const logins = Object.keys(accounts);

const actorOf = async (db: Knex, login: string, day = today) => {
  const person = await findPerson(db, `${login}@council.example`);
  const actor = person && (await loadActor(db, person.id, day));
  if (!actor) throw new Error(`No ${login}.`);
  return actor;
};

/** Every request, without a check of who may read it: Democratic Services, and each author for the drafts. */
const everyRequest = async (db: Knex): Promise<ObservationRequest[]> => {
  const rows = new Map<string, ObservationRequest>();
  for (const login of ['democratic.services', 'scrutiny.member', 'lead.member', 'coopted.member']) {
    const ability = abilityFor(await actorOf(db, login));
    for (const row of await list(db, ability, { limit: 100 })) rows.set(row.reference, row);
  }
  return [...rows.values()].toSorted((a, b) => a.id - b.id);
};

/** Everything on record about a request that was submitted. */
const caseOf = async (db: Knex, { reference }: ObservationRequest) =>
  findCase(db, abilityFor(await actorOf(db, 'democratic.services')), reference);

const testOf = async (db: Knex, row: ObservationRequest, at: Date) =>
  needToKnow({
    observationType: row.observationType ?? 'core_group',
    events: row.content.events ?? 1,
    answers: counted(await answersOf(db, row)),
    now: at,
    calendar: englandAndWales,
  });

/** Whatever was written in the schema `public`, as `table.column` and its text. */
const everyText = async (owner: Knex): Promise<{ field: string; text: string }[]> => {
  const columns: { table: string; column: string }[] = await owner('information_schema.columns')
    .where({ table_schema: 'public' })
    .whereIn('data_type', ['text', 'jsonb'])
    .whereNot({ table_name: 'people', column_name: 'email' })
    .whereNot({ table_name: 'people', column_name: 'password_hash' })
    // The council’s own address, to which families write.
    .whereNot({ table_name: 'leaflet_versions', column_name: 'contact' })
    .whereNotIn('table_name', ['knex_migrations', 'knex_migrations_lock'])
    .select('table_name as table', 'column_name as column');
  const found: { field: string; text: string }[] = [];
  for (const { table, column } of columns) {
    const values: { value: unknown }[] = await owner(table).select(`${column} as value`);
    for (const { value } of values) {
      found.push(...stringsIn(value).map((text) => ({ field: `${table}.${column}`, text })));
    }
  }
  return found;
};

/** An id that the database made: by chance its digits may pass for a number that means something. */
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return isId(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

describe('the demonstration council', () => {
  const world = useDatabase();
  beforeAll(() => loadDemo(world.db, now));

  test('has every account of the contract, with the offices that it states and no more', async () => {
    const held: Record<string, readonly object[]> = {};
    for (const login of logins) {
      const { holdings } = await actorOf(world.db, login);
      held[login] = holdings.map(({ deputyFor: _deputyFor, ...holding }) => holding);
    }
    expect(held).toEqual(accounts);
  });

  test('lets every account in with the password, each with a salt of its own', async () => {
    const credentials = await Promise.all(
      logins.map((login) => credentialsByEmail(world.db, `${login}@council.example`)),
    );
    const hashes = credentials.map((found) => found?.passwordHash ?? '');
    expect(await Promise.all(hashes.map((hash) => verify(hash, password)))).toEqual(logins.map(() => true));
    expect(new Set(hashes).size).toBe(logins.length);
    expect(hashes.every((hash) => hash.startsWith('$argon2id$'))).toBe(true);
  });

  test('marks everybody as invented', async () => {
    const names: string[] = [
      ...(await world.db('people').pluck('name')),
      ...(await world.db('councillors').pluck('name')),
    ];
    expect(names.length).toBeGreaterThan(logins.length);
    expect(names.filter((name) => !name.endsWith('(demonstration)'))).toEqual([]);
  });

  test('has chair and member of the committee in good order for the next two years', async () => {
    const later = addMonths(today, 24);
    for (const login of ['scrutiny.chair', 'scrutiny.member']) {
      const actor = await actorOf(world.db, login);
      const councillor = await councillorOf(world.db, actor.councillorId ?? '');
      expect(councillor).toMatchObject({
        standing: 'sitting',
        appointments: [{ kind: 'relevant_committee', title: 'Children and Families Scrutiny Committee' }],
        undertaking: { version: 1 },
      });
      const ends = [
        councillor.term.to,
        councillor.appointments[0]?.to,
        ...councillor.training.map(({ expires }) => expires),
      ];
      expect(ends.length).toBe(4);
      for (const end of ends) expect((end ?? '') > later).toBe(true);
    }
  });

  test('has a host and a line manager for every type', async () => {
    const found: { observation_type: string; host_id: string; manager_id: string }[] = await world
      .db('default_hosts')
      .select();
    const host = await findPerson(world.db, 'host@council.example');
    expect(found.map((row) => row.observation_type).toSorted()).toEqual([...observationTypeKeys].toSorted());
    expect(new Set(found.map((row) => row.host_id))).toEqual(new Set([host?.id]));
    const manager = await findPerson(world.db, 'host.line.manager@council.example');
    expect(new Set(found.map((row) => row.manager_id))).toEqual(new Set([manager?.id]));
    expect(
      (await credentialsByEmail(world.db, 'host.line.manager@council.example'))?.passwordHash,
    ).toBeNull();
  });

  test('leaves the chair without requests', async () => {
    const chair = await actorOf(world.db, 'scrutiny.chair');
    const rows = await everyRequest(world.db);
    expect(rows.filter(({ councillorId }) => councillorId === chair.councillorId)).toEqual([]);
  });

  test('has requests in every status that people bring about: time alone closes a request', async () => {
    const rows = await everyRequest(world.db);
    const byPeople = requestStatuses.filter((status) => status !== 'time_passed');
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(byPeople));
    expect(rows.length).toBe(await countOf(world.db, 'requests'));
    expect(rows.map(({ reference }) => reference)).toEqual(
      rows.map((_, index) => `OBS-2026-${String(index + 1).padStart(4, '0')}`),
    );
  });

  test('holds no personal data that the screening knows', async () => {
    const texts = await everyText(world.owner);
    expect(texts.length).toBeGreaterThan(200);
    const secrets: { value: unknown }[] = await world
      .db('audit.secret')
      .whereIn('field', ['reasons', 'details', 'actorName'])
      .select('value');
    const reasons = secrets.flatMap(({ value }) =>
      stringsIn(value).map((text) => ({ field: 'audit.secret', text })),
    );
    expect(reasons.length).toBeGreaterThan(50);
    const found = [...texts, ...reasons].flatMap(({ field, text }) => screen(text, { field, today }));
    expect(found).toEqual([]);
  });

  test('records who seeded it, after the invented entries, and in the order of the times', async () => {
    const entries = await search(world.db, { limit: 1000 });
    expect(entries[0]).toMatchObject({
      type: 'council.seeded',
      actor: 'system',
      actorName: 'The service',
      at: now,
      decision: { requests: await countOf(world.db, 'requests') },
    });
    const times = entries.map(({ at }) => londonDate(at));
    expect(times).toEqual(times.toSorted().toReversed());
  });

  test('a second start changes nothing', async () => {
    const before = await snapshot(world.owner);
    await loadDemo(world.db, new Date(now.getTime() + 86_400_000));
    expect(await snapshot(world.owner)).toEqual(before);
  });
});

test('two starts at once load the council once', async () => {
  const database = await testDatabase();
  try {
    const [one, other] = [database.open(), database.open()];
    await Promise.all([loadDemo(one, now, cheap), loadDemo(other, now, cheap)]);
    expect(await countOf(one, 'people')).toBe(logins.length + 1);
    expect(await search(one, { type: 'council.seeded', limit: 10 })).toHaveLength(1);
  } finally {
    await database.close();
  }
});

test('a council that has people already is left alone', async () => {
  const database = await testDatabase();
  try {
    const db = database.open();
    await inTransaction(db, async (trx) => {
      await trx('people').insert({ name: 'Somebody', email: 'somebody@council.example' });
      await append(trx, { ...seeded, at: now });
    });
    await loadDemo(db, now);
    expect(await countOf(db, 'people')).toBe(1);
  } finally {
    await database.close();
  }
});

/**
 * What the demonstration holds has to be what the rules let people do, whenever it is started: on a
 * working day, a weekend, over Christmas, at the change of the clocks, on a leap day, just after the polls.
 */
describe.each([
  '2026-11-18T10:30:00Z',
  '2027-01-02T23:50:00Z',
  '2028-02-29T00:10:00Z',
  '2027-03-28T01:30:00Z',
  '2027-05-06T07:00:00Z',
  '2027-08-03T16:45:00Z',
])('the invented requests, started at %s', (instant) => {
  const at = new Date(instant);
  let database: TestDatabase;
  let db: Knex;
  let rows: ObservationRequest[];
  beforeAll(async () => {
    database = await testDatabase();
    db = database.open();
    await loadDemo(db, at, cheap);
    rows = await everyRequest(db);
  }, 60_000);
  afterAll(() => database.close());

  test('each was complete when it was handed in', async () => {
    const faults = await Promise.all(
      rows
        .filter(({ submitted }) => submitted)
        .map(async (row) => {
          // Judged on the day on which the version before the offices was written or first handed in.
          const last = (await caseOf(db, row)).versions.at(-1);
          const day = londonDate(row.version === 1 ? (row.submittedAt ?? at) : (last?.at ?? at));
          const councillor = await councillorOf(db, row.councillorId);
          return submissionFaults(row.content, { settings: defaultSettings, councillor, today: day });
        }),
    );
    expect(faults.flat()).toEqual([]);
  });

  test('each answer is one the questions allow, and agrees with the register today', async () => {
    for (const row of rows.filter(({ submitted }) => submitted)) {
      const answers = counted(await answersOf(db, row));
      expect(answersSchema.parse(answers)).toEqual(answers);
      const councillor = await councillorOf(db, row.councillorId);
      const facts = { councillor, content: row.content, today: londonDate(at), protocolVersion: 1 };
      for (const key of questionKeys) {
        const answer = answers[key];
        if (!answer || !row.observationType) continue;
        expect([row.reference, key, contradiction(facts, key, answer)]).toEqual([row.reference, key, null]);
        expect(foreignItems(key, row.observationType, answer, '')).toEqual([]);
      }
    }
  });

  test('each decision is one that the test, the seats and the discussion allow', async () => {
    const decided = rows.filter(({ status }) => status === 'approved' || status === 'refused');
    expect(decided.length).toBeGreaterThan(2);
    for (const row of decided) {
      const outcome = (await testOf(db, row, at)).outcome;
      expect([row.status, outcome]).toEqual([
        row.status,
        row.status === 'approved' ? 'established' : 'not_established',
      ]);
    }
    for (const row of rows) await assertSeats(db, row, at);
  });

  test('nothing happened before its time or after now', async () => {
    const entries = await search(db, { limit: 1000 });
    expect(entries.filter((entry) => entry.at > at)).toEqual([]);
    for (const row of rows) {
      const times = [row.createdAt, row.submittedAt, row.withdrawnAt].filter((time) => time !== null);
      expect(times).toEqual(times.toSorted((a, b) => a.getTime() - b.getTime()));
    }
  });

  test('one grant waits for its conditions and one is active', async () => {
    const ability = abilityFor(await actorOf(db, 'democratic.services', londonDate(at)));
    const ids: string[] = await db('grants').pluck('id');
    const statuses = await Promise.all(
      ids.map(async (id) => access(await findGrant(db, ability, id, at), at).status),
    );
    expect(statuses.toSorted()).toEqual(['active', 'waiting']);
  });
});

/** Each seat was open to the person who took it, and they could sign what they signed. */
const assertSeats = async (db: Knex, row: ObservationRequest, at: Date): Promise<void> => {
  const standing = {
    test: await testOf(db, row, at),
    discussed: row.submitted && discussionHeld((await caseOf(db, row)).spoken),
    upheldFinding: false,
  };
  const seats: ObservationRequest['seats'][number][] = [];
  for (const signed of await signOffsOf(db, row)) {
    const { office, capacity, personId, outcome, grounds } = signed;
    const before = { ...row, seats: [...seats] };
    const actor = await loadActor(db, personId, londonDate(at));
    if (!actor) throw new Error('A seat is signed by nobody.');
    expect(barredFromSigning(actor, { office, capacity, deputyFor: null }, before)).toBeNull();
    if (outcome === 'agree' || outcome === 'object') {
      checkSignOff(office, { outcome, grounds }, { ...standing, row: before });
    } else {
      checkDecision({ outcome, grounds }, { ...standing, row: before });
    }
    seats.push({ office, personId, outcome });
  }
};

/** An entry that somebody other than the demonstration wrote. */
const seeded = {
  type: 'council.seeded',
  actor: 'system',
  actorName: 'The service',
  office: null,
  capacity: null,
  subject: 'council',
} as const;

const countOf = async (db: Knex, table: string): Promise<number> =>
  Number((await db(table).count<{ count: string }[]>('* as count'))[0]?.count);

/** Every table of ours with its rows, the trail's length beside them. */
const snapshot = async (owner: Knex): Promise<Record<string, unknown>> => {
  const { rows: tables } = await owner.raw<{ rows: { name: string }[] }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const taken: Record<string, unknown> = {};
  for (const { name } of tables) {
    const { rows } = await owner.raw<{ rows: unknown[] }>('select t::text from ?? t order by 1', [name]);
    taken[name] = rows;
  }
  return taken;
};
