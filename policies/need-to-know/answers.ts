/** The shape of an answer, and whether the type calls for its items. */
import { z } from 'zod';
import { observationType, type ObservationTypeKey } from '../core/observation-types.js';
import type { FieldError } from '../core/refusals.js';
import { hasForbiddenCharacters } from '../core/words/text.js';
import { lawfulBasisSchema, type LawfulBasis } from './lawful-basis.js';
import { question, questions, type Question, type QuestionKey } from './questions.js';

export interface Bar {
  readonly bar: string;
  readonly lawfulRoute?: string | undefined;
}
export type AnswerValue = string | Readonly<Record<string, string>> | readonly Bar[];
export type AnswerReason = string | Readonly<Record<string, string>>;

/** An answer to each of several items. */
export const isByItem = (answer: AnswerValue): answer is Readonly<Record<string, string>> =>
  typeof answer === 'object' && !isBars(answer);

/** An answer that names any number of things that stand in the way. */
export const isBars = (answer: AnswerValue): answer is readonly Bar[] => Array.isArray(answer);

export interface Answer {
  readonly answer: AnswerValue;
  readonly reason?: AnswerReason | undefined;
  /** Of `lawful_basis` alone. */
  readonly basis?: LawfulBasis | undefined;
}
export type Answers = Readonly<Partial<Record<QuestionKey, Answer>>>;

/** The longest reason, in characters. */
const longestReason = 4000;

const words = z
  .string()
  .max(longestReason)
  .refine((text) => !hasForbiddenCharacters(text), { params: { kind: 'unstorable' } });

const allItems = (asked: Question): readonly string[] =>
  asked.answers.shape === 'each' ? Object.keys(asked.answers.itemSays) : [];

/** `LegalBarsAnswer`: the name of a question's answer in the published contract. */
export const answerName = (key: QuestionKey): string =>
  `${key.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Answer`;

const valueSchema = (asked: Question): z.ZodType<AnswerValue> => {
  const { answers } = asked;
  switch (answers.shape) {
    case 'one':
      return z.enum(Object.keys(answers.values));
    case 'any':
      return z
        .array(
          z
            .strictObject({
              bar: z.enum(Object.keys(answers.values)),
              lawfulRoute: words.optional(),
            })
            .meta({ id: 'LegalBarAnswered' }),
        )
        .max(Object.keys(answers.values).length)
        .refine((bars) => new Set(bars.map(({ bar }) => bar)).size === bars.length, 'Select each bar once');
    case 'each':
      return z
        .strictObject(
          Object.fromEntries(
            allItems(asked).map((item) => [item, z.enum(Object.keys(answers.values(item))).exactOptional()]),
          ),
        )
        .meta({ id: `${answerName(asked.key)}Items` });
  }
};

const reasonSchema = (asked: Question): z.ZodType<AnswerReason> =>
  asked.answers.shape === 'each'
    ? z.union([
        words,
        z
          .strictObject(Object.fromEntries(allItems(asked).map((item) => [item, words.exactOptional()])))
          .meta({ id: `${answerName(asked.key)}Reasons` }),
      ])
    : words;

/** What every answer has; that about the lawful basis has its coded fields besides. */
type OfEach = z.ZodObject<
  { readonly answer: z.ZodType<AnswerValue>; readonly reason: z.ZodOptional<z.ZodType<AnswerReason>> },
  z.core.$strict
>;

const schemaOf = (asked: Question): OfEach => {
  const parts = { answer: valueSchema(asked), reason: reasonSchema(asked).optional() };
  return asked.key === 'lawful_basis'
    ? z.strictObject({ ...parts, basis: lawfulBasisSchema.optional() })
    : z.strictObject(parts);
};

const schemas = new Map(
  questions.map((asked) => [asked.key, schemaOf(asked).meta({ id: answerName(asked.key) })]),
);

/** The zod schema of one question's `{ answer, reason? }`. */
export const answerSchema = (key: QuestionKey): ReturnType<typeof schemaOf> => {
  const schema = schemas.get(key);
  if (!schema) throw new Error(`No question ${key}`);
  return schema;
};

/** The zod schema of `answers`: question key to `{ answer, reason? }`, each optional. */
export const answersSchema: z.ZodType<Answers> = z
  .strictObject(Object.fromEntries(questions.map(({ key }) => [key, answerSchema(key).exactOptional()])))
  .meta({ id: 'Answers' });

/**
 * The items of an answer that the type does not call for. An agreement of a party who need not be asked would look
 * like a safeguard without being one, so it is refused rather than ignored.
 */
export const foreignItems = (
  key: QuestionKey,
  type: ObservationTypeKey,
  { answer, reason }: Answer,
  field: string,
): FieldError[] => {
  const { answers } = question(key);
  if (answers.shape !== 'each') return [];
  const called = new Set(answers.items(observationType(type)));
  return [['answer', answer] as const, ['reason', reason] as const].flatMap(([part, given]) =>
    typeof given !== 'object' || Array.isArray(given)
      ? []
      : Object.keys(given)
          .filter((item) => !called.has(item))
          .map((item) => ({
            field: [field, part, item].filter(Boolean).join('.'),
            message: 'This is not asked for that type of observation.',
          })),
  );
};
