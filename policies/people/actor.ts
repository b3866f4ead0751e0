/** The person who asks, and the offices they act for. */
import type { Capacity, Office } from '../core/office.js';
import type { ProofKind } from '../proof/proof.js';
import type { Standing } from '../register/member.js';

/** One office held by one person. `deputyFor` and `principalAbsent` are set for deputies alone. */
export interface Holding {
  readonly office: Office;
  readonly capacity: Capacity;
  /** The one head of the office: signs strategy discussions, is escalated to, may be absent. */
  readonly head: boolean;
  /** For a deputy: the principal stood in for. */
  readonly deputyFor?: { readonly id: string; readonly name: string };
  /** For Children's Services: the Director has delegated the sign-off of strategy discussions to them, today. */
  readonly delegated?: true;
  /** For a deputy: whether that principal is recorded as absent today, or suspended. */
  readonly principalAbsent?: boolean;
}

/** What a requirement of Internal Audit opens today to the auditor whom it names. */
export interface Opened {
  /** The requirement, by its id. */
  readonly id: string;
  readonly references: readonly string[];
}

/** The person who asks, loaded for each call, so that a suspension or a new absence takes effect at once. */
export interface Actor {
  readonly kind: 'Actor';
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly councillorId: string | null;
  /** The councillor's standing today; null if the person is not a councillor. */
  readonly standing: Standing | null;
  readonly holdings: readonly Holding[];
  /** The requirements that name them and stand today; left out where none does. */
  readonly requirements?: readonly Opened[];
}

/** Who acts, for which office and in what capacity: what the trail records. */
export interface Acting {
  readonly office: Office;
  readonly capacity: Capacity;
  readonly deputyFor: { readonly id: string; readonly name: string } | null;
  /** How they proved themselves, for a command that asks for it. */
  readonly proof?: ProofKind;
}

/** Whether somebody holds that office today, in whatever capacity. */
export const holdsOffice = ({ holdings }: Pick<Actor, 'holdings'>, office: Office): boolean =>
  holdings.some((held) => held.office === office);

/** The requirement under which this auditor reads a request in full today; null where none opens it to them. */
export const requirementFor = (
  actor: Pick<Actor, 'holdings' | 'requirements'>,
  reference: string | null,
): string | null =>
  (holdsOffice(actor, 'auditor') &&
    actor.requirements?.find(({ references }) => references.some((each) => each === reference))?.id) ||
  null;
