/**
 * What of an entry an exported bundle opens. A bundle goes to people outside, so that each value is closed unless it
 * is known to be fit for them: who acted, on what, and the reasons that audit reads (policies/trail/audit-reads.ts).
 * The text of a discussion and of advice is never on the trail. What is closed is named in the manifest as withheld, so
 * that it can be asked for, and opened one by one.
 */
import { auditReadsReasons } from '../../policies/trail/audit-reads.js';
import type { Json, SecretField } from './leaf.js';

/** The parts of `details` that are known: the principal stood in for, the origins of the log, ids and references. */
const openDetails: ReadonlySet<string> = new Set(['deputyFor', 'from', 'to', 'named']);

const isOpenDetails = (value: Json): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).every((name) => openDetails.has(name));

const opened: Readonly<Record<SecretField, (type: string, value: Json) => boolean>> = {
  actor: () => true,
  actorName: () => true,
  subject: () => true,
  reasons: auditReadsReasons,
  details: (_, value) => isOpenDetails(value),
};

const isKnown = (field: string): field is SecretField => Object.hasOwn(opened, field);

/** Whether a bundle opens that value of an entry of that type. */
export const isOpened = (type: string, field: string, value: Json): boolean =>
  isKnown(field) && opened[field](type, value);
