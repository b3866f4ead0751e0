import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { permitOn } from '../../policies/permission/permit.js';
import { decide as decideCommand, signOff as signOffCommand } from '../../policies/decision/commands.js';
import { deadline, periods } from '../../policies/core/time/deadlines.js';
import type { Ground } from '../../policies/core/grounds.js';
import { counted } from '../../policies/need-to-know/given.js';
import { needToKnow } from '../../policies/need-to-know/test.js';
import type { Acting } from '../../policies/people/actor.js';
import type { Category } from '../../policies/core/category.js';
import type { Seat } from '../../policies/core/office.js';
import type { Condition } from '../../policies/grant/condition.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import { defaultSettings } from '../../policies/settings/settings.js';
import { answersOf } from '../need-to-know/assessments.js';
import { insertGrant } from '../grant/grants.js';
import * as requests from '../request/requests.js';
import { signing, signOffsOf } from '../decision/sign-offs.js';
import type { Login } from './accounts.js';
import { begin, record, type Act, type Scene, type Who } from './scene.js';

interface Given {
  readonly reasons: string;
  readonly grounds?: readonly Ground[];
  readonly conditions?: readonly Pick<Condition, 'text' | 'owner' | 'before'>[];
}

const conditionsFrom = ({ conditions = [] }: Given): Condition[] =>
  conditions.map((given) => ({ ...given, id: randomUUID(), state: 'pending' }));

const signed = async (
  { trx, at }: Scene,
  who: Who,
  row: ObservationRequest,
  acting: Acting,
  given: Given & { readonly outcome: 'agree' | 'object' | 'approve' | 'refuse'; readonly office: Seat },
  conditions: readonly Condition[],
): Promise<string> => {
  const id = randomUUID();
  await signing(trx, row, {
    id,
    version: row.version,
    office: given.office,
    outcome: given.outcome,
    reasons: given.reasons,
    grounds: given.grounds ?? [],
    conditions,
    personId: who.actor.id,
    capacity: acting.capacity,
    deputyFor: acting.deputyFor?.id ?? null,
    considered: [],
    at,
  });
  return id;
};

/** Children's Services or Democratic Services agree, or object with grounds. */
export const signOff =
  (
    login: Login,
    office: 'childrens_services' | 'democratic_services',
    given: Given & { readonly outcome: 'agree' | 'object' },
  ): Act =>
  async (scene) => {
    const { who, row } = await begin(scene, login);
    const acting = permitOn(signOffCommand, who, row, { office });
    await signed(scene, who, row, acting, { ...given, office }, conditionsFrom(given));
    await requests.save(scene.trx, row.id, { actedBy: who.actor.id });
    await record(scene, who, acting, {
      type: 'request.signed',
      subject: row.reference,
      decision: {
        version: row.version,
        outcome: given.outcome,
        grounds: [...(given.grounds ?? [])],
        conditions: given.conditions?.length ?? 0,
      },
      reasons: given.reasons,
    });
    return row.reference;
  };

/** Legal decides; an approval makes the grant, with the conditions of all three. */
export const decide =
  (
    login: Login,
    given: Given & { readonly outcome: 'approve' | 'refuse'; readonly categories?: readonly Category[] },
  ): Act =>
  async (scene) => {
    const { trx, at } = scene;
    const { who, row } = await begin(scene, login);
    const acting = permitOn(decideCommand, who, row, {});
    const conditions = conditionsFrom(given);
    const test = await testOf(trx, row, at);
    const others = (await signOffsOf(trx, row)).filter(
      ({ version, voidedAt }) => version === row.version && !voidedAt,
    );
    const signOffId = await signed(scene, who, row, acting, { ...given, office: 'legal' }, conditions);
    const approved = given.outcome === 'approve';
    await requests.save(trx, row.id, {
      status: approved ? 'approved' : 'refused',
      decidedAt: at,
      dueOn: null,
      actedBy: who.actor.id,
    });
    const reviewBy = approved
      ? null
      : deadline(defaultSettings, 'ask_for_review', at, periods.askForReview, []).at;
    await record(scene, who, acting, {
      type: 'request.decided',
      subject: row.reference,
      decision: {
        version: row.version,
        outcome: given.outcome,
        grounds: [...(given.grounds ?? [])],
        test,
        reviewBy,
      },
      reasons: given.reasons,
    });
    const { window, events = 1 } = row.content;
    if (!approved || !window) return row.reference;
    const categories = [...(given.categories ?? (['process'] as const))];
    const all = [...others.flatMap((seat) => seat.conditions), ...conditions];
    await insertGrant(trx, row, { signOffId, window, events, categories, conditions: all, at });
    await record(scene, who, acting, {
      type: 'grant.made',
      subject: row.reference,
      decision: { version: row.version, window: { ...window }, events, categories, conditions: all.length },
    });
    return row.reference;
  };

const testOf = async (trx: Knex.Transaction, row: ObservationRequest, now: Date): Promise<string> => {
  if (row.observationType === null) throw new Error('A submitted request has an observation type.');
  const answers = counted(await answersOf(trx, row));
  const { events = 1 } = row.content;
  return needToKnow({ observationType: row.observationType, events, answers, now, calendar: defaultSettings })
    .outcome;
};
