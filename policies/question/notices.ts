/** Who is told of a question after a visit, and of its answer: need-to-know.md, section 8. */
import type { Notice } from '../core/notices.js';

export const questionAsked = (reference: string, ownerId: string, due: string): Notice => ({
  kind: 'question_asked',
  reference,
  to: [{ office: 'childrens_services' }, { hostId: ownerId }],
  action: 'respond',
  due,
});

export const questionAnswered = (reference: string, councillorId: string): Notice => ({
  kind: 'question_answered',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});
