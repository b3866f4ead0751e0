/** How people meet the commands on an incident. */
import { report } from '../../policies/incident/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';

/** Reporting what lay outside, from the page of what it is about. */
export const reportHere = (about: { readonly visit: string } | { readonly grant: string }) =>
  offered(report, {
    says: 'Report an incident',
    at: () => `${paths.newIncident}?${new URLSearchParams(about).toString()}`,
    told: () => false,
  });
