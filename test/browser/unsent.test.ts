/** What was typed before the session ended is back in the browser, with scripts and without. */
import { beforeAll, expect, test } from '@jest/globals';
import { demoPassword } from '../../db/demo/accounts.js';
import { paths } from '../../server/web/paths.js';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { Line } from '../support/line.js';

const council = useCouncil();
const browsing = useBrowser(council);

const long = 'We looked at how the team decides and what a councillor would learn from it. '
  .repeat(24)
  .slice(0, 1800);

let lines: readonly Line[];
beforeAll(async () => {
  lines = [await Line.drafted(council), await Line.drafted(council)];
}, 60_000);

test.each([
  { scripts: true, kind: 'with scripts', which: 0 },
  { scripts: false, kind: 'without scripts', which: 1 },
])(
  '1,800 characters that were sent after the session had ended come back after signing in, $kind',
  async ({ scripts, which }) => {
    const path = paths.ask(lines[which]?.reference ?? '', 'alternatives');
    await browsing.walk({ scripts, thorough: scripts }, async (walker) => {
      const { page } = walker;
      const signIn = async () => {
        await page.getByLabel('E-mail address').fill('scrutiny.chair@council.example');
        await page.locator('#password').fill(demoPassword);
        await walker.press('Sign in');
      };
      await walker.open(paths.signIn);
      await signIn();
      await walker.open(path);
      await page.getByLabel('Why these would not do').fill(long);
      await council.world.db('runtime.sessions').delete();
      await walker.press('Save and continue');
      await signIn();
      expect(await page.getByLabel('Why these would not do').inputValue()).toBe(long);
      await page.getByText('What you typed is back.').waitFor();
      await walker.press('Save and continue');
      expect(page.url()).not.toContain('alternatives');
    });
  },
  90_000,
);
