/**
 * The bank holidays of the nations of the United Kingdom, as far as they are known today. Later proclamations come
 * from the list that GOV.UK publishes (bank-holiday-file.ts) and go on top. Source: need-to-know.md, section 7;
 * Banking and Financial Dealings Act 1971.
 */
import Holidays from 'date-holidays';
import { isWeekend } from '../core/time/london.js';
import { withProclaimed, type Calendar, type ProclaimedDay } from '../core/time/working-days.js';

/** The nations whose bank holidays differ. */
export const nations = ['england_and_wales', 'scotland', 'northern_ireland'] as const;
export type Nation = (typeof nations)[number];

/** The library's days, a year worked out when it is first asked for. */
const fromLibrary = (state: string): Calendar => {
  const library = new Holidays('GB', state, { languages: 'en', types: ['public', 'bank'] });
  const years = new Map<string, ReadonlyMap<string, string>>();
  const holidaysOf = (year: string): ReadonlyMap<string, string> => {
    const known = years.get(year);
    if (known) return known;
    const days = library
      .getHolidays(Number(year))
      .filter(({ type }) => type === 'public' || type === 'bank')
      .map(({ date, name }) => [date.slice(0, 10), name] as const)
      // Christmas on a Saturday is no bank holiday: the substitute day is, and the library gives both.
      .filter(([date]) => !isWeekend(date));
    const holidays = new Map(days);
    years.set(year, holidays);
    return holidays;
  };
  return { holiday: (date) => holidaysOf(date.slice(0, 4)).get(date) ?? null };
};

/**
 * Where the library is wrong or silent, against the proclamations and the list at gov.uk/bank-holidays: for England
 * and Wales from 1995 on, for Scotland and Northern Ireland from 2013 on. Later days are here for their titles.
 */
const ofAll: readonly ProclaimedDay[] = [
  { date: '2022-06-03', name: 'Platinum Jubilee bank holiday' },
  { date: '2022-09-19', name: 'Bank Holiday for the State Funeral of Queen Elizabeth II' },
  { date: '2023-05-08', name: 'Bank holiday for the coronation of King Charles III' },
];

const ofEnglandAndWales: readonly ProclaimedDay[] = [
  { date: '1995-05-01', name: null },
  { date: '1995-05-08', name: 'Early May bank holiday (VE day)' },
  { date: '1999-12-31', name: 'Millennium bank holiday' },
  { date: '2002-05-27', name: null },
  { date: '2002-06-03', name: 'Golden Jubilee bank holiday' },
  { date: '2002-06-04', name: 'Spring bank holiday' },
  { date: '2011-04-29', name: 'Royal Wedding bank holiday' },
  { date: '2012-05-28', name: null },
  { date: '2012-06-04', name: 'Spring bank holiday' },
  { date: '2012-06-05', name: 'Diamond Jubilee bank holiday' },
];

/** The royal proclamation of February 2026, for the men's football team at the World Cup. */
const ofScotland: readonly ProclaimedDay[] = [{ date: '2026-06-15', name: 'World Cup bank holiday' }];

const calendars: Readonly<Record<Nation, Calendar>> = {
  england_and_wales: withProclaimed(fromLibrary('ENG'), [...ofEnglandAndWales, ...ofAll]),
  scotland: withProclaimed(fromLibrary('SCT'), [...ofScotland, ...ofAll]),
  northern_ireland: withProclaimed(fromLibrary('NIR'), ofAll),
};

/** The bank holidays of a nation. */
export const calendarOf = (nation: Nation): Calendar => calendars[nation];
