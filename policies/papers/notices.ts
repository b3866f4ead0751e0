/** Who gets which notice about papers: need-to-know.md, section 8. */
import type { Notice } from '../core/notices.js';
import type { Office } from '../core/office.js';

/** The councillor finds the draft that a wish for papers has opened. */
export const papersOpened = (reference: string, councillorId: string): Notice => ({
  kind: 'papers_opened',
  reference,
  to: [{ councillorId }],
  action: 'hand_in',
  due: null,
  acknowledges: true,
});

/** What Legal recorded about a right waits for another person. */
export const rightToConfirm = (
  reference: string,
  offices: readonly Office[],
  due: string | null,
): Notice => ({
  kind: 'right_to_confirm',
  reference,
  to: offices.map((office) => ({ office })),
  action: 'confirm',
  due,
});

/** The councillor learns that the right they claimed does not exist, and by when to ask for a review. */
export const claimDenied = (reference: string, councillorId: string, due: string | null): Notice => ({
  kind: 'right_denied',
  reference,
  to: [{ councillorId }],
  action: 'read',
  due,
});

/** Democratic Services send the committee the statement of reasons for a refusal under regulation 17. */
export const statementToPrint = (reference: string): Notice => ({
  kind: 'statement_to_print',
  reference,
  to: [{ office: 'democratic_services' }],
  action: 'prepare',
  due: null,
});

export const rightReviewRequested = (reference: string, due: string | null): Notice => ({
  kind: 'right_review_requested',
  reference,
  to: [{ office: 'monitoring_officer' }],
  action: 'review',
  due,
});

/** Where the finding is to be made afresh, Legal makes it. */
export const rightReviewDecided = (
  reference: string,
  councillorId: string,
  outcome: 'upheld' | 'remitted',
): Notice[] => [
  { kind: 'right_review_decided', reference, to: [{ councillorId }], action: 'read', due: null },
  ...(outcome === 'remitted'
    ? [
        {
          kind: 'right_review_decided',
          reference,
          to: [{ office: 'legal' }],
          action: 'answer_and_sign',
          due: null,
        } as const,
      ]
    : []),
];

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
