/** Keeping the register of members. Source: need-to-know.md, section 6. */
import { command } from '../command/command.js';

export const keepRegister = command({
  name: 'keep',
  on: 'Register',
  by: ['democratic_services'],
  keeping: true,
  hinders: [
    {
      rule: 'member',
      when: (_register, { leaving }) => leaving === 'former' && 'This member is on record as gone already.',
    },
    {
      rule: 'feed',
      when: (_register, { shown, found }) =>
        shown !== undefined &&
        found !== undefined &&
        shown !== found &&
        'The register has changed since you looked. These are the differences now.',
    },
  ],
});
