/**
 * Jobs select deadlines by the stored day. After any change to requests, grants and visits, and at any time, the
 * selection equals what the rules say of everything that is open; and a round reads nothing else.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { dueForStep } from '../../../db/deadline/due-days.js';
import { deadlinesOf, openDeadlinesUnder } from '../../../db/deadline/open-deadlines.js';
import { unsaid } from '../../../db/deadline/reminders.js';
import { freeze } from '../../../db/grant/freezes.js';
import { settingsInForce } from '../../../db/settings/settings.js';
import { changePlan, endVisit } from '../../../db/visit/visits.js';
import { createCourier } from '../../../emails/courier/courier.js';
import { mailboxTransport } from '../../../emails/courier/transport.js';
import {
  dueKindOf,
  escalationsDue,
  kindsButVisits,
  remindersDue,
  type DueKind,
  type StepsDue,
} from '../../../policies/deadline/due-days.js';
import { deadline } from '../../../policies/core/time/deadlines.js';
import { addDays, atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import { deadlineKinds, type OpenDeadline } from '../../../policies/deadline/open-deadlines.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { escalationsOf, reminderOf } from '../../../policies/deadline/reminding.js';
import type { Settings } from '../../../policies/settings/settings.js';
import { previousWorkingDay } from '../../../policies/core/time/working-days.js';
import type { Ctx } from '../../../server/case/ctx.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { jobNames, type JobName } from '../../../policies/operations/jobs.js';
import { noticesOf } from '../../../server/web/notices.js';
import { answerVisitQuestion } from '../../../server/question/answer-visit-question.js';
import { askReview } from '../../../server/review/ask-review.js';
import { cancelVisit } from '../../../server/visit/cancel-visit.js';
import { changeSettings } from '../../../server/settings/change-settings.js';
import { checkVisit } from '../../../server/visit/check-visit.js';
import { decideRequest } from '../../../server/decision/decide-request.js';
import { decideReview } from '../../../server/review/decide-review.js';
import { editRequest } from '../../../server/request/edit-request.js';
import { recordDirection } from '../../../server/review/record-direction.js';
import { recordRight } from '../../../server/papers/record-right.js';
import { releaseGrant } from '../../../server/grant/release-grant.js';
import { reportIncident } from '../../../server/incident/report-incident.js';
import { returnRequest } from '../../../server/request/return-request.js';
import { revokeGrant } from '../../../server/grant/revoke-grant.js';
import { submitRequest } from '../../../server/request/submit-request.js';
import { withdrawRequest } from '../../../server/request/withdraw-request.js';
import { useCouncil, type Account } from '../../support/council.js';
import { attendedVisit, plannedVisit } from '../../support/granted.js';
import { reason } from '../../support/line.js';
import { isLong } from '../../support/long.js';
import { behindTheApi, brought, copiesOf, ctxFor, personId } from '../../support/people.js';

const council = useCouncil();
const begin = atLondonTime('2027-03-01', '09:00');
council.clock = begin;
const now = () => council.clock;
const log = pino({ level: 'silent' });
const run = (name: JobName): Promise<number> => jobRunner({ db: council.world.db, now, log })(name);
const settingsNow = async (): Promise<Settings> => (await settingsInForce(council.world.db)).settings;

/** What each notifying job looks for, and what it says about a deadline. */
interface Looking {
  readonly steps: StepsDue;
  readonly isOfIt: (kind: DueKind) => boolean;
  readonly words: (open: OpenDeadline) => readonly { readonly key: string }[];
}
const lookings = (settings: Settings, at: Date): Looking[] => [
  ...([kindsButVisits, ['check_connection'], ['attendance_record']] as const).map((kinds) => ({
    steps: remindersDue(settings, at, kinds),
    isOfIt: (kind: DueKind) => (kinds as readonly DueKind[]).includes(kind),
    words: (open: OpenDeadline) => {
      const word = reminderOf(settings, open, at);
      return word ? [word] : [];
    },
  })),
  {
    // Those by the clock are selected apart: test/server/incident/breach.test.ts follows them.
    steps: escalationsDue(settings, at),
    isOfIt: (kind: DueKind) => kind !== 'report_breach',
    words: (open: OpenDeadline) => escalationsOf(settings, open, at),
  },
];

const keysOf = async (open: readonly OpenDeadline[], { words }: Looking): Promise<string[]> => {
  const keys = open.flatMap((each) => words(each).map(({ key }) => key));
  return [...(await unsaid(council.world.db, keys))].toSorted();
};

