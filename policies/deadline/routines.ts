/**
 * Things that recur by the calendar and belong to no request: training that expires, data due for disposal, the
 * yearly look at the bank holidays, the daily checkpoint. Each has the moment at which it falls due, so that a
 * service that was down makes up for it once. Source: need-to-know.md, sections 6 to 8; audit.md.
 */
import { addDays, atLondonTime, londonDate } from '../core/time/london.js';
import { morning } from './reminding.js';

/** Default: how many days before training runs out it is said. */
export const trainingWarningDays = 30;

/** The last eight o'clock in London that has gone by: the day's routines fell due then. */
export const lastMorning = (now: Date): { readonly date: string; readonly at: Date } => {
  const today = londonDate(now);
  const at = atLondonTime(today, morning);
  if (at <= now) return { date: today, at };
  const date = addDays(today, -1);
  return { date, at: atLondonTime(date, morning) };
};

/** When it falls due to be said that training expires on a day (`YYYY-MM-DD`). */
export const warnedOfTraining = (expires: string): Date =>
  atLondonTime(addDays(expires, -trainingWarningDays), morning);

/** For how long the yearly look is still asked for: who starts the service in summer is not asked about autumn. */
const yearlyDays = 120;

/**
 * The yearly look at the bank holidays of the coming year falls due on the first of October; null where the last one
 * is long past.
 */
export const yearlyLook = (now: Date): { readonly year: number; readonly at: Date } | null => {
  const { date } = lastMorning(now);
  const year = Number(date.slice(0, 4));
  const began = `${date >= `${year}-10-01` ? year : year - 1}-10-01`;
  return date <= addDays(began, yearlyDays)
    ? { year: Number(began.slice(0, 4)) + 1, at: atLondonTime(began, morning) }
    : null;
};

/** Democratic Services hear once a month about data due for disposal: which month it is, and from when in it. */
export const monthlyLook = (now: Date): { readonly month: string; readonly at: Date } => {
  const month = lastMorning(now).date.slice(0, 7);
  return { month, at: atLondonTime(`${month}-01`, morning) };
};
