/** The people who leave, and what waits for them by name. */
import { z } from 'zod';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';
import { presentLeavers } from './present.js';
import { readLeavers } from './read-leavers.js';

const leaversPage = page({
  path: paths.leavers,
  params: z.strictObject({}),
  view: 'leaving/views/index',
  load: async (ctx) => presentLeavers(ctx, await readLeavers(ctx)),
});

export const leavingPages = [leaversPage];
