import { expect, test } from '@jest/globals';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';

const council = useCouncil();
const browsing = useBrowser(council);

test('the contract’s page shows the operations of a capability, and the browser complains of nothing', async () => {
  await browsing.walk({ scripts: true, thorough: false }, async (walker) => {
    const { page } = walker;
    await page.goto('/api/docs');
    const decisions = page.locator('.opblock-tag-section', { hasText: 'Decisions' });
    const decide = decisions.locator('.opblock', { hasText: '/api/requests/{reference}/decision' });
    await decide.waitFor();
    expect(await decide.textContent()).toContain('Approve or refuse, for Legal');
    await decide.click();
    await decide.getByText('You must be signed in.').waitFor();
    expect(await page.locator('.errors-wrapper, .loading-container').allTextContents()).toEqual([]);
    walker.settle();
  });
}, 60_000);
