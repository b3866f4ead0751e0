import { presentDue } from '../../../deadline/present.js';
import { paths } from '../../../web/paths.js';
import { submitRequest } from '../../submit-request.js';
import { number } from '../../../web/pages/form.js';
import { page } from '../../../web/pages/page.js';
import { linksToParts } from './links.js';
import { saysTooSoon } from '../../../../policies/request/clock.js';
import { edit } from '../../../../policies/request/commands.js';
import { ownRequest } from './own-request.js';
import { partsOf } from './steps/parts.js';
import { owns, steps } from './steps/steps.js';
import { submitHere } from '../../commands.js';

/** The parts of a request, their answers, and handing it in: task list and check in one. */
export const checkPage = page({
  ...submitHere.page,
  view: 'request/views/asking/check',
  async load(ctx, { params }) {
    const { row, returns, ...before } = await ownRequest(ctx, params.reference, edit);
    const list = partsOf(row.reference, row.content, before);
    const needed = list.filter(({ optional }) => !optional);
    return {
      reference: row.reference,
      version: row.version,
      stage: row.status,
      due: presentDue(ctx.settings, row),
      asked: returns.find(({ resubmittedAt }) => resubmittedAt === null) ?? null,
      tooSoon: saysTooSoon(ctx.settings, row, ctx.now()),
      list,
      answered: list.filter(({ lines }) => lines.length > 0),
      completed: needed.filter(({ state }) => state === 'completed').length,
      needed: needed.length,
      complete: list.every(
        ({ state, optional }) => state === 'completed' || (optional && state !== 'problem'),
      ),
      parts: linksToParts(row.reference),
    };
  },
  form: {
    body: submitHere.body,
    read: (form) => ({ version: number(form, 'version') }),
    act: async (ctx, { params, body }) => {
      return paths.submitted((await submitRequest(ctx, params.reference, body.version)).row.reference);
    },
    anchor: (field) => `part-${steps.find((step) => owns(step, field))?.key ?? ''}`,
  },
});
