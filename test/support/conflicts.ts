import type { Account } from './council.js';

/** Reasons that say how it became known, and not what the relation is. */
export const conflictReasons = 'The register of interests shows it, and nobody had declared it.';
export const chiefExecutive = 'Decision of the Chief Executive of 12 January, file CE/7.';

/** The body of a conflict of somebody else, as Democratic Services record it. */
export const conflictOf = (person: Account, kind: string, about: object) => ({
  person: `${person}@council.example`,
  kind,
  ...about,
  reasons: conflictReasons,
  ...(person === 'monitoring.officer' ? { authority: chiefExecutive } : {}),
});
