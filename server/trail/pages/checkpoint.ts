/** The signed checkpoint of the trail, to print in the minutes of a meeting or to keep elsewhere. */
import { z } from 'zod';
import { openCheckpoint } from '../../../db/audit/log/checkpoint.js';
import { unavailable } from '../../web/api/problem.js';
import { readCheckpoint } from '../read-checkpoint.js';
import { page } from '../../web/pages/page.js';

export const checkpointPage = page({
  path: '/trail/checkpoint',
  params: z.strictObject({}),
  view: 'trail/views/checkpoint',
  async load(ctx) {
    const note = await readCheckpoint(ctx);
    if (note === null) throw unavailable();
    const { origin, size, root } = openCheckpoint(note, ctx.signer.verifier);
    return { origin, size, root: root.toString('base64'), at: ctx.now(), note, key: ctx.signer.vkey };
  },
});
