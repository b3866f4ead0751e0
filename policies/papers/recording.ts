/** What a record of a right, and its confirmation, must hold. Source: need-to-know.md, section 3a. */
import { invalid } from '../core/rules.js';
import type { FieldError } from '../core/refusals.js';
import { londonDate } from '../core/time/london.js';
import { inDays } from '../core/words/in-days.js';
import type { Councillor } from '../register/member.js';
import { rightDue } from '../request/clock.js';
import {
  releasingFindings,
  withholdingFindings,
  type Cites,
  type ClaimableRight,
  type FoundOfPapers,
  type RecordableRight,
  type RightFinding,
} from '../request/statutory-right.js';
import type { Settings } from '../settings/settings.js';
import { holderOn, refuseRight, whyNoRight, whyNotCited, whyNotReleased } from './rights.js';

/** A right as Legal sends it. */
export interface GivenRight {
  readonly right: RecordableRight;
  readonly document?: string | undefined;
  readonly cites?: Cites | undefined;
  readonly due?: string | undefined;
}

/** What it is checked against. */
export interface BeforeRecording {
  readonly councillor: Councillor;
  readonly settings: Settings;
  readonly receivedAt: Date;
  readonly now: Date;
}

const faultsOf = ({ right, document, cites, due }: GivenRight): FieldError[] => {
  if (right === 'none') {
    return due === undefined ? [] : [{ field: 'due', message: 'Where there is no right, nothing is due.' }];
  }
  return [
    ...(document === undefined ? [{ field: 'document', message: 'Describe the document.' }] : []),
    ...(cites === undefined
      ? [{ field: 'cites', message: 'Say which meeting, decision or review the right hangs on.' }]
      : []),
  ];
};

/** @throws Conflict by the rule `statutory_right`, with its authority, where this person cannot have this right */
export const assertRightCanExist = (
  right: ClaimableRight,
  { councillor, settings, now }: Pick<BeforeRecording, 'councillor' | 'settings' | 'now'>,
): void => {
  const reason = whyNoRight(right, holderOn(councillor, londonDate(now), settings.choices.governance));
  if (reason !== null) throw refuseRight(reason);
};

/**
 * Checks a right before it is recorded.
 * @returns the day by which the papers are due; null where there is no right
 * @throws Invalid, naming the field; Conflict by `statutory_right` where such a right cannot exist
 */
export const dueOfRecorded = (given: GivenRight, before: BeforeRecording): string | null => {
  const faults = faultsOf(given);
  if (faults.length > 0) throw invalid('right_reasons', faults);
  const { right, cites, due } = given;
  if (right === 'none' || cites === undefined) return null;
  assertRightCanExist(right, before);
  const [today, received] = [londonDate(before.now), londonDate(before.receivedAt)];
  const reason = whyNotCited(right, cites, { received, today });
  if (reason !== null) throw refuseRight(reason);
  const { at: last } = rightDue(before.settings, { right, cites }, before.receivedAt);
  if (due === undefined) return last;
  if (due < today) {
    throw invalid('nothing_backdated', [{ field: 'due', message: 'Choose today or a later day.' }]);
  }
  if (due > last && due > today) {
    const message = `The papers are due by ${inDays(last)} at the latest.`;
    throw invalid('right_reasons', [{ field: 'due', message }]);
  }
  return due;
};

/** The findings that may be made of papers under a right. */
export const findingsOf = (right: ClaimableRight): readonly RightFinding[] => {
  if (right === 'reg17') return ['not_exempt', ...withholdingFindings];
  const withheld = withholdingFindings.filter((each) => right === 'reg16' || each !== 'political_advice');
  return [...releasingFindings, ...withheld];
};

/** A confirmation as it is sent. */
export interface GivenConfirmation {
  readonly delegation?: string | undefined;
  readonly findings?: readonly FoundOfPapers[] | undefined;
}

const faultsOfFindings = (
  findings: readonly FoundOfPapers[],
  right: RecordableRight,
  papers: readonly string[],
): FieldError[] => {
  const allowed = right === 'none' ? [] : findingsOf(right);
  const found = new Set<string>();
  return findings.flatMap(({ category, finding }, index) => {
    const field = (name: string) => `findings.${index}.${name}`;
    const isTwice = found.has(category);
    found.add(category);
    if (!papers.includes(category)) {
      return [{ field: field('category'), message: 'Choose one of the papers that were asked for.' }];
    }
    if (isTwice) return [{ field: field('category'), message: 'Say once what these papers are.' }];
    return allowed.includes(finding)
      ? []
      : [{ field: field('finding'), message: 'This right knows no such finding.' }];
  });
};

/**
 * Checks a confirmation: the executive's delegate cites the delegation, and each finding is of papers asked for.
 * @param papers the papers that can be named in a release
 * @throws Invalid, naming the field
 */
export const assertConfirmation = (
  { delegation, findings = [] }: GivenConfirmation,
  { right, claimed }: { readonly right: RecordableRight; readonly claimed: ClaimableRight | null },
  papers: readonly string[],
): void => {
  const isDelegated = (right === 'none' ? claimed : right) === 'reg17';
  const faults = [
    ...(isDelegated && delegation === undefined
      ? [{ field: 'delegation', message: 'Cite the delegation by which you decide for the executive.' }]
      : []),
    ...(!isDelegated && delegation !== undefined
      ? [{ field: 'delegation', message: 'Leave the delegation out: the proper officer confirms this.' }]
      : []),
    ...faultsOfFindings(findings, right, papers),
  ];
  if (faults.length > 0) throw invalid('right_reasons', faults);
};

/** The papers asked for that a right releases, by what was found; null where the request names none. */
export const coveredBy = (
  { right, cites }: { readonly right: RecordableRight; readonly cites: Cites | null },
  findings: readonly Pick<FoundOfPapers, 'category' | 'finding'>[],
  asked: readonly string[],
): readonly string[] | null => {
  if (right === 'none' || cites === null || asked.length === 0) return null;
  const findingOf = (category: string) =>
    findings.find((found) => found.category === category)?.finding ?? null;
  return asked.filter(
    (category) => whyNotReleased(right, { category, cites, finding: findingOf(category) }) === null,
  );
};
