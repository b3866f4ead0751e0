import type { Knex } from 'knex';
import { inTransaction } from '../../db/core/connection.js';
import { addEntry } from '../../db/decision/discussion.js';
import * as requests from '../../db/request/requests.js';
import { permit } from '../../policies/core/commands.js';
import { advising, assertMayAdvise, assertMeetingDate } from '../../policies/decision/discussing.js';
import type { DecidingOffice, ObservationRequest } from '../../policies/core/subjects.js';
import type { Ctx } from '../case/ctx.js';
import { screened } from '../case/screened.js';
import { trace } from '../case/trail.js';

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
    const adviser = privileged ? advising.find((each) => holds(ctx, each)) : undefined;
    const acting = permit('discuss', ctx, row, { version, office: office ?? adviser });
    if (privileged) assertMayAdvise(acting.office);
    const at = ctx.now();
    if (meeting) assertMeetingDate(meeting.date, { versionAt: await beforeOffices(trx, row), now: at });
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

const holds = ({ actor }: Ctx, office: DecidingOffice): boolean =>
  actor.holdings.some((holding) => holding.office === office);

/** When the current version last came before the offices: written, first handed in, or handed in again. */
const beforeOffices = async (trx: Knex.Transaction, row: ObservationRequest): Promise<Date> => {
  const written = (await requests.versionsOf(trx, row.id)).find(({ version }) => version === row.version)?.at;
  const times = [row.submittedAt, written, ...row.returns.map(({ to }) => to)].filter(
    (at) => at instanceof Date,
  );
  return new Date(Math.max(...times.map((at) => at.getTime())));
};
