/** What people may enter in the discussion. Source: need-to-know.md, sections 4 and 5; report 8.4. */
import { londonDate } from '../core/time/london.js';
import { invalid } from '../core/rules.js';
import type { Office } from '../core/office.js';

/** Only Legal and the Monitoring Officer mark an entry as privileged advice. */
export const advising = ['legal', 'monitoring_officer'] as const satisfies Office[];

export const isAdviser = (office: string | undefined): boolean => advising.some((each) => each === office);

/**
 * A version is discussed after it was written and handed in, and a meeting is recorded after it was held.
 * @throws Invalid, naming `meeting.date`
 */
export const assertMeetingDate = (
  date: string,
  before: { readonly versionAt: Date; readonly now: Date },
): void => {
  const says =
    date > londonDate(before.now)
      ? 'The meeting has not taken place yet.'
      : date < londonDate(before.versionAt)
        ? 'The meeting was held before this version of the request was handed in.'
        : null;
  if (says) throw invalid('nothing_backdated', [{ field: 'meeting.date', message: says }]);
};
