import { inTransaction } from '../../db/core/connection.js';
import {
  deadLetters,
  mailWaiting,
  refusedMessages,
  type AfterLetter,
  type MailWaiting,
  type Undelivered,
} from '../../db/operations/dead-letters.js';
import { jobRuns, type JobRun } from '../../db/operations/job-runs.js';
import { authorise } from '../../policies/core/ability.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';

export interface OperationsRead {
  readonly runs: readonly JobRun[];
  readonly mail: MailWaiting;
  readonly refused: readonly Undelivered[];
  readonly givenUp: Shown<Undelivered>;
}

/** What everything about the running of the service is recorded under. */
export const operationsSubject = 'operations';

/** How many messages that wait to be tried again are shown. */
const mostRefused = 50;

/**
 * How the jobs fare, and what mail waits, was refused or was given up. It names people and references, so that the
 * reading is recorded.
 * @throws NotFound for who may not see it
 */
export const readOperations = (
  ctx: Ctx,
  given: { readonly limit: number; readonly after?: AfterLetter | undefined },
): Promise<OperationsRead> =>
  inTransaction(ctx.db, async (trx) => {
    authorise(ctx.ability, 'read', { kind: 'Operations' });
    const refused = await refusedMessages(trx, mostRefused);
    const givenUp = shown(await deadLetters(trx, { ...given, limit: given.limit + 1 }), given.limit);
    trace(trx, ctx, null, {
      type: 'operations.read',
      subject: operationsSubject,
      decision: { shown: refused.length + givenUp.items.length },
    });
    return { runs: await jobRuns(trx), mail: await mailWaiting(trx), refused, givenUp };
  });
