import { expect } from '@jest/globals';
import { question, type QuestionKey } from '../../policies/need-to-know/questions.js';
import { readerOf, type Reader, type Sheet } from './browser-less.js';
import type { Account, Council } from './council.js';
import { answerInOrder, type Line } from './line.js';

const officers: Readonly<Record<string, Account>> = {
  childrens_services: 'childrens.services',
  democratic_services: 'democratic.services',
  legal: 'legal',
};

/** The account that answers a question. */
export const answers = (key: QuestionKey): Account => officers[question(key).office] ?? '';

/** Readers of a council, signed in once each. */
export const readersOf = (council: Council) => {
  const readers = new Map<Account, Promise<Reader>>();
  return (account: Account): Promise<Reader> => {
    const reader = readers.get(account) ?? readerOf(council.server, account);
    readers.set(account, reader);
    return reader;
  };
};

type Fields = Record<string, string>;

/** The fields of a question's form that give this answer. */
export const fieldsOf = (given: object): Fields => {
  const { answer, reason } = given as { answer: unknown; reason?: string };
  const reasons: Fields = reason === undefined ? {} : { reason };
  if (typeof answer === 'string') return { answer, ...reasons };
  if (Array.isArray(answer)) return { answer: answer.length === 0 ? 'none' : String(answer[0]), ...reasons };
  const items = Object.entries(answer as Fields).map(([item, value]) => [`answer.${item}`, value] as const);
  return { ...Object.fromEntries(items), ...reasons };
};

/** The answer that lets the test pass, as its form sends it. */
export const inOrder = (key: QuestionKey, line: Line): Fields => ({
  ...fieldsOf(answerInOrder(key, line.type)),
  ...(key === 'lawful_basis' ? { 'basis.article6': '6(1)(e)' } : {}),
});

/** Opens a page, fills its form in and sends it. */
export const fillIn = async (reader: Reader, path: string, fields: Fields): Promise<Sheet> => {
  const page = await reader.open(path);
  return reader.submit(fields, page);
};

/**
 * A form that was refused: its page again, told so in the title, each line of the summary that has a link
 * leading to something on the page.
 */
export const expectRefused = (page: Sheet, status: number, ...says: (string | RegExp)[]): void => {
  expect([page.status, page.errors.length > 0, page.text.slice(0, 200)]).toEqual([
    status,
    true,
    expect.any(String),
  ]);
  expect(page.title).toMatch(/^Error: /);
  expect(page.headings).toHaveLength(1);
  for (const { href } of page.errors)
    if (href !== null) expect([href, page.has(href.slice(1))]).toEqual([href, true]);
  const summary = page.errors.map(({ text }) => text).join('\n');
  for (const each of says) expect(summary).toMatch(each);
};
