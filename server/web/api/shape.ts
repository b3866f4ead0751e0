import type { z } from 'zod';
import type { FieldError } from '../../../policies/core/refusals.js';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/** The faults of `value` against `schema`, or what it parses to. Never repeats what was sent. */
export const shape = (
  schema: z.ZodType,
  value: unknown,
): { data: unknown; errors: [] } | { data: undefined; errors: FieldError[] } => {
  const result = schema.safeParse(value, { error: inPlainWords });
  return result.success
    ? { data: result.data, errors: [] }
    : {
        data: undefined,
        errors: firstOfEach(result.error.issues.flatMap((issue) => fieldErrors(issue, [], value))),
      };
};

const fieldErrors = (issue: Issue, above: readonly PropertyKey[], sent: unknown): FieldError[] => {
  const path = [...above, ...issue.path];
  if (isMissing(sent, path)) return [{ field: dotted(path), message: 'This is missing.' }];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: dotted([...path, key]),
      message: 'This is not a field of this call.',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && issue.message === unionMessage) {
    // Of the ways it could have been meant, the one it comes closest to says the most.
    const closest = issue.errors.reduce((best, each) => (distance(each) < distance(best) ? each : best));
    return closest.flatMap((each) => fieldErrors(each, path, sent));
  }
  return [{ field: dotted(path), message: issue.message }];
};

const unionMessage = 'This is not in a form that can be accepted.';

/** A wrong tag (`kind`), or another type altogether, outweighs any number of faults further in. */
const distance = (issues: readonly Issue[]): number =>
  issues.reduce((sum, { code, path }) => sum + (code === 'invalid_value' || path.length === 0 ? 100 : 1), 0);

/** Whether nothing at all was sent there; said before any words that the schema has of its own. */
const isMissing = (sent: unknown, path: readonly PropertyKey[]): boolean => {
  let value = sent;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return true;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value === undefined;
};

/** A name as we give them, or a place in a list; digits alone could be anybody's number. */
const ours = /^(?:[A-Za-z_][A-Za-z_-]{0,63}|\d{1,3})$/;

/**
 * `window.to`, `events.0.date`. A name that does not look like one of ours may be anything, a child's
 * name too, so it is not repeated: the field then ends where the names stop being ours.
 */
const dotted = (path: readonly PropertyKey[]): string => {
  const foreign = path.findIndex((part) => !ours.test(String(part)));
  return (foreign === -1 ? path : path.slice(0, foreign)).map(String).join('.');
};

/** One message for each field: the first says what to do, and the next often follows from it. */
const firstOfEach = (errors: readonly FieldError[]): FieldError[] =>
  [...new Map(errors.toReversed().map((error) => [error.field, error])).values()].toReversed();

/** Used where a schema has no words of its own. */
const inPlainWords = (issue: RawIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(String(issue.expected), issue.input);
    case 'invalid_value': {
      const values = issue.values.filter((value) => typeof value !== 'symbol').map(String);
      return values.length === 1 ? `This must be ${values[0]}.` : `Choose one of: ${values.join(', ')}.`;
    }
    case 'invalid_format':
      return 'This is not written in the form that is expected.';
    case 'too_small':
      return bound(issue.origin, issue.minimum, 'or more');
    case 'too_big':
      return bound(issue.origin, issue.maximum, 'or fewer');
    case 'not_multiple_of':
      return 'Enter a whole number.';
    case 'invalid_union':
      return discriminated(issue) ?? unionMessage;
    case 'invalid_key':
      return 'This has a name that is not part of this call.';
    case 'unrecognized_keys':
    case 'invalid_element':
    case 'custom':
    default:
      return unionMessage;
  }
};

const discriminated = (issue: RawIssue): string | undefined => {
  const { options } = issue as { options?: readonly unknown[] };
  return options ? `Choose one of: ${options.map(String).join(', ')}.` : undefined;
};

const wrongType = (expected: string, input: unknown): string => {
  if (Array.isArray(input) && expected === 'string') return 'Send this once, as text.';
  switch (expected) {
    case 'string':
      return 'This must be text.';
    case 'number':
      return 'This must be a number.';
    case 'int':
      return 'Enter a whole number.';
    case 'boolean':
      return 'This must be true or false.';
    case 'array':
      return 'This must be a list.';
    case 'object':
    case 'record':
      return 'This must be an object.';
    default:
      return unionMessage;
  }
};

const bound = (origin: string, limit: number | bigint, side: 'or more' | 'or fewer'): string => {
  const figure = limit.toLocaleString('en-GB');
  if (origin === 'string') return `Use ${figure} characters ${side}.`;
  if (origin === 'array' || origin === 'set') return `Give ${figure} ${side}.`;
  return `Enter ${figure} or ${side === 'or more' ? 'more' : 'less'}.`;
};
