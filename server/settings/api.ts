/** A council's settings: deadlines, calendar, labels and limits of types, retention. */
import { z } from 'zod';
import { largestList, readList } from './read-list.js';
import { presentSettings } from './present.js';
import { changeSettings } from './change-settings.js';
import { compareHolidays, importHolidays } from './import-holidays.js';
import { readSettings } from './read-settings.js';
import { route } from '../web/api/route.js';
import { holidaysBody, holidaysShape, settingsShape } from './shapes.js';
import { deadlinesHere } from './commands.js';

export const settingsRoutes = [
  route({
    method: 'GET',
    path: '/api/settings',
    summary: 'What the council has set, and who changed it when',
    response: settingsShape,
    run: async (ctx) => presentSettings(ctx, await readSettings(ctx)),
  }),
  route({
    ...deadlinesHere.api,
    summary:
      'Set deadlines, nation, labels and limits of types, retention; deadlines that run move, and each move is kept',
    response: settingsShape,
    run: async (ctx, { body }) => {
      await changeSettings(ctx, body);
      return presentSettings(ctx, await readSettings(ctx));
    },
  }),
  route({
    method: 'POST',
    path: '/api/settings/bank-holidays',
    summary:
      'Take over the list that GOV.UK publishes as bank-holidays.json, or with dryRun see what it would change',
    query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
    body: holidaysBody,
    bodyLimit: largestList,
    idempotent: false,
    response: holidaysShape,
    run: (ctx, { body, query }) =>
      query.dryRun === 'true'
        ? compareHolidays(ctx, readList(body))
        : importHolidays(ctx, readList(body), null),
  }),
];