interface Stored {
  readonly kind: DueKind;
  readonly reference: string;
  readonly subject: string | null;
  readonly due: string | null;
}
const storedDays = async (): Promise<Stored[]> =>
  council.world
    .db('runtime.due_days as d')
    // An incident may be about no request: its deadline stands with the list of incidents.
    .leftJoin('requests as r', 'r.id', 'd.request_id')
    .select('d.kind', 'd.subject', 'd.due_on as due')
    .select(council.world.db.raw(`coalesce(r.reference, 'incidents') as reference`));
const keyOf = (kind: string, reference: string, subject: string | null): string =>
  `${kind}:${reference}:${subject}`;

/** What was selected and said so far, so that a property that is true of nothing fails. */
const seen = { open: new Set<string>(), selected: 0 };

const expectAsTheRulesSay = async (): Promise<void> => {
  const { db } = council.world;
  const at = now();
  const settings = await settingsNow();
  const open = (await openDeadlinesUnder(db, [settings], at)).flat();
  const stored = new Map(
    (await storedDays()).map(({ kind, reference, subject, due }) => [keyOf(kind, reference, subject), due]),
  );
  for (const { what, reference, subject, due } of open) {
    const key = keyOf(dueKindOf(what), reference, subject);
    expect([...stored.keys()]).toContain(key);
    // No other day ever stands there: none does from a change of the facts until the next round.
    expect([null, due.at]).toContain(stored.get(key));
    seen.open.add(what);
  }
  for (const looking of lookings(settings, at)) {
    const rows = await dueForStep(db, looking.steps);
    const selected = (await deadlinesOf(db, settings, { rows, now: at })).map((found) => found.open);
    const ofIt = open.filter(({ what }) => looking.isOfIt(dueKindOf(what)));
    const expected = await keysOf(ofIt, looking);
    expect(await keysOf(selected, looking)).toEqual(expected);
    seen.selected += expected.length;
  }
};

const ctx = async (account: Account): Promise<Ctx> =>
  ctxFor(council.world.db, await personId(council.world.db, account), now);
const versionOf = async (reference: string): Promise<number> =>
  (await council.world.db('requests').where({ reference }).first<{ version: number }>('version')).version;

/** Something that is done to a request, and refused where it is not its turn. */
type Act = (reference: string, more: number) => Promise<unknown>;
const grantOf = async (reference: string): Promise<string | undefined> =>
  (
    await council.world
      .db('grants as g')
      .join('requests as r', 'r.id', 'g.request_id')
      .where({ reference })
      .first<{ id: string } | undefined>('g.id')
  )?.id;
const visitOf = async (reference: string): Promise<string | undefined> =>
  (
    await council.world
      .db('visits as v')
      .join('grants as g', 'g.id', 'v.grant_id')
      .join('requests as r', 'r.id', 'g.request_id')
      .where({ reference })
      .orderBy('v.seq', 'desc')
      .first<{ id: string } | undefined>('v.id')
  )?.id;

const withGrant =
  (act: (grant: string, more: number) => Promise<unknown>): Act =>
  async (reference, more) => {
    const grant = await grantOf(reference);
    if (grant !== undefined) await act(grant, more);
  };
const withVisit =
  (act: (visit: string, more: number, reference: string) => Promise<unknown>): Act =>
  async (reference, more) => {
    const visit = await visitOf(reference);
    if (visit !== undefined) await act(visit, more, reference);
  };
const host = () => personId(council.world.db, 'host');
const chair = () => personId(council.world.db, 'scrutiny.chair');

