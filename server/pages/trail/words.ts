/** Entries of the trail as people read them. */
import type { EntryType } from '../../../db/audit/entry-types.js';
import type { JsonObject } from '../../../db/audit/leaf.js';
import { groundSays } from '../../../policies/need-to-know/grounds.js';
import { inWords } from '../words.js';

/** What happened, by type. A new type does not compile until it is here. */
export const happened: Readonly<Record<EntryType, string>> = {
  'session.signed_in': 'Signed in',
  'session.signed_out': 'Signed out',
  'session.failed': 'A sign-in failed',
  'request.drafted': 'Began a request',
  'request.edited': 'Changed a request',
  'request.submitted': 'Handed a request in',
  'request.resubmitted': 'Handed a request in again',
  'request.returned': 'Returned a request with questions',
  'request.withdrawn': 'Took a request back',
  'request.host_named': 'Named the host',
  'request.answered': 'Answered a question of the test',
  'request.discussed': 'Spoke in the discussion',
  'request.signed': 'Signed for an office',
  'request.seat_withdrawn': 'Withdrew a sign-off',
  'request.seats_voided': 'Sign-offs ended by a change',
  'request.decided': 'Decided a request',
  'grant.made': 'Made a grant',
  'request.read': 'Read a request',
  'request.listed': 'Read a list of requests',
  'assessment.read': 'Read the test',
  'discussion.read': 'Read the discussion',
  'grant.read': 'Read a grant',
  'councillor.read': 'Read a councillor’s record',
  'councillor.listed': 'Read the list of councillors',
  'audit.searched': 'Searched the trail',
  'deputy.registered': 'Registered a deputy',
  'absence.recorded': 'Recorded an absence',
  'conflict.recorded': 'Recorded a conflict',
  'authority.refused': 'Was refused',
  'message.sent': 'A message was sent',
  'message.given_up': 'A message could not be sent',
  'council.seeded': 'The demonstration council was loaded',
  'policy.previewed': 'Tried the test out',
};

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
const spaced = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

const valueInWords = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    if (isDate(value)) return day.format(new Date(`${value}T00:00:00Z`));
    if (Object.hasOwn(groundSays, value)) return groundSays[value as keyof typeof groundSays];
    // An address of ours and a name that is no code stay as they are.
    return /^[a-z_]+$/.test(value) ? inWords(value) : value;
  }
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(valueInWords).join(', ');
  return Object.entries(value as object)
    .flatMap(([name, each]) => {
      const words = valueInWords(each);
      return words === null ? [] : [`${spaced(inWords(name))}: ${words}`];
    })
    .join('; ');
};

/** The coded part of an entry, a line for each thing it says. */
export const decisionInWords = (decision: JsonObject | undefined): string[] =>
  Object.entries(decision ?? {}).flatMap(([name, value]) => {
    const words = valueInWords(value);
    if (words === null || words === '') return [];
    const called = spaced(inWords(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()));
    return [`${called.charAt(0).toUpperCase()}${called.slice(1)}: ${words}`];
  });
