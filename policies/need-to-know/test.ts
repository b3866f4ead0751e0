/**
 * The need-to-know test. It never decides for the officers: it makes sure that the right office answers every
 * question with a reason, and it stops what is never allowed.
 * Source: need-to-know.md, section 2. Pure: the same answers at the same time give the same findings.
 */
import { capitalised } from '../core/words/capitalised.js';
import { observationType, type ObservationTypeKey } from '../core/observation-types.js';
import { officeSays } from '../core/office-names.js';
import type { Seat } from '../core/office.js';
import { isBlank } from '../core/words/text.js';
import { previousWorkingDay, type Calendar } from '../core/time/working-days.js';
import { londonDate } from '../core/time/london.js';
import type { RoutedBar } from '../core/observation-types.js';
import type { Answer, AnswerReason, Answers, AnswerValue, Bar } from './answers.js';
import { authorities, authorityKinds, kindOfAuthority, type AuthorityKind } from '../core/authorities.js';
import type { Ground } from '../core/grounds.js';
import {
  question,
  questions,
  type BarMeaning,
  type Circumstances,
  type Meaning,
  type Question,
  type QuestionKey,
} from './questions.js';
import { isBars, isByItem } from './answers.js';
import { blockOf, type Block, type Lifted } from './blocks.js';
import { missingFrom } from './lawful-basis.js';

export type Result = 'blocks' | 'unanswered' | 'needs_reason' | 'satisfied';
export type Outcome = 'established' | 'not_established' | 'incomplete';

export interface Finding {
  readonly question: QuestionKey;
  readonly result: Result;
  /** In words that a councillor can read. */
  readonly explanation: string;
  /** Of a block: what it rests on. One of law comes before one of the council’s own. */
  readonly authority: string;
  /** Whose that authority is. */
  readonly kind: AuthorityKind;
  readonly office: Seat;
  /** The council’s own rules that block, or would but for their lift; absent where there is none. */
  readonly councilRules?: readonly CouncilRule[];
  /** Where the three offices lifted every council rule that would block. */
  readonly lifted?: true;
}

/** A rule of the council’s own that blocks, and whether the three offices lifted it. */
export interface CouncilRule {
  readonly block: Block;
  readonly lifted: boolean;
}

/** What one assessment is made from. */
export interface Assessment {
  readonly observationType: ObservationTypeKey;
  /** 1 to 3. */
  readonly events: number;
  readonly answers: Answers;
  readonly now: Date;
  /** When the event is, where that is known already. */
  readonly eventAt?: Date | undefined;
  readonly calendar: Calendar;
  /** The blocks that the three offices lifted for this version; by default none. */
  readonly lifted?: Lifted;
  /** The bars that the council never lets members observe; left out, none. */
  readonly neverObserved?: readonly RoutedBar[] | undefined;
}

export interface TestResult {
  readonly outcome: Outcome;
  /** Fourteen, in table order. */
  readonly findings: readonly Finding[];
  /** The grounds of all blocks: a refusal must cite at least these. */
  readonly grounds: readonly Ground[];
}

/** The result of one answer, or of one item of it. */
interface Weighed {
  /** The item, or null for an answer without items. */
  readonly item: string | null;
  /** The item, or the answer where it has none. */
  readonly value: string;
  readonly says: string;
  readonly blocks: Ground | null;
  readonly needsReason: boolean;
  /** What it rests on, where that differs from the question. */
  readonly authority?: string;
  /** What the law says by itself, where a rule of the council comes before it: lifting that rule does not lift the law. */
  readonly byLaw?: Weighed;
}

const weigh = (
  item: string | null,
  value: string,
  { says, meaning }: { readonly says: string; readonly meaning: Meaning },
  given: Circumstances,
): Weighed => ({
  item,
  value,
  says,
  blocks: typeof meaning.blocks === 'function' ? meaning.blocks(given) : (meaning.blocks ?? null),
  needsReason:
    typeof meaning.needsReason === 'function' ? meaning.needsReason(given) : (meaning.needsReason ?? false),
  ...(meaning.authority === undefined
    ? {}
    : { authority: typeof meaning.authority === 'function' ? meaning.authority(given) : meaning.authority }),
});

/** Whether the type ends at this bar by any route. */
const endsType = ({ type }: Circumstances, bar: string): boolean =>
  type.barredOutright.some((barred) => barred === bar);

const neverObserves = ({ neverObserved }: Circumstances, bar: string): boolean =>
  neverObserved.some((never) => never === bar);

/**
 * One bar. What the council never lets members observe is a rule of its own, and says so; a bar of law is open by its
 * lawful route alone; a type that ends at a bar ends by a rule of the council even where the law would allow it.
 */
const weighBar = ({ bar, lawfulRoute }: Bar, meaning: BarMeaning, given: Circumstances): Weighed => {
  const touches = `What will be observed touches ${meaning.says}`;
  const weighed = weigh(bar, bar, { says: touches, meaning }, given);
  if (neverObserves(given, bar)) {
    return {
      ...weighed,
      says: `${touches}, and the council serves this another way`,
      blocks: 'council_rule',
      authority: authorities.barNeverObserved,
      byLaw: routed(weighed, { bar, lawfulRoute }, meaning, given),
    };
  }
  return routed(weighed, { bar, lawfulRoute }, meaning, given);
};

