import type { Knex } from 'knex';
import { inTransaction } from '../../db/connection.js';
import { findRecord, lockRecord } from '../../db/grants.js';
import * as papers from '../../db/papers.js';
import * as requests from '../../db/requests.js';
import { dueOf } from '../../policies/clock.js';
import { permit } from '../../policies/commands.js';
import { papersReleased } from '../../policies/notices.js';
import { assertReleasable, assertTimes, type GivenRelease, type Ground } from '../../policies/papers.js';
import { conflict } from '../../policies/rules.js';
import type { Acting, ObservationRequest } from '../../policies/subjects.js';
import { englandAndWales } from '../../policies/working-days.js';
import type { Ctx } from '../context.js';
import { screened } from '../casework/screened.js';
import { tell, trace } from '../casework/trail.js';

/**
 * Children's Services record that papers were released, or that they came back. They are released under a
 * statutory right, or after approval while the grant allows it; no file is held (need-to-know.md, sections 3
 * and 8).
 */
export const releasePapers = (ctx: Ctx, reference: string, given: GivenRelease): Promise<string> => {
  screened(ctx, { category: given.category });
  return inTransaction(ctx.db, async (trx) => {
    const row = await locked(trx, ctx, reference);
    const acting = permit('release_papers', ctx, row);
    if (row.observationType !== 'document_inspection') throw conflict('documents_only');
    const at = ctx.now();
    assertTimes(given, at);
    const known = (await papers.releasesOf(trx, row)).find(
      ({ category, releasedAt }) =>
        category === given.category && releasedAt.getTime() === given.at.getTime(),
    );
    if (known) return giveBack(trx, ctx, { row, acting, known, given });

    const ground = await groundOf(trx, ctx, row);
    assertReleasable(row, given, ground);
    await papers.addRelease(trx, row, {
      category: given.category,
      releasedAt: given.at,
      returnedAt: given.returned ?? null,
      personId: ctx.actor.id,
      office: acting.office,
      capacity: acting.capacity,
      at,
    });
    const after = await requests.find(trx, ctx.ability, reference);
    await requests.save(trx, row.id, {
      actedBy: ctx.actor.id,
      dueOn: dueOf(englandAndWales, after)?.at ?? null,
    });
    const entry = await record(trx, ctx, acting, row, given);
    await tell(trx, ctx, entry, papersReleased(reference, row.councillorId));
    return reference;
  });
};

/** The request, locked; after approval behind its councillor and before its grant, as everything of a grant is. */
const locked = async (trx: Knex.Transaction, ctx: Ctx, reference: string): Promise<ObservationRequest> => {
  const { grantId } = await requests.find(trx, ctx.ability, reference);
  if (grantId === null) return requests.lock(trx, ctx.ability, reference);
  await lockRecord(trx, ctx.ability, grantId);
  return requests.find(trx, ctx.ability, reference);
};

const groundOf = async (trx: Knex.Transaction, ctx: Ctx, row: ObservationRequest): Promise<Ground> => {
  const right = (await papers.rightsOf(trx, row)).findLast(({ version }) => version === row.version);
  return {
    right: right && right.right !== 'none' ? right : null,
    grant: row.grantId === null ? null : await findRecord(trx, ctx.ability, row.grantId),
  };
};

/** The same release sent again, with the time at which the papers came back: once. */
const giveBack = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  {
    row,
    acting,
    known,
    given,
  }: {
    readonly row: ObservationRequest;
    readonly acting: Acting;
    readonly known: papers.Release;
    readonly given: GivenRelease;
  },
): Promise<string> => {
  const { returned } = given;
  if (returned === undefined || known.returnedAt?.getTime() === returned.getTime()) {
    // Nothing changes, and yet the request is shown: that is a reading.
    await trace(trx, ctx, acting, {
      type: 'request.read',
      subject: row.reference,
      decision: { version: row.version },
    });
    return row.reference;
  }
  if (known.returnedAt !== null)
    throw conflict('release', 'That these papers came back is on record already.');
  await papers.endRelease(trx, known.id, returned);
  await requests.save(trx, row.id, { actedBy: ctx.actor.id });
  await record(trx, ctx, acting, row, given);
  return row.reference;
};

/** Which papers, by their place in the request: what they are called is the councillor's own text. */
const record = (
  trx: Knex.Transaction,
  ctx: Ctx,
  acting: Acting,
  { reference, version, content, statutoryRight }: ObservationRequest,
  { category, at, returned }: GivenRelease,
): Promise<string> => {
  const place = (content.papers ?? []).findIndex((paper) => paper.category === category);
  return trace(trx, ctx, acting, {
    type: 'papers.released',
    subject: reference,
    decision: {
      version,
      papers: place === -1 ? category : place + 1,
      under: statutoryRight && statutoryRight.right !== 'none' ? statutoryRight.right : 'grant',
      at: at.toISOString(),
      returned: returned?.toISOString() ?? null,
    },
  });
};
