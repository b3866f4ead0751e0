/** The days of a term as committee systems and spreadsheets write them. */
import { isDate } from '../../../../policies/core/time/london.js';
import { isBlank } from '../../../../policies/core/words/text.js';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Spreadsheets add midnight to a day. */
const midnight = /(?:T|\s+)0?0:00(?::00(?:\.0+)?)?Z?$/u;
/** Day first, as it is written in the United Kingdom. */
const inNumbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u;
const inWords = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$/u;
const yearFirst = /^(\d{4})-(\d{2})-(\d{2})$/u;

const monthNamed = (name: string): string | null => {
  const place = months.findIndex((month) => name.startsWith(month));
  return place === -1 ? null : String(place + 1);
};

const dated = (year = '', month: string | null = '', day = ''): string | undefined => {
  const date = `${year}-${(month ?? '').padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
};

/**
 * @returns `YYYY-MM-DD`; null where the day is left open; undefined for what is no day, or could be two: a year of two
 *   digits
 */
export const dayWritten = (given: string | undefined): string | null | undefined => {
  const text = (given ?? '').trim().toLowerCase();
  if (isBlank(text) || text === 'unspecified' || text === 'n/a') return null;
  const day = text.replace(midnight, '');
  const [, ...first] = yearFirst.exec(day) ?? [];
  if (first.length > 0) return dated(first[0], first[1], first[2]);
  const [, ...numbers] = inNumbers.exec(day) ?? [];
  if (numbers.length > 0) return dated(numbers[2], numbers[1], numbers[0]);
  const [, number, name = '', year] = inWords.exec(day) ?? [];
  return number === undefined ? undefined : dated(year, monthNamed(name), number);
};
