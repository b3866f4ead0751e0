import { noticeRenderer, type RenderNotice } from '../../emails/courier/render.js';
import { paths } from './paths.js';

/** In the form that goes beside the council's name. */
export const serviceName = 'Observe work with children';

/** How this service words its mail: the courier sends it so, and the mailbox page shows it so. */
export const noticesOf = (given: { readonly baseUrl: URL; readonly councilName: string }): RenderNotice =>
  noticeRenderer({ ...given, serviceName, pages: paths });
