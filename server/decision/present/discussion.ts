import type { DiscussionEntry } from '../../../db/decision/discussion.js';

/** One contribution, or the note of a meeting. */
export const presentEntry = (entry: DiscussionEntry) => ({
  id: entry.id,
  version: entry.version,
  at: entry.at,
  by: { name: entry.by, office: entry.office, capacity: entry.capacity },
  privileged: entry.privileged,
  ...(entry.meetingDate === null
    ? { text: entry.text }
    : { meeting: { date: entry.meetingDate, present: entry.present ?? [], note: entry.text } }),
});
