/** Who must have an app for codes. Source: People, accounts and sign-in, “Ways in”: every office but the councillor’s. */
import type { Office } from '../core/office.js';

/** Whether somebody who holds these offices must have one. */
export const needsCodes = (holdings: readonly { readonly office: Office }[]): boolean =>
  holdings.some(({ office }) => office !== 'councillor');
