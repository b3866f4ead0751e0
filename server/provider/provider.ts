/** The council’s own sign-in, as one value: where people go, and what their coming back is worth. */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { provedMinutes } from '../../policies/proof/proof.js';
import { clockSeconds, meets, type Demands, type ProviderWord } from '../../policies/provider/word.js';
import type { CouncilSignIn } from '../case/proving/proving.js';
import { connectionTo, faultOf, ProviderRefused, signatures, type ProviderLogin } from './connection.js';

export interface ProviderSettings extends ProviderLogin, Demands {
  /** As buttons name it. */
  readonly name: string;
}

/** What only this browser and the provider know of one way there and back. */
export interface Secrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What the provider says on a back channel: that a session there is over, or all of somebody. */
export interface SignedOutThere {
  readonly subject: string | null;
  readonly session: string | null;
  /** The number of this saying. */
  readonly number: string;
}

export interface Provider extends CouncilSignIn {
  /** Where the browser goes. @param anew whether they are to prove themselves once more @throws ProviderAway */
  addressToEnter(secrets: Secrets, back: URL, anew: boolean): Promise<URL>;
  /**
   * What the provider says of who came back to that address.
   * @throws ProviderAway, ProviderRefused
   */
  wordOf(
    came: URL,
    secrets: Secrets,
    anew: boolean,
  ): Promise<{ readonly word: ProviderWord; readonly token: string }>;
  /** Where the browser goes to be signed out there as well; null where the provider has no such place, or is away. */
  addressToLeave(token: string, back: URL): Promise<URL | null>;
  /** @throws ProviderAway, ProviderRefused */
  signedOutThere(token: string): Promise<SignedOutThere>;
}

export const newSecrets = (): Secrets => ({
  state: oidc.randomState(),
  nonce: oidc.randomNonce(),
  verifier: oidc.randomPKCECodeVerifier(),
});

/** What is left out, or is something else than it should be, is not said. */
const said = z.object({
  sub: z.string().min(1).max(255),
  azp: z.string().optional(),
  email: z.string().optional().catch(undefined),
  email_verified: z.unknown().optional(),
  auth_time: z.number().optional().catch(undefined),
  acr: z.string().optional().catch(undefined),
  amr: z.array(z.string()).catch([]),
  sid: z.string().min(1).optional().catch(undefined),
});

const readWord = (claims: unknown, clientId: string): ProviderWord => {
  const { data } = said.safeParse(claims);
  if (!data) throw new ProviderRefused('claims');
  // The library asks this only where a word is meant for several.
  if (data.azp !== undefined && data.azp !== clientId) throw new ProviderRefused('azp');
  return {
    subject: data.sub,
    email: data.email ?? null,
    emailVerified: data.email_verified === true,
    provedAt: data.auth_time === undefined ? null : new Date(data.auth_time * 1000),
    acr: data.acr ?? null,
    amr: data.amr,
    session: data.sid ?? null,
  };
};

const leaving = 'http://schemas.openid.net/event/backchannel-logout';

/** OpenID Connect Back-Channel Logout 1.0, section 2.4: without a nonce, so that no other word passes for one. */
const saidToLeave = z.object({
  sub: z.string().min(1).optional(),
  sid: z.string().min(1).optional(),
  jti: z.string().min(1),
  nonce: z.undefined().optional(),
  events: z.object({ [leaving]: z.object({}) }),
});

/** For how many minutes what the provider says on a back channel may be under way. */
export const leavingMinutes = 5;

export const createProvider = ({
  name,
  acr,
  amr,
  besidePasswords = false,
  ...login
}: ProviderSettings & { readonly besidePasswords?: boolean }): Provider => {
  const connection = connectionTo(login);
  const { issuer, clientId } = login;
  let keys: ReturnType<typeof createRemoteJWKSet> | null = null;

  return {
    name,
    besidePasswords,
    issuer,
    async addressToEnter({ state, nonce, verifier }, back, anew) {
      return oidc.buildAuthorizationUrl(await connection.opened(), {
        redirect_uri: back.href,
        scope: 'openid email',
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(acr.length > 0 && { acr_values: acr.join(' ') }),
        ...(anew && { prompt: 'login', max_age: String(provedMinutes * 60) }),
      });
    },
    async wordOf(came, { state, nonce, verifier }, anew) {
      const opened = await connection.opened();
      try {
        const answer = await oidc.authorizationCodeGrant(opened, came, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
          ...(anew && { maxAge: provedMinutes * 60 }),
        });
        const word = readWord(answer.claims(), clientId);
        if (!meets(word, { acr, amr })) throw new ProviderRefused('demands');
        return { word, token: answer.id_token ?? '' };
      } catch (error) {
        throw faultOf(error);
      }
    },
    async addressToLeave(token, back) {
      const opened = await connection.opened().catch(() => null);
      if (!opened?.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(opened, {
        id_token_hint: token,
        post_logout_redirect_uri: back.href,
      });
    },
    async signedOutThere(token) {
      const place = (await connection.opened()).serverMetadata().jwks_uri;
      if (place === undefined) throw new ProviderRefused('keys');
      keys ??= createRemoteJWKSet(new URL(place), { timeoutDuration: login.timeoutMs ?? 5_000 });
      try {
        const { payload, protectedHeader } = await jwtVerify(token, keys, {
          issuer,
          audience: clientId,
          algorithms: signatures,
          clockTolerance: clockSeconds,
          maxTokenAge: leavingMinutes * 60,
          requiredClaims: ['iat', 'exp', 'jti'],
        });
        const { data } = saidToLeave.safeParse(payload);
        if (!data || (data.sub ?? data.sid) === undefined) throw new ProviderRefused('claims');
        if (!['undefined', 'JWT', 'logout+jwt'].includes(String(protectedHeader.typ)))
          throw new ProviderRefused('typ');
        return { subject: data.sub ?? null, session: data.sid ?? null, number: data.jti };
      } catch (error) {
        throw faultOf(error);
      }
    },
  };
};
