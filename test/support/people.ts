import { expect } from '@jest/globals';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { append } from '../../db/audit/append.js';
import { search } from '../../db/audit/search.js';
import { inTransaction } from '../../db/core/connection.js';
import { demoPassword } from '../../db/demo/accounts.js';
import { loadActor } from '../../db/people/people.js';
import { abilityFor } from '../../policies/permission/ability.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import type { Answer as GivenAnswer } from '../../policies/need-to-know/answers.js';
import { question, questionKeys, type QuestionKey } from '../../policies/need-to-know/questions.js';
import type { ObservationTypeKey } from '../../policies/core/observation-types.js';
import { ruleOf, type RuleKey } from '../../policies/core/rules.js';
import type { RequestContent } from '../../policies/request/request.js';
import type { Ctx } from '../../server/case/ctx.js';
import { linksOf } from '../../server/case/links.js';
import type { Proving } from '../../server/case/proving/proving.js';
import { keysOfCodes, sealOf } from '../../server/case/proving/seal.js';
import { attempts } from '../../server/people/attempts.js';
import { answerQuestion } from '../../server/need-to-know/answer-question.js';
import { recordRight } from '../../server/papers/record-right.js';
import { discussRequest } from '../../server/decision/discuss-request.js';
import { draftRequest } from '../../server/request/draft-request.js';
import { signOffRequest } from '../../server/decision/sign-off-request.js';
import { submitRequest } from '../../server/request/submit-request.js';
import type { Account, Answer, Council } from './council.js';
import { answerInOrder, Line, necessity, reason } from './line.js';
import { settingsInForce } from '../../db/settings/settings.js';
import { aSigner } from './signer.js';
import { foundRow } from './found-row.js';

const silent = pino({ level: 'silent' });

/** The id of an account of the demonstration. */
export const personId = async (db: Knex, account: Account): Promise<string> => {
  const found: { id: string } | undefined = await db('people')
    .where({ email: `${account}@council.example` })
    .first('id');
  if (!found) throw new Error(`Nobody is called ${account}.`);
  return found.id;
};

/** What proving oneself needs, as the app of a test has it. */
export const provingOf = (db: Knex, now: () => Date): Proving => ({
  attempts: attempts({ db, now, sessionSecret: 'a secret of the test' }),
  keys: sealOf('a secret of the test', keysOfCodes),
  relyingParty: null,
  councilName: 'Test Council',
});

/** What a use case is given when this person calls it now: loaded afresh, as for each call of the service. */
export const ctxFor = async (db: Knex, id: string, now: () => Date): Promise<Ctx> => {
  const actor = await loadActor(db, id, londonDate(now()));
  if (!actor) throw new Error('Nobody has that id.');
  const { settings } = await settingsInForce(db);
  return {
    db,
    actor,
    ability: abilityFor(actor),
    now,
    log: silent,
    signer: aSigner(),
    links: linksOf('a secret of the test'),
    proof: { by: 'passphrase', at: now() },
    proving: provingOf(db, now),
    codesFirst: false,
    settings,
  };
};

/** Signs the person in once more: a session ends after twelve hours, and a test that moves the clock outlasts it. */
export const signInAgain = async (council: Council, ...accounts: Account[]): Promise<void> => {
  for (const account of accounts) {
    const client = await council.as(account);
    const { status } = await client.post('/api/session', {
      email: `${account}@council.example`,
      password: demoPassword,
    });
    if (status !== 201) throw new Error(`${account} could not sign in again: ${status}`);
  }
};

/** Changes what no call of the API changes yet, with an entry on the trail, as any change must have. */
export const behindTheApi = (db: Knex, change: (trx: Knex.Transaction) => Promise<unknown>): Promise<void> =>
  inTransaction(db, async (trx) => {
    await change(trx);
    await append(trx, {
      type: 'council.seeded',
      at: new Date(),
      actor: 'system',
      actorName: 'The test',
      office: null,
      capacity: null,
      subject: 'council',
    });
  });

/** Everything stored about a request, the messages about it included. */
export interface Stored {
  readonly request: {
    readonly id: number;
    readonly reference: string;
    readonly status: string;
    readonly version: number;
    readonly host_id: string | null;
    readonly manager_id: string | null;
  };
  readonly versions: readonly { readonly version: number }[];
  readonly answers: readonly {
    readonly version: number;
    readonly question: string;
    readonly confirmed: boolean;
  }[];
  readonly discussion: readonly { readonly version: number; readonly office: string }[];
  readonly returns: readonly object[];
  readonly signOffs: readonly {
    readonly version: number;
    readonly office: string;
    readonly outcome: string;
    readonly person_id: string;
    readonly voided_at: string | null;
    readonly voided_because: string | null;
  }[];
  readonly grants: readonly { readonly version: number; readonly sign_off_id: string }[];
  readonly conditions: readonly object[];
  readonly messages: readonly { readonly kind: string; readonly key: string }[];
}

const rows = (from: string, order: string) =>
  `coalesce((select jsonb_agg(to_jsonb(x) order by ${order}) from ${from}), '[]')`;

