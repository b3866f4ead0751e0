/**
 * Compares a feed of the sitting members from the committee system with the register: who is new, what has changed,
 * who is gone. It changes nothing: people see the differences first, and a feed alone never ends a membership.
 * Source: need-to-know.md, section 6, "The register of members".
 */
import { mayBeOne, nameKey, sameName } from './name-key.js';
import { standingOn } from './register.js';
import type { Standing } from './member.js';

/** A term of office, `YYYY-MM-DD`; null where the feed leaves the day unspecified. */
export interface FeedTerm {
  readonly from: string | null;
  readonly to: string | null;
}

/** A member as the committee system has them. No party, address or telephone: they are never read. */
export interface FeedMember {
  /** The committee system's own number for the person. */
  readonly externalId: string;
  /** As given, with its title. */
  readonly name: string;
  readonly ward: string;
  readonly email: string | null;
  /** The public posts held, such as chair of a committee. */
  readonly posts: readonly string[];
  /** The latest term. */
  readonly term: FeedTerm;
}

/** A member as the register holds them, with the fields that a feed can contain. */
export interface RegisterMember {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string;
  readonly ward: string | null;
  readonly standing: Standing;
  readonly email: string | null;
  readonly posts: readonly string[];
  readonly term: { readonly from: string; readonly to: string | null };
}

interface Changed<Field extends string, Value, Was = Value> {
  readonly field: Field;
  readonly from: Was;
  readonly to: Value;
}

export type RegisterChange =
  | Changed<'name', string>
  | Changed<'ward', string, string | null>
  | Changed<'email', string, string | null>
  | Changed<'posts', readonly string[]>
  | Changed<'term', RegisterMember['term']>
  | Changed<'externalId', string, null>
  | Changed<'standing', Standing>;

interface ChangedMember {
  readonly id: string;
  readonly name: string;
  readonly changes: RegisterChange[];
  readonly member: FeedMember;
}

/** A new member, and whose number in the committee system they have now. */
export interface NewMember extends FeedMember {
  readonly insteadOf?: string;
}

export interface RegisterChanges {
  readonly added: readonly NewMember[];
  readonly changed: readonly ChangedMember[];
  /**
   * The number is one of the register's, and the name is another: the same person under a new name, or somebody
   * new under an old number. Nothing happens until a person says which.
   */
  readonly doubtful: readonly (ChangedMember & { readonly ward: string | null })[];
  /** Listed and no more: each ends only when it is confirmed. */
  readonly gone: readonly { readonly id: string; readonly name: string; readonly ward: string | null }[];
}

/** The members whose name is unique in the list, by that name. */
const byOwnName = <T extends { readonly name: string }>(members: readonly T[]): Map<string, T> => {
  const found = new Map<string, T>();
  const shared = new Set<string>();
  for (const member of members) {
    const key = nameKey(member.name);
    if (found.has(key)) shared.add(key);
    found.set(key, member);
  }
  for (const key of shared) found.delete(key);
  return found;
};

/**
 * Matches the feed with the register: first by the committee system's number; then, for members without a number in
 * the register, by name, if exactly one on each side has it. Former members count only if nobody in office has their
 * name. Ward feeds leave out co-opted members, so a name alone never matches one.
 */
const matched = (
  feed: readonly FeedMember[],
  register: readonly RegisterMember[],
  today: string,
): Map<RegisterMember, FeedMember> => {
  const numbers = new Map(feed.map((member) => [member.externalId, member]));
  const pairs = new Map<RegisterMember, FeedMember>();
  for (const member of register) {
    const found = member.externalId === null ? undefined : numbers.get(member.externalId);
    if (found) pairs.set(member, found);
  }
  const unnumbered = register.filter(
    ({ externalId, standing }) => externalId === null && standing !== 'coopted',
  );
  const isFormer = (member: RegisterMember) => standingOn(member, today) === 'former';
  const inOffice = new Set(unnumbered.filter((member) => !isFormer(member)).map(({ name }) => nameKey(name)));
  const sought = unnumbered.filter((member) => !isFormer(member) || !inOffice.has(nameKey(member.name)));
  const taken = new Set(pairs.values());
  const left = byOwnName(feed.filter((member) => !taken.has(member)));
  for (const [key, member] of byOwnName(sought)) {
    const found = left.get(key);
    if (found) pairs.set(member, found);
  }
  return pairs;
};

/**
 * The term after the import. A value that the feed leaves unspecified stays, except an end that has passed, or that
 * comes before the new term: it belonged to the earlier term. A feed whose term ended before the register's began is out of date and changes
 * nothing.
 */
const termAfter = (
  { term }: RegisterMember,
  { from, to }: FeedTerm,
  endIsOver: boolean,
): RegisterMember['term'] => {
  const begins = from ?? term.from;
  const kept = term.to !== null && (endIsOver || term.to < begins) ? null : term.to;
  const ends = to ?? kept;
  return ends !== null && ends < begins ? term : { from: begins, to: ends };
};

