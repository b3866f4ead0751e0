import {
  fieldOfOffices,
  ofRequests,
  readBy,
  type CorrectedKind,
  type Counted,
} from '../../../policies/correction/correction.js';
import type { View } from '../../../policies/permission/offices/view.js';
import { correctedValue, type CorrectedValue } from '../shapes.js';

const shownTo: Readonly<Record<View, readonly CorrectedKind[]>> = {
  own: readBy.councillor,
  office: ofRequests,
  data_protection: readBy.data_protection,
  host: readBy.host,
  auditor: ofRequests,
};

/** The value of a correction. */
export const valueOf = (values: Readonly<Record<string, unknown>>, field: string): CorrectedValue =>
  correctedValue.parse(values[field]);

/**
 * What was corrected, beside what it corrects, for those who read the original: an auditor learns that there is a
 * correction, and no text. Source: need-to-know.md, sections 5 and 6a.
 */
export const presentCorrections = (view: View, corrections: readonly Counted[]) =>
  corrections
    .filter(
      ({ kind, field }) =>
        shownTo[view].includes(kind) && (field !== fieldOfOffices || view === 'office' || view === 'auditor'),
    )
    .map(({ id, kind, of, field, was, corrected, reasons, at, office, name }) => ({
      id,
      of: { kind, id: of, field },
      ...(view === 'auditor'
        ? {}
        : {
            ...(was === null ? {} : { was: valueOf(was, field) }),
            corrected: valueOf(corrected, field),
            reasons,
          }),
      at,
      // As of the decision itself, the councillor and Data Protection learn the office.
      by: { office, ...(view === 'office' || view === 'auditor' ? { name } : {}) },
    }));
