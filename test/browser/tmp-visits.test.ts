import { test } from '@jest/globals';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { placesOf } from '../support/places.js';
const council = useCouncil();
const browsing = useBrowser(council);
test('walk', async () => {
  const places = await placesOf(council);
  const mine = /\/(visits|grants|questions)(\/|$)/;
  const faults: string[] = [];
  for (const viewport of [{ width: 1000, height: 900 }, { width: 320, height: 700 }]) {
    await browsing.walk({ scripts: viewport.width > 400, thorough: viewport.width > 400, viewport }, async (walker) => {
      for (const [account, addresses] of places) {
        const own = addresses.filter((a) => mine.test(a) && !/revoke|release|conditions/.test(a));
        if (own.length === 0) continue;
        await walker.signIn(account);
        for (const address of own) {
          try {
            await walker.open(address);
          } catch (error) {
            faults.push(`${account} ${address} ${String(error)}`);
          }
          const overflow = await walker.page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
          if (overflow > 0) faults.push(`${address} overflows ${overflow} at ${viewport.width}`);
          const name = `${account}-${address.replaceAll(/[0-9a-f-]{36}/g, 'id').replaceAll('/', '_')}-${viewport.width}`;
          await walker.page.screenshot({ path: `/var/tmp/visits/${name}.png`, fullPage: true });
        }
      }
    }).catch((error: unknown) => faults.push(String(error)));
  }
  if (faults.length > 0) throw new Error(faults.join('\n\n'));
}, 300_000);