const acts: Readonly<Record<string, Act>> = {
  return: async (reference) =>
    returnRequest(
      await ctx('democratic.services'),
      reference,
      await versionOf(reference),
      'Which committee?',
    ),
  submit: async (reference) =>
    submitRequest(await ctx('scrutiny.chair'), reference, await versionOf(reference)),
  edit: async (reference, more) =>
    editRequest(await ctx('scrutiny.chair'), reference, await versionOf(reference), {
      alternatives: `A briefing would not show it (${more}).`,
    }),
  withdraw: async (reference, more) =>
    more % 4 === 0 && withdrawRequest(await ctx('scrutiny.chair'), reference, await versionOf(reference)),
  refuse: async (reference) => decide(reference, 'refuse'),
  approve: async (reference) => decide(reference, 'approve'),
  'ask for a review': async (reference) =>
    askReview(await ctx('scrutiny.chair'), reference, { reasons: reason }),
  'decide the review': async (reference, more) =>
    decideReview(await ctx('monitoring.officer'), reference, {
      outcome: more % 2 === 0 ? 'upheld' : 'remitted',
      reasons: reason,
    }),
  direct: async (reference) =>
    recordDirection(await ctx('monitoring.officer'), reference, {
      body: 'Scrutiny Committee',
      date: londonDate(now()),
      minute: 'Minute 12',
    }),
  right: async (reference, more) =>
    recordRight(await ctx('legal'), reference, {
      version: await versionOf(reference),
      reasons: reason,
      ...(more % 3 === 0
        ? { right: 'none' as const }
        : {
            right: 's100F' as const,
            document: 'The report on how cases are recorded.',
            cites: { kind: 'meeting' as const, body: 'Cabinet', date: addDays(londonDate(now()), 10) },
            due: addDays(londonDate(now()), 1 + (more % 9)),
          }),
    }),
  'plan a visit': withGrant(async (grant, more) => {
    const by = await host();
    await behindTheApi(council.world.db, (trx) =>
      plannedVisit(trx, grant, { date: addDays(londonDate(now()), more % 9), at: now(), by }),
    );
  }),
  'move a visit': withVisit(async (visit, more) => {
    const by = await host();
    await behindTheApi(council.world.db, (trx) =>
      changePlan(
        trx,
        visit,
        {
          date: addDays(londonDate(now()), more % 9),
          from: '09:00',
          to: more % 2 === 0 ? '11:00' : '18:30',
          caseReference: null,
          chaperone: 'The team manager',
          conferenceOn: null,
        },
        { at: now(), by, acting: { office: 'host', capacity: 'principal', deputyFor: null } },
      ),
    );
  }),
  'check a visit': withVisit(async (visit) =>
    checkVisit(await ctx('host'), visit, 'connection', { answer: 'none' }),
  ),
  'cancel a visit': withVisit(async (visit) => cancelVisit(await ctx('host'), visit)),
  'end a visit': withVisit((visit) =>
    behindTheApi(council.world.db, (trx) => endVisit(trx, visit, { at: now(), because: 'withdrawn' })),
  ),
  'record a visit': withVisit(async (visit, _more, reference) => {
    const by = await host();
    const grantId = (await grantOf(reference)) ?? '';
    await behindTheApi(council.world.db, (trx) =>
      attendedVisit(
        trx,
        { grantId, visitId: visit },
        { arrived: new Date(now().getTime() - 7_200_000), left: now(), authorised: false, at: now(), by },
      ),
    );
  }),
  'ask a question': withVisit(async (visit) => {
    const [askedBy, ownerId] = [await chair(), await host()];
    const settings = await settingsNow();
    const due = deadline(settings, 'answer_question', now(), settings.periods.answerQuestion, []).at;
    await behindTheApi(council.world.db, (trx) =>
      trx('visit_questions').insert({
        visit_id: visit,
        kind: 'question',
        text: 'Who was in the room?',
        asked_at: now(),
        asked_by: askedBy,
        owner_id: ownerId,
        due_on: due ?? '',
      }),
    );
  }),
  'answer a question': withVisit(async (visit) => {
    const question: { id: string } | undefined = await council.world
      .db('visit_questions')
      .where({ visit_id: visit })
      .whereNull('answered_at')
      .first('id');
    if (question)
      await answerVisitQuestion(await ctx('childrens.services'), question.id, {
        text: 'The chair.',
        toCommittee: false,
      });
  }),
  freeze: withGrant(async (grant) =>
    reportIncident(await ctx('democratic.services'), {
      what: 'outside_scope',
      causedBy: 'councillor',
      text: 'Something was asked for that was not granted.',
      happenedAt: now().toISOString(),
      exposed: 'yes',
      grant,
    }),
  ),
  release: withGrant(async (grant) => releaseGrant(await ctx('data.protection'), grant, reason)),
  revoke: withGrant(async (grant) => revokeGrant(await ctx('legal'), grant, { reasons: reason })),
};
const decide = async (reference: string, outcome: 'approve' | 'refuse') =>
  decideRequest(await ctx('legal'), reference, {
    version: await versionOf(reference),
    outcome,
    reasons: reason,
    grounds: outcome === 'refuse' ? ['no_remit_link'] : [],
    conditions: [],
    categories: ['process'],
  });

