import type { OfficeRules } from '../actions.js';
import { fieldOfOffices, readBy } from '../../correction/correction.js';

/**
 * Data Protection read requests and decisions, without the discussion and privileged advice, and all disclosures.
 * Source: need-to-know.md, sections 5 and 8.
 */
export const dataProtection: OfficeRules = ({ can }) => {
  can('read', 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can('search', 'Disclosures');
  can('read', ['Hold', 'Retention', 'Disposal', 'Redaction', 'AccessRequest']);
  can('read_passages', 'AccessRequest');
  can('read', 'Correction', {
    about: { $in: [...readBy.data_protection] },
    field: { $ne: fieldOfOffices },
    status: 'counts',
  });
};
