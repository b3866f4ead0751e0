/** The rules that entries were made under, as they were then. */
import { z } from 'zod';
import type { Book, Plain } from '../../../policies/rule-book/rule-book.js';
import { editionCode } from '../../web/schema/schemas.js';
import { readEdition } from '../read-edition.js';
import { page } from '../../web/pages/page.js';

/** A part of the rule book for a view, whatever its shape was when it was written. */
type Part =
  | { readonly text: string }
  | { readonly parts: readonly { readonly name: string | null; readonly part: Part }[] };

const headings: Readonly<Record<string, string>> = {
  rules: 'The rules that can say no',
  authorities: 'What they rest on',
  questions: 'The questions of the test',
  grounds: 'The grounds of an objection or a refusal',
  observationTypes: 'The observation types',
  commands: 'Who gives which command, and when',
  permissions: 'Who may do what',
  defaults: 'What holds where the council has set nothing',
};

/** A code as it was written: today's word for it may not be the word of that time. */
const spaced = (code: string): string => code.replaceAll('_', ' ');

const asText = (value: Plain): string => {
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);

const partOf = (value: Plain): Part => {
  if (isList(value)) {
    if (value.every((each) => typeof each !== 'object' || each === null))
      return { text: value.length === 0 ? 'none' : value.map(asText).join(', ') };
    return { parts: value.map((each) => ({ name: null, part: partOf(each) })) };
  }
  if (typeof value !== 'object' || value === null) return { text: asText(value) };
  return { parts: Object.entries(value).map(([name, each]) => ({ name: spaced(name), part: partOf(each) })) };
};

export const editionPage = page({
  path: '/trail/editions/:edition',
  params: z.strictObject({ edition: editionCode }),
  view: 'trail/views/edition',
  async load(ctx, { params: { edition } }) {
    const book = JSON.parse(await readEdition(ctx, edition)) as Book;
    return {
      edition,
      sections: Object.entries(book).map(([name, section]) => ({
        heading: headings[name] ?? spaced(name),
        part: partOf(section),
      })),
    };
  },
});
