/** A browser goes to the council’s own sign-in, which leads on to a third place, and comes back; and leaves the same way. */
import type { ServerResponse } from 'node:http';
import { beforeAll, expect, test } from '@jest/globals';
import { paths } from '../../server/web/paths.js';
import { narrow, useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { useOwnServer } from '../support/own-server.js';
import { settingsFor } from '../support/provider/client.js';
import { useHostileProvider } from '../support/provider/hostile.js';
import { useListening } from '../support/provider/listening.js';

const council = useCouncil();
const provider = useHostileProvider();
/** Where the provider of this council sends everybody on: it knows the way back. */
const federated = useListening(() => (req, res) => {
  goes(res, new URL(req.url ?? '', federated.issuer).searchParams.get('back') ?? '');
});
const goes = (res: ServerResponse, to: string) => void res.writeHead(302, { location: to }).end();
const byFederated = (back: URL): string =>
  `${federated.issuer}/?${new URLSearchParams({ back: back.href }).toString()}`;

const address = useOwnServer(council, () => ({ provider: settingsFor(provider) }));
const browsing = useBrowser(council, address);

beforeAll(() => {
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
