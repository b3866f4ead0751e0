/** The subject under which the trail records what is done about a conflict: the request, or the councillor. */
export const aboutConflict = ({
  reference,
  councillorId,
}: {
  readonly reference: string | null;
  readonly councillorId: string | null;
}): string => reference ?? `councillor:${councillorId}`;
