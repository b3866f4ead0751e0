/** Changes the council's settings. */
import { command } from '../command/command.js';

export const keepSettings = command({
  name: 'keep',
  on: 'Settings',
  by: ['democratic_services'],
  keeping: true,
  hinders: [
    {
      rule: 'settings_changed',
      when: (_settings, { revision, newest }) =>
        revision !== undefined && newest !== undefined && revision !== newest,
    },
  ],
});
