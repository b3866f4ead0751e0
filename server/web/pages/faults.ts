/** The errors of a form, at the fields of its page. The words are the API's. */
import type { z } from 'zod';
import { quotedAuthority } from '../../../policies/core/authorities.js';
import { Cautioned, Invalid, type FieldError, type Refusal } from '../../../policies/core/refusals.js';
import { shape } from '../schema/shape.js';

export interface FieldNames {
  /** The field of the page that the page made this field of the body from. */
  readonly named?: (field: string) => string;
}

const placed =
  ({ named = (field) => field }: FieldNames) =>
  ({ field, message }: FieldError): FieldError => ({ field: named(field), message });

/** Two fields of the body may be one field on the page: show the same error once. */
const onceEach = (errors: readonly FieldError[]): FieldError[] => [
  ...new Map(errors.map((error) => [`${error.field}\n${error.message}`, error])).values(),
];

/**
 * Validates the body of a form against the API's schema, while the page still knows which of its fields
 * each part came from.
 * @throws Invalid, naming the page's fields
 */
export const validate = (schema: z.ZodType, sent: object, names: FieldNames = {}): object => {
  const { errors } = shape(schema, sent);
  if (errors.length > 0) throw new Invalid(onceEach(errors.map(placed(names))));
  return sent;
};

const byRule = ({ rule, authority, kind }: Refusal) =>
  rule !== undefined && authority !== undefined && kind !== undefined ? { rule, authority, kind } : undefined;

/** A refusal in words, with the authority it rests on, and whose that is. */
export const explained = ({ message, authority }: Refusal): string =>
  authority ? `${message} (${quotedAuthority(authority)})` : message;

/**
 * Runs a use case and shows its refusal as errors of the form: first the fields at fault, then the rule with
 * its authority. A refusal for lack of authority has a page of its own and passes through.
 */
export const asFormErrors = async <T>(act: () => Promise<T>, names: FieldNames = {}): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Cautioned) throw names.named ? error.at(names.named) : error;
    if (!(error instanceof Invalid)) throw error;
    const errors = onceEach(error.errors.map(placed(names)));
    const rule = error.authority ? [{ field: '', message: explained(error) }] : [];
    throw new Invalid([...errors, ...rule], byRule(error));
  }
};
