/**
 * The refusals. A rule that says no throws one of them, with the rule's key and the authority it
 * rests on; one middleware turns them into problem+json or a page. Anything else that is thrown is a
 * fault of ours. No refusal carries the rejected text, but a caution: it marks the words, for the person who wrote them.
 */
import type { AuthorityKind } from './authorities.js';
import type { Caution } from './words/cautions.js';

export interface FieldError {
  /** Path of the field as sent, such as `window.to` or `answers.alternatives.reason`. */
  readonly field: string;
  readonly message: string;
}

/** The fault of a field, where it has one. */
export const faultIf = (isFault: boolean, field: string, message: string): FieldError[] =>
  isFault ? [{ field, message }] : [];

/** A rule that refuses: its key, the authority it rests on, and whose that is. */
export interface Rule {
  readonly rule: string;
  readonly authority: string;
  readonly kind: AuthorityKind;
}

export abstract class Refusal extends Error {
  abstract readonly status: 403 | 404 | 409 | 422;
  readonly rule: string | undefined;
  readonly authority: string | undefined;
  readonly kind: AuthorityKind | undefined;

  /** Without a stack: a refusal is an answer, so nobody needs to know where it was thrown. */
  constructor(detail: string, by?: Rule) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(detail);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = new.target.name;
    this.rule = by?.rule;
    this.authority = by?.authority;
    this.kind = by?.kind;
  }
}

/** The thing does not exist, or the person may not see it: the answer is the same for both. */
export class NotFound extends Refusal {
  override readonly status = 404;
  constructor() {
    super('There is nothing here that you may see.');
  }
}

/** The person may see the thing and may not do this to it. */
export class Forbidden extends Refusal {
  override readonly status = 403;
}

/** The thing has moved on (stale version, wrong status), or a decision's condition is not met. */
export class Conflict extends Refusal {
  override readonly status = 409;
}

/** The input is not acceptable; each fault names its field. */
export class Invalid extends Refusal {
  override readonly status = 422;
  readonly errors: readonly FieldError[];
  constructor(
    errors: readonly FieldError[],
    by?: Rule,
    detail = 'Some of what was sent cannot be accepted.',
  ) {
    super(detail, by);
    this.errors = errors;
  }

  /** The same at other fields. */
  at(named: (field: string) => string): Invalid {
    const { rule, authority, kind } = this;
    const by = rule && authority && kind ? { rule, authority, kind } : undefined;
    return new Invalid(
      this.errors.map((each) => ({ ...each, field: named(each.field) })),
      by,
      this.message,
    );
  }
}

/** The text may be saved once the person has looked at those words again, and has changed them or let them stand. */
export class Cautioned extends Refusal {
  override readonly status = 422;
  readonly cautions: readonly Caution[];
  constructor(cautions: readonly Caution[]) {
    super('Look again at the words that are listed. Change them, or confirm that they stand.');
    this.cautions = cautions;
  }

  /** The same at the fields of a page. */
  at(named: (field: string) => string): Cautioned {
    return new Cautioned(this.cautions.map((each) => ({ ...each, field: named(each.field) })));
  }
}
