/** A real provider, in this process: `oidc-provider`, with one client, which is the service. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { paths } from '../../../server/web/paths.js';
import type { Council } from '../council.js';
import { clientId, clientSecret } from './client.js';
import { useListening } from './listening.js';

/** What the council’s service calls itself, in its addresses. */
const service = 'http://localhost:3000';

export interface RealProvider {
  readonly issuer: string;
  /** Opens, once the council has: it says there who has left. */
  open(council: Pick<Council, 'server'>): Promise<void>;
}

interface Context {
  readonly oidc: {
    readonly provider: Provider;
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
  };
}

const who = 'x-who';

/** It warns that what it keeps is gone with the process: so it should be here. */
const quietly = <T>(make: () => T): T => {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return make();
  } finally {
    console.warn = warn;
  }
};

export const useRealProvider = (): RealProvider => {
  let listener: RequestListener = (_req, res) => void res.writeHead(503).end();
  const place = useListening(() => listener);

  const configured = (council: Pick<Council, 'server'>, key: object) => ({
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [service + paths.fromProvider],
        post_logout_redirect_uris: [service + paths.signIn],
        backchannel_logout_uri: `http://127.0.0.1:${(council.server.address() as AddressInfo).port}${paths.signedOutByProvider}`,
        backchannel_logout_session_required: true,
        require_auth_time: true,
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['of the test'] },
    jwks: { keys: [key] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 3600, IdToken: 60, Interaction: 60, Session: 3600 },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx: { body?: string }, form: string) => void (ctx.body = form),
        postLogoutSuccessSource: (ctx: { body?: string }) => void (ctx.body = ''),
      },
    },
    // With its own it takes no address of this machine for a client’s.
    fetch: (address: string, { method = 'GET', headers = {}, body = null }: RequestInit) =>
      fetch(address, { method, headers, body }),
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_ctx: unknown, id: string) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        email: `${id.replace(/^subject\.of\./, '')}@council.example`,
        email_verified: false,
      }),
    }),
    async loadExistingGrant({ oidc: { provider, client, session } }: Context) {
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });

  return {
    get issuer() {
      return place.issuer;
    },
    async open(council) {
      const { privateKey } = await generateKeyPair('RS256', { extractable: true });
      const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' };
      const provider = quietly(() => new Provider(place.issuer, configured(council, key)));
      const rest = provider.callback();
      const signsIn = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
        await provider.interactionDetails(req, res);
        await provider.interactionFinished(req, res, { login: { accountId: String(req.headers[who]) } });
      };
      listener = (req, res) => {
        if (req.url?.startsWith('/interaction/')) void signsIn(req, res);
        else rest(req, res);
      };
    },
  };
};

/** A browser as the provider sees it: its cookies there, and the person before it. */
export class BrowserThere {
  private readonly cookies = new Map<string, string>();
  /** Each address that it was at. */
  readonly seen: URL[] = [];

  constructor(readonly person: string) {}

  /** Goes where the service sends it. @returns where the provider sends it back to: a path of the service */
  async goes(to: URL, form?: URLSearchParams): Promise<string> {
    this.seen.push(to);
    const answer = await fetch(to, {
      redirect: 'manual',
      headers: {
        cookie: [...this.cookies].map((pair) => pair.join('=')).join('; '),
        [who]: this.person,
      },
      ...(form && { method: 'POST', body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location !== null) {
      const next = new URL(location, to);
      return next.origin === service ? next.pathname + next.search : this.goes(next);
    }
    const page = await answer.text();
    const [, action = ''] = /<form[^>]* action="([^"]+)"/.exec(page) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
    if (xsrf === '') throw new Error(`The provider answers ${answer.status}: ${page}`);
    return this.goes(new URL(action, to), new URLSearchParams({ xsrf, logout: 'yes' }));
  }
}
