/** What is known of the provider: asked for when somebody first needs it, and again after a pause where it did not answer. */
import * as oidc from 'openid-client';
import { loopback } from '../web/middleware/same-origin.js';

export interface ProviderLogin {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** For how long one call to the provider may take. */
  readonly timeoutMs?: number;
  /** For how long nobody asks again after it did not answer. */
  readonly pauseMs?: number;
}

/** The provider cannot be asked now. The reason is a code, and names nobody. */
export class ProviderAway extends Error {
  override readonly name = 'ProviderAway';
  constructor(readonly reason: string) {
    super('The provider does not answer.');
  }
}

/** What came from the provider, or in its name, is not to be trusted. The reason is a code, and names nobody. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
  constructor(readonly reason: string) {
    super('The word of the provider is refused.');
  }
}

/** How the provider signs: with a key that it alone has. Never not at all, and never with a secret that we share. */
export const signatures = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const coded = /^[A-Za-z_]{1,60}$/;

/** A code of what went wrong: what the provider said beside it may name somebody. */
const codeOf = (error: unknown): string => {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return (
    ([code, name].find((each) => typeof each === 'string' && coded.test(each)) as string | undefined) ??
    'unknown'
  );
};

/** Nobody said no: the provider was not reached, took too long, or answered with something that is no answer. */
const away: ReadonlySet<string> = new Set([
  'OAUTH_TIMEOUT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'ERR_JWKS_TIMEOUT',
]);

/** What went wrong with the provider, in one of the two ways. */
export const faultOf = (error: unknown): ProviderAway | ProviderRefused => {
  if (error instanceof ProviderAway || error instanceof ProviderRefused) return error;
  const code = codeOf(error);
  const isSaid = /^(?:OAUTH|ERR_J)/.test(code) && !away.has(code);
  return isSaid ? new ProviderRefused(code) : new ProviderAway(code);
};

export interface Connection {
  /** @throws ProviderAway */
  opened(): Promise<oidc.Configuration>;
}

const discovered = async (
  { issuer, clientId, clientSecret }: ProviderLogin,
  timeout: number,
): Promise<oidc.Configuration> => {
  const place = new URL(issuer);
  const isHere = place.protocol === 'http:' && loopback.includes(place.hostname);
  const execute = isHere ? [oidc.allowInsecureRequests] : [];
  const found = await oidc.discovery(place, clientId, undefined, oidc.None(), { execute, timeout });
  // Without the one function that comes with it.
  const says = structuredClone<oidc.ServerMetadata>({ ...found.serverMetadata(), supportsPKCE: undefined });
  // The library lets the directory that stands for all of them pass.
  if (says.issuer !== issuer) throw new ProviderAway('another_issuer');
  const { token_endpoint_auth_methods_supported: methods, id_token_signing_alg_values_supported: signing } =
    says;
  const opened = new oidc.Configuration(
    {
      ...says,
      id_token_signing_alg_values_supported: (signing ?? ['RS256']).filter((each) =>
        signatures.includes(each),
      ),
    },
    clientId,
    undefined,
    methods && !methods.includes('client_secret_basic')
      ? oidc.ClientSecretPost(clientSecret)
      : oidc.ClientSecretBasic(clientSecret),
  );
  opened.timeout = timeout;
  for (const each of execute) each(opened);
  // A signature is checked also where the word came straight from the provider.
  oidc.enableNonRepudiationChecks(opened);
  return opened;
};

export const connectionTo = (login: ProviderLogin): Connection => {
  const { timeoutMs = 5_000, pauseMs = 30_000 } = login;
  let found: oidc.Configuration | null = null;
  let asking: Promise<oidc.Configuration> | null = null;
  let failed: { readonly at: number; readonly why: ProviderAway } | null = null;

  const ask = async (): Promise<oidc.Configuration> => {
    try {
      found = await discovered(login, timeoutMs / 1000);
      return found;
    } catch (error) {
      const why = new ProviderAway(faultOf(error).reason);
      failed = { at: performance.now(), why };
      throw why;
    } finally {
      asking = null;
    }
  };

  return {
    async opened() {
      if (found) return found;
      if (asking === null && failed && performance.now() - failed.at < pauseMs) throw failed.why;
      asking ??= ask();
      return asking;
    },
  };
};
