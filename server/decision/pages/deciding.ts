/** How a request is decided: the host, the discussion, the sign-offs, the decision and its notice. */
import { decidePage } from './decision.js';
import { discussionPage, meetingPage } from './discussion.js';
import { hostPage, returnPage } from '../../request/pages/host.js';
import { noticePage } from './notice.js';
import { signPage, withdrawSignOffPage } from './signing.js';

export const decidingPages = [
  discussionPage,
  meetingPage,
  signPage,
  withdrawSignOffPage,
  decidePage,
  returnPage,
  hostPage,
  noticePage,
];
