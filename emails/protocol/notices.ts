/** The words of the notice about a new version of the protocol. */
import type { Templates } from '../core/template.js';

export const protocolNotices = {
  protocol_published: {
    subject: () => 'The observation protocol has a new version',
    body: ['You are asked to read it and to accept it. What was granted to you waits until then.'],
    link: (_reference, pages) => ({ text: 'Open the protocol', path: pages.protocol }),
  },
} satisfies Templates;
