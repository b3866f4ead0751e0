import type { OfficeRules } from '../actions.js';
import { ofKeepers } from '../../correction/correction.js';

/** The Monitoring Officer reads everything but the case once it was submitted. Source: need-to-know.md, section 5. */
export const monitoringOfficer: OfficeRules = ({ can }) => {
  can(['read', 'read_assessment', 'read_discussion', 'read_advice'], 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident']);
  can('read', ['Hold', 'Disposal', 'Redaction']);
  can('create', 'Preview');
  // To confirm an office, and nothing else about people.
  can('read', ['Person', 'OfficeHeld']);
  can('read', ['SetUp', 'Finding', 'RecordedConflict', 'AuditRequirement']);
  can('read', 'Correction', { about: { $in: [...ofKeepers] } });
};
