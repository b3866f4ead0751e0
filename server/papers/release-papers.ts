import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { writeLast } from '../../db/core/closing.js';
import { lockGrantOfCase } from '../../db/grant/grants.js';
import * as papers from '../../db/papers/papers.js';
import type { Release } from '../../policies/papers/on-record.js';
import { registerOf } from '../../db/register/register-history.js';
import { findCase } from '../../db/case/case-records.js';
import * as requests from '../../db/request/requests.js';
import { dueOf } from '../../policies/request/clock.js';
import { permit } from '../../policies/permission/permit.js';
import {
  giveBack as giveBackCommand,
  releasePapers as releaseCommand,
} from '../../policies/papers/commands.js';
import { papersReleased } from '../../policies/papers/notices.js';
import {
  assertRecordable,
  assertTimes,
  isThen,
  momentMeant,
  assertReleasedByRight,
  rightAtWork,
  spanMeant,
  type GivenRelease,
  type Ground,
} from '../../policies/papers/papers.js';
import { judgeRelease, judgeReturn, type JudgedRelease } from '../../policies/papers/papers-out.js';
import type { Acting } from '../../policies/people/actor.js';
import type { Cause } from '../../policies/core/cause.js';
import type { ObservationRequest } from '../../policies/request/request.js';
import type { Settings } from '../../policies/settings/settings.js';
import { caseFileAt, type CaseFile } from '../../policies/case/case-file.js';
import type { CaseRecord } from '../../policies/case/case-record.js';
import { caseFileAfter } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { raiseIncident } from '../incident/follows/incident.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { SentRelease } from './bodies.js';

/** A release on its way to the record. */
interface Recording {
  readonly row: ObservationRequest;
  readonly acting: Acting;
  readonly ground: Ground;
  readonly given: GivenRelease;
  readonly causedBy: Cause | undefined;
}

/**
 * Children's Services record that papers were released, or that they came back. A release needs a statutory right, or
 * an approval and a sitting that the grant allows. One without either is recorded too, and becomes an incident for
 * Data Protection in the same transaction. The service holds no file (need-to-know.md, sections 3, 6 and 8).
 */
export const releasePapers = (ctx: Ctx, reference: string, sent: SentRelease): Promise<CaseFile> => {
  screened(ctx, { category: sent.category });
  return inTransaction(ctx.db, async (trx) => {
    await lockGrantOfCase(trx, ctx.ability, reference);
    const onRecord = await findCase(trx, ctx.ability, reference);
    const file = caseFileAt(onRecord, ctx.settings, ctx.now());
    const { row, at } = file;
    const known = knownOf(file.papers.releases, sent);
    const ground = await groundOf(trx, onRecord, ctx.settings);
    const given = meant(sent, { known, ground, now: at });
    const acting = permit(known ? giveBackCommand : releaseCommand, ctx, file, {
      copy: given.copy,
      returned: known && given.returned && { before: known.returnedAt, now: given.returned },
    });
    assertTimes(given, at);
    const recording = { row, acting, ground, given, causedBy: sent.causedBy };
    if (known) {
      await giveBack(trx, ctx, { ...recording, known });
      return caseFileAfter({ ...ctx, db: trx }, reference);
    }

    assertReleasedByRight(file, given);
    assertRecordable(row, given, ground);
    const judged = judgeRelease(ground, given, ctx.settings);
    await withIncident(trx, ctx, recording, judged, (incidentId) =>
      papers.addingRelease(trx, row, {
        category: given.category,
        releasedAt: given.at,
        returnedAt: given.returned ?? null,
        copy: given.copy ?? false,
        authorised: judged.authorised,
        incidentId,
        personId: ctx.actor.id,
        office: acting.office,
        capacity: acting.capacity,
        at,
      }),
    );
    const entry = recordRelease(trx, ctx, recording, judged);
    notify(trx, ctx, entry, papersReleased(reference, row.councillorId));
    const after = await caseFileAfter({ ...ctx, db: trx }, reference);
    const dueOn = dueOf(ctx.settings, after.row)?.at ?? null;
    writeLast(trx, requests.saving(trx, row.id, { actedBy: ctx.actor.id, dueOn }));
    return after;
  });
};

