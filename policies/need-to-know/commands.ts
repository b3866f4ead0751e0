/** Answering the test. Source: need-to-know.md, section 4. */
import { command } from '../command/command.js';
import type { Seat } from '../core/office.js';

/** Each question has its office, which the caller names. */
export const answer = command({
  name: 'answer',
  on: 'Request',
  by: ['childrens_services', 'democratic_services', 'legal'] satisfies Seat[],
  from: ['submitted'],
});
