/**
 * What an import that nobody watches takes over of a feed: additions and changes that leave nothing to judge. Everything
 * else is left for Democratic Services, who see it on the page of the import.
 * Source: need-to-know.md, section 6, "The register of members": differences are shown before they are taken, and a feed
 * ends no membership.
 */
import { sameName } from './name-key.js';
import type { NewMember, RegisterChange, RegisterChanges, RegisterMember } from './register-feed.js';

/** Whether somebody else has the address that the feed gives. */
interface Addressed {
  readonly emailTaken: boolean;
}
type Added = NewMember & Addressed;
type Changed = RegisterChanges['changed'][number] & Addressed;

/** The differences, each new or changed member with whether their address is free. */
export interface AddressedChanges extends Pick<RegisterChanges, 'gone' | 'doubtful'> {
  readonly added: readonly Added[];
  readonly changed: readonly Changed[];
}

/** Why a difference is left for people. */
export const leftReasons = ['gone', 'doubtful', 'namesake', 'address', 'membership'] as const;
export type LeftReason = (typeof leftReasons)[number];

export interface Unattended {
  readonly added: readonly Added[];
  readonly changed: readonly Changed[];
  /** By its reason: who it is about, by id or by number in the committee system. */
  readonly left: Readonly<Record<LeftReason, readonly string[]>>;
}

type Term = RegisterMember['term'];

/** Whether the later of two beginnings has come, or neither has: the earlier one then lets nobody in. */
const beginsAlike = (was: Term, is: Term, today: string): boolean =>
  is.from <= was.from && (was.from <= today || is.from > today);

/** Whether a term takes nothing away of one before and lets nobody in: it ends no sooner, or at least not yet. */
const goesOn = (was: Term, is: Term, today: string): boolean =>
  beginsAlike(was, is, today) && (is.to === null || (is.to >= today && (was.to === null || is.to >= was.to)));

/** Whether a change may end, begin or shorten a membership: a standing, or a term that does not go on. */
const touchesMembership = (change: RegisterChange, today: string): boolean =>
  change.field === 'standing' || (change.field === 'term' && !goesOn(change.from, change.to, today));

/**
 * @param register everybody in it: who is new under the name of somebody there may be that person
 * @param today the day in London, `YYYY-MM-DD`
 */
export const unattended = (
  found: AddressedChanges,
  register: readonly Pick<RegisterMember, 'name'>[],
  today: string,
): Unattended => {
  const isNamesake = ({ name }: Added) => register.some((member) => sameName(member.name, name));
  const ofMembership = ({ changes }: Changed) => changes.some((change) => touchesMembership(change, today));
  const [namesakes, strangers] = parted(found.added, isNamesake);
  const [memberships, others] = parted(found.changed, ofMembership);
  const [addressesOfNew, added] = parted(strangers, ({ emailTaken }) => emailTaken);
  const [addressesOfKnown, changed] = parted(others, ({ emailTaken }) => emailTaken);
  return {
    added,
    changed,
    left: {
      gone: found.gone.map(({ id }) => id),
      doubtful: found.doubtful.map(({ id }) => id),
      namesake: namesakes.map(({ externalId }) => externalId),
      address: [
        ...addressesOfNew.map(({ externalId }) => externalId),
        ...addressesOfKnown.map(({ id }) => id),
      ],
      membership: memberships.map(({ id }) => id),
    },
  };
};

const parted = <T>(all: readonly T[], is: (one: T) => boolean): readonly [readonly T[], readonly T[]] => [
  all.filter(is),
  all.filter((one) => !is(one)),
];

/** For how many days the same differences are not mailed again. */
export const quietDays = 7;
