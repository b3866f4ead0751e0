import type { View } from '../../../policies/permission/offices/view.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { paperMoments } from '../../papers/present.js';
import { isDecided } from '../../decision/present/sign-offs.js';
import { reviewMoments } from '../../review/present/review.js';

interface Moment {
  readonly at: Date;
  readonly what: string;
  readonly version: number;
  readonly office?: string;
  readonly outcome?: string;
  readonly questions?: string;
}

/** The version that stood at that time: a draft may have had several. */
const versionAt = (versions: CaseFile['versions'], at: Date): number =>
  versions.filter((each) => each.at <= at).at(-1)?.version ?? 1;

/** The versions that a remittal made, with the same text: nobody edited them. */
const remittedTo = ({ review: { reviews, directions, remittals } }: CaseFile): number[] =>
  [...reviews.filter(({ outcome }) => outcome === 'remitted'), ...directions, ...remittals].map(
    ({ version }) => version + 1,
  );

const ofCouncillor = (
  { row, versions, returns }: CaseFile,
  { withText, unedited }: { readonly withText: boolean; readonly unedited: readonly number[] },
): Moment[] => [
  ...(row.submittedAt
    ? [
        {
          at: row.submittedAt,
          what: 'submitted',
          version: versionAt(
            versions.filter(({ version }) => !unedited.includes(version)),
            row.submittedAt,
          ),
        },
      ]
    : []),
  ...versions
    .filter(
      ({ version, at }) =>
        version > 1 && !unedited.includes(version) && row.submittedAt !== null && at >= row.submittedAt,
    )
    .map(({ version, at }) => ({ at, what: 'edited', version })),
  ...returns.flatMap(({ version, questions, office, returnedAt, resubmittedAt }): Moment[] => [
    { at: returnedAt, what: 'returned', version, office, ...(withText ? { questions } : {}) },
    ...(resubmittedAt ? [{ at: resubmittedAt, what: 'resubmitted', version }] : []),
  ]),
  ...(row.withdrawnAt ? [{ at: row.withdrawnAt, what: 'withdrawn', version: row.version }] : []),
  ...(row.timePassedAt
    ? [{ at: row.timePassedAt, what: 'time_passed', version: versionAt(versions, row.timePassedAt) }]
    : []),
];

/** The seats; the outcome of one that is not decided yet where `undecided` says so. */
const ofSeats = ({ signOffs }: CaseFile, undecided: boolean): Moment[] =>
  signOffs.flatMap((signed): Moment[] => {
    const { at, office, outcome, version, voidedAt, voidedBecause } = signed;
    return [
      {
        at,
        what: office === 'legal' ? 'decided' : 'signed',
        version,
        office,
        ...(undecided || isDecided(signOffs, signed) ? { outcome } : {}),
      },
      ...(voidedAt ? [{ at: voidedAt, what: `sign_off_voided_${voidedBecause}`, version, office }] : []),
    ];
  });

/** The events of a request, oldest first. Only the offices and the auditor see the seats. */
export const presentTimeline = (view: View, file: CaseFile): Moment[] => {
  const { row } = file;
  const seats = ofSeats(file, view !== 'auditor');
  const decision = seats.filter(({ what }) => what === 'decided').map(({ office: _office, ...rest }) => rest);
  return [
    { at: row.createdAt, what: 'drafted', version: 1 },
    ...ofCouncillor(file, {
      withText: view === 'own' || view === 'office' || view === 'data_protection',
      unedited: remittedTo(file),
    }),
    ...(view === 'office' || view === 'auditor' ? seats : decision),
    ...reviewMoments(file),
    ...paperMoments(file),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
};
