/** A day as people write it in three fields: `5`, `March` or `Mar` or `3`, `2027` or `27`. */
import { entered, type Form } from '../form.js';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** `27` is 2027: no page asks for a day before 1950. From `50` on it could be of the last century, and is no year. */
const sureOfCentury = 50;

/** A part that was written and cannot be read; a part that was left empty is an empty text. */
const unread = '?';

const within = (number: number, most: number): string =>
  number >= 1 && number <= most ? String(number).padStart(2, '0') : unread;

const dayIn = (text: string): string => {
  const [, number] = /^0?(\d{1,2})(?:st|nd|rd|th)?$/i.exec(text) ?? [];
  return number === undefined ? unread : within(Number(number), 31);
};

const monthIn = (text: string): string => {
  if (/^0?\d{1,2}$/.test(text)) return within(Number(text), 12);
  const name = text.toLowerCase().replace(/\.$/, '');
  const found = name.length < 3 ? -1 : months.findIndex((month) => month.startsWith(name));
  return name === 'sept' ? '09' : found < 0 ? unread : String(found + 1).padStart(2, '0');
};

const yearIn = (text: string): string => {
  const short = /^['’]?(\d{2})$/.exec(text)?.[1];
  if (short !== undefined) return Number(short) < sureOfCentury ? `20${short}` : unread;
  return /^\d{4}$/.test(text) ? text : unread;
};

const readIn = (text: string, read: (text: string) => string): string => (text === '' ? '' : read(text));

/**
 * A day of the three fields `-day`, `-month` and `-year`, as `YYYY-MM-DD`; undefined where all are empty. Where a part
 * is empty it is left out (`2027--05`), and one that cannot be read is `?` (`2027-?-05`): what the schema of a day says
 * to that names the part (fault-words.ts).
 */
export const dateOf = (form: Form, field: string): string | undefined => {
  const part = (name: string): string => (entered(form, `${field}-${name}`) ?? '').normalize('NFKC').trim();
  const [year, month, day] = [part('year'), part('month'), part('day')];
  if (!year && !month && !day) return undefined;
  return [readIn(year, yearIn), readIn(month, monthIn), readIn(day, dayIn)].join('-');
};

/** The three fields of a day, to fill a form with. */
export const dateFields = (field: string, date: string | undefined): Record<string, string> => {
  const [year = '', month = '', day = ''] = (date ?? '').split('-');
  return {
    [`${field}-year`]: year,
    [`${field}-month`]: String(Number(month) || ''),
    [`${field}-day`]: String(Number(day) || ''),
  };
};
