/**
 * Takes the README's pictures of the main pages, of a running service with the demonstration council:
 * `npm run pictures -- http://127.0.0.1:3000`.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demoPassword } from '../../db/demo/accounts.js';
import { paths } from '../../server/web/paths.js';
import { launch } from '../support/chromium.js';

const pictures: readonly { readonly name: string; readonly account: string; readonly address: string }[] = [
  { name: 'queue', account: 'democratic.services', address: paths.requests },
  { name: 'request', account: 'legal', address: paths.request('OBS-2026-0006') },
  { name: 'test', account: 'legal', address: paths.test('OBS-2026-0008') },
  { name: 'asking', account: 'scrutiny.member', address: paths.check('OBS-2026-0009') },
  { name: 'notice', account: 'coopted.member', address: paths.notice('OBS-2026-0003') },
  { name: 'trail', account: 'auditor', address: paths.trail },
];

const [base = 'http://127.0.0.1:3000'] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), 'pictures-'));
const browser = await launch(folder);
try {
  await mkdir('.github/pictures', { recursive: true });
  for (const { name, account, address } of pictures) {
    const context = await browser.newContext({ viewport: { width: 1000, height: 820 }, baseURL: base });
    const page = await context.newPage();
    await page.goto(`${paths.signIn}?returnTo=${encodeURIComponent(address)}`);
    await page.getByLabel('E-mail address').fill(`${account}@council.example`);
    await page.getByLabel('Password', { exact: true }).fill(demoPassword);
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Sign in', exact: true }).click(),
    ]);
    if (new URL(page.url()).pathname !== address) throw new Error(`${account} did not come to ${address}`);
    await page.screenshot({ path: `.github/pictures/${name}.png` });
    await context.close();
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
