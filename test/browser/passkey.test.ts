/** A passkey is added in a browser, signs its owner in, and signs a decision. */
import { beforeAll, expect, test } from '@jest/globals';
import { demoPassword } from '../../db/demo/accounts.js';
import { paths } from '../../server/web/paths.js';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { useOwnServer } from '../support/own-server.js';
import { reason, type Line } from '../support/line.js';
import { lineAt, stepsOf } from '../support/people.js';

const council = useCouncil();
const address = useOwnServer(council);
const browsing = useBrowser(council, address);
let line: Line;

beforeAll(async () => {
  line = await lineAt(council, 'ready');
}, 120_000);

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
