/**
 * A meeting of the offices counts as the discussion once each office that was there has said so, through a person of its own.
 * Source: need-to-know.md, section 4; report 8.4.
 */
import { ruleSays } from '../core/rules.js';
import { inDays } from '../core/words/in-days.js';
import { officeSays } from '../core/office-names.js';
import { seats, type Office } from '../core/office.js';

/** What an office said of being named as present. */
export interface Confirmation {
  readonly office: Office;
  readonly personId: string;
  readonly wasThere: boolean;
}

/** A meeting that is recorded with those present. */
export interface Meeting {
  readonly id: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Who recorded it, and for which office: they say so for it. */
  readonly personId: string;
  readonly office: Office;
  readonly present: readonly Office[];
  readonly confirmations: readonly Confirmation[];
}

/** The offices that were there, as far as none has said that it was not. */
const attended = ({ present, confirmations }: Pick<Meeting, 'present' | 'confirmations'>): Office[] =>
  present.filter((office) => !confirmations.some((each) => each.office === office && !each.wasThere));

/** The offices named as present that have still to say whether they were there. */
export const waitingFor = ({
  office: recorder,
  present,
  confirmations,
}: Omit<Meeting, 'id' | 'date'>): Office[] =>
  present.filter((office) => office !== recorder && !confirmations.some((each) => each.office === office));

/** Whether all three were there, and each office present has said so through another person. */
export const meetingCounts = (meeting: Omit<Meeting, 'id' | 'date'>): boolean => {
  const there = attended(meeting);
  const people = [meeting.personId, ...meeting.confirmations.map(({ personId }) => personId)];
  return (
    seats.every((office) => there.includes(office)) &&
    waitingFor(meeting).length === 0 &&
    new Set(people).size === people.length
  );
};

/** Why a meeting does not count yet, naming the offices that have still to confirm it; null where none waits for that. */
export const saysUnconfirmed = (meetings: readonly Meeting[]): string | null => {
  const last = meetings.findLast(
    (meeting) =>
      seats.every((office) => attended(meeting).includes(office)) && waitingFor(meeting).length > 0,
  );
  if (last === undefined) return null;
  const offices = waitingFor(last).map((office) => officeSays[office]);
  return `${ruleSays('meeting_unconfirmed')} Still to confirm the meeting of ${inDays(last.date)}: ${offices.join(', ')}.`;
};
