/** A moment as people write it: a day in three fields and a time, both as a London clock has them. */
import { atLondonTime, isDate, londonTime } from '../../../../policies/core/time/london.js';
import type { Form } from '../form.js';
import { dateOf } from './day.js';
import { timeIn, timeOf } from './time.js';

/**
 * The instant; undefined where the day or the time is left out. What is no moment stays as it was written, so that the
 * schema can say so: a part that cannot be read, or an hour that London leaves out in March.
 */
export const momentOf = (form: Form, day: string, time: string): string | undefined => {
  const date = dateOf(form, day);
  const hour = timeOf(form, time);
  if (date === undefined || hour === undefined) return undefined;
  const typed = `${date} ${hour}`;
  if (!isDate(date) || timeIn(hour) !== hour) return typed;
  const instant = atLondonTime(date, hour);
  return londonTime(instant) === hour ? instant.toISOString() : typed;
};
