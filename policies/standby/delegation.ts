/**
 * The delegation of strategy discussions: the Children's Services seat is signed by the head of the office, the Director, or
 * by somebody to whom the Director has delegated it in writing, also while the Director is there. Nobody else's absence or
 * presence delays the meeting. Source: need-to-know.md, section 3, `strategy_discussion`.
 */

/** The person who is to sign in the Director's place, as far as that decides whether they may. */
interface Proposed {
  readonly id: string;
  readonly councillorId: string | null;
  readonly administers?: boolean;
}

/** Why the Director's seat cannot be delegated to them, in words; null where it can. */
export const saysUnfit = (
  person: Proposed | null,
  { director, worksThere }: { readonly director: string | null; readonly worksThere: boolean },
): string | null => {
  if (person === null) return 'There is no such person.';
  if (director === null) return 'Children’s Services have no head today who could delegate it.';
  if (person.id === director) return 'The Director signs strategy discussions without a delegation.';
  if (person.councillorId !== null) return 'No councillor signs for an office.';
  if (person.administers === true) return 'No administrator signs for an office.';
  return worksThere ? null : 'This person acts for Children’s Services in no capacity.';
};
