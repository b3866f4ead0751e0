import type { OfficeRules } from '../actions.js';
import { ofKeepers, ofRegister } from '../../correction/correction.js';

/**
 * Democratic Services read everything but the case, and also the register, the trail, and what was disclosed to a
 * councillor. Source: need-to-know.md, sections 5 and 8.
 */
export const democraticServices: OfficeRules = ({ can }, actor) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident', 'Councillor', 'Trail']);
  can('read_reasons', 'Trail');
  can('search', 'Disclosures', { by: 'councillor' });
  can('read', ['Hold', 'Retention', 'Disposal', 'Redaction']);
  can('read', ['Operations', 'SetUp', 'Leavers']);
  // They keep the list.
  can('read', ['RecordedConflict', 'AuditRequirement']);
  can('create', 'Preview');
  can('read', 'Person', { councillor: true });
  can('read', 'Token', { personId: actor.id });
  can('read', 'Correction', { about: { $in: [...ofKeepers, ...ofRegister] } });
};
