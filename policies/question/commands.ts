/** What is asked after a visit, and answered. Source: need-to-know.md, section 6. */
import { command } from '../command/command.js';

export const ask = command({
  name: 'ask',
  on: 'Visit',
  by: ['councillor'],
  closedBy: [{ rule: 'questions_after', when: ({ attendance }) => attendance?.outcome !== 'attended' }],
});

/** An answer belongs to one question of a visit, which says of itself whether it can be answered. */
export const respond = command({
  name: 'respond',
  on: 'Visit',
  by: ['childrens_services'],
  cases: (_visit, given) => (given.question ? [given] : []),
  closedBy: [
    {
      rule: 'question_answered',
      when: (_visit, { question }) => question !== undefined && question.answeredAt !== null,
    },
  ],
});
