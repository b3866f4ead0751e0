import { append } from '../../db/audit/append.js';
import { lockOwner, noteRead, visitsOf } from '../../db/calendar/addresses.js';
import { inTransaction } from '../../db/core/connection.js';
import { placeInCalendar } from '../../emails/visit/invitation.js';
import { calendarOf } from '../../emails/visit/subscription.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { hashOfToken, tokenPattern } from '../case/links.js';
import { paths } from '../web/paths.js';
import type { OpenCtx } from '../web/api/route.js';

/** For how many days a visit stays in the calendar. */
const shownForDays = 31;

/**
 * The calendar at a private address, as iCalendar. Programs ask many times a day, and get no more than that there is an
 * appointment, and when; so the first reading of each day is on the trail, before the answer.
 * @returns null where the address is nobody's, was withdrawn, or its owner is suspended
 */
export const readCalendar = (
  { db, now, councilName, links }: OpenCtx,
  token: string,
  baseUrl: URL,
): Promise<string | null> => {
  if (!tokenPattern.test(token)) return Promise.resolve(null);
  return inTransaction(db, async (trx) => {
    const owner = await lockOwner(trx, hashOfToken(token));
    // Not under another key than the service has today.
    if (owner === null || links.calendarOf(owner.address) !== token) return null;
    const today = londonDate(now());
    if (owner.lastReadOn !== today) {
      await noteRead(trx, owner.person, today);
      await append(trx, {
        type: 'calendar.read',
        at: now(),
        actor: owner.person,
        actorName: owner.name,
        office: null,
        capacity: null,
        subject: owner.person,
      });
    }
    const visits = await visitsOf(trx, owner.person, addDays(today, -shownForDays));
    return calendarOf(
      councilName,
      visits.map((visit) => ({
        ...placeInCalendar(visit),
        at: visit.changedAt,
        reference: visit.reference,
        href: new URL(paths.request(visit.reference), baseUrl).href,
        isOff: visit.ended,
      })),
    );
  });
};
