/**
 * The document that this council adopted, its protocol or a report: every council rule has its place in it.
 * Source: need-to-know.md, first paragraph (“the protocol or report that this council names in its settings (title,
 * date, paragraph)”).
 */
import { councilRuleKeys, type AuthorityKey } from '../core/authorities.js';
import type { FieldError } from '../core/refusals.js';

export interface Adopted {
  readonly title: string;
  /** The day on which the council adopted it. */
  readonly date: string;
  /** Where people can read it. */
  readonly link?: string | undefined;
  /** The paragraph of a council rule, by the key of the rule’s authority. */
  readonly paragraphs: Readonly<Partial<Record<AuthorityKey, string | undefined>>>;
}

export const longestTitle = 200;
export const longestLink = 500;
export const longestParagraph = 80;

const isOneLine = (words: string): boolean => words.trim() !== '' && !/\p{Cc}/u.test(words);

const isWebAddress = (link: string): boolean => {
  if (!URL.canParse(link)) return false;
  const { protocol, username, password } = new URL(link);
  return protocol === 'https:' && username === '' && password === '';
};

/** Everything that is wrong with it, each fault with its field. */
export const faultsOfAdopted = ({ title, link, paragraphs }: Adopted): FieldError[] => [
  ...(isOneLine(title) && title.length <= longestTitle
    ? []
    : [
        {
          field: 'adopted.title',
          message: `Enter a title of one line, of at most ${longestTitle} characters.`,
        },
      ]),
  ...(link === undefined || (link.length <= longestLink && isWebAddress(link))
    ? []
    : [{ field: 'adopted.link', message: 'Enter an address that begins with https://.' }]),
  ...Object.entries(paragraphs).flatMap(([key, paragraph = '']) => {
    const field = `adopted.paragraphs.${key}`;
    if (!councilRuleKeys.some((known) => known === key)) {
      return [{ field, message: 'This names no rule of the council.' }];
    }
    return isOneLine(paragraph) && paragraph.length <= longestParagraph
      ? []
      : [{ field, message: `Enter a paragraph of at most ${longestParagraph} characters, such as 4.2.` }];
  }),
];

/** The place of a council rule in that document; null where the council has named none. */
export interface Place {
  readonly title: string;
  readonly date: string;
  readonly link: string | null;
  readonly paragraph: string | null;
}

/** Where a council rule stands; null for what is not the council’s own. */
export const placeOf = (adopted: Adopted | null, key: AuthorityKey): Place | null =>
  adopted === null || !councilRuleKeys.includes(key)
    ? null
    : {
        title: adopted.title,
        date: adopted.date,
        link: adopted.link ?? null,
        paragraph: adopted.paragraphs[key] ?? null,
      };
