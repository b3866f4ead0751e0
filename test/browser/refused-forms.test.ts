import { describe, expect, test } from '@jest/globals';
import { paths } from '../../server/paths.js';
import { useBrowser, type Walker } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { placesOf } from '../support/places.js';

const council = useCouncil();
const browsing = useBrowser(council);

/** Sends the page's form empty, and looks at what comes back. Answers whether that says what is wrong. */
const sendEmpty = async (walker: Walker): Promise<boolean> => {
  const sending = walker.page.locator('main form[method="post"] button[type="submit"]');
  if ((await sending.count()) === 0) return false;
  await walker.page
    .evaluate(`for (const field of document.querySelectorAll('main form input, main form textarea')) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
    else if (field.type !== 'hidden') field.value = '';
  }`);
  await Promise.all([walker.page.waitForEvent('load'), sending.first().click()]);
  await walker.look();
  const refused = (await walker.page.locator('.govuk-error-summary').count()) === 1;
  if (refused) expect(await walker.page.locator('.govuk-error-summary:focus').count()).toBe(1);
  return refused;
};

describe('every form', () => {
  test('shows what is missing when its form is sent empty, and still holds', async () => {
    const places = await placesOf(council);
    const harmless = [paths.withdraw(''), '/withdraw', paths.requests, '/check'];
    const refused: string[] = [];
    await browsing.walk({ scripts: true, thorough: true }, async (walker) => {
      for (const [account, addresses] of places) {
        await walker.signIn(account);
        for (const address of addresses.filter((each) => !harmless.some((end) => each.endsWith(end)))) {
          await walker.page.goto(address);
          if (await sendEmpty(walker)) refused.push(address);
        }
      }
    });
    expect(refused.length).toBeGreaterThanOrEqual(22);
    for (const step of [
      '/ask/necessity',
      '/host',
      '/return',
      '/decide',
      '/meeting',
      '/absence',
      '/test/alternatives',
    ]) {
      expect(refused.some((address) => address.endsWith(step))).toBe(true);
    }
  }, 600_000);
});
