/** An app for codes is set up and used in a browser, and a proof is asked for with the typed text kept. */
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { demoPassword } from '../../db/demo/accounts.js';
import { paths } from '../../server/web/paths.js';
import { narrow, useBrowser, type Walker } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { Line } from '../support/line.js';
import { isLong } from '../support/long.js';
import { codeAt, period } from '../support/code-at.js';

const council = useCouncil();
const browsing = useBrowser(council);
const minute = 60_000;
const later = (by: number): void => {
  council.clock = new Date(council.clock.getTime() + by);
};
const typed =
  'The duty is named, the reasons are given, and nothing less would do for what the committee asked.';

/** Where pictures go, for somebody who wants to look at them. */
const pictures = process.env['PICTURES'];
const picture = async ({ page }: Walker, name: string): Promise<void> => {
  if (pictures !== undefined)
    await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
};

const ways = [
  { kind: 'with scripts', scripts: true, account: 'democratic.services', office: 'democratic_services' },
  {
    kind: 'without scripts at 320 pixels',
    scripts: false,
    account: 'childrens.services',
    office: 'childrens_services',
  },
] as const;

/** One request for each to sign, from before anybody has an app: once it is in use, their other sessions are over. */
const lines = new Map<string, Line>();
beforeAll(async () => {
  for (const { account } of ways) {
    const line = await Line.assessed(council);
    await line.discuss();
    lines.set(account, line);
  }
}, 60_000);

test.each(isLong ? ways : ways.slice(1))(
  'an app is set up, asked for at the door and before signing; what was typed comes back, $kind',
  async ({ kind, scripts, account, office }) => {
    const line = lines.get(account);
    if (!line) throw new Error(`There is no request for ${account} to sign.`);
    const how = { scripts, thorough: scripts, ...(scripts ? {} : { viewport: narrow }) };
    await browsing.walk(how, async (walker) => {
      const { page } = walker;
      const show = (name: string) => picture(walker, `${name} ${kind}`);
      await walker.open(paths.signIn);
      const giveName = async () => {
        await page.getByLabel('E-mail address').fill(`${account}@council.example`);
        await page.locator('#password').fill(demoPassword);
        await walker.press('Sign in');
      };
      await giveName();
      await walker.open(paths.codes);
      await walker.look();
      await walker.press('Set up an app');
      await show('1 set up');
      const key = (await page.locator('dd code').first().textContent()) ?? '';
      await page.locator('#code').fill(codeAt(key, council.clock));
      await walker.press('Take it into use');
      await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
      expect(await page.locator('ol code').count()).toBe(10);
      await show('2 recovery codes');

      await walker.press('Sign out');
      later(period);
      await giveName();
      await show('3 second step');
      await page.locator('#code').fill(codeAt(key, council.clock));
      await walker.press('Sign in');

      await walker.open(paths.sign(line.reference, office));
      await page.getByRole('radio', { name: /^Agree/ }).check();
      await page.locator('#reasons').fill(typed);
      await page.getByRole('checkbox', { name: /conflict/i }).check();
      later(20 * minute);
      await walker.press(/^Sign$/);
      expect(new URL(page.url()).pathname).toBe(paths.prove);
      await show('4 prove');
      await page.locator('#code').fill(codeAt(key, council.clock));
      await walker.press('Continue');
      await page.getByText('What you typed is back.').waitFor();
      expect(await page.locator('#reasons').inputValue()).toBe(typed);
      await show('5 back');
    });
  },
  120_000,
);
