import type { DiscussionEntry } from '../../../db/decision/discussion.js';

const meetingOf = ({ office, present, text, confirmations }: DiscussionEntry, date: string) => {
  const named = present ?? [];
  const said = (wasThere: boolean) =>
    confirmations.filter((each) => each.wasThere === wasThere).map((each) => each.office);
  return {
    date,
    present: named,
    note: text,
    confirmed: [...named.filter((each) => each === office), ...said(true)],
    absent: said(false),
  };
};

/** One contribution, or the note of a meeting. */
export const presentEntry = (entry: DiscussionEntry) => ({
  id: entry.id,
  version: entry.version,
  at: entry.at,
  by: { name: entry.by, office: entry.office, capacity: entry.capacity },
  privileged: entry.privileged,
  ...(entry.meetingDate === null ? { text: entry.text } : { meeting: meetingOf(entry, entry.meetingDate) }),
});
