/**
 * The day from which a councillor's data is kept too long is stored. The tests compare it with the rule, worked out
 * from the records, after changes of every kind that it depends on and of those that it does not.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Knex } from 'knex';
import pg from 'pg';
import {
  keptOf,
  keptTooLong,
  messagesBefore,
  retentionSchedule,
  setRetention,
} from '../../../db/retention/retention.js';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import {
  defaultSchedule,
  dueForDisposal,
  keptUntil,
  retentionKinds,
  termEnd,
  type Kept,
  type Schedule,
} from '../../../policies/retention/retention.js';
import { useDatabase } from '../../support/database.js';
import { isLong } from '../../support/long.js';
import { behindTheApi } from '../../support/people.js';

const world = useDatabase();

afterEach(() =>
  behindTheApi(world.db, async (trx) => {
    for (const kind of retentionKinds) await setRetention(trx, kind, defaultSchedule[kind]);
  }),
);

/** What is stored; null where no term has ended. */
const storedDayOf = async (db: Knex, councillorId: string): Promise<string | null> => {
  const found = await db('runtime.disposal_days').where({ councillor_id: councillorId }).first('due_from');
  return found?.due_from ?? null;
};

/** The rule: the day after the earliest of the last days on which something of theirs is kept. */
const workedOut = (kept: Kept, schedule: Schedule): string | null => {
  const { councillorUntil } = dueForDisposal(kept, schedule, '2020-01-01');
  const last = [
    councillorUntil,
    ...kept.requests.map(({ madeOn }) => keptUntil(termEnd(kept.terms, madeOn), schedule.requests)),
  ].filter((day) => day !== null);
  const [first] = last.toSorted();
  return first === undefined ? null : addDays(first, 1);
};

interface Model {
  readonly councillors: string[];
  readonly requests: { readonly id: number; readonly councillor: string; opened: boolean }[];
  readonly holds: string[];
}
let references = 0;
const reference = (): string => `OBS-2098-${String((references += 1)).padStart(4, '0')}`;

const day = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2020-01-01', days));
const pick = fc.nat({ max: 1_000 });
const ends = fc.option(fc.integer({ min: -30, max: 1_500 }), { freq: 4 });

type Change = (trx: Knex.Transaction, model: Model) => Promise<void>;
const one = <T>(among: readonly T[], index: number): T | undefined => among[index % among.length];

const elected = fc.tuple(day, ends).map(([from, days]): Change => async (trx, { councillors }) => {
  const id = randomUUID();
  councillors.push(id);
  await trx('councillors').insert({
    id,
    name: `Member ${councillors.length}`,
    standing: days === null ? 'sitting' : 'former',
    term_from: from,
    term_to: days === null ? null : addDays(from, Math.max(days, 0)),
  });
});

/** Requests go before the councillor does: so that it matters when each was made. */
const requestsFirst = fc.integer({ min: 1, max: 24 }).map(
  (months): Change =>
    (trx) =>
      setRetention(trx, 'requests', months),
);

/** The first entry of the register, before it has a history. */
const corrected = fc.tuple(pick, day, ends).map(([which, from, days]): Change => async (trx, model) => {
  const id = one(model.councillors, which);
  if (id !== undefined)
    await trx('councillors')
      .where({ id })
      .update({ term_from: from, term_to: days === null ? null : addDays(from, Math.max(days, 0)) });
});

/** An end, a correction of one, or the same person back in office. */
const termChanged = fc.tuple(pick, day, ends).map(([which, from, days]): Change => async (trx, model) => {
  const id = one(model.councillors, which);
  if (id === undefined) return;
  const term = { from, to: days === null ? null : addDays(from, days) };
  await trx('register_history').insert({
    councillor_id: id,
    at: new Date(),
    facts: JSON.stringify({ term }),
  });
});

