/** A browser goes to the council’s own sign-in, which leads on to a third place, and comes back; and leaves the same way. */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createApp } from '../../server/app.js';
import { paths } from '../../server/web/paths.js';
import { narrow, useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { settingsFor } from '../support/provider/client.js';
import { useHostileProvider } from '../support/provider/hostile.js';
import { useListening } from '../support/provider/listening.js';
import { aSigner } from '../support/signer.js';

const council = useCouncil();
const provider = useHostileProvider();
/** Where the provider of this council sends everybody on: it knows the way back. */
const federated = useListening(() => (req, res) => {
  goes(res, new URL(req.url ?? '', federated.issuer).searchParams.get('back') ?? '');
});
const goes = (res: ServerResponse, to: string) => void res.writeHead(302, { location: to }).end();
const byFederated = (back: URL): string =>
  `${federated.issuer}/?${new URLSearchParams({ back: back.href }).toString()}`;

let server: Server;
const address = () => `http://localhost:${(server.address() as AddressInfo).port}`;
const browsing = useBrowser(council, address);

beforeAll(async () => {
  let app: RequestListener | undefined;
  server = createServer((req, res) => app?.(req, res));
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
  app = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: pino({ level: 'silent' }),
    sessionSecret: council.sessionSecret,
    baseUrl: new URL(address()),
    trustProxy: false,
    councilName: 'Test Council',
    demo: true,
    signer: aSigner(),
    provider: settingsFor(provider),
  });
  const claims = { sub: 'subject of legal', email: 'legal@council.example', email_verified: true };
  provider.instead = (req, res) => {
    const asked = new URL(req.url ?? '', provider.issuer);
    const from = (name: string) => new URL(asked.searchParams.get(name) ?? '');
    if (asked.pathname === '/auth') {
      const back = from('redirect_uri');
      back.search = provider.enters(asked, claims).toString();
      goes(res, byFederated(back));
    } else if (asked.pathname === '/leave') goes(res, byFederated(from('post_logout_redirect_uri')));
    else return false;
    return true;
  };
}, 120_000);
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test.each([
  ['with scripts', { scripts: true }],
  ['without scripts, on a telephone', { scripts: false, viewport: narrow }],
])(
  'a browser %s is led on, over a third place, and back; and signs out there as well',
  async (_name, how) => {
    await browsing.walk({ ...how, thorough: false }, async (walker) => {
      const { page } = walker;
      await walker.open(paths.signIn);
      await page.getByRole('button', { name: 'Sign in with your council account' }).click();
      await page.getByText('Signed in as').waitFor();
      expect(new URL(page.url()).origin).toBe(address());
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Sign in with your council account' }).waitFor();
      expect(provider.asked.get('/leave')).toBeGreaterThan(0);
      await walker.open(paths.account);
      expect(new URL(page.url()).pathname).toBe(paths.signIn);
    });
  },
);
