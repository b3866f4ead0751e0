import type { OfficeRules } from '../actions.js';

/**
 * Data Protection read requests and what was decided, not the discussion and not privileged advice, and what was
 * disclosed. Source: need-to-know.md, sections 5 and 8.
 */
export const dataProtection: OfficeRules = ({ can }) => {
  can('read', 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can('search', 'Disclosures');
  can('read', ['Hold', 'Retention', 'Disposal']);
};
