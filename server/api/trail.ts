/** The audit trail, to be read. */
import { z } from 'zod';
import { entryTypes } from '../../db/audit/entry-types.js';
import { presentTrailRow } from '../presenters/trail.js';
import { searchTrail } from '../usecases/search-trail.js';
import { endOfLondonDay, startOfLondonDay } from '../../policies/london.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { route } from './route.js';
import { date, instant, page, text } from './schemas.js';
import { pageOf, trailEntryShape } from './shapes.js';

const moment = z.union([instant, date], 'Enter a date, or a date and time with an offset.');
const starts = (given: string) => (given.includes('T') ? new Date(given) : startOfLondonDay(given));
const ends = (given: string) =>
  given.includes('T') ? new Date(given) : new Date(endOfLondonDay(given).getTime() + 1);

export const trailRoutes = [
  route({
    method: 'GET',
    path: '/api/audit',
    summary: 'The trail, newest first; reading it is an entry too',
    query: z.strictObject({
      ...page.shape,
      subject: text(200).optional(),
      actor: text(254).optional(),
      type: z.enum(entryTypes).optional(),
      from: moment.optional(),
      to: moment.optional(),
    }),
    response: pageOf(trailEntryShape),
    run: async (ctx, { query: { limit, cursor, from, to, ...rest } }) => {
      const before = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([z.int().min(0)]))[0];
      const rows = await searchTrail(ctx, {
        ...rest,
        from: from === undefined ? undefined : starts(from),
        to: to === undefined ? undefined : ends(to),
        limit: limit + 1,
        before,
      });
      const items = rows.slice(0, limit);
      const last = rows.length > limit ? items.at(-1) : undefined;
      return { items: items.map(presentTrailRow), next: last ? encodeCursor([last.seq]) : null };
    },
  }),
];
