import { inTransaction } from '../../db/connection.js';
import { addEntry } from '../../db/discussion.js';
import * as requests from '../../db/requests.js';
import { permit } from '../../policies/commands.js';
import { londonDate } from '../../policies/london.js';
import { forbid, invalid } from '../../policies/rules.js';
import type { DecidingOffice } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';
import { screened } from './screened.js';
import { trace } from './trail.js';

export interface Contribution {
  readonly version: number;
  /** For which office, where the person holds more than one; else the first they may act for. */
  readonly office?: DecidingOffice | undefined;
  readonly text?: string | undefined;
  readonly privileged?: boolean | undefined;
  readonly meeting?:
    { readonly date: string; readonly present: readonly DecidingOffice[]; readonly note: string } | undefined;
}

/**
 * An office speaks on the current version, or records a meeting with its date and those present. The
 * trail shows that it was written and never what (report 8.4).
 */
export const discussRequest = (ctx: Ctx, reference: string, given: Contribution): Promise<string> => {
  const { meeting, version, office, privileged = false } = given;
  screened(ctx, { text: given.text, 'meeting.note': meeting?.note });
  return inTransaction(ctx.db, async (trx) => {
    const row = await requests.lock(trx, ctx.ability, reference);
    const acting = permit('discuss', ctx, row, office ? { version, office } : { version });
    if (privileged && acting.office !== 'legal' && acting.office !== 'monitoring_officer')
      throw forbid('privilege');
    const at = ctx.now();
    if (meeting) assertDate(meeting.date, row.submittedAt ?? at, at);
    await addEntry(trx, row, {
      personId: ctx.actor.id,
      office: acting.office as DecidingOffice,
      capacity: acting.capacity,
      at,
      text: meeting?.note ?? given.text ?? '',
      privileged,
      meetingDate: meeting?.date ?? null,
      present: meeting ? [...new Set(meeting.present)] : null,
    });
    await requests.save(trx, row.id, { actedBy: ctx.actor.id });
    await trace(trx, ctx, acting, {
      type: 'request.discussed',
      subject: reference,
      decision: {
        version,
        privileged,
        meeting: meeting ? { date: meeting.date, present: [...new Set(meeting.present)] } : null,
      },
    });
    return reference;
  });
};

/** A request is discussed after it was made, and a meeting is recorded after it was held. */
const assertDate = (date: string, submittedAt: Date, now: Date): void => {
  const says =
    date > londonDate(now)
      ? 'The meeting has not taken place yet.'
      : date < londonDate(submittedAt)
        ? 'The meeting was held before the request was submitted.'
        : null;
  if (says) throw invalid('nothing_backdated', [{ field: 'meeting.date', message: says }]);
};
