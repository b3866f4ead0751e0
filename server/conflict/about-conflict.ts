import type { ConflictRow } from '../../db/conflict/conflicts.js';

/** The subject under which the trail records what is done about a conflict: the request, or the councillor. */
export const aboutConflict = ({
  reference,
  councillorId,
}: {
  readonly reference: string | null;
  readonly councillorId: string | null;
}): string => reference ?? `councillor:${councillorId}`;

/** The same of one that is on record. */
export const aboutRecorded = ({ reference, councillor }: ConflictRow): string =>
  aboutConflict({ reference, councillorId: councillor?.id ?? null });
