import type { z } from 'zod';
import type { FieldError } from '../../../policies/core/refusals.js';
import { faultSays, type DayPart, type Fault } from './fault-words.js';
import { fieldWords } from './field-words.js';
import { something } from './something.js';

type Issue = z.core.$ZodIssue;

/** The faults of `value` against `schema`, or its parsed value. Never repeats the input. */
export const shape = (
  schema: z.ZodType,
  value: unknown,
): { data: unknown; errors: [] } | { data: undefined; errors: FieldError[] } => {
  const result = schema.safeParse(value, { error: () => unworded });
  return result.success
    ? { data: result.data, errors: [] }
    : {
        data: undefined,
        errors: firstOfEach(
          result.error.issues.flatMap((issue) => fieldErrors(issue, [], { schema, value })),
        ),
      };
};

/** Stands for a message wherever a schema has no words of its own: the fault is then worded for its field. */
const unworded = '';

interface Sent {
  readonly schema: z.ZodType;
  readonly value: unknown;
}

const fieldErrors = (issue: Issue, above: readonly PropertyKey[], sent: Sent): FieldError[] => {
  const path = [...above, ...issue.path];
  const faultAt = (at: readonly PropertyKey[], fault: Fault): FieldError => ({
    field: dotted(at),
    message: faultSays(fault, fieldWords(sent.schema, at)),
  });
  // A check of several fields together reports at one of them, which may be empty.
  const ofSeveral = issue.code === 'custom' && issue.message !== unworded;
  if (!ofSeveral && isMissing(sent.value, path)) return [faultAt(path, { kind: 'missing' })];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => faultAt([...path, key], { kind: 'unknown' }));
  }
  if (issue.message !== unworded) {
    const { wrong } = fieldWords(sent.schema, path);
    return [{ field: dotted(path), message: wrong ?? issue.message }];
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of the ways it could have been meant, the one it comes closest to says the most.
    const closest = issue.errors.reduce((best, each) => (distance(each) < distance(best) ? each : best));
    return closest.flatMap((each) => fieldErrors(each, path, sent));
  }
  return [faultAt(path, faultOf(issue, sent.value, path))];
};

/** A wrong tag (`kind`), or another type altogether, outweighs any number of faults further in. */
const distance = (issues: readonly Issue[]): number =>
  issues.reduce((sum, { code, path }) => sum + (code === 'invalid_value' || path.length === 0 ? 100 : 1), 0);

/** Whether nothing at all was sent there; said before any words that the schema has of its own. */
const isMissing = (sent: unknown, path: readonly PropertyKey[]): boolean => at(sent, path) === undefined;

const at = (sent: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    sent,
  );

/** A name as we give them (`article6`), or a place in a list; digits alone could be anybody’s number. */
const ours = /^(?:[A-Za-z_][A-Za-z_-]{0,63}\d{0,2}|\d{1,3})$/;

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

const originOf = (origin: string): 'characters' | 'items' | 'number' =>
  origin === 'string' ? 'characters' : origin === 'array' || origin === 'set' ? 'items' : 'number';

/** Which part of a day is at fault, where that can be told: a form leaves it empty, or has `?` in its place. */
const dayFault = (value: unknown): Fault => {
  const [, year, month, day] =
    /^(\d{4}|\?|)-(\d{2}|\?|)-(\d{2}|\?|)$/.exec(typeof value === 'string' ? value : '') ?? [];
  const parts: Readonly<Record<DayPart, string | undefined>> = { day, month, year };
  const those = (mark: string) => dayParts.filter((part) => parts[part] === mark);
  return { kind: 'day', missing: those(''), unread: those('?') };
};
const dayParts: readonly DayPart[] = ['day', 'month', 'year'];

/** A schema's faults, as data. */
const faultOf = (issue: Issue, sent: unknown, path: readonly PropertyKey[]): Fault => {
  switch (issue.code) {
    case 'invalid_type':
      return {
        kind: 'type',
        expected: String(issue.expected),
        twice: issue.expected === 'string' && Array.isArray(at(sent, path)),
      };
    case 'invalid_value':
      return {
        kind: 'choice',
        options: issue.values.filter((value) => typeof value !== 'symbol').map(String),
      };
    case 'invalid_format':
      // Blanks alone are as good as nothing.
      if (issue.pattern === String(something)) return { kind: 'missing' };
      return issue.format === 'date' ? dayFault(at(sent, path)) : { kind: 'format', format: issue.format };
    case 'too_small':
      return { kind: 'least', of: originOf(issue.origin), limit: Number(issue.minimum) };
    case 'too_big':
      if (Number(issue.maximum) >= Number.MAX_SAFE_INTEGER) return { kind: 'whole' };
      return { kind: 'most', of: originOf(issue.origin), limit: Number(issue.maximum) };
    case 'not_multiple_of':
      return { kind: 'whole' };
    case 'invalid_union': {
      const { options } = issue as { options?: readonly unknown[] };
      return options ? { kind: 'choice', options: options.map(String) } : { kind: 'form' };
    }
    case 'custom':
      return { kind: kindOf(issue.params) ?? 'form' };
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    default:
      return { kind: 'form' };
  }
};

const kinds = ['unstorable', 'years', 'accents'] as const;

const kindOf = (params: Readonly<Record<string, unknown>> | undefined): (typeof kinds)[number] | undefined =>
  kinds.find((kind) => kind === params?.['kind']);