/** A bar with its lawful route, where there is one. */
const routed = (
  weighed: Weighed,
  { bar, lawfulRoute }: Bar,
  meaning: BarMeaning,
  given: Circumstances,
): Weighed => {
  if (meaning.route === null || isBlank(lawfulRoute ?? '')) return weighed;
  const touches = weighed.says;
  const says = `${touches}, and there is a lawful route`;
  return endsType(given, bar)
    ? {
        ...weighed,
        says: `${says}, but this type of observation ends there`,
        blocks: 'council_rule',
        authority: authorities.journeyEnds,
      }
    : { ...weighed, says, blocks: null };
};

interface Read {
  readonly weighed: readonly Weighed[];
  /** The items that the type calls for and the answer leaves out, in words. */
  readonly missing: readonly string[];
}

/** The meaning of a value, if it is one of ours: a property inherited from Object does not count. */
const known = <T>(values: Readonly<Record<string, T>>, value: string): T | undefined =>
  Object.hasOwn(values, value) ? values[value] : undefined;

const read = ({ answers }: Question, answer: AnswerValue, given: Circumstances): Read => {
  switch (answers.shape) {
    case 'one': {
      const meaning = typeof answer === 'string' ? known(answers.values, answer) : undefined;
      return meaning && typeof answer === 'string'
        ? { weighed: [weigh(null, answer, { says: meaning.says, meaning }, given)], missing: [] }
        : { weighed: [], missing: ['an answer'] };
    }
    case 'any':
      return {
        weighed: (isBars(answer) ? answer : []).flatMap((bar) => {
          const meaning = known(answers.values, bar.bar);
          return meaning ? [weighBar(bar, meaning, given)] : [];
        }),
        missing: isBars(answer) && answer.every(({ bar }) => known(answers.values, bar)) ? [] : ['an answer'],
      };
    case 'each': {
      const byItem = isByItem(answer) ? answer : {};
      const items = answers.items(given.type).map((item) => {
        const value = byItem[item];
        const meaning = value === undefined ? undefined : known(answers.values(item), value);
        return { item, says: answers.itemSays[item] ?? item, meaning };
      });
      return {
        weighed: items.flatMap(({ item, says, meaning }) =>
          meaning
            ? [weigh(item, item, { says: `${capitalised(says)} ${meaning.says}`, meaning }, given)]
            : [],
        ),
        missing: items.flatMap(({ says, meaning }) => (meaning ? [] : [says])),
      };
    }
  }
};

/** Whether a written reason is there: for an item its own text, or one text that serves all. */
const hasReason = (reason: AnswerReason | undefined, item: string | null): boolean => {
  if (reason === undefined) return false;
  if (typeof reason === 'string') return !isBlank(reason);
  return item !== null && !isBlank(reason[item] ?? '');
};

const sentence = (parts: readonly string[]) => `${parts.join('. ')}.`;

const privilegeKept = 'Legal’s approval of this type confirms that privilege is kept';

interface Weighing {
  readonly finding: Finding;
  readonly grounds: readonly Ground[];
}

/** Whose rule a block is: a council rule by its ground, and otherwise by what it rests on. */
const kindOfBlock = ({ authority }: Question, { blocks, authority: own }: Weighed): AuthorityKind =>
  blocks === 'council_rule' ? 'council' : kindOfAuthority(own ?? authority);

/** Whether something blocks that no office may lift. */
const isOfLaw = (asked: Question, weighed: Weighed): boolean =>
  weighed.blocks !== null && kindOfBlock(asked, weighed) !== 'council';

const liftedWords =
  'The three offices lifted this rule of the council’s own for this version, for exceptional reasons';

/** Each block by itself: behind one by a rule of the council’s own may stand another of the same kind. */
const eachBlock = (asked: Question, weighed: readonly Weighed[]): readonly Weighed[] =>
  weighed.flatMap((each) => {
    if (each.blocks === null) return [];
    const { byLaw } = each;
    return [each, ...(byLaw?.blocks != null && !isOfLaw(asked, byLaw) ? [byLaw] : [])];
  });

/** What an answer rests on that does not block: the authority of its items where they share one, or the question's. */
const restsOn = ({ authority }: Question, weighed: readonly Weighed[]): string => {
  const [only, ...others] = new Set(weighed.map((each) => each.authority ?? authority));
  return only !== undefined && others.length === 0 ? only : authority;
};

