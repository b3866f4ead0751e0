import { inTransaction } from '../../db/core/connection.js';
import { writeLast } from '../../db/core/closing.js';
import { addingConfirmation } from '../../db/decision/discussion.js';
import { confirmMeeting as command } from '../../policies/decision/commands.js';
import { waitingFor, type Meeting } from '../../policies/decision/meeting.js';
import { permit, permitOn } from '../../policies/permission/permit.js';
import type { DecidingOffice, Office } from '../../policies/core/office.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import { holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { keepReading } from '../case/keeps-reading.js';
import { record } from '../case/record.js';
import type { SentConfirmation } from './bodies.js';

/** The first office of theirs that has still to say whether it was there; undefined where there is none. */
export const officeToSay = ({ actor }: Ctx, meeting: Meeting): Office | undefined =>
  waitingFor(meeting).find((office) => actor.holdings.some((held) => held.office === office));

/** The meeting of the current version. @throws NotFound */
export const meetingOf = ({ meetings }: CaseFile, entry: string): Meeting => {
  const found = meetings.find(({ id }) => id === entry);
  if (!found) throw new NotFound();
  return found;
};

/**
 * An office says that it was at a meeting, or that it is named wrongly: the meeting counts as the discussion once each office
 * that was there has said so (need-to-know.md, section 4).
 */
export const confirmMeeting = (
  ctx: Ctx,
  reference: string,
  entry: string,
  given: SentConfirmation,
): Promise<CaseFile> =>
  inTransaction(ctx.db, async (trx) => {
    const { file, record: known, after } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const { version } = given;
    // First, so that nobody without the authority learns of a meeting.
    permitOn(command, ctx, row, { version, office: given.office });
    const meeting = meetingOf(file, entry);
    const office = given.office ?? officeToSay(ctx, meeting);
    const by = ctx.actor.id;
    const acting = permit(command, ctx, file, { version, office, meeting, by });
    const said = { office: acting.office as DecidingOffice, wasThere: given.present, personId: by };
    writeLast(trx, addingConfirmation(trx, meeting.id, { ...said, capacity: acting.capacity, at }));
    keepReading(trx, ctx, row);
    record(trx, ctx, acting, {
      type: 'meeting.confirmed',
      subject: reference,
      decision: { version, date: meeting.date, present: given.present },
    });
    return after({
      row: { ...row, actedBy: [...new Set([...row.actedBy, by])] },
      spoken: known.spoken.map((each) =>
        each.meeting?.id === meeting.id
          ? { ...each, meeting: { ...each.meeting, confirmations: [...each.meeting.confirmations, said] } }
          : each,
      ),
    });
  });
