/** Keeping the register of members. Source: need-to-know.md, section 6. */
import { command } from '../command/command.js';

export const keepRegister = command({
  name: 'keep',
  on: 'Register',
  by: ['democratic_services'],
  keeping: true,
});
