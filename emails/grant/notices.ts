/** The words of the notices about a grant that ends or goes on. */
import { aboutRequest, toRequest, type Templates } from '../core/template.js';

export const grantNotices = {
  grant_ended: {
    subject: aboutRequest('nobody may attend under it now'),
    body: ['It has ended. Please do not attend. How it stands is on the request’s page.'],
    link: toRequest,
  },
  grant_paused: {
    subject: aboutRequest('it is paused while something is checked'),
    body: ['Please do not attend until you hear that it goes on. How it stands is on the request’s page.'],
    link: toRequest,
  },
  grant_goes_on: {
    subject: aboutRequest('it goes on'),
    body: ['How it stands, and what has still to be in place, is on the request’s page.'],
    link: toRequest,
  },
  lapse_stands: {
    subject: aboutRequest('nobody may attend under it'),
    body: [
      'The entry by which it ended was a mistake, and the register is corrected. By now it has ended for another reason: its dates, or another limit, are over.',
      'Please do not attend. How it ended is on the request’s page. A new request can be made at any time.',
    ],
    link: toRequest,
  },
} satisfies Templates;
