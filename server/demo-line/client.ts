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

/** Where the service listens, and what a proxy before it adds to each call. */
export interface Service {
  readonly address: URL;
  readonly proxied?: Readonly<Record<string, string>>;
}

/** A file that is sent as it is. */
interface SentFile {
  readonly mediaType: string;
  readonly text: string;
}
/** What a call sends: fields as JSON, or a file. */
type Sent = { readonly [field: string]: unknown } | { readonly file: SentFile };

/**
 * Makes one call.
 * @param step the step in words: an error names it
 * @throws StepFailed if the answer is anything but a success
 */
export type Call = <Answer>(step: string, method: string, path: string, body?: Sent) => Promise<Answer>;

/** Somebody who is signed in over HTTP. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly councillorId?: string;
  readonly call: Call;
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

const isFile = (body: Sent): body is { readonly file: SentFile } => 'file' in body;

const written = (body: Sent | undefined): { readonly type?: string; readonly text?: string } => {
  if (body === undefined) return {};
  return isFile(body)
    ? { type: body.file.mediaType, text: body.file.text }
    : { type: 'application/json', text: JSON.stringify(body) };
};

const sentTo = (
  { address, proxied }: Service,
  cookie: string | null,
): ((step: string, method: string, path: string, body?: Sent) => Promise<Response>) => {
  return (step, method, path, body) => {
    const { type, text } = written(body);
    return send(step, new URL(path, address), {
      method,
      headers: {
        accept: 'application/json, application/problem+json',
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(cookie === null ? {} : { cookie }),
        ...proxied,
      },
      ...(text === undefined ? {} : { body: text }),
    });
  };
};

const callerOf = (service: Service, cookie: string | null): Call => {
  const to = sentTo(service, cookie);
  return async <Answer>(step: string, method: string, path: string, body?: Sent): Promise<Answer> => {
    const answer = await to(step, method, path, body);
    return (answer.status === 204 ? {} : await answer.json()) as Answer;
  };
};

/** Somebody who is not signed in. */
interface Visitor {
  readonly call: Call;
  /** Signs in, and keeps the cookie. */
  readonly signIn: (
    step: string,
    login: { readonly email: string; readonly password: string },
  ) => Promise<Person>;
}

export const visitorAt = (service: Service): Visitor => ({
  call: callerOf(service, null),
  signIn: async (step, login) => {
    const response = await sentTo(service, null)(step, 'POST', '/api/session', login);
    const cookie = response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    if (cookie === '') throw new StepFailed(step, 'the answer sets no cookie.');
    const me = (await response.json()) as Omit<Person, 'call'>;
    return { ...me, call: callerOf(service, cookie) };
  },
});

/** Signs one account of the demonstration in. */
export const signIn = (address: URL, login: Login): Promise<Person> =>
  visitorAt({ address }).signIn(`${login} signs in`, { email: emailOf(login), password: demoPassword });
