/** How a request is decided: the discussion, the sign-offs, the decision and its notice. */
import { carryOutPage } from './carrying-out.js';
import { decidePage } from './decision.js';
import { confirmMeetingPage, discussionPage, meetingPage } from './discussion.js';
import { noticePage } from './notice.js';
import { signPage, withdrawSignOffPage } from './signing.js';

export const decidingPages = [
  discussionPage,
  meetingPage,
  confirmMeetingPage,
  signPage,
  withdrawSignOffPage,
  decidePage,
  carryOutPage,
  noticePage,
];
