import type { Knex } from 'knex';
import type { Account, Answer, Council } from './council.js';
import { expectOk, type Line } from './line.js';
import { lineAt, type Preparing } from './people.js';
import type { Category } from '../../policies/core/category.js';

/** A request that was approved, with its grant. */
export interface Granted {
  readonly line: Line;
  readonly id: string;
  /** The address of the grant in the API. */
  readonly path: string;
  /** The ids of its conditions, in the order in which they were given. */
  readonly conditions: readonly string[];
  read(account: Account): Promise<Answer>;
}

/** The grant of a request that is approved here: three sign-offs, as ever. */
export const granted = async (
  council: Council,
  {
    conditions = [],
    ...preparing
  }: Preparing & {
    readonly conditions?: readonly (string | object)[];
    readonly categories?: readonly string[];
  } = {},
): Promise<Granted> => {
  const line = await lineAt(council, 'ready', preparing);
  const { categories } = preparing as { categories?: readonly string[] };
  const { body } = expectOk(
    await line.decide('approve', { conditions, ...(categories ? { categories } : {}) }),
  );
  const { id } = body.grant as { id: string };
  const path = `/api/grants/${id}`;
  const kept = expectOk(await (await council.as('legal')).get(path));
  return {
    line,
    id,
    path,
    conditions: (kept.body.conditions as { id: string }[]).map((each) => each.id),
    read: async (account) => (await council.as(account)).get(path),
  };
};

/** A visit written past its own call, for tests about something else; it ends by the rules like any other. */
export const plannedVisit = async (
  trx: Knex.Transaction,
  grantId: string,
  given: {
    readonly date: string;
    readonly from?: string;
    readonly to?: string;
    readonly at: Date;
    readonly by: string;
    readonly caseReference?: string;
  },
): Promise<string> => {
  const plan = {
    date: given.date,
    from_time: given.from ?? '10:00',
    to_time: given.to ?? '12:00',
    case_reference: given.caseReference ?? null,
    chaperone: 'The team manager',
  };
  const [visit] = await trx('visits')
    .insert({ grant_id: grantId, one_observer: false, ...plan, planned_at: given.at })
    .returning<{ id: string }[]>('id');
  const id = visit?.id ?? '';
  await trx('visit_plans').insert({
    visit_id: id,
    ...plan,
    at: given.at,
    person_id: given.by,
    office: 'host',
    capacity: 'principal',
  });
  return id;
};

/** A visit that a check has ended: it is on record that others must be protected. */
export const blockedVisit = async (
  trx: Knex.Transaction,
  grantId: string,
  given: { readonly date: string; readonly at: Date; readonly by: string },
): Promise<void> => {
  const id = await plannedVisit(trx, grantId, given);
  await trx('visits').where({ id }).update({ ended_at: given.at, ended_because: 'blocked' });
};

/** What happened at a visit, written past its own call; with both checks where it was with authority. */
export const attendedVisit = async (
  trx: Knex.Transaction,
  { grantId, visitId }: { readonly grantId: string; readonly visitId: string },
  given: {
    readonly arrived: Date;
    readonly left: Date;
    readonly authorised: boolean;
    readonly categories?: readonly Category[];
    readonly at: Date;
    readonly by: string;
  },
): Promise<void> => {
  const recorded = { person_id: given.by, office: 'host', capacity: 'principal' } as const;
  for (const [question, answer] of [
    ['connection', 'none'],
    ['legal_bars', []],
  ] as const) {
    await trx('visit_checks').insert({
      visit_id: visitId,
      question,
      answer: JSON.stringify(answer),
      at: given.arrived,
      date: trx('visits').where({ id: visitId }).select('date'),
      case_key: trx('visits').where({ id: visitId }).select('case_key'),
      ...recorded,
      office: question === 'legal_bars' ? 'legal' : recorded.office,
    });
  }
  await trx('attendances').insert({
    visit_id: visitId,
    grant_id: grantId,
    outcome: 'attended',
    arrived_at: given.arrived,
    left_at: given.left,
    chaperone: 'The team manager',
    categories: given.categories ?? ['process'],
    authorised: given.authorised,
    recorded_at: given.at,
    ...recorded,
  });
};
