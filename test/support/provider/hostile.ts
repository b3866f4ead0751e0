/** A provider that signs what it is told to, true or not. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { beforeAll } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { clientSecret } from './client.js';
import { useListening } from './listening.js';

export type Claims = Readonly<Record<string, unknown>>;
type Alg = 'ES256';

interface Key {
  readonly kid: string;
  readonly alg: Alg;
  readonly private: CryptoKey;
  readonly public: object;
}

const newKey = async (kid: string, alg: Alg = 'ES256'): Promise<Key> => {
  const pair = await generateKeyPair(alg, { extractable: true });
  return {
    kid,
    alg,
    private: pair.privateKey,
    public: { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' },
  };
};

export interface HostileProvider {
  readonly issuer: string;
  /** What its discovery document says beside or in place of what is true. */
  metadata: Claims;
  /** How it signs the next words. */
  sign: (claims: Claims) => Promise<string>;
  /** What stands in for an answer, at that path; none of its own then. */
  instead: ((req: IncomingMessage, res: ServerResponse) => boolean) | null;
  /** How often each path was asked for. */
  readonly asked: Map<string, number>;
  honest(claims: Claims, header?: object): Promise<string>;
  /** Signs with a key that it does not publish. */
  forged(claims: Claims): Promise<string>;
  /** With no signature at all. */
  unsigned(claims: Claims): Promise<string>;
  /** With the secret of the client. */
  withSecret(claims: Claims): Promise<string>;
  /**
   * Somebody signs in there.
   * @param address where the service sent the browser
   * @returns what the browser comes back with
   */
  enters(address: URL, claims: Claims): URLSearchParams;
  /** True again. */
  behave(): void;
}

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1000);

export const useHostileProvider = (): HostileProvider => {
  const codes = new Map<string, { readonly challenge: string; readonly claims: Claims }>();
  const keys = Promise.all([newKey('own'), newKey('own')]).then(([own, other]) => ({ own, other }));
  const made = () => keys;
  // Nobody’s answer waits for them.
  beforeAll(async () => void (await keys));
  const signed = async (claims: Claims, { kid, alg, private: key }: Key, header: object = {}) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(key);

  const json = (res: ServerResponse, status: number, body: object): void => {
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const tokens = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const sent = new URLSearchParams(await text(req));
    const known = codes.get(sent.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(sent.get('code_verifier') ?? '')
      .digest('base64url');
    if (known?.challenge !== verifier) {
      json(res, 400, { error: 'invalid_grant' });
      return;
    }
    codes.delete(sent.get('code') ?? '');
    json(res, 200, {
      access_token: 'none',
      token_type: 'bearer',
      id_token: await provider.sign(known.claims),
    });
  };

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { pathname } = new URL(req.url ?? '/', provider.issuer);
    provider.asked.set(pathname, (provider.asked.get(pathname) ?? 0) + 1);
    if (provider.instead?.(req, res)) return;
    const { issuer } = provider;
    if (pathname === '/.well-known/openid-configuration') {
      json(res, 200, {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        end_session_endpoint: `${issuer}/leave`,
        authorization_response_iss_parameter_supported: true,
        id_token_signing_alg_values_supported: ['ES256', 'none', 'HS256'],
        ...provider.metadata,
      });
    } else if (pathname === '/keys') json(res, 200, { keys: [(await made()).own.public] });
    else if (pathname === '/token') await tokens(req, res);
    else json(res, 404, { error: 'not_found' });
  };

  const place = useListening(() => (req, res) => void answer(req, res));
  const provider: HostileProvider = {
    get issuer() {
      return place.issuer;
    },
    metadata: {},
    instead: null,
    asked: new Map(),
    sign: (claims) => provider.honest(claims),
    honest: async (claims, header) => signed(claims, (await made()).own, header),
    forged: async (claims) => signed(claims, (await made()).other),
    unsigned: (claims) => Promise.resolve(`${base64({ alg: 'none' })}.${base64(claims)}.`),
    withSecret: async (claims) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(clientSecret)),
    enters(address, claims) {
      const asked = address.searchParams;
      const code = `code-${codes.size}-${Math.random()}`;
      const now = seconds();
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        claims: {
          iss: provider.issuer,
          aud: asked.get('client_id'),
          nonce: asked.get('nonce'),
          iat: now,
          exp: now + 300,
          auth_time: now,
          ...claims,
        },
      });
      return new URLSearchParams({ code, state: asked.get('state') ?? '', iss: provider.issuer });
    },
    behave() {
      provider.metadata = {};
      provider.instead = null;
      provider.sign = (claims) => provider.honest(claims);
    },
  };
  return provider;
};
