/** The log as a witness asks it: over HTTP, signed in as an auditor, for no longer than one look takes. */
import { z } from 'zod';
import { parseBase64 } from '../../db/audit/log/exact.js';
import type { Hash } from '../../db/audit/log/hash.js';

export interface LogClient {
  /** The signed checkpoint of now. */
  checkpoint(): Promise<string>;
  consistency(from: number, to: number): Promise<readonly Hash[]>;
  signOut(): Promise<void>;
}

/** The log did not answer, or not as it should. Nothing follows from that about the trail. */
export class Unreachable extends Error {}

export interface Login {
  readonly email: string;
  readonly password: string;
}

const patienceMs = 30_000;

const hash = z.string().transform((text, issues): Hash => {
  const bytes = parseBase64(text);
  if (bytes) return bytes;
  issues.addIssue('is no base64');
  return z.NEVER;
});
const checkpointAnswer = z.object({ checkpoint: z.string() });
const consistencyAnswer = z.object({ proof: z.array(hash) });

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);

/** Signs in. @throws Unreachable */
export const signedIn = async (base: URL, login: Login): Promise<LogClient> => {
  if (base.protocol !== 'https:' && !isLoopback(base)) {
    throw new Unreachable('The log is asked over https alone: a password goes to it.');
  }
  let cookie = '';
  const ask = async (method: string, path: string, body?: object): Promise<Response> => {
    let answer: Response;
    try {
      answer = await fetch(new URL(path, base), {
        method,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          ...(cookie && { cookie }),
        },
        signal: AbortSignal.timeout(patienceMs),
        redirect: 'error',
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Unreachable(`${base.origin} does not answer.`);
    }
    if (!answer.ok) throw new Unreachable(`${base.origin} answers ${answer.status} to ${method} ${path}.`);
    return answer;
  };
  const read = async <T>(path: string, shape: z.ZodType<T>): Promise<T> => {
    const answer = await ask('GET', path);
    const parsed = shape.safeParse(await answer.json().catch(() => null));
    if (!parsed.success) throw new Unreachable(`${base.origin} does not answer ${path} as a log does.`);
    return parsed.data;
  };
  const session = await ask('POST', '/api/session', login);
  cookie = session.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
  return {
    checkpoint: async () => (await read('/api/audit/checkpoint', checkpointAnswer)).checkpoint,
    consistency: async (from, to) =>
      (await read(`/api/audit/consistency?from=${from}&to=${to}`, consistencyAnswer)).proof,
    signOut: async () => {
      await ask('DELETE', '/api/session');
    },
  };
};
