import { describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { questions, type QuestionKey } from '../../policies/need-to-know/questions.js';
import { demoPassword } from '../../db/demo/accounts.js';
import { paths } from '../../server/web/paths.js';
import { narrow, useBrowser, type Walker } from '../support/browser.js';
import { useCouncil, type Account } from '../support/council.js';
import { answerInOrder, expectOk, Line, necessity, reason } from '../support/line.js';
import { isLong } from '../support/long.js';

const council = useCouncil();
const browsing = useBrowser(council);

const choose = (walker: Walker, name: string, value: string) =>
  walker.page.locator(`[name="${name}"][value="${value}"]`).check();
const fill = (walker: Walker, name: string, text: string) =>
  walker.page.locator(`[name="${name}"]`).fill(text);

const fillDate = async (walker: Walker, name: string, date: string) => {
  const [year = '', month = '', day = ''] = date.split('-');
  await fill(walker, `${name}-day`, String(Number(day)));
  await fill(walker, `${name}-month`, String(Number(month)));
  await fill(walker, `${name}-year`, year);
};

/** Asks for a core group as the chair, on the pages that one is led through. */
const ask = async (walker: Walker): Promise<string> => {
  const today = londonDate(council.clock);
  await walker.signIn('scrutiny.chair');
  await walker.press('Ask to observe');
  await walker.press(/What you ask to observe/);
  await choose(walker, 'observationType', 'core_group');
  await walker.press('Save and continue');
  await walker.page.locator('[name="role"]').first().check();
  await walker.press('Save and continue');
  await choose(walker, 'authority', 'work_programme');
  await fill(walker, 'authority.citation', 'Minute 42 of the last meeting');
  await walker.press('Save and continue');
  await fill(walker, 'necessity', necessity);
  await walker.press('Save and continue');
  await fill(walker, 'alternatives', 'A briefing would not show how partners reach a decision together.');
  await walker.press('Save and continue');
  await fillDate(walker, 'window.from', addDays(today, 7));
  await fillDate(walker, 'window.to', addDays(today, 28));
  await choose(walker, 'events', '1');
  await walker.press('Save and continue');
  await choose(walker, 'declarations.collateralPurpose', 'no');
  await choose(walker, 'declarations.connection', 'none');
  await choose(walker, 'declarations.documents', 'no');
  await walker.press('Save and continue');
  await walker.press('Hand in');
  return new URL(walker.page.url()).pathname.split('/')[2] ?? '';
};

/** Gives the answer that lets the test pass, on the page of its question. */
const answer = async (walker: Walker, reference: string, key: QuestionKey) => {
  const given = answerInOrder(key, 'core_group') as { answer: unknown; reason?: string };
  await walker.open(paths.question(reference, key));
  if (typeof given.answer === 'string') await choose(walker, 'answer', given.answer);
  else if (Array.isArray(given.answer)) await walker.page.getByLabel(/None of these/).check();
  else {
    for (const [item, value] of Object.entries(given.answer as Record<string, string>)) {
      await choose(walker, `answer.${item}`, value);
    }
  }
  if (key === 'lawful_basis') await walker.page.locator('[id="basis.article6"]').selectOption('6(1)(e)');
  if (given.reason) await fill(walker, 'reason', given.reason);
  await walker.press('Save the answer');
};

/** One office answers its questions, speaks, and signs where it is its turn to. */
const takePart = async (walker: Walker, account: Account, office: string, reference: string) => {
  await walker.signIn(account);
  await walker.open(paths.request(reference));
  for (const { key } of questions.filter((each) => each.office === office))
    await answer(walker, reference, key);
  await walker.open(paths.test(reference));
  await walker.open(paths.discussion(reference));
  await fill(walker, 'text', 'We have looked at this together.');
  await walker.press('Add to the discussion');
};

const sign = async (walker: Walker, account: Account, office: string, reference: string) => {
  await walker.signIn(account);
  await walker.open(paths.sign(reference, office));
  await choose(walker, 'outcome', 'agree');
  await fill(walker, 'reasons', reason);
  await fill(walker, 'conditions.0.text', 'The host is met at the door.');
  await walker.page.locator('[name="noConflict"]').check();
  await walker.press('Sign');
};

/**
 * The three offices answer and discuss. In short they do so by the API, which is the longest part of the line; each
 * of these pages is walked by axe, and sent without a browser, elsewhere.
 */
const prepare = async (walker: Walker, reference: string) => {
  if (!isLong) {
    const line = new Line(council, reference, 'core_group', 'scrutiny.chair');
    ({ version: line.version } = expectOk(await line.read('legal')).body as { version: number });
    await line.answerAll();
    for (const account of ['childrens.services', 'democratic.services', 'legal'])
      expectOk(await line.speak(account));
    return;
  }
  await takePart(walker, 'childrens.services', 'childrens_services', reference);
  await takePart(walker, 'democratic.services', 'democratic_services', reference);
  await takePart(walker, 'legal', 'legal', reference);
};

/** In short, each of these two goes one of the ways: the longer one without scripts, where all is left to the service. */
const ways = [
  ['with scripts', true],
  ['without scripts', false],
] as const;

describe.each(isLong ? ways : ways.slice(1))('in a browser %s', (_how, scripts) => {
  test(
    'a request goes from signing in to a decision that the councillor reads',
    () =>
      browsing.walk(
        { scripts, thorough: false, ...(scripts ? {} : { viewport: narrow }) },
        async (walker) => {
          const reference = await ask(walker);
          expect(walker.visited.length).toBeLessThanOrEqual(12);
          expect(await walker.page.getByText(reference).first().isVisible()).toBe(true);

          await prepare(walker, reference);
          await sign(walker, 'childrens.services', 'childrens_services', reference);
          await sign(walker, 'democratic.services', 'democratic_services', reference);

          await walker.signIn('legal');
          await walker.open(paths.decide(reference));
          await choose(walker, 'outcome', 'approve');
          await fill(walker, 'reasons', reason);
          await walker.page.locator('[name="noConflict"]').check();
          await walker.press('Record the decision');

          await walker.signIn('scrutiny.chair');
          await walker.open(paths.request(reference));
          await walker.press(/decision notice/);
          const notice = await walker.page.locator('main').innerText();
          expect(notice).toContain(reference);
          expect(notice).toContain(reason);
          expect(notice).toContain('The host is met at the door.');
          expect(notice).not.toContain('We have looked at this together.');
        },
      ),
    240_000,
  );
});

describe.each(isLong ? ways : ways.slice(0, 1))('in a browser %s', (_how, scripts) => {
  test(
    'a refused form says so first, leads to its field and keeps the typed text',
    () =>
      browsing.walk({ scripts, thorough: false }, async (walker) => {
        const line = await Line.drafted(council);
        await walker.signIn('scrutiny.chair');
        await walker.open(paths.ask(line.reference, 'necessity'));
        const typed = 'The child was born on 3 March 2020 and lives near the school.';
        await fill(walker, 'necessity', typed);
        await walker.press('Save and continue');
        const summary = walker.page.locator('.govuk-error-summary');
        expect(await summary.innerText()).toContain('date of birth');
        if (scripts) expect(await walker.page.locator('.govuk-error-summary:focus').count()).toBe(1);
        expect(await walker.page.locator('[name="necessity"]').inputValue()).toBe(typed);
        await summary.getByRole('link').first().click();
        // With scripts the field itself is focused; without, the address leads to it.
        if (scripts) expect(await walker.page.locator('[name="necessity"]:focus').count()).toBe(1);
        else expect(new URL(walker.page.url()).hash).toBe('#necessity');
      }),
    60_000,
  );
});

test(
  'by keyboard alone one signs in, begins a request and answers its first question',
  () =>
    browsing.walk({ scripts: true, thorough: false }, async (walker) => {
      const { page } = walker;
      /** Tabs until the element that is asked for has the focus. */
      const tabTo = async (selector: string) => {
        for (let presses = 0; presses < 60; presses++) {
          await page.keyboard.press('Tab');
          if ((await page.locator(`${selector}:focus`).count()) === 1) return;
        }
        throw new Error(`The keyboard does not come to ${selector}`);
      };
      const enter = async () => {
        await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
        await walker.look();
      };
      await walker.open(paths.signIn);
      await tabTo('[name="email"]');
      await page.keyboard.type('scrutiny.chair@council.example');
      await tabTo('[name="password"]');
      await page.keyboard.type(demoPassword);
      await enter();
      await tabTo('main button');
      await enter();
      await tabTo('main a[href*="/ask/type"]');
      await enter();
      await tabTo('[name="observationType"]');
      await page.keyboard.press('Space');
      await tabTo('main button');
      await enter();
      expect(new URL(page.url()).pathname).toMatch(/\/ask\/role$/);
    }),
  60_000,
);
