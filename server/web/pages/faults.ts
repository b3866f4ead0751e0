/** What is wrong with a form, told in the words and by the names of the page that it is on. */
import type { z } from 'zod';
import { groundSays } from '../../../policies/need-to-know/grounds.js';
import { Conflict, Invalid, type FieldError, type Refusal } from '../../../policies/core/refusals.js';
import { shape } from '../api/shape.js';
import { inDays } from './days.js';
import { inWords } from './words.js';

export interface Telling {
  /** What to say of a field that was left empty. */
  readonly missing?: Readonly<Record<string, string>>;
  /** What to say of a field whatever is wrong with it. */
  readonly wrong?: Readonly<Record<string, string>>;
  /** The field of the page that a field of the body was made of. */
  readonly named?: (field: string) => string;
}

/** The API's schema says this of whatever is not there. */
const nothingSent = 'This is missing.';

const quoted = (code: string): string =>
  Object.hasOwn(groundSays, code) ? `“${groundSays[code as keyof typeof groundSays]}”` : inWords(code);

/** Rules name codes and dates as programs write them; people read them as they would say them. */
export const readable = (message: string): string =>
  message
    .replace(
      /^(Cite also:) (.+)\.$/,
      (_, cite: string, codes: string) => `${cite} ${codes.split(', ').map(quoted).join(', ')}.`,
    )
    .replace(/^[a-z]/, (first) => `This ${first}`)
    .replace(/^Enter a real date.*$/, 'Enter a real date, such as 15 9 2026.')
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, inDays)
    .replaceAll(/\b[a-z]+(?:_[a-z]+)+\b/g, quoted);

const toldOf =
  ({ missing = {}, wrong = {}, named = (field) => field }: Telling) =>
  ({ field: sent, message }: FieldError): FieldError => {
    const field = named(sent);
    const ofNothing = message === nothingSent ? missing[field] : undefined;
    return { field, message: wrong[field] ?? ofNothing ?? readable(message) };
  };

/** One fault of a field is enough: two fields of the body may be one on the page. */
const onceEach = (errors: readonly FieldError[]): FieldError[] => [
  ...new Map(errors.map((error) => [`${error.field}\n${error.message}`, error])).values(),
];

/**
 * The body of a form, held against the API's schema while the page still knows which of its fields each
 * part was made of.
 * @throws Invalid, naming the page's fields
 */
export const checked = (schema: z.ZodType, sent: object, telling: Telling): object => {
  const { errors } = shape(schema, sent);
  if (errors.length > 0) throw new Invalid(onceEach(errors.map(toldOf(telling))));
  return sent;
};

const byRule = ({ rule, authority }: Refusal) =>
  rule !== undefined && authority !== undefined ? { rule, authority } : undefined;

/**
 * Tells of a use case's refusal on the page: a rule about what was typed names its fields and then itself,
 * with its authority. What is refused for authority goes its own way, to a page of its own.
 */
export const told = async <T>(act: () => Promise<T>, telling: Telling = {}): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Conflict) throw new Conflict(readable(error.message), byRule(error));
    if (!(error instanceof Invalid)) throw error;
    const errors = onceEach(error.errors.map(toldOf(telling)));
    const rule = error.authority ? [{ field: '', message: `${error.message} (${error.authority})` }] : [];
    throw new Invalid([...errors, ...rule], byRule(error));
  }
};
