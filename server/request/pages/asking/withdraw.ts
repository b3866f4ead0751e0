import { paths } from '../../../web/paths.js';
import { withdrawRequest } from '../../withdraw-request.js';
import { number } from '../../../web/pages/form.js';
import { page } from '../../../web/pages/page.js';
import { withdraw } from '../../../../policies/request/commands.js';
import { ownRequest } from './own-request.js';
import { withdrawHere } from '../../commands.js';

/** Taking a request back, once more confirmed: it cannot be undone. */
export const withdrawPage = page({
  ...withdrawHere.page,
  view: 'request/views/asking/withdraw',
  async load(ctx, { params }) {
    const { row } = await ownRequest(ctx, params.reference, withdraw);
    return { reference: row.reference, version: row.version, stage: row.status };
  },
  form: {
    body: withdrawHere.body,
    read: (form) => ({ version: number(form, 'version') }),
    act: async (ctx, { params, body }) =>
      paths.request((await withdrawRequest(ctx, params.reference, body.version)).row.reference),
    anchor: () => 'main-content',
  },
});
