/** The only place that words a fault in the form of a field, for the API and for the pages. */
import { numberOf } from '../../../policies/core/words/number-of.js';
import type { FieldWords } from './field-words.js';

/** The parts of a day. */
export type DayPart = 'day' | 'month' | 'year';

/** Why an address that may well exist is not taken. */
export const accentsSay =
  'Use an e-mail address with plain letters (a to z), digits and signs before the @: many mail servers take no other, so mail would not arrive';

/** A fault as data. */
export type Fault =
  | { readonly kind: 'missing' | 'unknown' | 'unstorable' | 'accents' | 'years' | 'whole' | 'form' }
  | { readonly kind: 'type'; readonly expected: string; readonly twice: boolean }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'format'; readonly format: string }
  | { readonly kind: 'day'; readonly missing: readonly DayPart[]; readonly unread: readonly DayPart[] }
  | {
      readonly kind: 'least' | 'most';
      readonly of: 'characters' | 'items' | 'number';
      readonly limit: number;
    };

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const formats: Readonly<Record<string, string>> = {
  date: 'a real date',
  datetime: 'a real date and time',
  email: 'an e-mail address, such as name@council.example',
};

const ofDay: Readonly<Record<DayPart, string>> = {
  day: 'a day from 1 to 31',
  month: 'a month from 1 to 12, or its name, such as March',
  year: 'a year of 4 numbers, such as 2027',
};

/** `Start date must include a month and a year`; a part that cannot be read says how it is written. */
const dayMust = ({ missing, unread }: Extract<Fault, { kind: 'day' }>): string => {
  if (missing.length > 0) return `include ${missing.map((part) => `a ${part}`).join(' and ')}`;
  const [first] = unread;
  return first === undefined ? 'be a real date' : `have ${ofDay[first]}`;
};

const bound = ({ kind, of, limit }: Extract<Fault, { kind: 'least' | 'most' }>): string => {
  const least = kind === 'least';
  if (of === 'number') return `be ${limit.toLocaleString('en-GB')} or ${least ? 'more' : 'less'}`;
  const amount = numberOf(limit, of === 'characters' ? 'character' : 'item');
  return `${of === 'items' ? 'have' : 'be'} ${amount} or ${least ? 'more' : 'fewer'}`;
};

/** `Reasons must be 4,000 characters or fewer`: a fault of a field in words. */
export const faultSays = (
  fault: Fault,
  { name, missing, wrong }: FieldWords & { readonly missing: string },
): string => {
  if (fault.kind === 'missing') return missing;
  if (fault.kind === 'unknown') return 'This is not a field of this call';
  if (fault.kind === 'accents') return accentsSay;
  if (wrong !== undefined) return wrong;
  switch (fault.kind) {
    case 'unstorable':
      return `${name} must not have characters that cannot be stored`;
    case 'years':
      return `${name} must be in the years 1900 to 2200`;
    case 'whole':
      return `${name} must be a whole number`;
    case 'type':
      return fault.twice
        ? `${name} must be sent once, as text`
        : `${name} must be ${types[fault.expected] ?? 'in a form that can be accepted'}`;
    case 'choice':
      return fault.options.length === 1
        ? `${name} must be ${fault.options[0]}`
        : `${name} must be one of: ${fault.options.join(', ')}`;
    case 'format':
      return `${name} must be ${formats[fault.format] ?? 'in the form that is expected'}`;
    case 'day':
      return `${name} must ${dayMust(fault)}`;
    case 'least':
    case 'most':
      return `${name} must ${bound(fault)}`;
    case 'form':
      return `${name} must be in a form that can be accepted`;
  }
};
