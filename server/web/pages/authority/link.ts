import nunjucks from 'nunjucks';
import {
  authorityKeyOf,
  authorityKindSays,
  authorities,
  kindOfAuthority,
  type AuthorityKey,
} from '../../../../policies/core/authorities.js';
import { placeOf, type Adopted } from '../../../../policies/settings/adopted.js';
import { inDays } from '../../../../policies/core/words/in-days.js';
import { paths } from '../../paths.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (each) => entities[each] ?? each);

/** Where a council rule stands, in words: `Observation protocol, adopted on 12 May 2026, paragraph 4.2`. */
const placeInWords = (adopted: Adopted | null, key: AuthorityKey): string | null => {
  const place = placeOf(adopted, key);
  if (place === null) return null;
  const { title, date, paragraph } = place;
  return `${title}, adopted on ${inDays(date)}${paragraph === null ? '' : `, paragraph ${paragraph}`}`;
};

/**
 * An authority on a page: a link to its entry in the public rules, with whose it is; for a council rule with its place
 * in the document that the council adopted.
 */
export const authorityLink = (cites: string, adopted: Adopted | null): nunjucks.runtime.SafeString => {
  const key = authorityKeyOf(cites);
  if (key === undefined) throw new Error('An authority that the rules do not have.');
  const kind = kindOfAuthority(authorities[key]);
  const whose = kind === 'council' ? placeInWords(adopted, key) : authorityKindSays[kind];
  return new nunjucks.runtime.SafeString(
    `<a class="govuk-link" href="${paths.rules}#${key}">${escaped(cites)}</a>${whose === null ? '' : ` (${escaped(whose)})`}`,
  );
};
