import type { Server } from 'node:http';
import request from 'supertest';
import { demoPassword } from '../../db/demo/accounts.js';
import { sockets } from './council.js';

/** Turns the five entities that our templates write, and numbered ones, back into characters. */
export const unescaped = (html: string): string =>
  html.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|amp|lt|gt|quot);/gi, (entity, decimal?: string, hex?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }[entity.toLowerCase()] ?? entity;
  });

const attributesOf = (tag: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      unescaped(value),
    ]),
  );

/** The text that a reader sees: no tags, one space for each run of white space. */
export const readable = (html: string): string =>
  unescaped(html.replaceAll(/<(script|style)\b.*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();

export interface FormOnPage {
  readonly action: string;
  /** As a browser would send them untouched: hidden fields, texts, checked boxes; no button. */
  readonly fields: Readonly<Record<string, string>>;
  /** The values that each group of radios or checkboxes offers. */
  readonly offers: Readonly<Record<string, readonly string[]>>;
}

const formIn = (action: string, inner: string): FormOnPage => {
  const fields: Record<string, string> = {};
  const offers: Record<string, string[]> = {};
  for (const [tag] of inner.matchAll(/<input\b[^>]*>/g)) {
    const { name, type = 'text', value = '', checked } = attributesOf(tag);
    if (name === undefined || type === 'submit') continue;
    if (type === 'radio' || type === 'checkbox') {
      (offers[name] ??= []).push(value);
      if (checked !== undefined) fields[name] = value;
    } else fields[name] = value;
  }
  for (const [, tag = '', text = ''] of inner.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs)) {
    const { name } = attributesOf(tag);
    // A browser leaves out one line end at the start, and sends the others as CR LF.
    if (name !== undefined) fields[name] = unescaped(text).replace(/^\n/, '').replaceAll(/\r?\n/g, '\r\n');
  }
  for (const [, tag = '', options = ''] of inner.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const { name } = attributesOf(tag);
    if (name === undefined) continue;
    const all = [...options.matchAll(/<option\b[^>]*>/g)].map(([option]) => attributesOf(option));
    offers[name] = all.map(({ value = '' }) => value);
    fields[name] = all.find(({ selected }) => selected !== undefined)?.value ?? all[0]?.value ?? '';
  }
  return { action, fields, offers };
};

/** One page as it was answered. */
export class Sheet {
  constructor(
    readonly status: number,
    readonly path: string,
    readonly html: string,
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  get main(): string {
    return /<main\b.*?<\/main>/s.exec(this.html)?.[0] ?? '';
  }

  /** What a reader sees in the main part. */
  get text(): string {
    return readable(this.main);
  }

  get title(): string {
    return readable(/<title\b[^>]*>(.*?)<\/title>/s.exec(this.html)?.[1] ?? '');
  }

  get headings(): readonly string[] {
    return [...this.main.matchAll(/<h1\b.*?<\/h1>/gs)].map(([each]) => readable(each));
  }

  /** The error summary: the target of each line, or null, and its words. */
  get errors(): readonly { readonly href: string | null; readonly text: string }[] {
    const summary =
      /<ul class="govuk-list govuk-error-summary__list">(.*?)<\/ul>/s.exec(this.main)?.[1] ?? '';
    return [...summary.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line = '']) => ({
      href: attributesOf(/<a\b[^>]*>/.exec(line)?.[0] ?? '')['href'] ?? null,
      text: readable(line),
    }));
  }

  /** Whether there is an element of that id: what a link of the error summary leads to. */
  has(id: string): boolean {
    return this.html.includes(` id="${id}"`);
  }

  /** The forms of the main part: signing out, on every page, is not among them, nor one that a script alone shows. */
  get forms(): readonly FormOnPage[] {
    return [...this.main.matchAll(/<form\b(?![^>]* hidden\b)([^>]*)>(.*?)<\/form>/gs)].map(
      ([, tag = '', inner = '']) => formIn(attributesOf(tag)['action'] ?? this.path, inner),
    );
  }

  /** @throws where there is not exactly one form to fill in */
  get form(): FormOnPage {
    const [first, second] = this.forms;
    if (!first || second) throw new Error(`${this.path} has ${this.forms.length} forms: ${this.text}`);
    return first;
  }

  /** Whether it shows what will be recorded, and waits to be confirmed. */
  get isToCheck(): boolean {
    return this.forms.some(({ fields }) => fields['_checked'] !== undefined);
  }

  /** Whether it is the panel that says what happened. */
  get isDone(): boolean {
    return this.path.startsWith('/done/') && this.html.includes('govuk-panel');
  }

  link(words: string): string {
    const found = [...this.html.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gs)].find(([, , text = '']) =>
      readable(text).includes(words),
    );
    if (!found) throw new Error(`${this.path} has no link "${words}": ${this.text}`);
    return attributesOf(found[1] ?? '')['href'] ?? '';
  }
}

