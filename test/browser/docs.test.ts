import { expect, test } from '@jest/globals';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';

const council = useCouncil();
const browsing = useBrowser(council);

test('the contract’s page shows the operations, and the browser complains of nothing', async () => {
  await browsing.walk({ scripts: true, thorough: false }, async (walker) => {
    const { page } = walker;
    await page.goto('/api/docs');
    const decide = page.locator('.opblock', { hasText: '/api/requests/{reference}/decision' });
    await page.locator('.opblock').first().waitFor();
    // So many operations are put on the page only where it is scrolled to.
    for (let times = 0; times < 60 && !(await decide.isVisible()); times += 1) {
      await page.mouse.wheel(0, 400);
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    }
    await decide.waitFor();
    expect(await decide.textContent()).toContain('Approve or refuse, for Legal');
    await decide.click();
    await decide.getByText('Signed in.', { exact: true }).waitFor();
    expect(await page.locator('.errors-wrapper, .loading-container').allTextContents()).toEqual([]);
    walker.settle();
  });
}, 60_000);
