/**
 * A fair hearing before a refusal that holds something against the councillor: they are told the gist and have five working
 * days to answer, and the clock of the decision stands still meanwhile. Source: need-to-know.md, section 4.
 */
import type { Ground } from '../core/grounds.js';
import { ruleSays } from '../core/rules.js';
import { deadline, isOverdue, type Deadline } from '../core/time/deadlines.js';
import { atLondonTime } from '../core/time/london.js';
import { inDays } from '../core/words/in-days.js';
import type { GivenAnswer } from '../need-to-know/given.js';
import type { ObservationRequest } from '../request/request.js';
import { hearingMatters, type Hearing, type HearingMatter } from '../request/reviewed.js';
import type { QuestionKey } from '../need-to-know/questions.js';
import type { Settings } from '../settings/settings.js';

/** What a hearing depends on, of everything on record. */
interface Heard {
  readonly row: Pick<ObservationRequest, 'version' | 'hearing'>;
  readonly assessment: { readonly given: readonly GivenAnswer[] } | null;
  readonly upheldFinding: boolean;
  readonly settings: Settings;
  readonly at: Date;
}

/** Working days from the telling to the end of the time to answer. Not a default: a council may not shorten it. */
const daysToAnswer = 5;

/** Until when the councillor may answer before a refusal, and how that was counted. */
export const timeToAnswer = (settings: Settings, toldAt: Date): Deadline =>
  deadline(settings, 'answer_hearing', toldAt, daysToAnswer, []);

const isAnswered = ({ assessment }: Pick<Heard, 'assessment'>, key: QuestionKey, value: string): boolean =>
  assessment?.given.some(
    ({ question, confirmed, answer }) => question === key && confirmed && answer === value,
  ) ?? false;

/** What the test and the findings hold against the councillor that they must be heard on. */
export const heldAgainst = (file: Pick<Heard, 'assessment' | 'upheldFinding'>): HearingMatter[] => [
  ...(isAnswered(file, 'collateral_purpose', 'yes') ? (['collateral_purpose'] as const) : []),
  ...(isAnswered(file, 'connection', 'personal') ? (['connection'] as const) : []),
  ...(file.upheldFinding ? (['confidentiality_breach'] as const) : []),
];

/** Whether the councillor was told for the current version, and nothing new is held against them since. */
export const isTold = (file: Pick<Heard, 'row' | 'assessment' | 'upheldFinding'>): boolean => {
  const { hearing, version } = file.row;
  return hearing?.version === version && heldAgainst(file).every((each) => hearing.matters.includes(each));
};

/** What a refusal on these grounds rests on that comes after a hearing alone; conduct counts only where it is cited. */
const needsHearing = (file: Heard, cited: readonly Ground[]): HearingMatter[] => {
  const citesPurpose =
    cited.includes('collateral_purpose') && !isAnswered(file, 'collateral_purpose', 'constituent_case');
  return hearingMatters.filter(
    (matter) =>
      (matter === 'collateral_purpose' && citesPurpose) ||
      (heldAgainst(file).includes(matter) && matter !== 'confidentiality_breach') ||
      (matter === 'confidentiality_breach' && cited.includes(matter)),
  );
};

/** Why a refusal is too early: nobody told the councillor of all of it, or they may still answer. Null where it is not. */
export const saysUnheard = (file: Heard, cited: readonly Ground[] = []): string | null => {
  const needed = needsHearing(file, cited);
  if (needed.length === 0) return null;
  const { hearing, version } = file.row;
  if (hearing?.version !== version) return `${ruleSays('hearing')} Tell them the gist first.`;
  if (!needed.every((matter) => hearing.matters.includes(matter)))
    return `${ruleSays('hearing')} Tell them the gist of what is new first.`;
  if (hearing.answeredAt !== null) return null;
  const due = timeToAnswer(file.settings, hearing.toldAt);
  return due.at !== null && !isOverdue(due, file.at)
    ? `${ruleSays('hearing')} They may answer until the end of ${inDays(due.at)}.`
    : null;
};

const earlier = (first: Date | null, second: Date): Date =>
  first !== null && first < second ? first : second;

/**
 * The span in which the clock of the decision stands still: to the answer, to the end of the time for it, or until nothing
 * that they were told of is held against them any more.
 */
export const pauseOf = ({
  toldAt,
  dueOn,
  answeredAt,
  endedAt: ended,
}: Hearing): { readonly from: Date; readonly to: Date } => ({
  from: toldAt,
  // As the last day counts as received on that day, the clock goes on from the next. An answer after it stops nothing more.
  to: earlier(answeredAt, earlier(ended, atLondonTime(dueOn, '17:00'))),
});

/**
 * Whether a hearing has come to nothing: the answers that gave rise to it have changed before the councillor answered. The
 * clock goes on from then. It does not stand still again for the same hearing where an answer changes back.
 */
export const isMoot = (file: Pick<Heard, 'row' | 'assessment' | 'upheldFinding'>): boolean => {
  const { hearing, version } = file.row;
  if (hearing?.version !== version || hearing.answeredAt !== null || hearing.endedAt !== null) return false;
  const held = heldAgainst(file);
  return !hearing.matters.some((matter) => held.includes(matter));
};

interface Pause {
  readonly from: Date;
  readonly to: Date;
}

/** The pauses as they are once whatever goes on of them ends: with an answer, or with a version that nothing is told of. */
export const endedAt = (pauses: readonly Pause[], at: Date): Pause[] =>
  pauses.map(({ from, to }) => ({ from, to: earlier(at, to) }));
