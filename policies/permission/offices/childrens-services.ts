import type { OfficeRules } from '../actions.js';

/**
 * Children's Services read everything once it was submitted, the case as well, and what was disclosed about one.
 * What they do stands in the commands. Source: need-to-know.md, section 5.
 */
export const childrensServices: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can('search', 'Disclosures');
  can('create', 'Preview');
};
