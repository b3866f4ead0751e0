/** A passkey is added in a browser, signs its owner in, and signs a decision. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { demoPassword } from '../../db/demo/accounts.js';
import { createApp } from '../../server/app.js';
import { paths } from '../../server/web/paths.js';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { reason, type Line } from '../support/line.js';
import { lineAt, stepsOf } from '../support/people.js';
import { aSigner } from '../support/signer.js';

const council = useCouncil();
let server: Server;
const address = () => `http://localhost:${(server.address() as AddressInfo).port}`;
const browsing = useBrowser(council, address);
let line: Line;

beforeAll(async () => {
  let app: RequestListener | undefined;
  server = createServer((req, res) => app?.(req, res));
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
  app = createApp({
    db: council.world.db,
    now: () => council.clock,
    log: pino({ level: 'silent' }),
    sessionSecret: council.sessionSecret,
    // The browser says where a passkey was asked for: the port counts.
    baseUrl: new URL(address()),
    trustProxy: false,
    councilName: 'Test Council',
    demo: true,
    signer: aSigner(),
  });
  line = await lineAt(council, 'ready');
}, 120_000);
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test('a passkey is added, signs in, and signs Legal’s decision when a proof is asked for', async () => {
  await browsing.walk({ scripts: true, thorough: true }, async (walker) => {
    const { page } = walker;
    const devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await walker.open(paths.signIn);
    await page.getByLabel('E-mail address').fill('legal@council.example');
    await page.locator('#password').fill(demoPassword);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((url) => url.pathname !== paths.signIn);

    await walker.open(paths.passkeys);
    await page.getByLabel('Name').fill('Work laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('The passkey has been added.').waitFor();
    await walker.look();
    expect(await page.getByRole('heading', { name: 'Work laptop' }).count()).toBe(1);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL((url) => url.pathname === paths.signIn);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('Signed in as').waitFor();

    await walker.open(paths.decide(line.reference));
    await page.getByRole('radio', { name: /^Approve/ }).check();
    await page.locator('#reasons').fill(reason);
    await page.getByRole('checkbox', { name: /conflict/i }).check();
    council.clock = new Date(council.clock.getTime() + 20 * 60_000);
    await walker.press('Record the decision');
    expect(new URL(page.url()).pathname).toBe(paths.prove);
    await page.getByRole('button', { name: 'Use your passkey' }).click();
    await page.getByText('What you typed is back.').waitFor();
    await walker.press('Record the decision');
    const proofs = (await stepsOf(council.world.db, line.reference))
      .filter(({ type }) => type === 'request.decided')
      .map(({ decision }) => decision?.['proof']);
    expect(proofs).toEqual(['passkey']);
  });
}, 120_000);
