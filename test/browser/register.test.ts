/** A file of the committee system, taken over in a real browser: the only form that sends a file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { paths } from '../../server/paths.js';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';
import { isLong } from '../support/long.js';
import { feedXml, fictionalMembers } from '../support/register-feed.js';

const council = useCouncil();
const browsing = useBrowser(council);

test(`is shown, taken over, and the gone confirmed one by one, ${isLong ? 'without scripts and by axe' : 'by axe'}`, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'feed-'));
  const file = path.join(folder, 'councillors.xml');
  const lead = { name: 'Lead Member (demonstration)', email: 'legal@council.example', ward: 'Moved Ward' };
  const [first, ...rest] = fictionalMembers(3);
  await writeFile(file, feedXml([...rest, { ...first, ...lead } as (typeof rest)[number]]));
  try {
    // In short by axe, and no second time without scripts: the journeys go without them.
    for (const scripts of isLong ? [true, false] : [true]) {
      await browsing.walk({ scripts, thorough: scripts }, async (walker) => {
        await walker.signIn('democratic.services');
        await walker.press('Councillors');
        await walker.press('Read a file of the committee system');
        await walker.page.getByLabel('Choose the file').setInputFiles(file);
        await walker.press('Show the differences');
        const main = walker.page.locator('main');
        expect(await main.innerText()).toContain(
          scripts ? 'The file lists 3 members. 2 are new, 1 has changed, 3 are' : '0 are new, 0 have changed',
        );
        await walker.press(scripts ? 'Take these over' : 'Go on to those who are not in the file');
        expect(new URL(walker.page.url()).pathname).toBe(paths.importDone);
        await walker.press(
          `Confirm that ${scripts ? 'Scrutiny Member' : 'Ward Member'} (demonstration) is gone`,
        );
        await walker.press('Confirm that the member is gone');
        expect(await main.innerText()).toContain('The member is recorded as gone.');
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
