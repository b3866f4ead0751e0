/** How people meet the sending again of mail that was given up. */
import { sendAgain } from '../../policies/operations/commands.js';
import { lineTo } from '../case/offered.js';
import { paths } from '../web/paths.js';

/** Each message has its button on the page of the jobs and mail. */
export const sendAgainHere = lineTo(sendAgain, { says: 'Send it again', at: () => paths.operations });