const sameText = (one: string | null, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

const samePosts = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());

const isOver = ({ term }: FeedMember, today: string): boolean => term.to !== null && term.to < today;

/** Whether the feed says that somebody’s term is over who is in office: they are gone, and end when it is confirmed. */
const endsInFeed = (member: RegisterMember, given: FeedMember, today: string): boolean =>
  member.standing !== 'coopted' &&
  isOver(given, today) &&
  given.term.to !== null &&
  given.term.to >= (given.term.from ?? member.term.from) &&
  standingOn(member, today) !== 'former';

/** The changes that the feed would make to one member. */
const changesOf = (member: RegisterMember, given: FeedMember, today: string): RegisterChange[] => {
  if (endsInFeed(member, given, today)) return [];
  const changes: RegisterChange[] = [];
  if (!sameName(member.name, given.name)) {
    changes.push({ field: 'name', from: member.name, to: given.name });
  }
  // A feed without an address does not change the one in the register.
  if (given.email !== null && !sameText(member.email, given.email)) {
    changes.push({ field: 'email', from: member.email, to: given.email });
  }
  if (!samePosts(member.posts, given.posts)) {
    changes.push({ field: 'posts', from: member.posts, to: given.posts });
  }
  if (member.standing === 'coopted') return changes;

  if (member.ward !== given.ward) changes.push({ field: 'ward', from: member.ward, to: given.ward });
  if (member.externalId === null) changes.push({ field: 'externalId', from: null, to: given.externalId });
  const over = isOver(given, today);
  const returns = standingOn(member, today) === 'former' && !over;
  const endIsOver = returns && member.term.to !== null && member.term.to <= today;
  const term = termAfter(member, given.term, endIsOver);
  if (term.from !== member.term.from || term.to !== member.term.to) {
    changes.push({ field: 'term', from: member.term, to: term });
  }
  if (returns) {
    changes.push({ field: 'standing', from: 'former', to: term.from > today ? 'elect' : 'sitting' });
  }
  return changes;
};

const byNameThenId = (
  one: { readonly name: string; readonly id: string },
  other: { readonly name: string; readonly id: string },
): number => {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.id < other.id ? -1 : Number(one.id > other.id);
};

const byName = (one: FeedMember, other: FeedMember): number =>
  byNameThenId({ name: one.name, id: one.externalId }, { name: other.name, id: other.externalId });

type Pair = readonly [RegisterMember, FeedMember];

/**
 * Whether the name that a number has now may be another person's: it is nothing like the one in the register, or a namesake
 * of one family may have the number of somebody who has left, or of another account.
 */
const isDoubtful = (was: RegisterMember, now: FeedMember, today: string): boolean =>
  !sameName(was.name, now.name) &&
  (standingOn(was, today) === 'former' ||
    !mayBeOne(was.name, now.name) ||
    (was.email !== null && now.email !== null && !sameText(was.email, now.email)));

/** Whether somebody in office is not in the feed, or their term is over there. */
const isGone = (member: RegisterMember, given: FeedMember | undefined, today: string): boolean =>
  given === undefined
    ? member.standing !== 'coopted' && standingOn(member, today) !== 'former'
    : endsInFeed(member, given, today);

/**
 * How the register differs from a feed of the sitting members, each list by name and then by id. The co-opted are
 * never gone and keep standing, ward and term; a former member is never gone again, and comes back as changed, with a
 * standing; unspecified dates change nothing that the register has. A number alone makes nobody another person.
 *
 * @param today the day in London, `YYYY-MM-DD`: a term that is over makes a former member
 */
export const compareRegister = (
  feed: readonly FeedMember[],
  register: readonly RegisterMember[],
  today: string,
): RegisterChanges => {
  const pairs = matched(feed, register, today);
  const known = new Set(pairs.values());
  const isIn = ([was, member]: Pair): boolean => isDoubtful(was, member, today);
  const told = ([was, member]: Pair) => ({
    id: was.id,
    name: was.name,
    changes: changesOf(was, member, today),
    member,
  });
  return {
    added: feed.filter((member) => !known.has(member)).toSorted(byName),
    changed: [...pairs]
      .filter((pair) => !isIn(pair))
      .map(told)
      .filter(({ changes }) => changes.length > 0)
      .toSorted(byNameThenId),
    doubtful: [...pairs]
      .filter(isIn)
      .map((pair) => ({ ...told(pair), ward: pair[0].ward }))
      .toSorted(byNameThenId),
    gone: register
      .filter((member) => isGone(member, pairs.get(member), today))
      .map(({ id, name, ward }) => ({ id, name, ward }))
      .toSorted(byNameThenId),
  };
};
