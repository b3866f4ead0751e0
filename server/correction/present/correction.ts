import type { CorrectionRow } from '../../../db/correction/corrections.js';
import { valueOf } from './beside.js';
import { isNamedTo } from '../../../policies/correction/correction.js';
import { correctionCommands } from '../../../policies/permission/every-command.js';
import { available } from '../../../policies/permission/permit.js';
import type { Ctx } from '../../case/ctx.js';

/** A correction, as its reader may see it: the councillor and Data Protection see the office, as of the decision itself. */
export const presentCorrection = (
  reader: Pick<Ctx, 'actor' | 'ability'>,
  { of, was, corrected, ...correction }: CorrectionRow,
) => {
  const named = isNamedTo(reader.actor);
  const by = (name: string | null) => (named && name !== null ? { name } : {});
  return {
    id: correction.id,
    of,
    reference: correction.reference,
    status: correction.status,
    ...(was === null ? {} : { was: valueOf(was, of) }),
    corrected: valueOf(corrected, of),
    reasons: correction.reasons,
    at: correction.proposedAt,
    by: { office: correction.office, ...by(correction.proposerName) },
    settled:
      correction.settledAt === null
        ? null
        : { at: correction.settledAt, ...by(correction.settlerName), reasons: correction.settledReasons },
    can: available(correctionCommands, reader, correction, {}),
  };
};
