import type { Knex } from 'knex';
import { inTransaction } from '../../db/connection.js';
import { findRecord, lockRecord } from '../../db/grants.js';
import * as papers from '../../db/papers.js';
import * as requests from '../../db/requests.js';
import { dueOf } from '../../policies/clock.js';
import { permit } from '../../policies/commands.js';
import { papersReleased } from '../../policies/notices.js';
import {
  assertReleasable,
  assertTimes,
  isThen,
  momentMeant,
  releasableSince,
  type GivenRelease,
  type Ground,
  type When,
} from '../../policies/papers.js';
import { conflict } from '../../policies/rules.js';
import type { Acting, ObservationRequest } from '../../policies/subjects.js';
import { englandAndWales } from '../../policies/working-days.js';
import type { Ctx } from '../context.js';
import { screened } from '../casework/screened.js';
import { tell, trace } from '../casework/trail.js';

export interface SentRelease {
  readonly category: string;
  readonly at: When;
  readonly returned?: When | undefined;
}

/**
 * Children's Services record that papers were released, or that they came back. They are released under a
 * statutory right, or after approval while the grant allows it; no file is held (need-to-know.md, sections 3
 * and 8).
 */
export const releasePapers = (ctx: Ctx, reference: string, sent: SentRelease): Promise<string> => {
  screened(ctx, { category: sent.category });
  return inTransaction(ctx.db, async (trx) => {
    const row = await locked(trx, ctx, reference);
    const acting = permit('release_papers', ctx, row);
    if (row.observationType !== 'document_inspection') throw conflict('documents_only');
    const at = ctx.now();
    const ground = await groundOf(trx, ctx, row);
    const known = knownOf(await papers.releasesOf(trx, row), sent);
    const given = meant(sent, { known, since: releasableSince(ground), now: at });
    assertTimes(given, at);
    if (known) return giveBack(trx, ctx, { row, acting, known, given });

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

/** What was recorded of it already; by a day alone, what is still to come back before what has. */
const knownOf = (
  released: readonly papers.Release[],
  { category, at }: SentRelease,
): papers.Release | undefined => {
  const same = released.filter((each) => each.category === category && isThen(at, each.releasedAt));
  return same.find(({ returnedAt }) => returnedAt === null) ?? same[0];
};

const meant = (
  { category, at: when, returned }: SentRelease,
  {
    known,
    since,
    now,
  }: { readonly known: papers.Release | undefined; readonly since: Date | undefined; readonly now: Date },
): GivenRelease => {
  const at = known?.releasedAt ?? momentMeant(when, { since, now });
  if (returned === undefined) return { category, at };
  const before = known?.returnedAt ?? null;
  return {
    category,
    at,
    returned:
      before !== null && isThen(returned, before) ? before : momentMeant(returned, { since: at, now }),
  };
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
