import type { Knex } from 'knex';
import type { AppAbility } from '../policies/ability.js';
import { NotFound } from '../policies/refusals.js';
import { appointmentReliedOn } from '../policies/register.js';
import type {
  Category,
  Condition,
  DateSpan,
  Grant,
  ObservationRequest,
  RequestContent,
} from '../policies/subjects.js';
import type { ObservationTypeKey } from '../policies/observation-types.js';
import { councillorOf, protocolInForce } from './councillors.js';
import { requestColumns } from './requests.js';
import { visible } from './visible.js';

/** Makes the grant of an approved request, with its conditions, and answers with its id. */
export const insertGrant = async (
  trx: Knex.Transaction,
  row: Pick<ObservationRequest, 'id' | 'version'>,
  given: {
    readonly signOffId: string;
    readonly window: DateSpan;
    readonly events: number;
    readonly categories: readonly Category[];
    readonly conditions: readonly Condition[];
    readonly at: Date;
  },
): Promise<string> => {
  const [grant] = await trx('grants')
    .insert({
      request_id: row.id,
      version: row.version,
      sign_off_id: given.signOffId,
      window_from: given.window.from,
      window_to: given.window.to,
      events: given.events,
      categories: given.categories,
      made_at: given.at,
    })
    .returning<{ id: string }[]>('id');
  const id = grant?.id ?? '';
  if (given.conditions.length > 0) {
    await trx('grant_conditions').insert(
      given.conditions.map((condition, position) => ({
        id: condition.id,
        grant_id: id,
        position,
        text: condition.text,
        owner: condition.owner,
        before: condition.before,
        state: condition.state,
      })),
    );
  }
  return id;
};

interface GrantRow {
  readonly id: string;
  readonly reference: string;
  readonly councillor_id: string;
  readonly councillor_name: string;
  readonly host_id: string | null;
  readonly host_name: string | null;
  readonly acted_by: string[];
  readonly observation_type: ObservationTypeKey;
  readonly window_from: string;
  readonly window_to: string;
  readonly events: number;
  readonly events_used: number;
  readonly categories: readonly Category[];
  readonly conditions: readonly Condition[];
  readonly made_at: Date;
  readonly ended_at: Date | null;
  readonly ended_because: Grant['endedBecause'];
  readonly frozen_at: Date | null;
  readonly content: RequestContent;
  readonly answers: Readonly<Record<string, unknown>>;
}

const selected = `g.id, r.reference, r.councillor_id, r.host_id, r.acted_by, r.observation_type, g.window_from,
  g.window_to, g.events, g.events_used, g.categories, g.made_at, g.ended_at, g.ended_because, g.frozen_at,
  (select name from councillors where id = r.councillor_id) as councillor_name,
  (select name from people where id = r.host_id) as host_name,
  (select content from request_versions v where v.request_id = r.id and v.version = g.version) as content,
  coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text, 'owner', c.owner, 'before', c.before,
      'state', c.state) order by c.position)
    from grant_conditions c where c.grant_id = g.id), '[]') as conditions,
  coalesce((select jsonb_object_agg(a.question, a.answer) from answers a
    where a.request_id = r.id and a.version = g.version
      and a.question in ('agreements', 'connection', 'prerequisites')), '{}') as answers`;

const holds = (answer: unknown, value: string): boolean =>
  answer === value ||
  (typeof answer === 'object' && answer !== null && Object.values(answer).includes(value));

/** The undertaking and the training are in the register and are limits of their own; the check is not. */
const dbsBooked = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'dbs' in answer && answer.dbs === 'booked';

/** What the approval in principle left open: it stops attendance until it is closed. */
const leftOpen = (answers: Readonly<Record<string, unknown>>): Grant['open'] => [
  ...(holds(answers['agreements'], 'pending') ? (['agreements'] as const) : []),
  ...(answers['connection'] === 'unchecked' ? (['connection'] as const) : []),
  ...(dbsBooked(answers['prerequisites']) ? (['prerequisites'] as const) : []),
];

/**
 * The grant with the facts that its limits rest on, as the register has them now.
 * @throws NotFound where there is none, or none that this person may read
 */
export const findGrant = async (db: Knex, ability: AppAbility, id: string, now: Date): Promise<Grant> => {
  const query = db('grants as g')
    .join('requests as r', 'r.id', 'g.request_id')
    .where('g.id', id)
    .select(db.raw(selected));
  const [row] = (await visible(query, ability, 'read', 'Grant', requestColumns)) as GrantRow[];
  if (!row) throw new NotFound();
  const councillor = await councillorOf(db, row.councillor_id);
  return {
    kind: 'Grant',
    id: row.id,
    reference: row.reference,
    councillorId: row.councillor_id,
    councillorName: row.councillor_name,
    hostId: row.host_id,
    hostName: row.host_name,
    actedBy: row.acted_by,
    observationType: row.observation_type,
    window: { from: row.window_from, to: row.window_to },
    events: row.events,
    eventsUsed: row.events_used,
    categories: row.categories,
    conditions: row.conditions,
    madeAt: row.made_at,
    endedAt: row.ended_at,
    endedBecause: row.ended_because,
    frozenAt: row.frozen_at,
    appointment:
      appointmentReliedOn(councillor, row.content) ?? (row.content.role?.appointmentId ? 'gone' : null),
    councillor,
    protocolVersion: await protocolInForce(db, now),
    open: leftOpen(row.answers),
  };
};
