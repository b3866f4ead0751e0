import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContext, Cookie, Locator, Page } from 'playwright-core';
import { demoPassword } from '../../db/demo/accounts.js';
import { launch } from './chromium.js';
import type { Account, Council } from './council.js';
import { isLong } from './long.js';

/** One axe rule that was broken, and where. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What every look asks of a page. */
interface Seen {
  readonly headings: number;
  /** By how many pixels it is wider than its window. */
  readonly sideways: number;
  readonly errors: number;
  readonly title: string;
}

/** What a browser complained of while a test walked: each makes the test fail. */
export interface Walker {
  readonly page: Page;
  /** Every page that was looked at, by path, in order. */
  readonly visited: string[];
  /** Goes to a path of the service. */
  open(path: string): Promise<void>;
  /**
   * Comes to the first page as that person: by the sign-in page, and in short, where they came by it at the
   * same time of the council's clock before, with the session that it gave them.
   */
  signIn(account: Account): Promise<void>;
  /** Presses the button or link of that name, waits for the next page, and looks at it. */
  press(name: string | RegExp): Promise<void>;
  /** Throws what the browser has complained of since the last look. */
  settle(): void;
  /**
   * Looks at the page: axe at WCAG 2.2 AA, if this walk and this look are thorough; one main heading, a title, no
   * wider than its window; throws its faults.
   */
  look(how?: { readonly thorough: boolean }): Promise<void>;
}

export interface Walking {
  readonly scripts: boolean;
  /** Whether axe looks at each page; else only at what every look asks. */
  readonly thorough: boolean;
  /** 1000 by 900 pixels unless said. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** What WCAG calls reflow: no page may scroll sideways in a window so narrow. */
export const narrow = { width: 320, height: 700 };

export interface Browsing {
  /** Opens a fresh window, with scripts or without, and closes it after the test. */
  walk({ scripts, thorough, viewport }: Walking, test: (walker: Walker) => Promise<void>): Promise<void>;
}

const require = createRequire(import.meta.url);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * A real browser on the council's app, over a real socket.
 * @param at where the service is, if a test serves it itself
 */
export const useBrowser = (council: Council, at?: () => string): Browsing => {
  let server: Server;
  let browser: Browser;
  let folder: string;
  let axe: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'walk-'));
    axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
    browser = await launch(folder);
    server = createServer(council.app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });
  const sessions = new Map<string, readonly Cookie[]>();
  const base = at ?? (() => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    async walk({ scripts, thorough, viewport = { width: 1000, height: 900 } }, test) {
      const context = await browser.newContext({ javaScriptEnabled: scripts, viewport, baseURL: base() });
      try {
        const walker = await walkerIn(context, thorough ? axe : null, (account) => {
          // A session neither outlasts its day nor comes from the future.
          const key = `${account} ${council.clock.toISOString()}`;
          return { before: sessions.get(key) ?? [], keep: (cookies) => void sessions.set(key, cookies) };
        });
        await test(walker);
        walker.settle();
      } finally {
        await context.close();
      }
    },
  };
};

/** What axe, which stands in the page, finds at WCAG 2.2 AA, no rule switched off. */
const violationsOn = async (page: Page): Promise<string[]> => {
  const violations = await page.evaluate<Violation[]>(
    `axe.run({ resultTypes: ['violations'], runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } })
      .then((found) => found.violations)`,
  );
  return violations.map(
    ({ id, nodes }) =>
      `axe ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
  );
};

/** The cookies of somebody's earlier sign-in, empty if there was none, and where to put those of this one. */
interface Session {
  readonly before: readonly Cookie[];
  readonly keep: (cookies: readonly Cookie[]) => void;
}

const walkerIn = async (
  context: BrowserContext,
  axe: string | null,
  sessionOf: (account: Account) => Session,
): Promise<Walker> => {
  const page = await context.newPage();
  // Once for the window: to send half a megabyte to each page takes longer than axe takes to look.
  if (axe !== null) await page.addInitScript({ content: axe });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    // A refused form is answered with 4xx, which Chromium notes as a resource that failed.
    const expected = /Failed to load resource: the server responded with a status of 4\d\d/.test(
      message.text(),
    );
    if (message.type() === 'error' && !expected) complaints.push(`console: ${message.text()}`);
  });
  const visited: string[] = [];
  const settle = () => {
    if (complaints.length > 0) throw new Error(`${page.url()}\n${complaints.join('\n')}`);
  };
  const look = async ({ thorough } = { thorough: true }) => {
    visited.push(new URL(page.url()).pathname);
    if (axe !== null && thorough) complaints.push(...(await violationsOn(page)));
    const { headings, sideways, errors, title } = await page.evaluate<Seen>(`({
      headings: document.querySelectorAll('h1').length,
      sideways: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
      errors: document.querySelectorAll('.govuk-error-summary').length,
      title: document.title,
    })`);
    if (headings !== 1) complaints.push(`${headings} main headings`);
    if (sideways > 0) complaints.push(`scrolls sideways by ${sideways} pixels`);
    if (errors > 0 && !title.startsWith('Error: '))
      complaints.push(`the title does not say that there is an error: ${title}`);
    settle();
  };
  /** Waits for the page that a press leads to: the end of loading alone may be told late of the page before. */
  const going = async (target: Locator): Promise<void> => {
    const next = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
    await Promise.all([next, target.click()]);
    await page.waitForLoadState();
  };
  /** Who comes to a page to check looks at it, confirms, looks at the panel and goes on. */
  const confirmChecked = async () => {
    const confirm = page.locator('form:has(input[name="_checked"]) button:not([name])');
    if ((await confirm.count()) === 0) return;
    await going(confirm);
    await look();
    const onwards = page.locator('.govuk-panel ~ p a', { hasText: 'Continue' });
    if ((await onwards.count()) === 0) return;
    await going(onwards);
    await look();
  };
  return {
    page,
    visited,
    look,
    settle,
    async open(to) {
      await page.goto(to);
      await look();
    },
    async signIn(account) {
      await context.clearCookies();
      const { before, keep } = sessionOf(account);
      if (before.length > 0 && !isLong) {
        await context.addCookies(before);
        await page.goto('/');
        await look();
        return;
      }
      await page.goto('/sign-in');
      await look();
      await page.getByLabel('E-mail address').fill(`${account}@council.example`);
      await page.getByLabel('Password', { exact: true }).fill(demoPassword);
      await going(page.getByRole('button', { name: 'Sign in', exact: true }));
      await look();
      keep(await context.cookies());
    },
    async press(name) {
      const target = page
        .getByRole('button', { name, exact: true })
        .or(page.getByRole('link', { name, exact: true }))
        .first();
      await going(target);
      await look();
      await confirmChecked();
    },
  };
};
