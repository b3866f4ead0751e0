/** The words of the notice that carries the daily checkpoint. */
import type { Templates } from '../core/template.js';

export const trailNotices = {
  checkpoint_daily: {
    subject: () => 'Today’s checkpoint of the trail',
    body: [
      'Keep this message: with the signed checkpoint below anybody can show later that nothing before it was changed.',
    ],
    link: (_reference, pages) => ({ text: 'Open the checkpoint', path: pages.checkpoint }),
  },
} satisfies Templates;
