import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { paths } from '../../server/web/paths.js';
import { narrow, useBrowser, type Walker } from '../support/browser.js';
import { useCouncil, type Account } from '../support/council.js';
import { isLong } from '../support/long.js';
import { placesOf } from '../support/places.js';
import { feedXml, fictionalMembers } from '../support/register-feed.js';

const council = useCouncil();
const browsing = useBrowser(council);

/** The kinds of control of the page's form: what a refusal adds to a page depends on these. None where it has no form. */
const controlsOf = async ({ page }: Walker): Promise<string[]> =>
  page.evaluate<string[]>(
    `document.querySelector('main form[method="post"] button[type="submit"]') ? [...new Set(Array.from(document.querySelectorAll('main form :is(input:not([type="hidden"]), textarea, select)'),
      (field) => field.type + (field.closest('.govuk-date-input') ? ' of a day' : '')))] : []`,
  );

/** Sends the page's form empty, and looks at the answer. Returns whether it names the faults. */
const sendEmpty = async (walker: Walker): Promise<boolean> => {
  const { page } = walker;
  const answered = page.waitForEvent('load');
  await page.evaluate(`for (const field of document.querySelectorAll('main form input, main form textarea')) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
    else if (field.type !== 'hidden') field.value = '';
  }
  document.querySelector('main form[method="post"] button[type="submit"]').click();`);
  await answered;
  await walker.look();
  const refused = (await page.locator('.govuk-error-summary').count()) === 1;
  if (refused) expect(await page.locator('.govuk-error-summary:focus').count()).toBe(1);
  return refused;
};

/** A form that may be sent empty, and then does its work. */
const mayBeEmpty = ['/withdraw', paths.requests, '/check'];

/** An address without what names one record: the page that it is. */
const masked = (address: string): string =>
  address.replaceAll(/OBS-\d{4}-\d{4}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b\d+\b/g, '*');
/**
 * In short every sixth page, by the first of its addresses and every page with a control that few have: the
 * journeys see most of them as well, and each is held to its headings, its width and its errors there.
 */
const rare = /import|export|people|leavers|tokens|passkeys|sign-in|evidence|entries|prove|decide|new$/;
const pagesOf = (places: readonly (readonly [Account, readonly string[]])[]) => {
  const seen = new Set<string>();
  const isNew = (address: string): boolean => {
    const page = masked(address);
    return isLong || (!seen.has(page) && (seen.add(page).size % 10 === 0 || rare.test(page)));
  };
  return places.map(([account, addresses]) => [account, addresses.filter(isNew)] as const);
};

let places: Awaited<ReturnType<typeof placesOf>>;
beforeAll(async () => {
  places = await placesOf(council);
}, 60_000);

/** In short at 320 pixels alone, as is the line without scripts: what fits there fits a wider window. */
const windows = isLong
  ? [{ scripts: true }, { scripts: true, viewport: narrow }]
  : [{ scripts: true, viewport: narrow }];

// Only reads, so it leaves the pages as they are to the next.
if (isLong) {
  test('without scripts every page is there and never scrolls sideways at 320 pixels', async () => {
    await browsing.walk({ scripts: false, thorough: false, viewport: narrow }, async (walker) => {
      for (const [account, addresses] of places) {
        await walker.signIn(account);
        for (const address of addresses) await walker.open(address);
      }
    });
  }, 300_000);
}

test.each(windows)(
  'every page meets WCAG 2.2 AA and never scrolls sideways; its form, sent empty, names the missing fields and meets it too: %j',
  async (window) => {
    const refused: string[] = [];
    /** The kinds of control that were refused: in short a form is sent while it has one that was not. */
    const kinds = new Set<string>();
    let opened = 0;
    await browsing.walk({ ...window, thorough: true }, async (walker) => {
      for (const [account, addresses] of pagesOf(places)) {
        await walker.signIn(account);
        for (const address of addresses) {
          await walker.open(address);
          opened += 1;
          const controls = await controlsOf(walker);
          if (controls.length === 0 || mayBeEmpty.some((end) => address.endsWith(end))) continue;
          if (!isLong && controls.every((kind) => kinds.has(kind))) continue;
          if (await sendEmpty(walker)) {
            for (const kind of controls) kinds.add(kind);
            refused.push(address);
          }
        }
      }
    });
    expect(opened).toBeGreaterThanOrEqual(isLong ? 100 : 11);
    // What a shorter walk meets depends on the order of the pages.
    const least = ['email', 'file', 'password', 'radio', 'text', 'textarea'];
    expect([...kinds]).toEqual(expect.arrayContaining(least));
    if (!isLong) return;
    expect([...kinds].toSorted()).toEqual([
      'checkbox',
      'email',
      'file',
      'password',
      'radio',
      'select-one',
      'text',
      'text of a day',
      'textarea',
    ]);
    expect(refused.length).toBeGreaterThanOrEqual(22);
    const steps = [
      '/ask/necessity',
      '/host',
      '/return',
      '/decide',
      '/meeting',
      '/absence',
      '/test/alternatives',
    ];
    for (const step of steps) expect(refused.some((address) => address.endsWith(step))).toBe(true);
  },
  300_000,
);

/** The only form that sends a file. */
test(`a file of the committee system is shown, taken over, and the gone confirmed one by one, ${isLong ? 'without scripts and by axe' : 'by axe'}`, async () => {
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
        await walker.press(scripts ? 'Take these over' : 'Go on to those who are not in office by the file');
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
