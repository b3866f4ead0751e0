/** What is wrong with a form, at the fields of the page that it is on. Its words are the API's. */
import type { z } from 'zod';
import { Invalid, type FieldError, type Refusal } from '../../../policies/core/refusals.js';
import { shape } from '../schema/shape.js';

export interface Telling {
  /** The field of the page that a field of the body was made of. */
  readonly named?: (field: string) => string;
}

const placed =
  ({ named = (field) => field }: Telling) =>
  ({ field, message }: FieldError): FieldError => ({ field: named(field), message });

/** One fault of a field is enough: two fields of the body may be one on the page. */
const onceEach = (errors: readonly FieldError[]): FieldError[] => [
  ...new Map(errors.map((error) => [`${error.field}\n${error.message}`, error])).values(),
];

/**
 * The body of a form, held against the API's schema while the page still knows which of its fields each
 * part was made of.
 * @throws Invalid, naming the page's fields
 */
export const checked = (schema: z.ZodType, sent: object, telling: Telling = {}): object => {
  const { errors } = shape(schema, sent);
  if (errors.length > 0) throw new Invalid(onceEach(errors.map(placed(telling))));
  return sent;
};

const byRule = ({ rule, authority }: Refusal) =>
  rule !== undefined && authority !== undefined ? { rule, authority } : undefined;

/**
 * Tells of a use case's refusal on the page: a rule about what was typed names its fields and then itself,
 * with its authority. What is refused for authority goes its own way, to a page of its own.
 */
export const told = async <T>(act: () => Promise<T>, telling: Telling = {}): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const errors = onceEach(error.errors.map(placed(telling)));
    const rule = error.authority ? [{ field: '', message: `${error.message} (${error.authority})` }] : [];
    throw new Invalid([...errors, ...rule], byRule(error));
  }
};
