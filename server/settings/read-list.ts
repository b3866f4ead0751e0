/** The list of bank holidays as GOV.UK publishes it: `bank-holidays.json`, by division. */
import { z } from 'zod';
import { isDate } from '../../policies/core/time/london.js';
import { invalid } from '../../policies/core/rules.js';
import { hasForbiddenCharacters, isBlank } from '../../policies/core/words/text.js';
import type { Nation } from '../../policies/settings/bank-holidays.js';
import type { ListedHolidays } from './import-holidays.js';

/** A hundred times the size of the published list. */
export const largestList = 1_000_000;

export const longestTitle = 120;
/** In one division. */
export const mostDays = 2_000;

const event = z.object({
  title: z
    .string()
    .max(longestTitle, `has a title of more than ${longestTitle} characters`)
    .refine((title) => !isBlank(title) && !hasForbiddenCharacters(title), 'has no title that can be read'),
  date: z.string().refine(isDate, 'has no real date, written YYYY-MM-DD'),
});
const division = z.object({ events: z.array(event).max(mostDays) });

/** The list's other fields (`notes`, `bunting`) are of no use here. */
const list = z.object({
  'england-and-wales': division,
  scotland: division,
  'northern-ireland': division,
});

const nationOf = {
  'england-and-wales': 'england_and_wales',
  scotland: 'scotland',
  'northern-ireland': 'northern_ireland',
} as const satisfies Readonly<Record<string, Nation>>;

/** `scotland.events.3.date` as a person reads it. */
const inWords = (path: readonly PropertyKey[], message: string): string => {
  const [name, , number] = path;
  if (name === undefined) return 'This is not the list that GOV.UK publishes as bank-holidays.json.';
  return number === undefined
    ? `The division “${String(name)}” is missing, or has no list of events.`
    : `Day ${Number(number) + 1} of “${String(name)}” ${message}.`;
};

/**
 * @param sent the file as it was parsed from JSON
 * @throws Invalid by the rule `holidays`, naming the first fault of each nation
 */
export const readList = (sent: unknown): ListedHolidays => {
  const read = list.safeParse(sent);
  if (!read.success) {
    const faults = new Map<string, string>();
    for (const { path, message } of read.error.issues) {
      const [name] = path;
      const field =
        name !== undefined && Object.hasOwn(nationOf, name)
          ? nationOf[name as keyof typeof nationOf]
          : 'file';
      if (!faults.has(field)) faults.set(field, inWords(field === 'file' ? [] : path, message));
    }
    throw invalid(
      'holidays',
      [...faults].map(([field, message]) => ({ field, message })),
    );
  }
  const daysOf = (name: keyof typeof nationOf) =>
    read.data[name].events.map(({ date, title }) => ({ date, title: title.trim() }));
  return {
    england_and_wales: daysOf('england-and-wales'),
    scotland: daysOf('scotland'),
    northern_ireland: daysOf('northern-ireland'),
  };
};