export const storedOf = async (db: Knex, reference: string): Promise<Stored> => {
  const found = await db.raw<{ rows: { stored: Stored }[] }>(
    `select jsonb_build_object(
       'request', to_jsonb(r),
       'versions', ${rows('request_versions x where x.request_id = r.id', 'x.version')},
       'answers', ${rows('answers x where x.request_id = r.id', 'x.version, x.question')},
       'discussion', ${rows('discussion x where x.request_id = r.id', 'x.seq')},
       'returns', ${rows('request_returns x where x.request_id = r.id', 'x.returned_at')},
       'signOffs', ${rows('sign_offs x where x.request_id = r.id', 'x.version, x.office, x.voided_at, x.id')},
       'grants', ${rows('grants x where x.request_id = r.id', 'x.id')},
       'conditions', ${rows('grant_conditions x where x.grant_id in (select id from grants where request_id = r.id)', 'x.id')},
       'rights', ${rows('statutory_rights x where x.request_id = r.id', 'x.seq')},
       'releases', ${rows('releases x where x.request_id = r.id', 'x.seq')},
       'messages', ${rows('messages x where x.reference = r.reference', 'x.key')}
     ) as stored from requests r where r.reference = ?`,
    [reference],
  );
  const [row] = found.rows;
  if (!row) throw new Error(`There is no ${reference}.`);
  return row.stored;
};

/** An entry on the trail about a request. */
export interface Step {
  readonly type: string;
  readonly decision: Readonly<Record<string, unknown>> | null;
}

/** What the trail has about a request, oldest first; without the readings unless they are asked for. */
export const stepsOf = async (db: Knex, reference: string): Promise<Step[]> => {
  const found = await search(db, { subject: reference, limit: 10_000 });
  return found
    .filter(({ type }) => !type.endsWith('.read'))
    .map(({ type, decision }) => ({ type, decision }))
    .toReversed();
};

/** The sign-offs that stand on the current version. */
export const liveSeats = ({ request, signOffs }: Stored) =>
  signOffs.filter(({ version, voided_at: voided }) => version === request.version && voided === null);

/** Whether an answer quotes the rule as the rule book has it. */
export const byRule = (status: number, rule: RuleKey) => {
  const quoted = ruleOf(rule);
  if (quoted.authority.trim() === '') throw new Error(`${rule} rests on nothing.`);
  return { status, body: { status, detail: expect.stringMatching(/\S/), ...quoted } };
};

/** The same to somebody who may not read it as to somebody who asks for what does not exist. */
export const notFound = {
  status: 404,
  body: {
    type: '/problems/not-found',
    title: 'Not found',
    status: 404,
    detail: 'There is nothing here that you may see.',
  },
};

/**
 * Does something that must be refused, and holds it to having left nothing behind: not a row changed, no
 * message, and on the trail nothing but the refusal itself, where it is one of authority.
 */
export const leavesNothing = async (
  council: Council,
  reference: string,
  act: () => Promise<Answer>,
): Promise<Answer> => {
  const { db } = council.world;
  const [before, steps] = [await storedOf(db, reference), await stepsOf(db, reference)];
  const answer = await act();
  expect([403, 404, 409, 422]).toContain(answer.status);
  expect(await storedOf(db, reference)).toEqual(before);
  const since = (await stepsOf(db, reference)).slice(steps.length);
  const rule = (answer.body.rule as string | undefined) ?? null;
  expect(since).toEqual(
    answer.status === 403 || answer.status === 404
      ? [
          {
            type: 'authority.refused',
            decision: expect.objectContaining({ status: answer.status, rule }),
          },
        ]
      : [],
  );
  return answer;
};

const officers = {
  childrens_services: 'childrens.services',
  democratic_services: 'democratic.services',
  legal: 'legal',
} as const;

export type Stage = 'draft' | 'submitted' | 'assessed' | 'discussed' | 'ready';

export interface Preparing {
  readonly changes?: RequestContent;
  readonly answers?: Partial<Record<QuestionKey, object>>;
  readonly author?: Account;
  readonly now?: () => Date;
}

/**
 * A request brought to a stage by the use cases, without HTTP: for tests of what comes next. `ready` is discussed and
 * signed by two, so that it is Legal's turn.
 */
