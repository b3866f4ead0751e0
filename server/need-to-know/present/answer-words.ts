/** Answers of the test, proposals of the register and the councillor's own statements, in words. */
import { capitalised } from '../../../policies/core/words/capitalised.js';
import type { Answer, AnswerValue } from '../../../policies/need-to-know/answers.js';
import type { LawfulBasis } from '../../../policies/need-to-know/lawful-basis.js';
import {
  meaningSays,
  question,
  type Meaning,
  type QuestionKey,
} from '../../../policies/need-to-know/questions.js';
import type { RequestContent } from '../../../policies/request/request.js';
import { inWords } from '../../web/pages/words.js';

/** One thing that an answer says, with the text that belongs to it alone. */
export interface AnswerLine {
  readonly says: string;
  readonly text?: string;
  /** The field of the answer that holds the text. */
  readonly field?: string;
}

export interface AnswerSaid {
  readonly lines: readonly AnswerLine[];
  /** The reason that serves the whole answer. */
  readonly reason?: string;
}

/** The words for no bar at all. */
export const noBar = 'None of these touches what will be observed';

/** Bars in words, without their routes. */
export const barsInWords = (bars: readonly string[]): string[] => {
  const { answers } = question('legal_bars');
  return bars.map((bar) =>
    capitalised((answers.shape === 'any' ? answers.values[bar]?.says : undefined) ?? bar),
  );
};

const linesOf = (
  key: QuestionKey,
  answer: AnswerValue,
  reasons: Readonly<Record<string, string>>,
  of: 'request' | 'visit' = 'request',
) => {
  const said = (meaning: Meaning | undefined, code: string) =>
    meaning ? meaningSays(meaning, of) : inWords(code);
  const { answers } = question(key);
  switch (answers.shape) {
    case 'one':
      return typeof answer === 'string' ? [{ says: said(answers.values[answer], answer) }] : [];
    case 'any': {
      const bars = Array.isArray(answer) ? answer : [];
      if (bars.length === 0) return [{ says: noBar }];
      return bars.map(({ bar, lawfulRoute }, index) => ({
        says: capitalised(answers.values[bar]?.says ?? bar),
        ...(lawfulRoute
          ? { text: `Lawful route: ${lawfulRoute}`, field: `answer.${index}.lawfulRoute` }
          : {}),
      }));
    }
    case 'each':
      return Object.entries(answer as Readonly<Record<string, string>>).map(([item, value]) => ({
        says: `${capitalised(answers.itemSays[item] ?? item)} ${said(answers.values(item)[value], value)}`,
        ...(reasons[item] ? { text: reasons[item], field: `reason.${item}` } : {}),
      }));
  }
};

const basisInWords = (basis: LawfulBasis): AnswerLine[] => [
  ...(basis.article6 === undefined ? [] : [{ says: `Article ${basis.article6} UK GDPR` }]),
  ...(basis.article9 === undefined ? [] : [{ says: `Article ${basis.article9} UK GDPR` }]),
  ...(basis.schedule1 === undefined
    ? []
    : [{ says: `Data Protection Act 2018, Schedule 1, paragraph ${basis.schedule1}` }]),
  ...(basis.article10 === undefined
    ? []
    : [{ says: `Article 10 UK GDPR, by section 10 and Schedule 1, paragraph ${basis.article10}` }]),
  ...(basis.policyDocument === undefined
    ? []
    : [{ says: 'Appropriate policy document', text: basis.policyDocument, field: 'basis.policyDocument' }]),
];

/** An answer in words, with its reasons. */
export const answerInWords = (
  key: QuestionKey,
  { answer, reason, basis }: Answer,
  of: 'request' | 'visit' = 'request',
): AnswerSaid => ({
  lines: [
    ...linesOf(key, answer, typeof reason === 'object' ? reason : {}, of),
    ...(basis === undefined ? [] : basisInWords(basis)),
  ],
  ...(typeof reason === 'string' && reason !== '' ? { reason } : {}),
});

const declared = (key: QuestionKey, value: string | undefined): string | undefined =>
  value === undefined ? undefined : linesOf(key, value, {})[0]?.says;

const timesInWords = { 1: 'One event', 2: 'Two events', 3: 'Three events' } as const;

/** The councillor's own statement on a question: a declaration or a part of the request, by the question. */
export const statedOn = (key: QuestionKey, content: RequestContent): string | undefined => {
  switch (key) {
    case 'role':
      return content.role && inWords(content.role.kind);
    case 'authority':
      return [declared('authority', content.authority?.kind), content.authority?.citation]
        .filter(Boolean)
        .join(': ');
    case 'necessity':
      return content.necessity;
    case 'scope':
      return timesInWords[(content.events ?? 1) as keyof typeof timesInWords];
    case 'alternatives':
      return content.alternatives;
    case 'collateral_purpose':
      return (
        [declared(key, content.declarations?.collateralPurpose), content.declarations?.onBehalfOf]
          .filter(Boolean)
          .join(': ') || undefined
      );
    case 'connection':
      return declared(key, content.declarations?.connection);
    case 'documents':
      return declared(key, content.declarations?.documents);
    case 'standing':
    case 'legal_bars':
    case 'proportionality':
    case 'agreements':
    case 'lawful_basis':
    case 'prerequisites':
      return undefined;
  }
};
