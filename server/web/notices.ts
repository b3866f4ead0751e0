import { noticeRenderer, type RenderNotice } from '../../emails/courier/render.js';
import { linksOf } from '../case/links.js';
import { paths } from './paths.js';

/** In the form that goes beside the council's name. */
export const serviceName = 'Observe work with children';

/** How this service words its mail: the courier sends it so, and the mailbox page shows it so. */
export const noticesOf = ({
  sessionSecret,
  ...given
}: {
  readonly baseUrl: URL;
  readonly councilName: string;
  /** Makes the links to set a password. */
  readonly sessionSecret: string;
}): RenderNotice =>
  noticeRenderer({ ...given, serviceName, pages: paths, tokenOf: linksOf(sessionSecret).tokenOf });
