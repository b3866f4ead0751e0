/** A councillor asks: beginning, one question a page, checking and handing in, taking back. */
import { beginPage } from './asking/begin.js';
import { checkPage } from './asking/check.js';
import { stepPage } from './asking/steps/step-page.js';
import { steps } from './asking/steps/steps.js';
import { submittedPage } from './asking/submitted.js';
import { withdrawPage } from './asking/withdraw.js';
import type { AnyPage } from '../../web/pages/page.js';

/** Before the page of one request in the table: `/requests/new` is no reference. */
export const askingPages: readonly AnyPage[] = [
  beginPage,
  ...steps.map(stepPage),
  checkPage,
  submittedPage,
  withdrawPage,
];
