import { z } from 'zod';
import { version } from '../../../web/schema/schemas.js';
import { paths } from '../../../web/paths.js';
import { withdrawRequest } from '../../withdraw-request.js';
import { number } from '../../../web/pages/form.js';
import { page } from '../../../web/pages/page.js';
import { withdraw } from '../../../../policies/request/commands.js';
import { requestParams } from '../../bodies.js';
import { ownRequest } from './own-request.js';

/** Taking a request back, once more confirmed: it cannot be undone. */
export const withdrawPage = page({
  path: paths.withdraw(':reference') as `/${string}`,
  params: requestParams,
  view: 'request/views/asking/withdraw',
  async load(ctx, { params }) {
    const { row } = await ownRequest(ctx, params.reference, withdraw);
    return { reference: row.reference, version: row.version, stage: row.status };
  },
  form: {
    body: z.strictObject({ version }),
    read: (form) => ({ version: number(form, 'version') }),
    act: async (ctx, { params, body }) =>
      paths.request((await withdrawRequest(ctx, params.reference, body.version)).row.reference),
    anchor: () => 'main-content',
  },
});
