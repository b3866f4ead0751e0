import { holdsOffice } from '../../../policies/people/actor.js';
import type { Visit, VisitCheck } from '../../../policies/visit/visit.js';
import type { Ctx } from '../../case/ctx.js';

/**
 * Whether this person answers a check, where they give any: Legal for the bars of law, the host or Children's Services for
 * the others.
 */
export const answersFor = (
  { actor }: Pick<Ctx, 'actor'>,
  { hostId }: Visit,
  question: VisitCheck,
): boolean => {
  const isHost = hostId === actor.id;
  return question === 'legal_bars'
    ? !isHost && holdsOffice(actor, 'legal')
    : isHost || holdsOffice(actor, 'childrens_services');
};