/** Changes that affect the council as a whole. */
const befalls: Readonly<Record<string, (more: number) => Promise<unknown>>> = {
  mail: () => courier().deliver(),
  settings: async (more) => {
    const { revision } = await settingsInForce(council.world.db);
    const periods = [
      'acknowledge',
      'decide',
      'askForReview',
      'review',
      'attendanceRecord',
      'answerQuestion',
      'frozen',
    ];
    await changeSettings(await ctx('democratic.services'), {
      revision,
      periods: { [periods[more % periods.length] ?? '']: 1 + (more % 12) },
    });
  },
  nation: async (more) => {
    const { revision } = await settingsInForce(council.world.db);
    await changeSettings(await ctx('democratic.services'), {
      revision,
      nation: more % 2 === 0 ? 'scotland' : 'england_and_wales',
    });
  },
  job: (more) =>
    run(
      (['reminders', 'checks', 'records', 'escalations', 'due_days', 'withdrawals', 'lapses'] as const)[
        more % 7
      ] ?? 'lapses',
    ),
};
const courier = () =>
  createCourier({
    db: council.world.db,
    now,
    log,
    render: noticesOf({
      baseUrl: new URL('http://127.0.0.1:3000'),
      councilName: 'Test Council',
      sessionSecret: 'a secret of the test',
    }),
    transport: mailboxTransport(),
    from: 'need-to-know@council.example',
  });

/** Requests at every stage, from which a walk begins: two are approved, one of them frozen, and one is refused. */
const begun = async (): Promise<string[]> => {
  const { db } = council.world;
  const today = londonDate(now());
  const changes = { window: { from: addDays(today, 1), to: addDays(today, 60) }, events: 3 };
  const papers = {
    observationType: 'document_inspection',
    papers: [{ category: 'Minutes of the panel', from: '2026-04-01', to: '2026-06-30' }],
  } as const;
  const { reference: submitted } = await brought(db, 'submitted', { now, changes });
  const { reference: ready } = await brought(db, 'ready', { now, changes });
  const { reference: wanted } = await brought(db, 'submitted', { now, changes: { ...changes, ...papers } });
  const [approved = '', frozen = '', refused = ''] = await copiesOf(db, ready, 3);
  await decide(approved, 'approve');
  for (const act of ['plan a visit', 'record a visit', 'ask a question', 'plan a visit'])
    await acts[act]?.(approved, 3);
  await decide(refused, 'refuse');
  await decide(frozen, 'approve');
  const grant = (await grantOf(frozen)) ?? '';
  await behindTheApi(db, async (trx) => {
    const by = await personId(trx, 'data.protection');
    const [incident] = await trx('incidents')
      .insert({
        what: 'outside_scope',
        caused_by: 'councillor',
        councillor_id: trx('requests').where({ reference: frozen }).select('councillor_id'),
        grant_id: grant,
        happened_at: now(),
        reported_at: now(),
        reported_by: by,
        exposed: 'yes',
        aware_at: now(),
      })
      .returning<{ id: string }[]>('id');
    await freeze(trx, { grantId: grant, incidentId: incident?.id ?? '', at: now() });
    // They were heard, so that it may be ended.
    await trx('incident_hearings').insert({
      incident_id: incident?.id ?? '',
      gist: reason,
      told_at: now(),
      told_by: by,
      capacity: 'principal',
      due_on: addDays(londonDate(now()), 7),
      answer: reason,
      answered_at: now(),
    });
  });
  return [approved, frozen, refused, ready, submitted, wanted];
};

const [approved, frozen, refused, ready, submitted, wanted] = [0, 1, 2, 3, 4, 5];

/** Each change once and in its turn; the days are counted before it, so that none may be left standing. */
const script: readonly (readonly [act: string, which: number, more?: number])[] = [
  ['move a visit', approved, 5],
  ['check a visit', approved],
  ['move a visit', approved, 6],
  ['cancel a visit', approved],
  ['plan a visit', approved, 1],
  ['end a visit', approved],
  ['plan a visit', approved],
  ['record a visit', approved],
  ['ask a question', approved],
  ['answer a question', approved],
  ['plan a visit', approved, 3],
  ['revoke', frozen],
  ['freeze', approved],
  ['release', approved],
  ['mail', 0],
  ['return', submitted],
  ['submit', submitted],
  ['edit', submitted, 1],
  ['edit', ready, 1],
  ['withdraw', ready],
  ['right', wanted, 4],
  ['right', wanted, 3],
  ['ask for a review', refused],
  ['decide the review', refused, 1],
  ['return', refused],
  ['settings', 0, 4],
  ['settings', 0, 11],
  ['settings', 0, 5],
  ['nation', 0, 0],
  ['settings', 0, 8],
  ['nation', 0, 1],
];