/**
 * The record that the papers have already; for a day without a time, a release still out comes before one that came
 * back.
 */
const knownOf = (released: readonly Release[], { category, at }: SentRelease): Release | undefined => {
  const same = released.filter((each) => each.category === category && isThen(at, each.releasedAt));
  return same.find(({ returnedAt }) => returnedAt === null) ?? same[0];
};

const meant = (
  { category, at: when, returned, copy }: SentRelease,
  {
    known,
    ground,
    now,
  }: { readonly known: Release | undefined; readonly ground: Ground; readonly now: Date },
): GivenRelease => {
  const at = known?.releasedAt ?? momentMeant(when, { within: spanMeant(when, ground), now });
  const kept = (known?.copy ?? copy) === true ? { copy: true } : {};
  if (returned === undefined) return { category, at, ...kept };
  const before = known?.returnedAt ?? null;
  if (before !== null && isThen(returned, before)) return { category, at, returned: before, ...kept };
  const within = { ...spanMeant(returned, ground), from: at };
  return { category, at, returned: momentMeant(returned, { within, now }), ...kept };
};

/** What a release rests on; the register as it was stands with the grant, where there is one. */
const groundOf = async (
  trx: Knex.Transaction,
  { row, grant, papers: { rights } }: CaseRecord,
  { choices }: Settings,
): Promise<Ground> => ({
  right: rightAtWork(
    rights.filter(({ version }) => version === row.version),
    choices.governance,
  ),
  grant,
  register: grant?.register ?? (await registerOf(trx, row.councillorId)),
});

/** Writes a release, with the incident that it became where something lay outside. */
const withIncident = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  { row, acting, ground, causedBy }: Recording,
  judged: JudgedRelease,
  write: (incidentId: string | null) => Knex.QueryBuilder,
): Promise<void> => {
  if (judged.since === null) {
    await write(null);
    return;
  }
  await raiseIncident(trx, ctx, acting, {
    what: judged.authorised ? 'outside_scope' : 'unauthorised_access',
    causedBy: causedBy ?? judged.causedBy,
    councillorId: row.councillorId,
    record: ground.grant,
    reference: row.reference,
    visitId: null,
    happenedAt: judged.since,
    exposed: judged.authorised ? null : 'unknown',
    text: null,
    outside: judged.outside,
    besides: (incidentId) => [write(incidentId)],
  });
};

/** The same release sent again, with the time at which the papers came back: once. */
const giveBack = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  recording: Recording & { readonly known: Release },
): Promise<void> => {
  const { row, known, given } = recording;
  const { returned } = given;
  if (returned === undefined || known.returnedAt?.getTime() === returned.getTime()) {
    // Nothing changes, and yet the request is shown: that is a reading.
    record(trx, ctx, recording.acting, {
      type: 'request.read',
      subject: row.reference,
      decision: { version: row.version },
    });
    return;
  }
  // What was without authority from the first is an incident already, and one is enough.
  const judged = known.authorised
    ? judgeReturn(recording.ground, { at: given.at, returned }, ctx.settings)
    : { ...judgeRelease(recording.ground, given, ctx.settings), since: null, authorised: false };
  await withIncident(trx, ctx, recording, judged, (incidentId) =>
    papers.endingRelease(trx, known, { returnedAt: returned, authorised: judged.authorised, incidentId }),
  );
  keepReading(trx, ctx, row);
  recordRelease(trx, ctx, recording, judged);
};

/** Names papers by their place in the request: their titles are the councillor's own text. */
const recordRelease = (
  trx: Knex.Transaction,
  ctx: Ctx,
  { row, acting, given: { category, at, returned, copy = false } }: Recording,
  { authorised, outside }: JudgedRelease,
): string => {
  const { reference, version, content, statutoryRight } = row;
  const place = (content.papers ?? []).findIndex((paper) => paper.category === category);
  return record(trx, ctx, acting, {
    type: 'papers.released',
    subject: reference,
    decision: {
      version,
      papers: place === -1 ? category : place + 1,
      under: statutoryRight && statutoryRight.right !== 'none' ? statutoryRight.right : 'grant',
      at: at.toISOString(),
      returned: returned?.toISOString() ?? null,
      copy,
      authorised,
      outside: [...outside],
    },
  });
};
