/** Who gets which notice about papers: need-to-know.md, section 8. */
import type { Notice } from '../core/notices.js';

/** The councillor finds the draft that a wish for papers has opened. */
export const papersOpened = (reference: string, councillorId: string): Notice => ({
  kind: 'papers_opened',
  reference,
  to: [{ councillorId }],
  action: 'hand_in',
  due: null,
  acknowledges: true,
});

/** Children's Services release the papers to which there is a right; the councillor learns by when. */
export const papersDue = (reference: string, councillorId: string, due: string | null): Notice[] => [
  { kind: 'papers_due', reference, to: [{ office: 'childrens_services' }], action: 'release', due },
  { kind: 'papers_due', reference, to: [{ councillorId }], action: 'read', due },
];

export const papersReleased = (reference: string, councillorId: string): Notice => ({
  kind: 'papers_released',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due: null,
});
