/** Answering the test. Source: need-to-know.md, section 4. */
import { command } from '../command/command.js';
import { contradiction } from '../register/register.js';
import type { Seat } from '../core/office.js';

/** Each question has its office, which the caller names. */
export const answer = command({
  name: 'answer',
  on: 'Request',
  by: ['childrens_services', 'democratic_services', 'legal'] satisfies Seat[],
  from: ['submitted'],
  hinders: [
    {
      rule: 'register',
      when({ facts }, { answered }) {
        const says = answered ? contradiction(facts, answered.question, answered.answer) : null;
        return says !== null && `${says} Correct the register first.`;
      },
    },
  ],
});
