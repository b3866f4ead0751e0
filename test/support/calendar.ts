import { calendarOf } from '../../policies/settings/bank-holidays.js';

/** The bank holidays of England and Wales; right from 1995 on. */
export const englandAndWales = calendarOf('england_and_wales');
