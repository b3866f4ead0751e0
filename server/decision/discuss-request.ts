import { inTransaction } from '../../db/core/connection.js';
import { writeLast } from '../../db/core/closing.js';
import { addingEntry } from '../../db/decision/discussion.js';
import { permit } from '../../policies/permission/permit.js';
import { discuss } from '../../policies/decision/commands.js';
import { meetingToConfirm } from '../../policies/decision/notices.js';
import { dueOf } from '../../policies/request/clock.js';
import { pick } from '../../policies/core/fields/pick.js';
import { advising, assertMeetingDate } from '../../policies/decision/discussing.js';
import type { DecidingOffice } from '../../policies/core/office.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { screened } from '../case/screened.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import type { Contribution } from './bodies.js';

/**
 * An office speaks on the current version, or records a meeting with its date and those present. The
 * trail shows that it was written and never what (report 8.4).
 */
export const discussRequest = (ctx: Ctx, reference: string, given: Contribution): Promise<CaseFile> => {
  const { version, office, privileged = false } = given;
  const { meeting, text } =
    'meeting' in given ? { ...given, text: undefined } : { ...given, meeting: undefined };
  screened(ctx, { text, 'meeting.note': meeting?.note });
  return inTransaction(ctx.db, async (trx) => {
    const { file, record: known, after } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const adviser = privileged ? advising.find((each) => holds(ctx, each)) : undefined;
    const acting = permit(discuss, ctx, file, { version, office: office ?? adviser, privileged });
    if (meeting) assertMeetingDate(meeting.date, { versionAt: beforeOffices(file), now: at });
    const spoken = {
      personId: ctx.actor.id,
      office: acting.office as DecidingOffice,
      present: meeting ? [...new Set(meeting.present)] : null,
      meeting: meeting ? { id: '', date: meeting.date, confirmations: [] } : null,
    };
    writeLast(
      trx,
      addingEntry(trx, row, {
        ...pick(spoken, ['personId', 'office', 'present']),
        capacity: acting.capacity,
        at,
        text: meeting?.note ?? text ?? '',
        privileged,
        meetingDate: meeting?.date ?? null,
      }),
    );
    keepReading(trx, ctx, row);
    const entry = record(trx, ctx, acting, {
      type: 'request.discussed',
      subject: reference,
      decision: {
        version,
        privileged,
        meeting: meeting ? { date: meeting.date, present: [...new Set(meeting.present)] } : null,
      },
    });
    const others = (spoken.present ?? []).filter((each) => each !== spoken.office);
    if (others.length > 0) {
      notify(trx, ctx, entry, meetingToConfirm(reference, others, dueOf(ctx.settings, row)?.at ?? null));
    }
    return after({
      row: { ...row, actedBy: [...new Set([...row.actedBy, ctx.actor.id])] },
      spoken: [...known.spoken, spoken],
    });
  });
};

const holds = ({ actor }: Ctx, office: DecidingOffice): boolean =>
  actor.holdings.some((holding) => holding.office === office);

/** When the current version last came before the offices: written, first handed in, or handed in again. */
const beforeOffices = ({ row, versions }: CaseFile): Date => {
  const written = versions.find(({ version }) => version === row.version)?.at;
  const times = [row.submittedAt, written, ...row.returns.map(({ to }) => to)].filter(
    (at) => at instanceof Date,
  );
  return new Date(Math.max(...times.map((at) => at.getTime())));
};
