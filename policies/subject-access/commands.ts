/**
 * Gives councillors the data that the council holds on them. Source: UK GDPR, Article 15; need-to-know.md, section 5.
 */
import { command } from '../command/command.js';

export const give = command({
  name: 'give',
  on: 'SubjectAccess',
  by: ['data_protection', 'democratic_services'],
  keeping: true,
});
