/**
 * Who disposes of what is due: Democratic Services propose, a second person of Democratic Services or Data
 * Protection confirms, and what is confirmed is done at once. Source: need-to-know.md, section 8 (two people);
 * which offices (product default).
 */
import { authorise } from '../core/ability.js';
import type { AppAbility, Disposal } from '../core/actions.js';
import { conflict, forbid } from '../core/rules.js';
import { actingFor } from '../decision/sign-off.js';
import type { Acting, Actor, Office, Separated } from '../core/subjects.js';

/** Of what a disposal is: of all that is due of one councillor, or of old notifications. */
export const disposalTargets = ['councillor', 'notifications'] as const;
export type DisposalTarget = (typeof disposalTargets)[number];

export const disposalStatuses = ['proposed', 'withdrawn', 'disposed'] as const;
export type DisposalStatus = (typeof disposalStatuses)[number];

export const disposalCommands = ['confirm', 'withdraw'] as const;
export type DisposalCommand = (typeof disposalCommands)[number];

/** A proposal as the rules see it. */
export interface Proposal extends Disposal {
  readonly status: DisposalStatus;
  readonly proposedBy: string;
}

interface Who {
  readonly ability: AppAbility;
  readonly actor: Actor;
}

const proposers: readonly Office[] = ['democratic_services'];
const confirmers: readonly Office[] = ['democratic_services', 'data_protection'];

/** Nobody is kept apart from this but whose data it is. */
const apartFrom = (councillorId: string | null): Separated => ({
  councillorId: councillorId ?? '',
  hostId: null,
  managerId: null,
  conflicts: [],
  signedBefore: [],
  signers: [],
  named: [],
});

/** Whether this person may propose a disposal, and as whom. @throws Forbidden */
export const permitProposing = ({ ability, actor }: Who, councillorId: string | null): Acting => {
  authorise(ability, 'propose', { kind: 'Disposal', councillorId });
  return actingFor(actor, proposers, apartFrom(councillorId));
};

/** Whether this person may propose it now. */
export const mayPropose = (who: Who, councillorId: string | null): boolean => {
  try {
    permitProposing(who, councillorId);
    return true;
  } catch {
    return false;
  }
};

/**
 * Whether this person may give that command on a proposal, and as whom. Who confirms is another person than who
 * proposed, whatever office either acts for.
 * @throws Forbidden, Conflict
 */
export const permitDisposal = (
  name: DisposalCommand,
  { ability, actor }: Who,
  proposal: Proposal,
): Acting => {
  authorise(ability, name, proposal);
  const acting = actingFor(actor, confirmers, apartFrom(proposal.councillorId));
  if (proposal.status !== 'proposed') throw conflict('disposal_over');
  if (name === 'confirm' && actor.id === proposal.proposedBy) throw forbid('two_people');
  return acting;
};

/** The commands that this person may give on a proposal now. */
export const availableOn = (who: Who, proposal: Proposal): DisposalCommand[] =>
  disposalCommands.filter((name) => {
    try {
      permitDisposal(name, who, proposal);
      return true;
    } catch {
      return false;
    }
  });
