import { inTransaction } from '../../db/core/connection.js';
import * as requests from '../../db/request/requests.js';
import { authorise } from '../../policies/core/ability.js';
import type { ObservationRequest } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { assessmentOf, type AssessmentOf } from '../case/dossier.js';
import { trace } from '../case/trail.js';

/** The test of a request as it stands. @throws NotFound, also for who reads the request and not its test */
export const readAssessment = (
  ctx: Ctx,
  reference: string,
): Promise<{ readonly row: ObservationRequest; readonly assessment: AssessmentOf | null }> =>
  inTransaction(ctx.db, async (trx) => {
    const row = await requests.find(trx, ctx.ability, reference);
    authorise(ctx.ability, 'read_assessment', row);
    await trace(trx, ctx, null, {
      type: 'assessment.read',
      subject: reference,
      decision: { version: row.version },
    });
    return { row, assessment: await assessmentOf({ db: trx, settings: ctx.settings, now: ctx.now() }, row) };
  });
