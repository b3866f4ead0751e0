/** Who is told of a correction: need-to-know.md, section 6a. The reference and a link, never a text. */
import {
  conflictsReference,
  correctionsReference,
  hostOf,
  type Notice,
  type Recipient,
  threeOffices,
} from '../core/notices.js';
import { fieldOfOffices, type ConfirmingOffice, type CorrectedKind } from './correction.js';

interface Of {
  readonly about: CorrectedKind;
  readonly field: string;
  readonly reference: string | null;
  readonly councillorId: string;
  readonly hostId: string | null;
}

/** A conflict of interest is told as such, and never of which request. */
const about = (of: Pick<Of, 'about' | 'reference'>): string =>
  of.about === 'conflict' ? conflictsReference : (of.reference ?? correctionsReference);

/** The office of which a second person confirms it. */
export const correctionToConfirm = (
  of: Pick<Of, 'about' | 'reference'>,
  office: ConfirmingOffice,
): Notice => ({
  kind: 'correction_to_confirm',
  reference: about(of),
  to: [{ office }],
  action: 'confirm',
  due: null,
});

/** Who keep the register. */
const keepers: readonly Recipient[] = [{ office: 'democratic_services' }];

/** Those who read the original. */
const concerned = (of: Of): readonly Recipient[] => {
  const own: readonly Recipient[] = of.councillorId === '' ? [] : [{ councillorId: of.councillorId }];
  const host = hostOf(of.hostId);
  const told: Readonly<Record<CorrectedKind, readonly Recipient[]>> = {
    decision: [...own, ...threeOffices],
    sign_off: threeOffices,
    request: of.field === fieldOfOffices ? threeOffices : [...own, ...threeOffices],
    // Whether it lay outside what was approved may have changed.
    attendance: [...own, ...host, { office: 'childrens_services' }, { office: 'data_protection' }],
    // A visit may have been without authority.
    condition: [...own, ...host, ...threeOffices, { office: 'data_protection' }],
    // Democratic Services serve the committee, to which the answer may have gone.
    question: [...own, ...host, { office: 'childrens_services' }, { office: 'democratic_services' }],
    conflict: [{ office: 'democratic_services' }, { office: 'monitoring_officer' }],
    councillor: [...own, ...keepers],
    training: [...own, ...keepers],
    appointment: [...own, ...keepers],
  };
  return told[of.about];
};

/** Something on record was corrected, and both versions stand. */
export const corrected = (of: Of): Notice => ({
  kind: 'record_corrected',
  reference: about(of),
  to: concerned(of),
  action: 'read',
  due: null,
});

/** Whose conflict it is learns that what is recorded of it was corrected. */
export const ownConflictCorrected = (personId: string): Notice => ({
  kind: 'record_corrected',
  reference: conflictsReference,
  to: [{ personId }],
  action: 'read',
  due: null,
});

/** Who proposed it learns that it was refused. */
export const correctionRefused = (of: Pick<Of, 'about' | 'reference'>, personId: string): Notice => ({
  kind: 'correction_refused',
  reference: about(of),
  to: [{ personId }],
  action: 'read',
  due: null,
});
