/** The words of the notices about somebody who leaves. */
import { aboutRequest, toRequest, type Templates } from '../core/template.js';

export const leavingNotices = {
  host_left: {
    subject: aboutRequest('the host, or the host’s line manager, leaves'),
    body: [
      'The account of the host, or of the host’s line manager, has been suspended, or their office ends. What waits for ' +
        'them waits for you: name somebody else, move or cancel a visit, answer a question, or record what happened. What ' +
        'they signed stands.',
    ],
    link: toRequest,
  },
  stand_in_left: {
    subject: () => 'Somebody leaves who was named to act, or stands in for an office',
    body: [
      'The account of somebody who was named to act on a request, or who is deputy for the head of an office, has been ' +
        'suspended, or their office ends. Have somebody else named, or register another deputy. What they signed stands.',
    ],
    link: (_reference, pages) => ({ text: 'Open the people who leave', path: pages.leavers }),
  },
} satisfies Templates;