test('after each change, and at any time, the selection equals what the rules say of everything that is open', async () => {
  const requests = await begun();
  await expectAsTheRulesSay();
  const done = new Set<string>();
  for (const [what, which, more = 0] of script) {
    await run('due_days');
    await (acts[what]?.(requests[which] ?? '', more) ?? befalls[what]?.(more));
    await expectAsTheRulesSay();
    done.add(what);
  }
  expect([...done, 'refuse', 'approve', 'direct', 'job'].toSorted()).toEqual(
    [...Object.keys(acts), ...Object.keys(befalls)].toSorted(),
  );
  for (let hours = 0; hours < 20 * 24; hours += 19) {
    council.clock = new Date(council.clock.getTime() + 19 * 3_600_000);
    await expectAsTheRulesSay();
    if (hours % 3 === 0)
      for (const name of ['reminders', 'checks', 'records', 'escalations'] as const) await run(name);
  }
  expect(seen.selected).toBeGreaterThan(20);
  expect([...seen.open].toSorted()).toEqual(deadlineKinds.toSorted());
}, 300_000);

test('so it is after changes at random', async () => {
  const happening = fc.record({
    what: fc.constantFrom(...Object.keys(acts), ...Object.keys(befalls), 'job', 'job'),
    which: fc.nat({ max: 50 }),
    more: fc.nat({ max: 1_000 }),
    minutes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_000 })),
    isCounted: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 10, maxLength: isLong ? 30 : 20 }),
      async (happenings) => {
        const requests = await begun();
        for (const { what, which, more, minutes, isCounted } of happenings) {
          council.clock = new Date(council.clock.getTime() + minutes * 60_000);
          if (isCounted) await run('due_days');
          const reference = requests[which % requests.length] ?? '';
          try {
            await (acts[what]?.(reference, more) ?? befalls[what]?.(more));
          } catch (error) {
            if (!(error instanceof Refusal) && !isOfTheDatabase(error)) throw error;
          }
          await expectAsTheRulesSay();
        }
        // A day that was moved is looked at once more.
        await run('due_days');
        await run('due_days');
        expect((await storedDays()).filter(({ due }) => due === null)).toEqual([]);
      },
    ),
    { numRuns: isLong ? 60 : 1 },
  );
}, 600_000);

/** What the database itself refuses, behind the API. */
const isOfTheDatabase = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['23503', '23514'].includes(String(error.code));

/** The rows that a round of every job reads, by the references that stand in them. */
const roundReads = async (): Promise<number> => {
  const { db } = council.world;
  let rows = 0;
  const count = (response: unknown): void => {
    const given = response as { rows?: unknown[] } | unknown[] | null;
    rows += Array.isArray(given) ? given.length : (given?.rows?.length ?? 0);
  };
  db.on('query-response', count);
  try {
    for (const name of jobNames) await run(name);
  } finally {
    db.removeListener('query-response', count);
  }
  return rows;
};

test('a round of every job reads no row of a deadline that is not due yet, however many are open', async () => {
  const { db } = council.world;
  council.clock = atLondonTime('2028-05-08', '10:00');
  // Changes at random may have left so few days that there is no morning two working days before the last of them.
  const { revision } = await settingsInForce(db);
  await changeSettings(await ctx('democratic.services'), { revision, periods: { decide: 10 } });
  const { reference } = await brought(db, 'submitted', { now });
  await courier().deliver();
  // Everything that fell due until then is said, and everything that changed is counted.
  for (let round = 0; round < 3; round += 1) await roundReads();
  const before = await roundReads();
  await copiesOf(db, reference, 150);
  expect(await roundReads()).toBeGreaterThan(before + 150);
  expect(await roundReads()).toBe(before);
  // On the morning two working days before the day they are read, and said; and then no more.
  const { due } = await db('requests').where({ reference }).first<{ due: string }>('due_on as due');
  const settings = await settingsNow();
  council.clock = atLondonTime(previousWorkingDay(settings, previousWorkingDay(settings, due)), '08:00');
  await run('due_days');
  expect(await run('reminders')).toBeGreaterThan(150);
  for (let round = 0; round < 2; round += 1) await roundReads();
  expect(await roundReads()).toBeLessThanOrEqual(before + 20);
}, 240_000);