export const brought = async (
  db: Knex,
  stage: Stage,
  { changes = {}, answers = {}, author = 'scrutiny.chair', now = () => new Date() }: Preparing = {},
): Promise<{ readonly reference: string; readonly type: ObservationTypeKey }> => {
  const ctx = async (account: Account) => ctxFor(db, await personId(db, account), now);
  const asking = await ctx(author);
  const { id: appointmentId } = await foundRow(
    db('appointments')
      .where({ councillor_id: asking.actor.councillorId ?? '', kind: 'relevant_committee' })
      .first('id'),
  );
  const today = londonDate(now());
  const content: RequestContent = {
    observationType: 'initial_child_protection_conference',
    role: { kind: 'relevant_committee', appointmentId },
    authority: { kind: 'work_programme', citation: 'Minute 42 of the last meeting' },
    necessity,
    window: { from: addDays(today, 7), to: addDays(today, 35) },
    events: 1,
    alternatives: 'A briefing would not show how a decision is reached in the room.',
    declarations: { collateralPurpose: 'no', connection: 'none', documents: 'no' },
    ...changes,
  };
  const type = content.observationType ?? 'initial_child_protection_conference';
  const { reference } = (await draftRequest(asking, content)).row;
  const result = { reference, type };
  if (stage === 'draft') return result;
  await submitRequest(asking, reference, 1);
  if (stage === 'submitted') return result;
  const [cs, ds, legal] = [
    await ctx(officers.childrens_services),
    await ctx(officers.democratic_services),
    await ctx(officers.legal),
  ];
  const by = { childrens_services: cs, democratic_services: ds, legal };
  for (const key of questionKeys) {
    const answer = (answers[key] ?? answerInOrder(key, type)) as GivenAnswer;
    await answerQuestion(by[question(key).office], reference, key, 1, answer);
  }
  if (stage === 'assessed') return result;
  for (const each of [cs, ds, legal]) {
    await discussRequest(each, reference, { version: 1, text: 'We have looked at this together.' });
  }
  if (stage === 'discussed') return result;
  if (type === 'document_inspection')
    await recordRight(legal, reference, { version: 1, right: 'none', reasons: reason });
  for (const office of ['childrens_services', 'democratic_services'] as const) {
    const seat = {
      version: 1,
      office,
      outcome: 'agree',
      reasons: reason,
      grounds: [],
      conditions: [],
    } as const;
    await signOffRequest(by[office], reference, seat);
  }
  return result;
};

/** What was brought somewhere more than once: what the others are copied from, and the copies that nobody has taken. */
interface Shelf {
  from: string | null;
  readonly copies: string[];
}
const shelves = new WeakMap<Council, Map<string, Shelf>>();
const together = 8;

/**
 * The same as a line, to be gone on with by HTTP. From the second of a kind on it is a copy, with all that stands on
 * it but without its trail: bringing each there by its own steps took a tenth of the whole run.
 */
export const lineAt = async (council: Council, stage: Stage, given: Preparing = {}): Promise<Line> => {
  const { now = () => council.clock, ...rest } = given;
  const { db } = council.world;
  const bring = async () => (await brought(db, stage, { now, ...rest })).reference;
  const lineOf = (reference: string) =>
    new Line(
      council,
      reference,
      given.changes?.observationType ?? 'initial_child_protection_conference',
      given.author ?? 'scrutiny.chair',
    );
  const ofCouncil = shelves.get(council) ?? new Map<string, Shelf>();
  shelves.set(council, ofCouncil);
  const key = JSON.stringify([stage, now(), rest]);
  const shelf = ofCouncil.get(key);
  if (!shelf || stage === 'draft') {
    ofCouncil.set(key, { from: null, copies: [] });
    return lineOf(await bring());
  }
  if (shelf.copies.length === 0) {
    shelf.from ??= await bring();
    shelf.copies.push(...(await copiesOf(db, shelf.from, together)));
  }
  return lineOf(shelf.copies.shift() ?? '');
};

/**
 * Copies of a request that is before the offices, each fresh and with everything that stands on its version:
 * where a hundred are needed, and each by its own steps would take too long.
 */
export const copiesOf = async (db: Knex, reference: string, many: number): Promise<string[]> => {
  const { rows: made } = await db.raw<{ rows: { last: number }[] }>(
    `select coalesce(max(split_part(reference, '-', 3)::int), 0) as last from requests where reference like 'OBS-2099-%'`,
  );
  const last = made[0]?.last ?? 0;
  const copies = Array.from(
    { length: many },
    (_, index) => `OBS-2099-${String(last + index + 1).padStart(4, '0')}`,
  );
  const copied = (table: string, columns: string) =>
    `insert into ${table} (request_id, ${columns})
       select c.id, ${columns.replaceAll(/\w+/g, 'x.$&')} from requests r join ${table} x on x.request_id = r.id
         cross join requests c where r.reference = ? and c.reference = any(?)`;
  await behindTheApi(db, async (trx) => {
    const columns = `councillor_id, status, version, observation_type, host_id, manager_id, submitted_at, due_on,
      acted_by, created_at`;
    await trx.raw(
      `insert into requests (reference, ${columns})
         select copy, ${columns} from requests cross join unnest(?::text[]) as copy where reference = ?`,
      [copies, reference],
    );
    const given = [reference, copies];
    await trx.raw(copied('request_versions', 'version, content, created_at'), given);
    const by = 'person_id, office, capacity, at';
    await trx.raw(copied('answers', `version, question, answer, reason, confirmed, ${by}`), given);
    await trx.raw(
      copied('statutory_rights', 'version, right_given, due_on, recorded_at, person_id, capacity, reasons'),
      given,
    );
    await trx.raw(copied('discussion', `version, text, privileged, meeting_date, present, ${by}`), given);
    await trx.raw(
      copied('sign_offs', `version, outcome, reasons, grounds, conditions, deputy_for, ${by}`),
      given,
    );
  });
  return copies;
};
