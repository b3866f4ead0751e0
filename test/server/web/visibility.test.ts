/**
 * Who sees what (need-to-know.md, section 5), from outside: a list and a reference show what the rules allow in
 * memory; typed text appears where the table allows it and nowhere else; and hidden and missing records give the same
 * answer.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { append } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { loadActor } from '../../../db/people/people.js';
import { abilityFor } from '../../../policies/permission/ability.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { questionKeys } from '../../../policies/need-to-know/questions.js';
import { observationType, observationTypeKeys } from '../../../policies/core/observation-types.js';
import { viewOf } from '../../../policies/permission/offices/view.js';
import type { Actor } from '../../../policies/people/actor.js';
import { decidingOffices } from '../../../policies/core/office.js';
import type { Grant } from '../../../policies/grant/grant.js';
import { requestStatuses, type ObservationRequest } from '../../../policies/request/request.js';
import { useCouncil, type Account, type Answer, type Client } from '../../support/council.js';
import { answerInOrder, expectOk, Line, necessity, reason } from '../../support/line.js';
import { isLong } from '../../support/long.js';
import { foundRow } from '../../support/found-row.js';
import { asTold, textOf } from '../../support/told.js';
import { blockedVisit } from '../../support/granted.js';
import { behindTheApi, personId } from '../../support/people.js';

const council = useCouncil();

const councillors = [
  'scrutiny.chair',
  'scrutiny.member',
  'lead.member',
  'ward.member',
  'coopted.member',
  'former.member',
] as const;
const everybody: readonly Account[] = [
  ...councillors,
  'childrens.services',
  'childrens.services.deputy',
  'legal',
  'legal.second',
  'monitoring.officer',
  'monitoring.officer.deputy',
  'democratic.services',
  'democratic.services.second',
  'two.offices',
  'host',
  'data.protection',
  'auditor',
  'administrator',
];

/** Suspended in the first half, and signed out by that for good. */
const free = everybody.filter((account) => account !== 'democratic.services.second');

const absent = 'OBS-1999-9999';
const nobodysId = '00000000-0000-4000-8000-000000000000';

