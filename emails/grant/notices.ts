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
} satisfies Templates;
