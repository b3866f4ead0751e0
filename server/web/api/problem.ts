import type { Response } from 'express';
import type { AuthorityKind } from '../../../policies/core/authorities.js';
import { numberOf } from '../../../policies/core/words/number-of.js';
import type { Caution } from '../../../policies/core/words/cautions.js';
import { Cautioned, Invalid, Refusal, type FieldError, type Rule } from '../../../policies/core/refusals.js';
import { longestSession } from '../../../policies/people/session-limits.js';

/** Every kind of problem: its page is `/problems/{name}`. */
export const problems = {
  unreadable: {
    status: 400,
    title: 'This cannot be read',
    explanation: 'What was sent is not JSON in UTF-8, or is not an object.',
  },
  'not-signed-in': {
    status: 401,
    title: 'You are not signed in',
    explanation: `Sign in and try again. You are signed out after at most ${numberOf(longestSession.idleMinutes, 'minute')} without use, and after at most ${numberOf(longestSession.hours, 'hour')} in all.`,
  },
  'sign-in-failed': {
    status: 401,
    title: 'You could not be signed in',
    explanation: 'The e-mail address or the password is not right, or the account is not in use.',
  },
  'code-needed': {
    status: 401,
    title: 'A code is needed as well',
    explanation:
      'The password is right, and this account has an app for codes or a passkey: send the code that the app shows, or a recovery code, or sign in with the passkey.',
  },
  forbidden: {
    status: 403,
    title: 'You may not do this',
    explanation:
      'You may see this, but a rule does not let you do what you asked. The rule is named with it.',
  },
  'not-found': {
    status: 404,
    title: 'Not found',
    explanation: 'It does not exist, or you may not see it. The service does not tell the two apart.',
  },
  'no-such-method': {
    status: 405,
    title: 'This cannot be done here',
    explanation: 'The address exists but does not take this method. The Allow header lists those it takes.',
  },
  conflict: {
    status: 409,
    title: 'This cannot be done now',
    explanation: 'It has changed since you last saw it, it has the wrong status, or a condition is not met.',
  },
  'too-large': {
    status: 413,
    title: 'This is too large',
    explanation: 'More was sent than the service takes in one call.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'This type of content is not accepted',
    explanation: 'The Content-Type is missing or not one that the call takes, or the content is compressed.',
  },
  invalid: {
    status: 422,
    title: 'Some of this cannot be accepted',
    explanation: 'Each fault is listed with the field it is in.',
  },
  caution: {
    status: 422,
    title: 'Look at this again',
    explanation:
      'Some words look like a person’s name, or are words of party or election in a reason. Change them, or send the same body with the kinds in `considered`.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many attempts to sign in',
    explanation: 'There were too many failed attempts to sign in. Wait, and try again.',
  },
  fault: {
    status: 500,
    title: 'Something went wrong',
    explanation: 'This is a fault of the service. Try again later.',
  },
  unavailable: {
    status: 503,
    title: 'The service is not available',
    explanation: 'The service cannot work just now. Nothing was changed. Try again shortly.',
  },
} as const satisfies Record<string, { status: number; title: string; explanation: string }>;

export type ProblemName = keyof typeof problems;

/** The body of a problem (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly cautions?: readonly Caution[];
  readonly rule?: string;
  readonly authority?: string;
  /** Whose the authority is: the law’s, guidance or a partner’s procedure, or the council’s. */
  readonly kind?: AuthorityKind;
  /** The number of the request, as in the header `X-Request-Id` and in the log. */
  readonly instance?: string;
}

/** A call that fails before any rule is checked: unreadable, not signed in, and so on. */
export class ProtocolError extends Error {
  readonly problem: ProblemName;
  readonly headers: Readonly<Record<string, string>>;
  readonly by: Rule | undefined;

  constructor(
    problem: ProblemName,
    detail: string,
    more: { headers?: Record<string, string>; by?: Rule } = {},
  ) {
    super(detail);
    this.name = 'ProtocolError';
    this.problem = problem;
    this.headers = more.headers ?? {};
    this.by = more.by;
  }
}

export const notSignedIn = (): ProtocolError => new ProtocolError('not-signed-in', 'Sign in first.');

export const unavailable = (): ProtocolError =>
  new ProtocolError('unavailable', 'The service cannot do this just now. Try again shortly.', {
    headers: { 'Retry-After': '5' },
  });

export const fault = (): ProtocolError =>
  new ProtocolError('fault', 'The service could not do this. The fault is ours and has been recorded.');

const refusalNames = {
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  422: 'invalid',
} as const satisfies Record<Refusal['status'], ProblemName>;

const nameOf = (refusal: Refusal | ProtocolError): ProblemName => {
  if (refusal instanceof Cautioned) return 'caution';
  return refusal instanceof Refusal ? refusalNames[refusal.status] : refusal.problem;
};

/** The body of a refusal. A 404 never holds more than its four members, whatever was hidden. */
export const problemOf = (refusal: Refusal | ProtocolError): Problem => {
  const name = nameOf(refusal);
  const { status, title } = problems[name];
  const by = refusal instanceof Refusal ? refusal : refusal.by;
  return {
    type: `/problems/${name}`,
    title,
    status,
    detail: refusal.message,
    ...(refusal instanceof Invalid && { errors: refusal.errors }),
    ...(refusal instanceof Cautioned && { cautions: refusal.cautions }),
    ...(status !== 404 && by?.rule !== undefined && { rule: by.rule }),
    ...(status !== 404 && by?.authority !== undefined && { authority: by.authority }),
    ...(status !== 404 && by?.kind !== undefined && { kind: by.kind }),
  };
};

/** The number of the request that is answered. */
export const numberOfRequest = ({ req }: Response): string | undefined =>
  typeof req.id === 'string' ? req.id : undefined;

/** Answers with a problem. */
export const sendProblem = (res: Response, refusal: Refusal | ProtocolError): void => {
  const problem = problemOf(refusal);
  const instance = numberOfRequest(res);
  if (refusal instanceof ProtocolError) res.set(refusal.headers);
  res
    .status(problem.status)
    .set('Cache-Control', 'no-store')
    // Not res.json: it would say application/json, and the charset parameter is not part of this type.
    .setHeader('Content-Type', 'application/problem+json');
  // Hidden and missing are answered alike to the letter: of a 404 the header alone has the number.
  res.end(JSON.stringify(problem.status === 404 ? problem : { ...problem, instance }));
};
