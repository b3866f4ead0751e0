/** Opens a programme, which invites members and approves nobody. Source: need-to-know.md, sections 3 and 6. */
import { command } from '../command/command.js';

export const openProgramme = command({
  name: 'create',
  on: 'Programme',
  by: ['democratic_services'],
  keeping: true,
});
