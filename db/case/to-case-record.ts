import type { CaseRecord } from '../../policies/case/case-record.js';
import { toGrantRecord } from '../grant/stored-grant.js';
import { toCouncillor } from '../register/councillors.js';
import { grantIn, requestIn, undertakingIn } from './derived-parts.js';
import { storedCase, type StoredCase } from './stored-case.js';

const reviewIn = ({
  decidedBy: _by,
  name,
  capacity: as,
  deputyFor,
  ...said
}: StoredCase['reviews'][number]) => ({
  ...said,
  by: name !== null && as !== null ? { name, capacity: as, deputyFor } : null,
});

/** The record for the rules, made from the stored one. @throws ZodError if the two have drifted apart */
export const toCaseRecord = (stored: unknown): CaseRecord => {
  const row = storedCase.parse(stored);
  return {
    row: requestIn(row),
    versions: row.versions,
    returns: row.returns,
    signOffs: row.sign_offs,
    lifts: row.lifts,
    corrections: row.corrections,
    given: row.given,
    spoken: row.spoken,
    councillor: toCouncillor({ ...row.councillor, undertaking: undertakingIn(row) }),
    protocols: row.protocols,
    programme: row.programme,
    grant: row.grant && toGrantRecord(grantIn(row, row.grant)),
    papers: { linked: row.linked, rights: row.rights, releases: row.releases },
    review: {
      reviews: row.reviews.map(reviewIn),
      named: row.named.map(({ personId: _person, ...named }) => named),
      directions: row.directions,
      remittals: row.remittals.map(({ remittedBy: _by, name, capacity, deputyFor, ...said }) => ({
        ...said,
        by: { name, capacity, deputyFor },
      })),
      hearings: row.hearings,
    },
    time: { acknowledgedAt: row.acknowledged_at, moves: row.moves },
    continuedBy: row.continued_by,
    stageBefore: row.stage_before,
  };
};
