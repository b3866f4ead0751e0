/** The observation protocol: published by Democratic Services, accepted by each councillor in office. Source: need-to-know.md, section 6. */
import { command } from '../command/command.js';

export const publish = command({
  name: 'publish',
  on: 'Protocol',
  by: ['democratic_services'],
  keeping: true,
});

/** Accepted while it is in force: the version that is sent is held against it. */
export const accept = command({
  name: 'accept',
  on: 'Protocol',
  by: ['councillor'],
  closedBy: [
    {
      rule: 'protocol_in_force',
      when: ({ inForceFrom }, { now }) => inForceFrom !== undefined && inForceFrom > now,
    },
  ],
  hinders: [
    {
      rule: 'protocol_in_force',
      when: (_protocol, { accepted, inForce }) =>
        accepted !== undefined && inForce !== undefined && accepted !== inForce,
    },
  ],
});
