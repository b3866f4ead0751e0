import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { demoPassword } from '../../db/demo/accounts.js';
import { launch } from './chromium.js';
import type { Account, Council } from './council.js';

/** One axe rule that was broken, and where. */
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What a browser complained of while a test walked: each makes the test fail. */
export interface Walker {
  readonly page: Page;
  /** Every page that was looked at, by path, in order. */
  readonly visited: string[];
  /** Goes to a path of the service. */
  open(path: string): Promise<void>;
  signIn(account: Account): Promise<void>;
  /** Presses the button or link of that name, waits for the next page, and looks at it. */
  press(name: string | RegExp): Promise<void>;
  /** Throws what the browser has complained of since the last look. */
  settle(): void;
  /** Looks at the page: axe at WCAG 2.2 AA, one main heading, a title; throws what is wrong. */
  look(): Promise<void>;
}

export interface Walking {
  readonly scripts: boolean;
  /** Whether axe looks at each page; else only at what every look asks. */
  readonly thorough: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface Browsing {
  /** Opens a fresh window, with scripts or without, and closes it after the test. */
  walk({ scripts, thorough, viewport }: Walking, test: (walker: Walker) => Promise<void>): Promise<void>;
}

const require = createRequire(import.meta.url);
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A real browser on the council's app, over a real socket. */
export const useBrowser = (council: Council): Browsing => {
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
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    async walk({ scripts, thorough, viewport = { width: 1000, height: 900 } }, test) {
      const context = await browser.newContext({ javaScriptEnabled: scripts, viewport, baseURL: base() });
      try {
        const walker = await walkerIn(context, thorough ? axe : null);
        await test(walker);
        walker.settle();
      } finally {
        await context.close();
      }
    },
  };
};

/** What axe finds on the page at WCAG 2.2 AA, no rule switched off. */
const violationsOn = async (page: Page, axe: string): Promise<string[]> => {
  await page.evaluate(axe);
  const violations = await page.evaluate<Violation[]>(
    `axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } }).then((found) => found.violations)`,
  );
  return violations.map(
    ({ id, nodes }) =>
      `axe ${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`,
  );
};

const walkerIn = async (context: BrowserContext, axe: string | null): Promise<Walker> => {
  const page = await context.newPage();
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
  const look = async () => {
    visited.push(new URL(page.url()).pathname);
    if (axe !== null) complaints.push(...(await violationsOn(page, axe)));
    const headings = await page.locator('h1').count();
    if (headings !== 1) complaints.push(`${headings} main headings`);
    const errors = await page.locator('.govuk-error-summary').count();
    const title = await page.title();
    if (errors > 0 && !title.startsWith('Error: '))
      complaints.push(`the title does not say that there is an error: ${title}`);
    settle();
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
      await page.context().clearCookies();
      await page.goto('/sign-in');
      await look();
      await page.getByLabel('E-mail address').fill(`${account}@council.example`);
      await page.getByLabel('Password', { exact: true }).fill(demoPassword);
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Sign in' }).click()]);
      await look();
    },
    async press(name) {
      const target = page
        .getByRole('button', { name, exact: true })
        .or(page.getByRole('link', { name, exact: true }))
        .first();
      await Promise.all([page.waitForEvent('load'), target.click()]);
      await look();
    },
  };
};
