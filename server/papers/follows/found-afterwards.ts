import type { Knex } from 'knex';
import { attendedRecordsOf, recordsById } from '../../../db/grant/grants.js';
import { incidentReleases, incidentVisits, releaseKey } from '../../../db/incident/incidents.js';
import { authorisedReleasesOf } from '../../../db/papers/papers.js';
import { registerOf } from '../../../db/register/register-history.js';
import { isPersonal } from '../../../policies/core/category.js';
import { foundAfterwards } from '../../../policies/visit/attendance.js';
import { rightAtWork } from '../../../policies/papers/papers.js';
import { judgeRelease } from '../../../policies/papers/papers-out.js';
import type { Acting } from '../../../policies/people/actor.js';
import type { Doing } from '../../case/ctx.js';
import { raiseIncident } from '../../incident/follows/incident.js';
import { asKeeper } from '../../case/record.js';

/** The same for papers: releases made, or still out, after the right or grant behind them was over. */
const reportPapers = async (
  trx: Knex.Transaction,
  ctx: Doing,
  acting: Acting,
  councillorId: string,
): Promise<void> => {
  const released = await authorisedReleasesOf(trx, councillorId);
  if (released.length === 0) return;
  const register = await registerOf(trx, councillorId);
  const records = await recordsById(
    trx,
    released.flatMap(({ grantId }) => grantId ?? []),
  );
  const known = await incidentReleases(
    trx,
    released.map(({ requestId }) => requestId),
  );
  for (const { requestId, reference, grantId, rights, releasedAt, returnedAt } of released) {
    const record = grantId === null ? null : (records.get(grantId) ?? null);
    const ground = { right: rightAtWork(rights, ctx.settings.choices.governance), grant: record, register };
    const judged = judgeRelease(
      ground,
      { at: releasedAt, ...(returnedAt ? { returned: returnedAt } : {}) },
      ctx.settings,
    );
    if (judged.authorised || judged.since === null || judged.since > ctx.now()) continue;
    if (known.has(releaseKey(requestId, judged.since))) continue;
    await raiseIncident(trx, ctx, acting, {
      what: 'unauthorised_access',
      causedBy: 'other',
      councillorId,
      record,
      reference,
      visitId: null,
      happenedAt: judged.since,
      text: null,
      exposed: 'unknown',
      outside: judged.outside,
    });
  }
};

/**
 * To be called after a change of the register, or of the state that a condition had. If it now records an end before an
 * attendance, or before a release of papers, that attendance or release was without authority: Data Protection get an incident the same day
 * (need-to-know.md, section 6), one for each visit. Nothing freezes: the person who came did not know. Ignore records
 * dated in the future (possible when a demonstration's clock was moved back).
 */
export const reportFoundAfterwards = async (
  trx: Knex.Transaction,
  ctx: Doing,
  councillorId: string,
  acting: Acting | null = asKeeper(ctx.actor),
): Promise<void> => {
  const found = (await attendedRecordsOf(trx, councillorId)).flatMap((record) =>
    foundAfterwards(record, ctx.settings)
      .filter(({ arrived }) => arrived <= ctx.now())
      .map((each) => ({ record, ...each })),
  );
  if (acting === null) return;
  await reportPapers(trx, ctx, acting, councillorId);
  if (found.length === 0) return;
  const known = await incidentVisits(
    trx,
    found.map(({ visit }) => visit.id),
  );
  for (const { record, visit, arrived, limits } of found) {
    if (known.has(visit.id)) continue;
    await raiseIncident(trx, ctx, acting, {
      what: 'unauthorised_access',
      causedBy: 'other',
      councillorId,
      record,
      visitId: visit.id,
      happenedAt: arrived,
      exposed: isPersonal(visit.attendance?.categories ?? []) ? 'yes' : null,
      text: null,
      outside: limits,
    });
  }
};
