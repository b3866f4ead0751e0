/** Part of the trail to download, in files that can be checked without us. */
import { z } from 'zod';
import { wrongSize } from '../tree-sizes.js';
import { readTreeSize } from '../read-tree-size.js';
import { entered } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';

const number = (least: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `Enter a whole number, ${least} or more.`)
    .transform(Number)
    .refine((value) => value >= least, `Enter a whole number, ${least} or more.`);

export const evidencePage = page({
  path: '/trail/evidence',
  params: z.strictObject({}),
  view: 'trail/views/evidence',
  async load(ctx) {
    const size = await readTreeSize(ctx);
    return { size, values: { from: '0', to: String(size) } };
  },
  form: {
    body: z.strictObject({ from: number(0), to: number(1) }),
    read: (form) => ({ from: entered(form, 'from')?.trim() ?? '', to: entered(form, 'to')?.trim() ?? '' }),
    changes: false,
    async act(ctx, { body: { from, to } }) {
      // Said on the page, before the browser is sent to the download, which is what records the export.
      if (to > (await readTreeSize(ctx))) throw wrongSize('to', 'beyond_the_tree');
      if (from > to) throw wrongSize('to', 'older_is_newer');
      return `/api/audit/bundle?from=${from}&to=${to}`;
    },
  },
});
