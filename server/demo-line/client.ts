import { demoPassword, emailOf, type Login } from '../../db/demo/accounts.js';

/** A step that the service refused or did not answer: which one, and the problem as it came. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  constructor(
    readonly step: string,
    readonly says: string,
  ) {
    super(`${step}: ${says}`);
  }
}

/** Somebody of the demonstration, signed in over HTTP. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly councillorId?: string;
  /**
   * Makes one call.
   * @param step the step in words: an error names it
   * @throws StepFailed if the answer is anything but a success
   */
  readonly call: <Answer>(step: string, method: string, path: string, body?: object) => Promise<Answer>;
}

const send = async (step: string, address: URL, init: RequestInit): Promise<Response> => {
  let response: Response;
  try {
    response = await fetch(address, { ...init, redirect: 'error', signal: AbortSignal.timeout(30_000) });
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code ?? (error as Error).message;
    throw new StepFailed(
      step,
      `no service answers at ${address.origin} (${cause}). Start it with \`npm start\`.`,
    );
  }
  if (!response.ok) {
    const type = response.headers.get('content-type') ?? 'no content';
    const text = await response.text();
    throw new StepFailed(step, `the service answered ${response.status} (${type})\n${readable(text)}`);
  }
  return response;
};

/** The problem, indented; text that is no JSON as it is, cut off. */
const readable = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text.slice(0, 500);
  }
};

const headers = (cookie: string | null, body: object | undefined): Record<string, string> => ({
  accept: 'application/json, application/problem+json',
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(cookie === null ? {} : { cookie }),
});

/** Signs one account of the demonstration in, and keeps its cookie. */
export const signIn = async (service: URL, login: Login): Promise<Person> => {
  const body = { email: emailOf(login), password: demoPassword };
  const step = `${login} signs in`;
  const response = await send(step, new URL('/api/session', service), {
    method: 'POST',
    headers: headers(null, body),
    body: JSON.stringify(body),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  if (cookie === '') throw new StepFailed(step, 'the answer sets no cookie.');
  const me = (await response.json()) as Omit<Person, 'call'>;
  return {
    ...me,
    call: async <Answer>(what: string, method: string, path: string, given?: object): Promise<Answer> => {
      const answer = await send(what, new URL(path, service), {
        method,
        headers: headers(cookie, given),
        ...(given === undefined ? {} : { body: JSON.stringify(given) }),
      });
      return (await answer.json()) as Answer;
    },
  };
};
