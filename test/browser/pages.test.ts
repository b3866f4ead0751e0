import { describe, expect, test } from '@jest/globals';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { placesOf } from '../support/places.js';

const council = useCouncil();
const browsing = useBrowser(council);

describe('every page', () => {
  test('holds to WCAG 2.2 AA, does without scripts at 320 pixels without sideways scrolling, and breaks no policy of its own', async () => {
    const places = await placesOf(council);
    for (const [thorough, viewport] of [
      [true, { width: 1000, height: 900 }],
      [false, { width: 320, height: 700 }],
    ] as const) {
      // The narrow walk is without scripts too: every page has to do without.
      await browsing.walk({ scripts: thorough, thorough, viewport }, async (walker) => {
        for (const [account, addresses] of places) {
          await walker.signIn(account);
          for (const address of addresses) {
            await walker.open(address);
            const overflow = await walker.page.evaluate<number>(
              'document.documentElement.scrollWidth - document.documentElement.clientWidth',
            );
            expect([address, Math.max(0, overflow)]).toEqual([address, 0]);
          }
        }
      });
    }
  }, 600_000);
});