const asked = fc
  .tuple(pick, day, fc.option(pick))
  .map(([which, made, link]): Change => async (trx, model) => {
    const councillor = one(model.councillors, which);
    if (councillor === undefined) return;
    // A request opens one draft for papers, of its own councillor.
    const open = model.requests.filter((each) => each.councillor === councillor && !each.opened);
    const linked = link === null ? undefined : one(open, link);
    if (linked) linked.opened = true;
    const [row] = await trx('requests')
      .insert({
        reference: reference(),
        councillor_id: councillor,
        // Late in the evening, when the day in London and the day in UTC are not the same in summer.
        created_at: atLondonTime(made, '00:30'),
        opened_by: linked?.id ?? null,
      })
      .returning<{ id: number }[]>('id');
    if (row) model.requests.push({ id: row.id, councillor, opened: false });
  });

const redated = fc.tuple(pick, day).map(([which, made]): Change => async (trx, model) => {
  const request = one(model.requests, which);
  if (request)
    await trx('requests')
      .where({ id: request.id })
      .update({ created_at: atLondonTime(made, '23:30') });
});

const held = fc.tuple(pick, fc.boolean()).map(([which, whole]): Change => async (trx, model) => {
  const request = one(model.requests, which);
  if (!request) return;
  const [person] = await trx('people')
    .insert({ name: 'A Lawyer', email: `${randomUUID()}@council.example` })
    .returning<{ id: string }[]>('id');
  const [hold] = await trx('legal_holds')
    .insert({
      councillor_id: request.councillor,
      request_id: whole ? null : request.id,
      reasons: 'A claim is expected.',
      placed_at: new Date(),
      placed_by: person?.id ?? '',
      office: 'legal',
      capacity: 'principal',
    })
    .returning<{ id: string }[]>('id');
  model.holds.push(hold?.id ?? '');
});

const lifted = fc.constant<Change>(async (trx, model) => {
  const hold = model.holds.shift();
  if (hold === undefined) return;
  await trx('legal_holds')
    .where({ id: hold })
    .update({
      lifted_at: new Date(),
      lifted_by: trx('legal_holds').where({ id: hold }).select('placed_by'),
      lifted_office: 'legal',
      lifted_capacity: 'principal',
      lift_reasons: 'The claim is settled.',
    });
});

const rescheduled = fc.tuple(fc.constantFrom(...retentionKinds), fc.integer({ min: 1, max: 120 })).map(
  ([kind, months]): Change =>
    (trx) =>
      setRetention(trx, kind, months),
);

/** As a disposal does it: a request goes only with its links and holds. */
const gone = fc.tuple(pick).map(([which]): Change => async (_trx, model) => {
  const request = one(model.requests, which);
  if (!request) return;
  await world.owner.transaction(async (owner) => {
    const kept: object[] = await owner('legal_holds').where({ request_id: request.id });
    const opened: object[] = await owner('requests').where({ opened_by: request.id });
    if (kept.length > 0 || opened.length > 0) return;
    await behindTheApi(owner, (inside) => inside('requests').where({ id: request.id }).delete());
    model.requests.splice(model.requests.indexOf(request), 1);
  });
});

test('the day that is stored is the one that the rule says, after changes of every kind', async () => {
  const change = fc.oneof(
    elected,
    corrected,
    termChanged,
    asked,
    asked,
    redated,
    held,
    lifted,
    rescheduled,
    gone,
  );
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(elected, requestsFirst, elected),
      fc.array(change, { maxLength: 25 }),
      day,
      async (first, more, today) => {
        const model: Model = { councillors: [], requests: [], holds: [] };
        for (const each of [...first, ...more]) {
          await behindTheApi(world.owner, (trx) => each(trx, model));
          const schedule = await retentionSchedule(world.db);
          for (const id of model.councillors) {
            const kept = await keptOf(world.db, id);
            const expected = kept && workedOut(kept.kept, schedule);
            expect(await storedDayOf(world.db, id)).toBe(expected);
            if (expected !== null) seen += 1;
          }
        }
        await expectListed(today);
      },
    ),
    { numRuns: isLong ? 150 : 15 },
  );
  expect(seen).toBeGreaterThan(50);
}, 300_000);