const find = (
  asked: Question,
  given: Circumstances,
  answer: Answer | undefined,
  liftedHere: readonly Block[] = [],
): Weighing => {
  const { weighed, missing } = answer ? read(asked, answer.answer, given) : { weighed: [], missing: [] };
  const authority = restsOn(asked, weighed);
  const blocks = eachBlock(asked, weighed);
  const ofCouncil = blocks.filter((each) => kindOfBlock(asked, each) === 'council');
  const nameOf = (each: Weighed): Block => blockOf(each.value, each.authority ?? asked.authority);
  const isLifted = (each: Weighed): boolean => ofCouncil.includes(each) && liftedHere.includes(nameOf(each));
  const base = {
    question: asked.key,
    authority,
    kind: kindOfAuthority(authority),
    office: asked.office,
    ...(ofCouncil.length > 0 && {
      councilRules: ofCouncil.map((each) => ({ block: nameOf(each), lifted: isLifted(each) })),
    }),
  };
  const waiting = (text: string): Weighing => ({
    finding: { ...base, result: 'unanswered', explanation: text },
    grounds: [],
  });
  const who = officeSays[asked.office];
  if (!answer) return waiting(`${who} have still to answer: ${asked.asks}`);

  const blocking = blocks.flatMap((each) => {
    if (!isLifted(each)) return [each];
    return each.byLaw && isOfLaw(asked, each.byLaw) ? [each.byLaw] : [];
  });
  const lifted = blocks.length > 0 && blocking.length === 0;
  const liftedToo = lifted ? { lifted: true as const } : {};
  if (blocking.length > 0) {
    const says = [
      ...blocking.map((each) => each.says),
      'The need to know is not established while this stands',
    ];
    const [weightiest] = blocking.toSorted(
      (a, b) => authorityKinds.indexOf(kindOfBlock(asked, a)) - authorityKinds.indexOf(kindOfBlock(asked, b)),
    );
    return {
      finding: {
        ...base,
        ...(weightiest && {
          authority: weightiest.authority ?? asked.authority,
          kind: kindOfBlock(asked, weightiest),
        }),
        result: 'blocks',
        explanation: sentence(says),
      },
      grounds: blocking.flatMap((each) => (each.blocks ? [each.blocks] : [])),
    };
  }
  if (missing.length > 0) return waiting(`${who} have still to answer for ${missing.join(', ')}.`);

  const lacking = weighed.filter(({ item, needsReason }) => needsReason && !hasReason(answer.reason, item));
  if (lacking.length > 0) {
    const says = [...lacking.map((each) => each.says), `${who} have still to write down the reason`];
    return {
      finding: { ...base, ...liftedToo, result: 'needs_reason', explanation: sentence(says) },
      grounds: [],
    };
  }
  const unnamed = answer.basis === undefined ? [] : missingFrom(answer.basis);
  if (unnamed.length > 0) {
    const says = [...weighed.map((each) => each.says), `${who} have still to name ${unnamed.join(', ')}`];
    return { finding: { ...base, result: 'needs_reason', explanation: sentence(says) }, grounds: [] };
  }
  const says = [
    ...(weighed.length > 0 ? weighed.map((each) => each.says) : ['Nothing of the kind is concerned']),
    ...(lifted ? [liftedWords] : []),
  ];
  const all =
    asked.key === 'legal_bars' && given.type.key === 'legal_gatekeeping' ? [...says, privilegeKept] : says;
  return {
    finding: { ...base, ...liftedToo, result: 'satisfied', explanation: sentence(all) },
    grounds: [],
  };
};

/**
 * Whether it is one working day before the event, or later: from the start of the last working day
 * before the day of the event (need-to-know.md, section 2, `connection`).
 */
export const isNear = (calendar: Calendar, now: Date, eventAt: Date | undefined): boolean =>
  eventAt !== undefined && londonDate(now) >= previousWorkingDay(calendar, londonDate(eventAt));

/** The result of one answer on its own, when a question is asked again for one event. */
export const findingOf = (
  key: QuestionKey,
  answer: Answer | undefined,
  {
    observationType: type,
    now,
    eventAt,
    calendar,
    neverObserved = [],
    lifted = {},
  }: Omit<Assessment, 'answers' | 'events'>,
): Finding =>
  find(
    question(key),
    {
      type: observationType(type),
      events: 1,
      eventIsNear: isNear(calendar, now, eventAt),
      neverObserved,
      isCoopted: false,
    },
    answer,
    lifted[key],
  ).finding;

const outcomeOf = (findings: readonly Finding[]): Outcome => {
  if (findings.some(({ result }) => result === 'blocks')) return 'not_established';
  return findings.every(({ result }) => result === 'satisfied') ? 'established' : 'incomplete';
};

/**
 * The whole test, explained: `not_established` as soon as one answer blocks, with every block named; else
 * `incomplete` while a question is open or lacks a reason; else `established`.
 */
export const needToKnow = (assessment: Assessment): TestResult => {
  const given: Circumstances = {
    type: observationType(assessment.observationType),
    events: assessment.events,
    eventIsNear: isNear(assessment.calendar, assessment.now, assessment.eventAt),
    neverObserved: assessment.neverObserved ?? [],
    isCoopted: assessment.answers.standing?.answer === 'coopted',
  };
  const { lifted = {} } = assessment;
  const weighings = questions.map((asked) =>
    find(asked, given, assessment.answers[asked.key], lifted[asked.key]),
  );
  const findings = weighings.map(({ finding }) => finding);
  return {
    outcome: outcomeOf(findings),
    findings,
    grounds: [...new Set(weighings.flatMap((weighing) => weighing.grounds))],
  };
};
