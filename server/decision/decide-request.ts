import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import * as grants from '../../db/grant/grants.js';
import * as requests from '../../db/request/requests.js';
import * as signOffs from '../../db/decision/sign-offs.js';
import { permit } from '../../policies/core/commands.js';
import { londonDate } from '../../policies/core/london.js';
import type { Ground } from '../../policies/need-to-know/grounds.js';
import type { QuestionKey } from '../../policies/need-to-know/questions.js';
import { grantWindow } from '../../policies/decision/grant-window.js';
import { decided, decisionRecorded, visitExpected } from '../../policies/core/notices.js';
import { contradiction } from '../../policies/register/register.js';
import { timeToAsk } from '../../policies/review/review.js';
import { conflict } from '../../policies/core/rules.js';
import { checkDecision } from '../../policies/decision/sign-off.js';
import type {
  Acting,
  Category,
  Condition,
  DateSpan,
  ObservationRequest,
} from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { conditionsFrom, textOfConditions, unionOf, type SentCondition } from './conditions.js';
import { assertLinksHold } from '../request/follows/assert-links.js';
import { freezeWithOthers } from '../grant/follows/freeze-with-others.js';
import { screened } from '../case/screened.js';
import { onRecord } from '../case/on-record.js';
import { tell, trace } from '../case/trail.js';
import { factsOf, weighed, type Weighing } from '../case/weigh.js';

export interface SentDecision {
  readonly version: number;
  readonly outcome: 'approve' | 'refuse';
  readonly reasons: string;
  readonly grounds: readonly Ground[];
  readonly conditions: readonly SentCondition[];
  readonly categories: readonly Category[];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * Legal approves or refuses, last, with reasons. An approval makes the grant, with the union of the three
 * offices' conditions; a refusal cites its grounds (need-to-know.md, section 4).
 */
export const decideRequest = (ctx: Ctx, reference: string, given: SentDecision): Promise<string> => {
  screened(ctx, { reasons: given.reasons, ...textOfConditions(given.conditions) });
  return inTransaction(ctx.db, async (trx) => {
    // What an incident freezes and what an approval makes come one after the other; and whoever acts on the grants of
    // a councillor, or on their papers, holds the councillor first.
    await grants.lockCouncillorOf(trx, reference);
    const row = await requests.lock(trx, ctx.ability, reference);
    const acting = permit('decide', ctx, row, { version: given.version });
    const at = ctx.now();
    const record = await onRecord({ db: trx, settings: ctx.settings, now: at }, row);
    checkDecision(given, record);
    if (given.outcome === 'approve') {
      await assertRegister({ db: trx, settings: ctx.settings, now: at }, row);
      await assertLinksHold(trx, ctx.settings, row);
    }
    const { window: asked } = row.content;
    const window = given.outcome === 'approve' && asked ? grantWindow(asked, given, londonDate(at)) : null;

    const conditions = conditionsFrom(given.conditions);
    const signOffId = await signOffs.sign(trx, row, {
      office: 'legal',
      outcome: given.outcome,
      reasons: given.reasons,
      grounds: given.grounds,
      conditions,
      personId: ctx.actor.id,
      capacity: acting.capacity,
      deputyFor: acting.deputyFor?.id ?? null,
      at,
    });
    await requests.save(trx, row.id, {
      status: given.outcome === 'approve' ? 'approved' : 'refused',
      decidedAt: at,
      dueOn: null,
      actedBy: ctx.actor.id,
    });
    const reviewBy = given.outcome === 'refuse' ? timeToAsk(ctx.settings, at).at : null;
    const entry = await trace(trx, ctx, acting, {
      type: 'request.decided',
      subject: reference,
      decision: {
        version: row.version,
        outcome: given.outcome,
        grounds: [...given.grounds],
        test: record.test.outcome,
        reviewBy,
      },
      reasons: given.reasons,
    });
    if (window) await makeGrant(trx, ctx, acting, { row, given, window, signOffId, conditions, at });
    await tell(trx, ctx, entry, decided(reference, row.councillorId, reviewBy));
    await tell(trx, ctx, entry, decisionRecorded(reference, window ? null : row.hostId));
    if (window && row.hostId) await tell(trx, ctx, entry, visitExpected(reference, row.hostId));
    return reference;
  });
};

/** The register may have moved on since the answers were given: what it now contradicts is not approved. */
const assertRegister = async (given: Weighing, row: ObservationRequest): Promise<void> => {
  const facts = await factsOf(given.db, row, given.now);
  const { answers } = await weighed(given, row);
  for (const [key, answer] of Object.entries(answers)) {
    const says = contradiction(facts, key as QuestionKey, answer);
    if (says) throw conflict('register', `${says} The question ${key} must be answered afresh.`);
  }
};

const makeGrant = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  acting: Acting,
  {
    row,
    given,
    window,
    signOffId,
    conditions,
    at,
  }: {
    readonly row: ObservationRequest;
    readonly given: SentDecision;
    readonly window: DateSpan;
    readonly signOffId: string;
    readonly conditions: readonly Condition[];
    readonly at: Date;
  },
): Promise<void> => {
  const live = (await signOffs.signOffsOf(trx, row)).filter(
    ({ version, voidedAt, office }) => version === row.version && voidedAt === null && office !== 'legal',
  );
  const events = row.content.events ?? 1;
  const categories = [...new Set(given.categories)];
  const union = unionOf([...live.flatMap((signed) => signed.conditions), ...conditions]);
  const grantId = await grants.insertGrant(trx, row, {
    signOffId,
    window,
    events,
    categories,
    conditions: union,
    at,
  });
  await trace(trx, ctx, acting, {
    type: 'grant.made',
    subject: row.reference,
    decision: { version: row.version, window: { ...window }, events, categories, conditions: union.length },
  });
  await freezeWithOthers(trx, ctx, acting, { ...row, grantId, at });
};
