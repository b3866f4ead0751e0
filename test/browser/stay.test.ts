/** Before a session ends without use, a dialog asks; who stays goes on for as long again. */
import { expect, test } from '@jest/globals';
import { paths } from '../../server/web/paths.js';
import { useBrowser } from '../support/browser.js';
import { useCouncil } from '../support/council.js';

const council = useCouncil();
const browsing = useBrowser(council);

const sessionEnds = async (): Promise<number> => {
  const [{ expire } = { expire: new Date(0) }] = await council.world.db('runtime.sessions').select('expire');
  return expire.getTime();
};

test('the dialog before the idle limit extends the session, and says when it has ended', async () => {
  await browsing.walk({ scripts: true, thorough: true }, async (walker) => {
    const { page } = walker;
    const dialog = page.getByRole('dialog', { name: 'You are about to be signed out' });
    await page.clock.install();
    await walker.signIn('legal');
    await page.clock.fastForward('56:00');
    expect(await dialog.isVisible()).toBe(false);

    await page.clock.fastForward('01:30');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('You are signed out in 2 minutes.');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Stay signed in');
    await walker.look();

    // As the server has it after so long.
    await council.world.db('runtime.sessions').update({ expire: new Date(Date.now() + 90_000) });
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(await sessionEnds()).toBeGreaterThan(Date.now() + 55 * 60_000);
    await page.clock.fastForward('56:00');
    expect(await dialog.isVisible()).toBe(false);

    // Escape is an answer too; and it is told when the session has ended meanwhile.
    await page.clock.fastForward('01:30');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.clock.fastForward('57:30');
    await dialog.waitFor();
    await council.world.db('runtime.sessions').delete();
    await page.keyboard.press('Enter');
    const ended = page.getByRole('dialog', { name: 'You have been signed out' });
    await ended.waitFor();
    await page.clock.fastForward('00:05');
    expect(await ended.isVisible()).toBe(true);
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Close');
    await walker.look();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.clock.fastForward('00:05');
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });
}, 60_000);

test('the dialog before the end that no use puts off says so once, and then that it has ended', async () => {
  await browsing.walk({ scripts: true, thorough: true }, async (walker) => {
    const { page } = walker;
    await page.clock.install();
    await walker.signIn('democratic.services');
    // Signed in eleven hours and a half ago.
    await council.world.db('runtime.sessions').update({
      sess: council.world.db.raw(`jsonb_set(sess::jsonb, '{passport,user,since}', to_jsonb((?::bigint)))`, [
        council.clock.getTime() - 11.5 * 3_600_000,
      ]),
    });
    await walker.open(paths.requests);
    await page.clock.fastForward('28:00');
    await page.clock.fastForward('00:30');
    const soon = page.getByRole('dialog', { name: 'Your session ends soon' });
    await soon.waitFor();
    expect(await soon.innerText()).toContain('This one ends in 2 minutes.');
    await walker.look();
    await page.keyboard.press('Enter');
    await page.clock.fastForward('00:30');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.clock.fastForward('01:01');
    await page.getByRole('dialog', { name: 'You have been signed out' }).waitFor();
  });
}, 60_000);

test('without scripts each page says how long a session lasts', async () => {
  await browsing.walk({ scripts: false, thorough: false }, async (walker) => {
    await walker.signIn('auditor');
    await walker.open(paths.requests);
    expect(await walker.page.locator('noscript').innerText()).toContain(
      'You are signed out after 60 minutes without use.',
    );
  });
}, 60_000);
