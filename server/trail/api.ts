/** The audit trail, to be read. */
import { z } from 'zod';
import { entryTypes } from '../../db/audit/entry-types.js';
import { presentTrailRow } from './present.js';
import { searchTrail } from './search-trail.js';
import { endOfLondonDay, startOfLondonDay } from '../../policies/core/time/london.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { route } from '../web/api/route.js';
import { date, instant, page, text } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { trailEntryShape } from './shapes.js';

const moment = z.union([instant, date], 'Enter a date, or a date and time with an offset.');
/** The subjects of entries: a reference, or a coded word, with an id or without. Free text is not a subject. */
export const subject = z
  .string()
  .regex(
    /^(?:OBS-\d{4}-\d{4,9}|requests|councillors|trail|service|session|standby|council|unknown|incidents|visits|disclosures|protocol|leaflets|findings|programmes|register|retention|access-requests|audit-requirements|corrections|conflicts|redactions|people|leavers|settings|reminders|account|operations|holds|tokens|(?:(?:councillor|grant|visit|question|incident|programme|person|hold|disposal|token|conflict|correction):)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
    'Enter a reference, such as OBS-2026-0001, or councillor: with an id.',
  );

/** From when, and until when, a day or an instant narrows the trail. */
export const starts = (given: string) => (given.includes('T') ? new Date(given) : startOfLondonDay(given));
export const ends = (given: string) =>
  given.includes('T') ? new Date(given) : new Date(endOfLondonDay(given).getTime() + 1);

export const trailRoutes = [
  route({
    method: 'GET',
    path: '/api/audit',
    scope: 'trail',
    summary: 'The trail, newest first; reading it is an entry too',
    query: z.strictObject({
      ...page.shape,
      subject: subject.optional(),
      actor: text(254).optional(),
      type: z.enum(entryTypes).optional(),
      from: moment.optional(),
      to: moment.optional(),
    }),
    response: pageOf(trailEntryShape),
    run: async (ctx, { query: { limit, cursor, from, to, ...rest } }) => {
      const before = seqIn(cursor);
      const { items, last } = await searchTrail(ctx, {
        ...rest,
        from: from === undefined ? undefined : starts(from),
        to: to === undefined ? undefined : ends(to),
        limit,
        before,
      });
      return { items: items.map(presentTrailRow), next: last ? encodeCursor([last.seq]) : null };
    },
  }),
];
