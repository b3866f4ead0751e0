import type { OfficeRules } from '../actions.js';

/**
 * Data Protection read requests and what was decided, not the discussion and not privileged advice.
 * Source: need-to-know.md, section 5.
 */
export const dataProtection: OfficeRules = ({ can }) => {
  can('read', 'Request', { submitted: true });
  can('read', 'Grant');
};