/** Page by page: everybody with data kept past its time, once, the longest overdue first. */
const expectListed = async (today: string): Promise<void> => {
  const listed: string[] = [];
  for (let after: { councillorId: string } | undefined; ;) {
    const page = await keptTooLong(world.db, { today, limit: 3, after });
    listed.push(...page.map(({ councillorId }) => councillorId));
    after = page.at(-1);
    if (page.length < 3) break;
  }
  const schedule = await retentionSchedule(world.db);
  const all: string[] = await world.db('councillors').pluck('id');
  const expected: [string, string][] = [];
  for (const id of all) {
    const found = await keptOf(world.db, id);
    const from = found && workedOut(found.kept, schedule);
    if (from !== null && from <= today) expected.push([from, id]);
  }
  expect(listed).toEqual(
    expected.toSorted(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : 1)).map(([, id]) => id),
  );
};

test('two changes at once are worked out one after the other', async () => {
  const id = randomUUID();
  await behindTheApi(world.db, (trx) =>
    trx('councillors').insert({ id, name: 'A Member', standing: 'sitting', term_from: '2020-05-01' }),
  );
  let registered = () => {};
  const waiting = new Promise<void>((resolve) => {
    registered = resolve;
  });
  const term = { from: '2020-05-01', to: '2024-05-01' };
  let asking: Promise<void> | undefined;
  const ending = behindTheApi(world.db, async (trx) => {
    await trx('register_history').insert({
      councillor_id: id,
      at: new Date(),
      facts: JSON.stringify({ term }),
    });
    asking = behindTheApi(world.open(), (other) =>
      other('requests').insert({
        reference: reference(),
        councillor_id: id,
        created_at: atLondonTime('2022-01-01', '12:00'),
      }),
    );
    await waiting;
  });
  // The second has come to the row that the first has: then the first goes on.
  const watching = world.open(world.superuserUrl);
  for (;;) {
    const { rows } = await watching.raw<{ rows: object[] }>(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) break;
  }
  registered();
  await ending;
  await asking;
  const kept = await keptOf(world.db, id);
  expect(await storedDayOf(world.db, id)).toBe('2030-05-02');
  expect(kept && workedOut(kept.kept, await retentionSchedule(world.db))).toBe('2030-05-02');
});

/** What a statement is carried out by, without its figures. */
const planOf = async (statements: () => Promise<unknown>): Promise<string> => {
  const queries: { sql: string; bindings: unknown[] }[] = [];
  const note = (query: { sql: string; bindings: unknown[] }) => void queries.push(query);
  world.db.on('query', note);
  try {
    await statements();
  } finally {
    world.db.removeListener('query', note);
  }
  const [query] = queries;
  const client = new pg.Client({ connectionString: world.serviceUrl });
  await client.connect();
  try {
    // A table this small is read whole for less; what matters is that the index can answer.
    await client.query('set enable_seqscan = off');
    const { rows } = await client.query<Record<string, string>>(
      `explain (costs off) ${query?.sql}`,
      query?.bindings,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await client.end();
  }
};

test('a page is read from an index by the day, in order and from where the page before ended', async () => {
  const plan = await planOf(() =>
    keptTooLong(world.db, { today: '2030-01-01', limit: 25, after: { councillorId: randomUUID() } }),
  );
  const [, condition] = /disposal_days_by_day on disposal_days k\n\s+Index Cond: (.*)/.exec(plan) ?? [];
  expect(condition).toContain("due_from <= '2030-01-01'");
  expect(condition).toContain('ROW(due_from, councillor_id) > ');
  expect(plan.slice(0, plan.indexOf('SubPlan'))).not.toContain('Sort');
});

test('notifications are counted from an index by the day', async () => {
  const plan = await planOf(() => messagesBefore(world.db, '2030-01-01'));
  expect(plan).toMatch(/on messages_by_age\n\s+Index Cond: \(created_at < /);
});

test('the service cannot write the day', async () => {
  await expect(world.db('runtime.disposal_days').update({ due_from: null })).rejects.toMatchObject({
    code: '42501',
  });
});
