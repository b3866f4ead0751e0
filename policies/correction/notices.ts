/** Who is told of a correction: need-to-know.md, section 6a. The reference and a link, never a text. */
import { correctionsReference, hostOf, type Notice, type Recipient, threeOffices } from '../core/notices.js';
import { fieldOfOffices, type ConfirmingOffice, type CorrectedKind } from './correction.js';

interface Of {
  readonly about: CorrectedKind;
  readonly field: string;
  readonly reference: string | null;
  readonly councillorId: string;
  readonly hostId: string | null;
}

const about = ({ reference }: Pick<Of, 'reference'>): string => reference ?? correctionsReference;

/** The office of which a second person confirms it. */
export const correctionToConfirm = (of: Pick<Of, 'reference'>, office: ConfirmingOffice): Notice => ({
  kind: 'correction_to_confirm',
  reference: about(of),
  to: [{ office }],
  action: 'confirm',
  due: null,
});

/** Those who read the original. */
const concerned = (of: Of): readonly Recipient[] => {
  const own: readonly Recipient[] = of.councillorId === '' ? [] : [{ councillorId: of.councillorId }];
  const told: Readonly<Record<CorrectedKind, readonly Recipient[]>> = {
    decision: [...own, ...threeOffices],
    sign_off: threeOffices,
    request: of.field === fieldOfOffices ? threeOffices : [...own, ...threeOffices],
    // Whether it lay outside what was approved may have changed.
    attendance: [
      ...own,
      ...hostOf(of.hostId),
      { office: 'childrens_services' },
      { office: 'data_protection' },
    ],
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

/** Who proposed it learns that it was refused. */
export const correctionRefused = (of: Pick<Of, 'reference'>, personId: string): Notice => ({
  kind: 'correction_refused',
  reference: about(of),
  to: [{ personId }],
  action: 'read',
  due: null,
});
