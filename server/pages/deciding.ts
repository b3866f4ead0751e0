/** How a request is decided: the host, the discussion, the sign-offs, the decision and its notice. */
import { decidePage } from './deciding/decision.js';
import { discussionPage, meetingPage } from './deciding/discussion.js';
import { hostPage, returnPage } from './deciding/host.js';
import { noticePage } from './deciding/notice.js';
import { signPage, withdrawSignOffPage } from './deciding/signing.js';

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
