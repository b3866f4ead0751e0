import type { OfficeRules } from '../actions.js';

/**
 * Data Protection read requests and what was decided, not the discussion and not privileged advice; they
 * answer for incidents, release or end what one froze, and read what was disclosed.
 * Source: need-to-know.md, sections 5 and 8.
 */
export const dataProtection: OfficeRules = ({ can }) => {
  can('read', 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can(['revoke', 'release'], 'Grant');
  can(['report', 'close'], 'Incident');
  can('search', 'Disclosures');
  can(['read', 'place', 'lift'], 'Hold');
  can('read', 'Retention');
  can(['read', 'confirm', 'withdraw'], 'Disposal');
  can('give', 'SubjectAccess');
};
