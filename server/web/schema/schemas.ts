import { z } from 'zod';
import { something } from './something.js';

/** PostgreSQL refuses NUL in text, and a surrogate without its other half is not a character at all. */
const unstorable = /[\0\p{Surrogate}]/u;

const storable = (value: string): boolean => !unstorable.test(value);
const isStorable = { params: { kind: 'unstorable' } };

/** Text as sent, neither trimmed nor changed: not blank, and at most `max` characters. */
export const text = (max: number) => z.string().regex(something).max(max).refine(storable, isStorable);

/** Text that may be left empty, otherwise as `text`. */
export const optionalText = (max: number) => z.string().max(max).refine(storable, isStorable);

const withinYears = (value: string): boolean => {
  const year = Number(value.slice(0, 4));
  return year >= 1900 && year <= 2200;
};

const inYears = { params: { kind: 'years' } };

/** A real day, `YYYY-MM-DD`, in the years 1900 to 2200. */
export const date = z.iso.date({ abort: true }).refine(withinYears, inYears).meta({ id: 'Day' });

/** An instant, ISO 8601 with an offset or `Z`, in the years 1900 to 2200; stays a string. */
export const instant = z.iso
  .datetime({
    offset: true,
    abort: true,
  })
  .refine((value) => withinYears(value) && !Number.isNaN(Date.parse(value)), inYears)
  .meta({ id: 'Instant' });

/** A time of the day, `HH:MM`. */
export const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** `HH:MM` of a day that is known, or an instant. */
export const timeOrInstant = z.union([time, instant]);

/** The reference of a request: `OBS-2026-0001`. */
export const reference = z.string().regex(/^OBS-\d{4}-\d{4,9}$/, 'Enter a reference, such as OBS-2026-0001.');
reference.register(z.globalRegistry, { id: 'Reference' });

/** Any id that PostgreSQL would take as a uuid in its usual form. */
export const uuid = z.guid('Enter an id, such as 0198c2f4-7d0e-7000-8000-000000000000.').meta({ id: 'Id' });

/** An edition of the rules, as entries of the trail name it. */
export const editionCode = z
  .string()
  .regex(/^[0-9a-f]{32}$/, 'Enter the 32 hexadecimal digits that an entry has after “book:”.');

/** The version of a request that a command was made against. */
export const version = z.int().min(1).max(2_147_483_647);

/** Not before the @: mail to such an address needs SMTPUTF8 of each server on its way, and many have none. */
export const hasPlainName = (address: string): boolean =>
  /^[\0-\x7f]*$/.test(address.slice(0, address.lastIndexOf('@')));

/** One e-mail address. */
export const email = z
  .string()
  .refine(hasPlainName, { params: { kind: 'accents' }, abort: true })
  .pipe(z.email().max(254).refine(storable, isStorable))
  .meta({ id: 'Email', format: 'email' });

/** For a field that names a person, written for people: programs may send an id as well. */
export const emailMissing = 'Enter an e-mail address, such as name@council.example';

/** A person, by id or by e-mail address. */
export const personRef = z.union([uuid, email], emailMissing);
personRef.register(z.globalRegistry, { id: 'PersonRef' });

/** A whole number in an address, 0 or more; leaves as a number. */
export const sizeFromZero = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,14})$/, 'Enter a whole number, 0 or more.')
  .transform(Number);

/** A whole number in an address, 1 or more; leaves as a number. */
export const sizeFromOne = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'Enter a whole number, 1 or more.')
  .transform(Number);

/**
 * The query of a list: spread its shape, `z.strictObject({ ...page.shape, status })`.
 * `limit` arrives as text and leaves as a number; `cursor` is read by `decodeCursor`.
 */
export const page = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:100|[1-9]\d?)$/, 'Enter a whole number from 1 to 100.')
    .transform(Number)
    .prefault('25'),
  cursor: z
    .string()
    .regex(/^[\w-]{1,1000}$/, 'Use the cursor as it was given.')
    .optional(),
});
