import type { OfficeRules } from '../actions.js';
import { ofOffices } from '../../correction/correction.js';

/**
 * Children's Services read everything about a submitted request, its case included, and what was disclosed about a
 * case. Their commands are not here: each command says who gives it. Source: need-to-know.md, section 5.
 */
export const childrensServices: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident', 'Redaction']);
  can('search', 'Disclosures');
  can('create', 'Preview');
  // To hand on what they host.
  can('read', 'Leavers');
  can('read', 'Correction', { about: { $in: [...ofOffices] } });
};
