import {
  fieldOfOffices,
  isWhole,
  ofKeepers,
  ofOffices,
  ofRegister,
  readBy,
  type CorrectedKind,
  type Counted,
  type OriginalAddress,
} from '../../../policies/correction/correction.js';
import type { View } from '../../../policies/permission/offices/view.js';
import { correctedValue, type CorrectedValue } from '../shapes.js';

/** Who reads a recorded conflict reads all that was corrected of it. */
type Reads = View | 'keeper';

const shownTo: Readonly<Record<Reads, readonly CorrectedKind[]>> = {
  own: readBy.councillor,
  office: [...ofOffices, ...ofRegister],
  data_protection: readBy.data_protection,
  host: readBy.host,
  auditor: ofOffices,
  keeper: ofKeepers,
};

/** The value of a correction; of an attendance, those that change together. */
export const valueOf = (
  values: Readonly<Record<string, unknown>>,
  of: Pick<OriginalAddress, 'kind' | 'field'>,
): CorrectedValue => correctedValue.parse(isWhole(of) ? values : values[of.field]);

/**
 * What was corrected, beside what it corrects, for those who read the original: an auditor learns that there is a
 * correction, and no text. Source: need-to-know.md, sections 5 and 6a.
 */
export const presentCorrections = (view: Reads, corrections: readonly Counted[]) =>
  corrections
    .filter(
      ({ kind, field }) =>
        shownTo[view].includes(kind) && (field !== fieldOfOffices || view === 'office' || view === 'auditor'),
    )
    .map(({ id, kind, of, field, was, corrected, judged, reasons, at, office, name }) => ({
      id,
      of: { kind, id: of, field },
      ...(view === 'auditor'
        ? {}
        : {
            ...(was === null ? {} : { was: valueOf(was, { kind, field }) }),
            corrected: valueOf(corrected, { kind, field }),
            reasons,
          }),
      // Which limit did not hold may be a party's word: the councillor learns what happened, not why.
      ...(judged === null || view === 'own'
        ? {}
        : { judged: { outside: judged.outside, before: judged.before.outside } }),
      at,
      // As of the decision itself, the councillor and Data Protection learn the office.
      by: { office, ...(['office', 'auditor', 'keeper'].includes(view) ? { name } : {}) },
    }));
