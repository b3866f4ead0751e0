/** The observation protocol: published by Democratic Services, accepted by each councillor in office. Source: need-to-know.md, section 6. */
import { command } from '../core/command.js';

export const publish = command({
  name: 'publish',
  on: 'Protocol',
  by: ['democratic_services'],
  keeping: true,
});

export const accept = command({ name: 'accept', on: 'Protocol', by: ['councillor'] });
