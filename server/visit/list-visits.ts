import { inTransaction } from '../../db/core/connection.js';
import { recordsOf } from '../../db/grant/grants.js';
import { questionsOf } from '../../db/visit/visit-questions.js';
import { listVisits as load, type AfterVisit, type ListedVisit } from '../../db/visit/visits.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { trace } from '../case/trail.js';
import { fileOf, type VisitFile } from './visit-file.js';

/** A page of the visits that this person may read, the latest day first; one entry on the trail. */
export const listVisits = (
  ctx: Ctx,
  { limit, after }: { readonly limit: number; readonly after?: AfterVisit | undefined },
): Promise<Shown<ListedVisit & VisitFile>> =>
  inTransaction(ctx.db, async (trx) => {
    const page = shown(await load(trx, ctx.ability, { limit: limit + 1, after }), limit);
    const records = await recordsOf(
      trx,
      ctx.ability,
      page.items.map(({ grantId }) => grantId),
    );
    const questions = await questionsOf(
      trx,
      page.items.map(({ id }) => id),
    );
    trace(trx, ctx, null, {
      type: 'visit.listed',
      subject: 'visits',
      decision: { shown: page.items.length },
    });
    const filed = page.items.map((line) => {
      const record = records.find(({ id }) => id === line.grantId);
      const visit = record?.visits.find(({ id }) => id === line.id);
      if (!record || !visit) throw new Error('A visit that is listed has no grant that may be read.');
      return { ...line, ...fileOf(record, visit, questions, ctx.now()) };
    });
    const last = filed.at(-1);
    return { items: filed, last: page.last && last ? last : null };
  });
