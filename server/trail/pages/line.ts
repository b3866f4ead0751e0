import type { TrailRow } from '../../../db/audit/search.js';
import { reference } from '../../web/schema/schemas.js';
import { paths } from '../../web/paths.js';
import { presentTrailRow } from '../present.js';
import { decisionInWords, happened, subjectInWords } from '../present/words.js';

/** One entry as people read it, with where its parts lead. */
export const presentLine = (row: TrailRow) => {
  const entry = presentTrailRow(row);
  return {
    ...entry,
    what: happened[entry.type],
    decision: decisionInWords(entry.decision),
    /** Where its proof is, once it has its place in the tree. */
    proof: entry.index === null ? null : paths.trailEntry(entry.index),
    whose:
      entry.actor === 'erased'
        ? null
        : `${paths.trail}?${new URLSearchParams({ actor: entry.actor }).toString()}`,
    about:
      entry.subject !== null && reference.safeParse(entry.subject).success
        ? { text: entry.subject, href: paths.request(entry.subject) }
        : { text: subjectInWords(entry.subject) },
  };
};
