/** The door of a calendar program: it brings no session, and its address is its secret. */
import { Router, type Request } from 'express';
import type { OpenCtx } from '../web/api/route.js';
import { paths } from '../web/paths.js';
import { readCalendar } from './read-calendar.js';

/** Answers as for a page that is not there where the address is nobody's. Its log line has the template alone. */
export const calendarDoor = (openContextFor: (req: Request) => OpenCtx, baseUrl: URL): Router => {
  const router = Router({ caseSensitive: true, strict: true });
  const template = paths.calendar(':token');
  router.get(template, async (req: Request<{ token: string }>, res, next) => {
    res.locals.route = template;
    const calendar = await readCalendar(openContextFor(req), req.params.token, baseUrl);
    if (calendar === null) {
      next();
      return;
    }
    res.set('Cache-Control', 'private, no-store').type('text/calendar; charset=utf-8').send(calendar);
  });
  return router;
};
