import { Invalid, type FieldError } from '../../../../policies/core/refusals.js';
import type { FeedMember, FeedTerm } from '../../../../policies/register/register-feed.js';
import { isPartyPost } from '../../../../policies/register/party-posts.js';
import { isBlank } from '../../../../policies/core/words/text.js';
import { accentsSay } from '../../../web/schema/fault-words.js';
import { hasPlainName } from '../../../web/schema/schemas.js';
import { dayWritten } from './days.js';
import { unreadable } from './fault.js';
import { plain } from './plain.js';
import { isVacancy } from './vacancy.js';

/** The texts of one member as a file has them, unchecked; undefined where it has none. */
export interface RawMember {
  readonly externalId?: string | undefined;
  readonly name?: string | undefined;
  readonly ward?: string | undefined;
  readonly email?: string | undefined;
  readonly posts?: string | undefined;
  /** Held while the file is read, to know the posts that name it; no member has one. */
  readonly party?: string | undefined;
  readonly terms: readonly { readonly from?: string | undefined; readonly to?: string | undefined }[];
}

const longestText = 300;
const mostPosts = 20;
/** A file that is wrong throughout need not be told so two thousand times. */
const mostFaults = 50;

type Report = (field: string, message: string) => void;

const controlCharacter = /\p{Cc}/u;

/** The text as given, on one line; null if it is empty or cannot be stored. */
const textOf = (given: string | undefined, field: string, report: Report): string | null => {
  const trimmed = given?.trim() ?? '';
  if (isBlank(trimmed)) return null;
  if (trimmed.length > longestText) {
    report(field, `This text is longer than ${longestText} characters.`);
    return null;
  }
  const text = trimmed.replace(/[\t\n\r]+/gu, ' ');
  if (controlCharacter.test(text)) {
    report(field, 'This text holds a character that is not text.');
    return null;
  }
  return text;
};

const required = (
  given: string | undefined,
  [field, source]: readonly [string, string],
  report: Report,
): string => {
  let reported = false;
  const text = textOf(given, field, (...fault) => {
    reported = true;
    report(...fault);
  });
  if (text === null && !reported) report(field, `The ${source} is missing.`);
  return text ?? '';
};

/** The address in `mailto:a@council.example?subject=…`, and in `A. Person <a@council.example>`. */
const bareAddress = (text: string): string => {
  const [, inBrackets] = /^[^<>@]*<([^<>]+)>$/u.exec(text) ?? [];
  return (inBrackets ?? text).trim().replace(/^mailto:([^?]*)(?:\?.*)?$/iu, '$1');
};

/** One address. Text for people in its place ("see note", two addresses) does not count. */
const emailOf = (given: string | undefined, report: Report): string | null => {
  const text = bareAddress(textOf(given, 'email', report) ?? '');
  if (!/^[^\s@;,<>()]+@[^\s@;,<>()]+$/u.test(text)) return null;
  if (!hasPlainName(text)) report('email', `${accentsSay}.`);
  return text;
};

/**
 * Posts come in one text, separated by semicolons. Commas belong to titles: "Chair, Audit and Governance Committee".
 * A post that discloses a party does not count; like the party itself it is neither mentioned nor stored.
 */
const postsOf = (given: string | undefined, parties: readonly string[], report: Report): string[] => {
  const parts = (given ?? '').split(/[;\n\r]/u).filter((part) => !isPartyPost(part, parties));
  const posts = new Set(parts.map((part) => textOf(part, 'posts', report)).filter((post) => post !== null));
  if (posts.size > mostPosts) report('posts', `There are more than ${mostPosts} posts.`);
  return [...posts];
};

const dayOf = (given: string | undefined, field: string, report: Report): string | null => {
  const day = dayWritten(given);
  if (day !== undefined) return day;
  report(field, 'Write this as dd/mm/yyyy, or leave it empty.');
  return null;
};

/** A term without a first day began before its last; a term with neither is the current one. */
const beginningOf = ({ from, to }: FeedTerm): string => from ?? to ?? '9999';

/** The term that began last, of all that a member has served. */
const termOf = (given: RawMember['terms'], report: Report): FeedTerm => {
  const terms = given.map(({ from, to }) => ({
    from: dayOf(from, 'term.from', report),
    to: dayOf(to, 'term.to', report),
  }));
  const last = terms.toSorted((one, other) => (beginningOf(one) < beginningOf(other) ? 1 : -1))[0];
  const { from, to } = last ?? { from: null, to: null };
  if (from !== null && to !== null && to < from) report('term', 'This term ends before it begins.');
  return { from, to };
};

/** The same texts in plain words. */
const inPlain = ({ externalId, name, ward, email, posts, party, terms }: RawMember): RawMember => ({
  externalId: plain(externalId),
  name: plain(name),
  ward: plain(ward),
  email: plain(email),
  posts: plain(posts),
  party: plain(party),
  terms: terms.map(({ from, to }) => ({ from: plain(from), to: plain(to) })),
});
/**
 * The members that the texts describe, empty seats left out.
 * @throws Invalid naming every fault by member, counted from one, and field
 */
export const membersFrom = (written: readonly RawMember[]): FeedMember[] => {
  const errors: FieldError[] = [];
  const seen = new Map<string, number>();
  const raw = written.map(inPlain);
  const parties = [...new Set(raw.flatMap(({ party }) => party ?? []))];
  const members = raw.flatMap((given, index): FeedMember[] => {
    if (isVacancy(given.name?.slice(0, longestText) ?? '')) return [];
    const report: Report = (field, message) =>
      void errors.push({ field: `member.${index + 1}.${field}`, message });
    const externalId = required(given.externalId, ['externalId', 'councillorid'], report);
    const first = seen.get(externalId);
    if (first !== undefined)
      report(
        'externalId',
        `Member ${first} has the same councillorid. Give each member a number of their own.`,
      );
    else if (externalId !== '') seen.set(externalId, index + 1);
    return [
      {
        externalId,
        name: required(given.name, ['name', 'fullusername'], report),
        ward: required(given.ward, ['ward', 'wardtitle'], report),
        email: emailOf(given.email, report),
        posts: postsOf(given.posts, parties, report),
        term: termOf(given.terms, report),
      },
    ];
  });
  if (errors.length > 0) throw new Invalid(errors.slice(0, mostFaults));
  // An empty list would make everybody gone.
  if (members.length === 0) throw unreadable('The file lists no member.');
  return members;
};