/** Changes the register as the service may, with the entry that the database asks for. */
const byTheRegister = (change: (trx: Knex.Transaction) => Promise<unknown>): Promise<void> =>
  inTransaction(council.world.db, async (trx) => {
    await change(trx);
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

const idOf = async (account: Account): Promise<string> =>
  (
    await foundRow(
      council.world
        .owner('people')
        .where({ email: `${account}@council.example` })
        .first('id'),
    )
  ).id;

interface Who {
  readonly actor: Actor;
  readonly ability: ReturnType<typeof abilityFor>;
}
const rulesOf = async (account: Account): Promise<Who | null> => {
  const actor = await loadActor(council.world.db, await idOf(account), londonDate(council.clock));
  return actor && { actor, ability: abilityFor(actor) };
};

/** Every request there is, read past the service: as much of each as a rule can ask about. */
type Row = ObservationRequest & { readonly dueOn: string | null };
const allRows = async (): Promise<Row[]> => {
  const rows = await council.world.owner('requests').orderBy('id', 'desc');
  return rows.map(
    (row) =>
      ({
        kind: 'Request',
        id: row.id,
        reference: row.reference,
        status: row.status,
        observationType: row.observation_type,
        councillorId: row.councillor_id,
        hostId: row.host_id,
        submitted: row.submitted_at !== null,
        actedBy: row.acted_by,
        namedIds: row.named_ids,
        dueOn: row.due_on,
      }) as unknown as Row,
  );
};
const allGrants = async (): Promise<Grant[]> => {
  const rows = await council.world
    .owner('grants as g')
    .join('requests as r', 'r.id', 'g.request_id')
    .select('g.id', 'r.councillor_id', 'r.host_id', 'r.acted_by');
  return rows.map(
    (row) =>
      ({
        kind: 'Grant',
        id: row.id,
        councillorId: row.councillor_id,
        hostId: row.host_id,
        actedBy: row.acted_by,
      }) as unknown as Grant,
  );
};

/** The references of a whole list, page by page. */
const listed = async (client: Client, query = '', limit = 5): Promise<string[]> => {
  const references: string[] = [];
  let next: string | null = null;
  do {
    const cursor: string = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
    const { status, body } = await client.get(`/api/requests?limit=${limit}${query}${cursor}`);
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(limit);
    references.push(...body.items.map((item: { reference: string }) => item.reference));
    next = body.next;
  } while (next !== null);
  return references;
};

/** Every command there is, well formed, so that nothing but visibility is left to refuse it. */
const commandsOn = (reference: string): [method: 'post' | 'put' | 'patch', path: string, body: object][] => {
  const path = `/api/requests/${reference}`;
  const signed = { version: 1, reasons: reason, noConflict: true };
  return [
    ['patch', path, { version: 1, events: 2 }],
    ['post', `${path}/submit`, { version: 1 }],
    ['post', `${path}/withdraw`, { version: 1 }],
    ['post', `${path}/return`, { version: 1, questions: reason }],
    ['put', `${path}/host`, { version: 1, host: nobodysId, manager: nobodysId }],
    ['put', `${path}/assessment/documents`, { version: 1, answer: 'no' }],
    ['post', `${path}/discussion`, { version: 1, text: reason }],
    ['post', `${path}/discussion/${nobodysId}/confirm`, { version: 1, present: true }],
    ['post', `${path}/sign-offs`, { ...signed, office: 'childrens_services', outcome: 'agree' }],
    ['post', `${path}/sign-offs/democratic_services/withdraw`, { version: 1, reasons: reason }],
    ['post', `${path}/decision`, { ...signed, outcome: 'refuse', grounds: ['curiosity'] }],
    ['post', `${path}/hearing`, { gist: reason }],
    ['post', `${path}/hearing/answer`, { text: reason }],
    ['post', `${path}/review`, { reasons: reason }],
    ['post', `${path}/review/reviewer`, { person: nobodysId, namedBy: reason, authority: reason }],
    ['post', `${path}/review/decision`, { reasons: reason, noConflict: true, outcome: 'upheld' }],
    ['post', `${path}/review/late`, { reasons: reason, noConflict: true, outcome: 'accepted' }],
    ['post', `${path}/remittal`, { reasons: reason, noConflict: true }],
    ['put', `${path}/statutory-right`, { version: 1, right: 'none', reasons: 'None exists.' }],
    ['post', `${path}/releases`, { category: 'Minutes', at: '2026-09-15T10:00:00Z' }],
    ['post', `${path}/direction`, { body: reason, date: '2026-09-15', minute: reason, outcome: 'remitted' }],
  ];
};

describe('what a list shows and what a reference opens', () => {
  beforeAll(async () => {
    // Somebody without an office hosts one of them; a draft was taken back; somebody of each seat has acted
    // on a request and has no office since; somebody signed in is suspended.
    const hosted = await Line.submitted(council, {}, 'scrutiny.member');
    await council.as('legal.second');
    await council.as('democratic.services.second');
    const childrensServices = await council.as('childrens.services');
    expectOk(await hosted.speak('legal.second'));
    const named = { version: 1, host: await idOf('host.line.manager'), manager: await idOf('host') };
    expectOk(await childrensServices.put(`${hosted.path}/host`, named));
    const takenBack = await Line.drafted(council, {}, 'scrutiny.member');
    const author = await council.as('scrutiny.member');
    expectOk(await author.post(`${takenBack.path}/withdraw`, { version: 1 }));
    await Line.approved(council, {}, 'scrutiny.member');

    const lostOffice = await idOf('legal.second');
    const suspended = await idOf('democratic.services.second');
    await byTheRegister((trx) => trx('offices_held').where({ person_id: lostOffice }).del());
    await byTheRegister((trx) =>
      trx('people').where({ id: suspended }).update({ suspended_at: council.clock }),
    );
  }, 60_000);

  afterAll(async () => {
    const lost = await idOf('legal.second');
    await byTheRegister((trx) =>
      trx('offices_held').insert({ person_id: lost, office: 'legal', capacity: 'authorised' }),
    );
  });

  test('the demonstration has something to hide from nearly everybody', async () => {
    const rows = await allRows();
    const shown = async (account: Account) => {
      const who = await rulesOf(account);
      return rows.filter((row) => who?.ability.can('read', row)).length;
    };
    expect(rows.filter(({ submitted }) => !submitted).length).toBeGreaterThanOrEqual(3);
    expect(await shown('administrator')).toBe(0);
    expect(await shown('former.member')).toBe(0);
    expect(await shown('legal')).toBe(rows.filter(({ submitted }) => submitted).length);
    for (const account of ['legal.second', 'host', 'scrutiny.member', 'lead.member']) {
      expect(await shown(account)).toBeGreaterThan(0);
      expect(await shown(account)).toBeLessThan(await shown('legal'));
    }
  });

  test.each(free)(
    '%s: every list is exactly what may be read, whatever it is narrowed by',
    async (account) => {
      const client = await council.as(account);
      const who = await rulesOf(account);
      const mine = (await allRows()).filter((row) => who?.ability.can('read', row));
      const only = (keep: (row: Row) => boolean) => mine.filter(keep).map(({ reference }) => reference);

      const today = londonDate(council.clock);
      const narrowed: (readonly [query: string, keep: (row: Row) => boolean])[] = [
        ...requestStatuses.map(
          (status) => [`status=${status}`, (row: Row) => row.status === status] as const,
        ),
        ...observationTypeKeys.map(
          (type) => [`observationType=${type}`, (row: Row) => row.observationType === type] as const,
        ),
        ...[addDays(today, -30), today, addDays(today, 12), addDays(today, 400)].map(
          (due) => [`due=${due}`, ({ dueOn }: Row) => dueOn !== null && dueOn <= due] as const,
        ),
        [
          'status=submitted&observationType=core_group',
          (row) => row.status === 'submitted' && row.observationType === 'core_group',
        ],
      ];
      // In short each is tried by a twelfth of the accounts.
      const tried = narrowed.filter((_, place) => isLong || (place + free.indexOf(account)) % 20 === 0);
      const lists = tried.map(async ([query, keep]) => {
        expect([query, await listed(client, `&${query}`)]).toEqual([query, only(keep)]);
      });
      await Promise.all(lists);
      expect(await listed(client)).toEqual(only(() => true));
    },
  );

  test.each(free)(
    '%s: a reference opens exactly for who may read it, else as if it were not there',
    async (account) => {
      const client = await council.as(account);
      const who = await rulesOf(account);
      const nothing = asTold(await client.get(`/api/requests/${absent}`));
      expect(nothing.status).toBe(404);
      expect(Object.keys(JSON.parse(nothing.text))).toEqual(['type', 'title', 'status', 'detail']);

      const rows = await allRows();
      const readable = rows.filter((row) => who?.ability.can('read', row));
      const opened = rows.map(async (row) => {
        const answer = await client.get(`/api/requests/${row.reference}`);
        if (readable.includes(row)) {
          expect(answer).toMatchObject({ status: 200, body: { reference: row.reference } });
        } else {
          expect(asTold(answer)).toEqual(nothing);
        }
      });
      // The test and the discussion of a few requests that the person may read, and of two that they may not: a
      // person who may read a request but not its test gets the answer for a missing one.
      const some = [...readable.slice(0, 4), ...rows.filter((row) => !readable.includes(row)).slice(0, 2)];
      const parts = some.flatMap((row) =>
        (['assessment', 'discussion'] as const).map(async (part) => {
          const answer = await client.get(`/api/requests/${row.reference}/${part}`);
          if (who?.ability.can(`read_${part}`, row)) expect(answer.status).toBe(200);
          else expect(asTold(answer)).toEqual(nothing);
        }),
      );
      const grants = (await allGrants()).map(async (grant) => {
        const answer = await client.get(`/api/grants/${grant.id}`);
        if (who?.ability.can('read', grant)) expect(answer.status).toBe(200);
        else expect(asTold(answer)).toEqual(nothing);
      });
      await Promise.all([...opened, ...parts, ...grants]);
    },
  );

  test.each(free)('%s: a command on what is hidden is answered as on what is not there', async (account) => {
    const client = await council.as(account);
    const who = await rulesOf(account);
    const hidden = (await allRows()).filter((row) => !who?.ability.can('read', row));
    const some = [hidden.find(({ submitted }) => !submitted), hidden.find(({ submitted }) => submitted)];
    const nothing = asTold(await client.get(`/api/requests/${absent}`));
    // In short each is tried by a twelfth of the accounts.
    const tried = <Command>(commands: readonly Command[]): Command[] =>
      commands.filter((_, place) => isLong || (place + free.indexOf(account)) % 20 === 0);
    const answers = [absent, ...some.flatMap((row) => row?.reference ?? [])].flatMap((reference) =>
      tried(commandsOn(reference)).map(async ([method, path, body]) => {
        expect([path, asTold(await client[method](path, body))]).toEqual([path, nothing]);
      }),
    );
    await Promise.all(answers);
  });

  test('an officer who has acted and has no office since reads what they acted on, and gives no command', async () => {
    const client = await council.as('legal.second');
    const id = await idOf('legal.second');
    const acted = (await allRows()).filter(({ actedBy }) => actedBy.includes(id));
    expect(acted.length).toBeGreaterThan(1);
    expect(await listed(client)).toEqual(acted.map(({ reference }) => reference));
    for (const { reference } of acted) {
      const { body } = await client.get(`/api/requests/${reference}`);
      expect(body.can).toEqual([]);
      expect(body.assessment).not.toBeNull();
      for (const [method, path, sent] of commandsOn(reference)) {
        expect(await client[method](path, sent)).toMatchObject({ status: 403, body: { rule: 'office' } });
      }
    }
  });

  test('whoever Children’s Services name hosts it, and the host of before does not read it any more', async () => {
    const rows = await allRows();
    const [manager, host] = [await idOf('host.line.manager'), await idOf('host')];
    const moved = rows.find(({ hostId }) => hostId === manager);
    expect(moved).toBeDefined();
    expect((await (await council.as('host')).get(`/api/requests/${moved?.reference}`)).status).toBe(404);
    expect(rows.filter(({ hostId }) => hostId === host).length).toBeGreaterThan(3);
  });

  test('somebody suspended is signed out of everything at once', async () => {
    const client = await council.as('democratic.services.second');
    const [row] = await allRows();
    for (const path of ['/api/me', '/api/requests', `/api/requests/${row?.reference}`, '/api/audit']) {
      expect((await client.get(path)).status).toBe(401);
    }
    for (const [method, path, body] of commandsOn(row?.reference ?? '')) {
      expect((await client[method](path, body)).status).toBe(401);
    }
  });

  test('what is hidden takes the very statements that what is not there takes', async () => {
    const client = await council.as('lead.member');
    const who = await rulesOf('lead.member');
    const hidden = (await allRows()).find((row) => !who?.ability.can('read', row));
    const statements: string[] = [];
    // Once a minute it is noted that a session is in use, whatever was asked for.
    const listen = ({ sql }: { sql: string }) =>
      void (sql.startsWith('update runtime.sessions set expire') || statements.push(sql));
    const taken = async (call: () => Promise<Answer>) => {
      statements.length = 0;
      expect((await call()).status).toBe(404);
      return [...statements];
    };
    const [grant] = await allGrants();
    council.world.db.on('query', listen);
    try {
      const ref = hidden?.reference ?? '';
      for (const part of ['', '/assessment', '/discussion']) {
        const there = await taken(() => client.get(`/api/requests/${ref}${part}`));
        expect(there).toEqual(await taken(() => client.get(`/api/requests/${absent}${part}`)));
        expect(there.length).toBeGreaterThan(3);
      }
      const onAbsent = commandsOn(absent);
      for (const [index, [method, path, body]] of commandsOn(ref).entries()) {
        const there = await taken(() => client[method](path, body));
        expect(there).toEqual(await taken(() => client[method](onAbsent[index]?.[1] ?? '', body)));
      }
      const opened = await taken(async () =>
        (await council.as('administrator')).get(`/api/grants/${grant?.id}`),
      );
      expect(opened).toEqual(
        await taken(async () => (await council.as('administrator')).get(`/api/grants/${nobodysId}`)),
      );
    } finally {
      council.world.db.removeListener('query', listen);
    }
  });
});

/**
 * Who may see what somebody typed: section 5, retyped. `author` is the councillor who asked; `host` hosts it;
 * `trail` keeps the trail, where reasons are and requests, discussion and advice are not; `audit` reads of those reasons
 * only those of decisions and refusals.
 */
type Reader = 'author' | 'offices' | 'data_protection' | 'host' | 'trail' | 'audit';
const table = {
  // requests: own; all but drafts; a host the type, the window and the conditions; an auditor metadata
  necessity: ['author', 'offices', 'data_protection'],
  alternatives: ['author', 'offices', 'data_protection'],
  citation: ['author', 'offices', 'data_protection'],
  papers: ['author', 'offices', 'data_protection'],
  // what a later version has replaced is kept, and is not what the request says
  replaced: [],
  questions: ['author', 'offices', 'data_protection', 'trail'],
  // the test: the offices, and the reasons on the trail; a councillor sees of it their own declarations
  assessment: ['offices', 'trail'],
  // the discussion and the advice: the offices alone, and not on the trail
  discussion: ['offices'],
  advice: ['offices'],
  // the seats: the offices, and the reasons on the trail
  seat: ['offices', 'trail'],
  takenBack: ['trail'],
  // the decision: its reasons to the councillor; the conditions of all three are on the grant
  decision: ['author', 'offices', 'data_protection', 'trail', 'audit'],
  conditions: ['author', 'offices', 'data_protection', 'host'],
  // an objection's conditions are on no grant
  conditionsOfSeat: ['offices'],
  // a draft is read by its author alone
  draft: ['author'],
  deputy: ['trail'],
} as const satisfies Record<string, readonly Reader[]>;
type Row5 = keyof typeof table;

/** Everybody of the demonstration as section 5 has them; people without any reading rights are left out. */
const readers: Readonly<Record<Account, readonly Reader[]>> = {
  'scrutiny.chair': ['author'],
  'scrutiny.member': [],
  'lead.member': [],
  'ward.member': [],
  'coopted.member': [],
  'former.member': [],
  'childrens.services': ['offices'],
  'childrens.services.deputy': ['offices'],
  legal: ['offices'],
  'legal.second': ['offices'],
  'monitoring.officer': ['offices'],
  'monitoring.officer.deputy': ['offices'],
  'democratic.services': ['offices', 'trail'],
  'two.offices': ['offices', 'trail'],
  host: ['host'],
  'data.protection': ['data_protection'],
  auditor: ['audit'],
  administrator: [],
};

describe('what was typed appears where the table lets it, and nowhere else', () => {
  const typed = new Map<string, Row5>();
  let count = 0;
  /** A word that stands nowhere else, inside words that the screening lets pass. */
  const canary = (row: Row5): string => {
    count += 1;
    const letters = String(count)
      .padStart(3, '0')
      .replaceAll(/\d/g, (digit) => 'bcdfghjkmp'.charAt(Number(digit)));
    const word = `Kanari${letters}zq`;
    typed.set(word, row);
    return word;
  };
  const says = (row: Row5) => `${reason} ${canary(row)}`;
  const condition = (row: Row5, owner: string, before: string) => ({ text: says(row), owner, before });

  const lines: Line[] = [];
  let grantId = '';
  /** What the author could see of the approved one before it was decided. */
  let early = '';
  /** Everything somebody may fetch, bodies and headers. */
  const fetched = new Map<Account, string>();

  const content = () => ({
    necessity: `${necessity} ${canary('necessity')}`,
    alternatives: says('alternatives'),
    authority: { kind: 'work_programme', citation: `Minute 42 ${canary('citation')}` },
    papers: [
      {
        category: `Minutes of panels ${canary('papers')}`,
        from: londonDate(council.clock),
        to: addDays(londonDate(council.clock), 7),
      },
    ],
  });

  /** All fourteen answers, each with a reason of its own, in words for each item where there are items. */
  const assess = async (line: Line, changes: Record<string, object> = {}) => {
    for (const key of questionKeys) {
      const inOrder = answerInOrder(key, line.type) as { answer: unknown };
      const items =
        typeof inOrder.answer === 'object' && !Array.isArray(inOrder.answer)
          ? Object.keys(inOrder.answer as object)
          : [];
      const why =
        items.length > 0
          ? Object.fromEntries(items.map((item) => [item, says('assessment')]))
          : says('assessment');
      expectOk(await line.answer(key, { ...inOrder, reason: why, ...changes[key] }));
    }
  };

  const discuss = async (line: Line) => {
    for (const account of ['childrens.services', 'democratic.services', 'legal', 'monitoring.officer']) {
      expectOk(await line.speak(account, says('discussion')));
    }
    for (const account of ['legal', 'monitoring.officer']) {
      expectOk(await line.speak(account, says('advice'), { privileged: true }));
    }
    const meeting = (row: Row5) => ({
      version: line.version,
      meeting: { date: londonDate(council.clock), present: [...decidingOffices], note: says(row) },
    });
    const post = async (account: Account, body: object) =>
      expectOk(await (await council.as(account)).post(`${line.path}/discussion`, body));
    await post('childrens.services', meeting('discussion'));
    await post('legal', { ...meeting('advice'), privileged: true });
  };

  beforeAll(async () => {
    const chair = await council.as('scrutiny.chair');

    // Returned, edited, handed in again, weighed, discussed, signed, one seat taken back, approved.
    const approved = await Line.submitted(council, {
      ...content(),
      necessity: `${necessity} ${canary('replaced')}`,
    });
    lines.push(approved);
    const giveBack = async (line: Line, account: Account) =>
      expectOk(
        await (
          await council.as(account)
        ).post(`${line.path}/return`, {
          version: line.version,
          questions: says('questions'),
        }),
      );
    await giveBack(approved, 'monitoring.officer');
    expectOk(await approved.edit({ necessity: `${necessity} ${canary('necessity')}` }));
    expectOk(await chair.post(`${approved.path}/submit`, { version: approved.version }));
    await assess(approved, {
      legal_bars: { answer: [{ bar: 'proceedings', lawfulRoute: says('assessment') }] },
    });
    await discuss(approved);
    const seat = (owner: string) => ({
      reasons: says('seat'),
      conditions: [
        condition('conditions', owner, 'attendance'),
        condition('conditions', 'councillor', 'closing'),
      ],
    });
    // Voided with its conditions: they are on no grant.
    expectOk(
      await approved.sign('democratic_services', {
        reasons: says('seat'),
        conditions: [condition('conditionsOfSeat', 'host', 'attendance')],
      }),
    );
    expectOk(
      await (
        await council.as('democratic.services')
      ).post(`${approved.path}/sign-offs/democratic_services/withdraw`, {
        version: approved.version,
        reasons: says('takenBack'),
      }),
    );
    expectOk(await approved.sign('democratic_services', seat('councillor')));
    expectOk(await approved.sign('childrens_services', seat('childrens_services')));
    early = [
      textOf(await chair.get(approved.path)),
      textOf(await chair.get('/api/requests?limit=100')),
      textOf(await chair.get(`${approved.path}/assessment`)),
      textOf(await chair.get(`${approved.path}/discussion`)),
    ].join('\n');
    expectOk(
      await approved.decide('approve', {
        reasons: says('decision'),
        conditions: [condition('conditions', 'host', 'attendance')],
      }),
    );
    grantId = (await chair.get(approved.path)).body.grant.id;

    const refused = await Line.submitted(council, content());
    lines.push(refused);
    await assess(refused, {
      necessity: { answer: 'curiosity' },
      agreements: {
        answer: Object.fromEntries(observationType(refused.type).parties.map((p) => [p, 'pending'])),
      },
    });
    await discuss(refused);
    expectOk(
      await refused.sign('childrens_services', {
        outcome: 'object',
        grounds: ['curiosity'],
        reasons: says('seat'),
        conditions: [condition('conditionsOfSeat', 'host', 'attendance')],
      }),
    );
    expectOk(await refused.decide('refuse', { grounds: ['curiosity'], reasons: says('decision') }));

    const returned = await Line.submitted(council, content());
    lines.push(returned);
    await giveBack(returned, 'childrens.services');

    const draft = { ...content(), necessity: says('draft'), alternatives: says('draft') };
    draft.authority.citation = `Minute ${canary('draft')}`;
    draft.papers = [{ ...draft.papers[0], category: canary('draft') } as (typeof draft.papers)[number]];
    lines.push(await Line.drafted(council, draft));
    // The words that these four took the place of were never sent.
    const stored = await storedText();
    for (const [word] of typed) if (!stored.includes(word)) typed.delete(word);

    const registered = await (
      await council.as('democratic.services')
    ).post('/api/deputies', {
      office: 'legal',
      deputy: 'two.offices@council.example',
      from: londonDate(council.clock),
      to: addDays(londonDate(council.clock), 3),
      authority: says('deputy'),
    });
    // Answered to who registered it, and held against below.
    expect(expectOk(registered).body.authority).toContain('Kanari');

    await Promise.all(free.map(async (account) => fetched.set(account, await everythingFor(account))));
  }, 120_000);

  /** Everything that people typed into a request and that came from it, as the tables hold it. */
  const storedText = async (): Promise<string> => {
    const { rows } = await council.world.owner.raw<{ rows: { text: string | null }[] }>(`
      select content::text as text from request_versions
      union all select questions from request_returns
      union all select concat(answer, reason) from answers
      union all select text from discussion
      union all select concat(reasons, conditions, void_reasons) from sign_offs`);
    return rows.map(({ text }) => text).join('\n');
  };

  const everythingFor = async (account: Account): Promise<string> => {
    const client = await council.as(account);
    const parts: string[] = [];
    const take = async (path: string): Promise<Answer> => {
      const answer = await client.get(path);
      expect(answer.status).toBeLessThan(500);
      parts.push(textOf(answer), JSON.stringify(answer.headers));
      return answer;
    };
    const takeAll = async (path: string) => {
      let { body } = await take(path);
      while (body.next) ({ body } = await take(`${path}&cursor=${encodeURIComponent(body.next)}`));
    };
    await take('/api/me');
    await take('/api/observation-types');
    await take('/api/openapi.json');
    await takeAll('/api/requests?limit=50');
    await takeAll('/api/councillors?limit=50');
    const authorId = (await council.as('scrutiny.chair')).councillorId;
    await take(`/api/councillors/${authorId}`);
    for (const { path } of lines)
      for (const part of ['', '/assessment', '/discussion']) await take(path + part);
    await take(`/api/grants/${grantId}`);
    await takeAll('/api/audit?limit=100');
    return parts.join('\n');
  };

  const wordsIn = (text: string) => [...typed.keys()].filter((word) => text.includes(word));
  const rowsOf = (words: readonly string[]) =>
    [...new Set(words.map((word) => typed.get(word) as Row5))].toSorted();

  test('every row of the table has been typed, and more than eighty words in all', () => {
    expect(rowsOf([...typed.keys()])).toEqual(Object.keys(table).toSorted());
    expect(typed.size).toBeGreaterThan(80);
  });

  test.each(free)('%s sees exactly what section 5 lets them', (account) => {
    const may = readers[account] ?? [];
    const expected = [...typed].filter(([, row]) => table[row].some((reader) => may.includes(reader)));
    const seen = wordsIn(fetched.get(account) ?? '');
    expect(rowsOf(seen)).toEqual(rowsOf(expected.map(([word]) => word)));
    expect(seen.toSorted()).toEqual(expected.map(([word]) => word).toSorted());
  });

  test('before the decision the councillor sees their own words and the questions put, and no seat', () => {
    expect(rowsOf(wordsIn(early))).toEqual([
      'alternatives',
      'citation',
      'necessity',
      'papers',
      'questions',
    ] satisfies Row5[]);
    expect(early).not.toMatch(/signOffs|"assessment"|discussed|"outcome"/);
  });

  test('after it the councillor learns no seat, no answer and nobody’s name who signed', async () => {
    const { body } = await (await council.as('scrutiny.chair')).get(lines[1]?.path ?? '');
    expect(body.decision).toMatchObject({ outcome: 'refuse', grounds: ['curiosity'] });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['signOffs']));
    expect(body).not.toHaveProperty('assessment');
    expect(body).not.toHaveProperty('discussed');
    expect(body.decision).not.toHaveProperty('by');
    expect(body.timeline.some(({ what }: { what: string }) => what.startsWith('sign'))).toBe(false);
  });

  test('what does not let the councillor attend yet is told without party or cause', async () => {
    const chair = await council.as('scrutiny.chair');
    const line = await Line.assessed(
      council,
      { window: { from: londonDate(council.clock), to: addDays(londonDate(council.clock), 20) } },
      { agreements: { answer: { chair: 'agreed', family: 'pending', child: 'pending' } } },
    );
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    expectOk(await line.decide('approve'));
    const { id } = (await chair.get(line.path)).body.grant;
    const access = async (account: Account) =>
      (await (await council.as(account)).get(`/api/grants/${id}`)).body.access;
    expect(await access('scrutiny.chair')).toEqual({
      allowed: false,
      because: [{ limit: 'in_place', explanation: 'Not everything needed is in place.' }],
    });
    expect((await access('legal')).because).toEqual([expect.objectContaining({ limit: 'checks' })]);
    const legal = await council.as('legal');
    await behindTheApi(council.world.db, async (trx) => {
      const at = council.clock;
      await blockedVisit(trx, id, { date: londonDate(at), at, by: await personId(trx, 'host') });
    });
    const told = [
      ['frozen', 'Paused while something is checked.', undefined],
      [
        'revoked',
        'The council has ended this to protect others. This is no criticism of you.',
        'to_protect_others',
      ],
    ];
    for (const change of [
      () =>
        legal.post('/api/incidents', {
          what: 'outside_scope',
          causedBy: 'councillor',
          text: 'Something lay outside of what was approved.',
          happenedAt: council.clock.toISOString(),
          grant: id,
        }),
      () =>
        legal.post(`/api/grants/${id}/revoke`, {
          reasons: 'It ends here, whatever it was.',
          cause: 'to_protect_others',
        }),
    ]) {
      expectOk(await change());
      const { body } = await chair.get(`/api/grants/${id}`);
      expect(told.shift()).toEqual([body.status, body.access.because[0].explanation, body.endedBecause]);
      expect(body).not.toHaveProperty('endedReasons');
      expect(JSON.stringify(body)).not.toContain('whatever it was');
      expect(JSON.stringify(body.access)).not.toMatch(/famil|child|agree|froz|revok|incident/i);
      expect((await chair.get(line.path)).body.grant.status).toBe(body.status);
    }
  });

  test('an auditor learns who signed, when and in what capacity, and whose request it is from the trail alone', async () => {
    const { body } = await (await council.as('auditor')).get(lines[0]?.path ?? '');
    expect(body).not.toHaveProperty('councillor');
    expect(body).not.toHaveProperty('host');
    expect(body.signOffs).toHaveLength(4);
    for (const signed of body.signOffs) {
      expect(signed).toMatchObject({
        by: { name: expect.any(String), capacity: 'principal' },
        at: expect.any(String),
      });
      expect(signed).not.toHaveProperty('reasons');
      expect(signed).not.toHaveProperty('conditions');
    }
  });

  test('a host sees type, window, conditions and the councillor’s name, and no more', async () => {
    const { body } = await (await council.as('host')).get(lines[0]?.path ?? '');
    expect(Object.keys(body).toSorted()).toEqual(
      [
        'can',
        'conditions',
        'councillor',
        'grant',
        'observationType',
        'reference',
        'status',
        'version',
        'window',
      ].toSorted(),
    );
    expect(body.councillor).toEqual({ name: expect.stringContaining('Scrutiny Chair') });
  });

  test('who reads something reads it in one way, and the rules agree with the table on which', async () => {
    const [row] = (await allRows()).filter(({ reference }) => reference === lines[0]?.reference);
    if (!row) throw new Error('The request is not there.');
    for (const account of free) {
      const who = await rulesOf(account);
      const may: readonly string[] = readers[account] ?? [];
      if (!who?.ability.can('read', row)) {
        expect(may).toEqual([]);
        continue;
      }
      const expected = {
        own: 'author',
        office: 'offices',
        data_protection: 'data_protection',
        host: 'host',
        auditor: 'audit',
      };
      expect(may).toContain(expected[viewOf(who, row)]);
    }
  });

  test('the trail holds no word of a request, of the discussion or of advice, in any field', async () => {
    const superuser = council.world.open(council.world.superuserUrl);
    const { rows } = await superuser.raw<{ rows: { text: string }[] }>(
      `select concat(e.*::text, convert_from(e.leaf, 'UTF8'),
         (select string_agg(s.value::text, ' ') from audit.secret s where s.entry_id = e.id)) as text
         from audit.entries e`,
    );
    const onTrail = rowsOf(wordsIn(rows.map(({ text }) => text).join('\n')));
    expect(onTrail).toEqual(
      ['assessment', 'decision', 'deputy', 'questions', 'seat', 'takenBack'].toSorted(),
    );
    const inClear = await superuser.raw<{ rows: { text: string }[] }>(
      `select concat(decision::text, convert_from(leaf, 'UTF8')) as text from audit.entries`,
    );
    expect(wordsIn(inClear.rows.map(({ text }) => text).join('\n'))).toEqual([]);
  });

  test('no word is in a log line or in a message that waits to be sent', async () => {
    expect(council.lines.length).toBeGreaterThan(500);
    expect(wordsIn(council.lines.join('\n'))).toEqual([]);
    expect(council.lines.join('\n')).not.toMatch(/OBS-\d{4}-\d{4}|@council\.example/);
    const messages = await council.world.owner('messages').select();
    expect(messages.length).toBeGreaterThan(5);
    expect(wordsIn(JSON.stringify(messages))).toEqual([]);
  });

  test('no answer has a case reference in it, but to Children’s Services, Data Protection and the host', () => {
    const may = ['childrens.services', 'childrens.services.deputy', 'data.protection', 'host'];
    for (const [account, text] of fetched) {
      if (may.includes(account)) continue;
      // The published contract names the field, and has no value for it.
      expect([account, /"case_?reference":\s*(?:"|null)/i.test(text)]).toEqual([account, false]);
    }
  });
});
