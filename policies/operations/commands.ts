/** Sending mail again that was given up. */
import { command } from '../command/command.js';

export const sendAgain = command({
  name: 'send_again',
  on: 'Operations',
  by: ['democratic_services'],
  keeping: true,
});