/** Carries one call out; a test may count what the service does meanwhile. */
export type Sending = <T extends { readonly status: number }>(
  method: string,
  path: string,
  act: () => Promise<T>,
) => Promise<T>;

/** A person before a browser that runs no script: opens pages, fills forms in, follows where they lead. */
export class Reader {
  /** Every page seen, in order. */
  readonly seen: Sheet[] = [];
  /**
   * Whether this person stops at the page to check and at the panel afterwards. Otherwise they confirm and go on, as
   * somebody does who has checked.
   */
  stopsToCheck = false;
  /** Goes to an address of somebody else, and gives the path that the browser is sent back to. */
  elsewhere: ((address: URL) => Promise<string>) | null = null;
  private readonly agent: ReturnType<typeof request.agent>;

  constructor(
    server: Server,
    private readonly sending: Sending = (_method, _path, act) => act(),
  ) {
    this.agent = request.agent(server);
  }

  async open(path: string): Promise<Sheet> {
    const asking = async () => this.agent.get(path).agent(sockets).set('Accept', 'text/html').redirects(0);
    return this.follow(path, await this.sending('GET', path, asking));
  }

  /** Sends a form with some fields filled in; one given as undefined is left out, as an unchecked box is. */
  async send(form: FormOnPage, filled: Readonly<Record<string, string | undefined>> = {}): Promise<Sheet> {
    const fields = Object.entries({ ...form.fields, ...filled }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const posting = async () =>
      this.agent
        .post(form.action)
        .agent(sockets)
        .set('Accept', 'text/html')
        .type('form')
        .send(new URLSearchParams(fields).toString())
        .redirects(0);
    return this.follow(form.action, await this.sending('POST', form.action, posting));
  }

  /** Chooses a file on the only form of the page, and sends it. */
  async upload(
    file: { readonly name: string; readonly content: string | Buffer },
    on = this.page,
  ): Promise<Sheet> {
    const { action, fields } = on.form;
    const posting = async () => {
      const call = this.agent.post(action).agent(sockets).set('Accept', 'text/html').redirects(0);
      for (const [name, value] of Object.entries(fields)) if (name !== 'file') void call.field(name, value);
      return call.attach('file', Buffer.from(file.content), file.name);
    };
    return this.follow(action, await this.sending('POST', action, posting));
  }

  /** Fills the only form of the page in, and sends it. */
  async submit(filled: Readonly<Record<string, string | undefined>> = {}, on = this.page): Promise<Sheet> {
    return this.send(on.form, filled);
  }

  get page(): Sheet {
    const last = this.seen.at(-1);
    if (!last) throw new Error('No page has been opened.');
    return last;
  }

  private async follow(path: string, answer: request.Response): Promise<Sheet> {
    const { location } = answer.headers as { location?: string };
    if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
      return this.open(location);
    }
    const onwards = leadsOnTo(answer.text);
    if (onwards && this.elsewhere) return this.open(await this.elsewhere(onwards));
    const sheet = new Sheet(answer.status, path, answer.text, answer.headers);
    this.seen.push(sheet);
    if (this.stopsToCheck) return sheet;
    if (sheet.isToCheck) return this.send(sheet.form);
    return sheet.isDone ? this.open(sheet.link('Continue')) : sheet;
  }
}

/** Where a page takes the browser by itself; null where it stays. */
export const leadsOnTo = (html: string): URL | null => {
  const [, to] = /<meta http-equiv="refresh" content="0; url=([^"]+)">/.exec(html) ?? [];
  return to === undefined ? null : new URL(to.replaceAll('&amp;', '&'));
};

/** Signs in by the page, as an account of the demonstration council. */
export const readerOf = async (server: Server, account: string, sending?: Sending): Promise<Reader> => {
  const reader = new Reader(server, sending);
  await reader.open('/sign-in');
  await reader.submit({ email: `${account}@council.example`, password: demoPassword });
  if (reader.page.path === '/sign-in') throw new Error(`${account} could not sign in: ${reader.page.text}`);
  return reader;
};
