/**
 * Who disposes of data that is due: Democratic Services propose, a second person of Democratic Services or Data
 * Protection confirms, and the confirmation carries it out at once. Source: need-to-know.md, section 8 (two people);
 * which offices (product default).
 */
/** Of what a disposal is: of all that is due of one councillor, or of old notifications. */
export const disposalTargets = ['councillor', 'notifications'] as const;
export type DisposalTarget = (typeof disposalTargets)[number];

export const disposalStatuses = ['proposed', 'withdrawn', 'disposed'] as const;
export type DisposalStatus = (typeof disposalStatuses)[number];

/** A disposal; `councillorId` null where it is of nobody in particular, or was done. */
export interface Disposal {
  readonly kind: 'Disposal';
  readonly councillorId: string | null;
}

/** A proposal as the rules see it. */
export interface Proposal extends Disposal {
  readonly status: DisposalStatus;
  readonly proposedBy: string;
}

/** A disposal that a person is about to propose, of that councillor; null if it concerns no councillor. */
export const proposalOf = (councillorId: string | null, proposedBy: string): Proposal => ({
  kind: 'Disposal',
  councillorId,
  status: 'proposed',
  proposedBy,
});
