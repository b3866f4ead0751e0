/**
 * What of an entry an exported bundle opens. A bundle goes to people outside, so that each value is closed unless it
 * is known to be fit for them: who acted, on what, and the reasons of what was decided about a request. The text of a
 * discussion and of advice is never on the trail (need-to-know.md, section 5: they are in no export or bundle).
 *
 * Reasons stay closed where an officer who may see a case reference can have typed one: whatever is written once
 * there are visits (an end, a release, an incident). The answers of the test stay closed too: an auditor reads
 * who gave them and when, and no text. What is closed is named in the manifest as withheld, so that it can be asked
 * for, and opened one by one.
 */
import type { EntryType } from './entry-types.js';
import type { Json, SecretField } from './leaf.js';

/** Reasons given before there is a visit, and those that are made of our own codes. */
const openReasons: ReadonlySet<string> = new Set<EntryType>([
  'request.returned',
  'request.signed',
  'request.seat_withdrawn',
  'request.decided',
  'review.requested',
  'review.reviewer_named',
  'review.decided',
  'request.directed',
  'deputy.registered',
  'conflict.recorded',
  'audit.searched',
]);

/** The parts of `details` that are known: the principal stood in for, the origins of the log, ids and references. */
const openDetails: ReadonlySet<string> = new Set(['deputyFor', 'from', 'to', 'named']);

const isOpenDetails = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).every((name) => openDetails.has(name));

/** Whether a bundle opens that value of an entry of that type. */
export const isOpened = (type: string, field: string, value: Json): boolean => {
  switch (field as SecretField) {
    case 'actor':
    case 'actorName':
    case 'subject':
      return true;
    case 'reasons':
      return openReasons.has(type);
    case 'details':
      return isOpenDetails(value);
    default:
      return false;
  }
};
