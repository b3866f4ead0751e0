/** The private address of a person's calendar. */
import { z } from 'zod';
import { asFormErrors } from '../web/pages/faults.js';
import { entered } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';
import { closeAddress, makeAddress, ownAddress } from './own-address.js';

const wish = z.strictObject({ wish: z.enum(['make', 'close']) });

const calendarPage = page({
  path: paths.ownCalendar,
  params: z.strictObject({}),
  view: 'calendar/views/calendar',
  load: async (ctx, { query }) => {
    const address = await ownAddress(ctx);
    return {
      address: address && {
        path: paths.calendar(address.token),
        madeAt: address.madeAt.toISOString(),
        lastReadOn: address.lastReadOn,
      },
      done: ['made', 'closed'].find((each) => each === query['done']) ?? null,
    };
  },
  form: {
    body: wish,
    read: (form) => ({ wish: entered(form, 'wish') }),
    async act(ctx, { body }) {
      if (body.wish === 'make') {
        await makeAddress(ctx);
        return `${paths.ownCalendar}?done=made`;
      }
      await asFormErrors(() => closeAddress(ctx));
      return `${paths.ownCalendar}?done=closed`;
    },
  },
});

export const calendarPages = [calendarPage];
