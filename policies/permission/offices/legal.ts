import type { OfficeRules } from '../actions.js';
import { ofOffices } from '../../correction/correction.js';

/** Legal read everything but the case once it was submitted. Source: need-to-know.md, section 5. */
export const legal: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can('read', ['Hold', 'Disposal', 'Redaction']);
  can('create', 'Preview');
  can('read', 'Correction', { about: { $in: [...ofOffices] } });
};
