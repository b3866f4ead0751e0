import { z } from 'zod';
import { givesAny } from '../../../../policies/permission/permit.js';
import { draft } from '../../../../policies/request/commands.js';
import { ruleSays } from '../../../../policies/core/rules.js';
import { leastWordsOfNecessity } from '../../../../policies/request/submission.js';
import { paths } from '../../../web/paths.js';
import { draftRequest } from '../../draft-request.js';
import { page } from '../../../web/pages/page.js';

/**
 * Begins a request. The button of the list posts here without showing this page; a person who opens the address,
 * perhaps after signing in again, reads what asking needs.
 */
export const beginPage = page({
  path: paths.newRequest,
  params: z.strictObject({}),
  view: 'request/views/asking/begin',
  load: async (ctx) => ({
    mayAsk: givesAny(draft, ctx),
    whyNot: ruleSays(ctx.actor.councillorId === null ? draft.otherwise : 'standing'),
    leastWords: leastWordsOfNecessity,
  }),
  form: {
    body: z.strictObject({}),
    read: () => ({}),
    act: async (ctx) => paths.check((await draftRequest(ctx, {})).row.reference),
  },
});
