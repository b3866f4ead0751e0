/** Recording a finding of a breach of confidentiality. Source: need-to-know.md, section 4, “Conduct”. */
import { command } from '../command/command.js';

export const recordFinding = command({
  name: 'record_finding',
  on: 'Finding',
  by: ['monitoring_officer'],
});
