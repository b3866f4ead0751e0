/** The public page of the rules: for anyone, with every authority in full, and the place of each council rule. */
import request from 'supertest';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { authorities, authorityKeys, councilRuleKeys } from '../../../policies/core/authorities.js';
import { ruleKeys, ruleOf, ruleSays } from '../../../policies/core/rules.js';
import { questions } from '../../../policies/need-to-know/questions.js';
import { currentEdition } from '../../../db/audit/edition.js';
import { sockets, useCouncil, type Answer } from '../../support/council.js';
import { readersOf } from '../../support/officers.js';

const council = useCouncil();
const as = readersOf(council);
const keeper = 'democratic.services';

const rulesAs = async (accept: string, path = '/rules') =>
  request(council.server).get(path).agent(sockets).set('Accept', accept);
const adopt = async (adopted: object | null): Promise<Answer> => {
  const { revision } = (await (await council.as(keeper)).get('/api/settings')).body;
  return (await council.as(keeper)).patch('/api/settings', { revision, adopted });
};

const document = {
  title: 'Protocol for observation by members',
  date: '2026-05-12',
  link: 'https://council.example/protocol',
  paragraphs: { separation: '4.2' },
};

describe('the rules for anyone', () => {
  test('are a page without a sign-in, with each rule, each question and each authority at its anchor', async () => {
    const page = await rulesAs('text/html');
    expect(page.status).toBe(200);
    for (const key of authorityKeys) expect(page.text).toContain(`id="${key}"`);
    for (const key of ruleKeys) {
      expect(page.text).toContain(`id="rule-${key}"`);
    }
    for (const { key } of questions) expect(page.text).toContain(`id="question-${key}"`);
    expect(page.text).toContain(currentEdition.code);
    expect(page.text).toContain('This council has not named the document in which its own rules stand.');
  });

  test('are JSON by Accept: every rule in its words, with its authority, its kind and the edition', async () => {
    const { status, body } = await rulesAs('application/json');
    expect(status).toBe(200);
    expect(body).toMatchObject({ edition: currentEdition.code, adopted: null });
    expect(body.rules).toEqual(ruleKeys.map((key) => ({ ...ruleOf(key), says: ruleSays(key) })));
    expect(
      body.authorities.map(({ key, authority }: { key: string; authority: string }) => [key, authority]),
    ).toEqual(Object.entries(authorities));
    expect(body.questions).toHaveLength(14);
  });

  test('each rest on an authority that stands there', async () => {
    const { body } = await rulesAs('application/json');
    const listed = new Map(
      body.authorities.map(({ authority, kind }: { authority: string; kind: string }) => [authority, kind]),
    );
    for (const { authority, kind } of [...body.rules, ...body.questions])
      expect(listed.get(authority)).toBe(kind);
  });

  test('are linked from the foot of every page', async () => {
    const pages = [await rulesAs('text/html', '/sign-in'), await rulesAs('text/html')];
    for (const { text } of pages) expect(text).toContain('class="govuk-footer__link" href="/rules"');
  });
});

describe('the document that the council adopted', () => {
  beforeAll(async () => {
    expect((await adopt(document)).status).toBe(200);
  });

  test('is a setting, read back with its paragraphs, and its change is on record', async () => {
    const { body } = await (await council.as(keeper)).get('/api/settings');
    expect(body.adopted).toEqual(document);
    expect(body.history[0].changed).toContainEqual({
      setting: 'adopted.title',
      was: null,
      became: document.title,
    });
  });

  test('gives each council rule its place, and the law none', async () => {
    const { body } = await rulesAs('application/json');
    expect(body.adopted).toEqual({ title: document.title, date: document.date, link: document.link });
    for (const { key, kind, place } of body.authorities) {
      expect([key, place?.title ?? null]).toEqual([key, kind === 'council' ? document.title : null]);
    }
    expect(body.authorities.find(({ key }: { key: string }) => key === 'separation').place.paragraph).toBe(
      '4.2',
    );
    const page = await rulesAs('text/html');
    expect(page.text).toContain(`In ${document.title}, adopted on 12 May 2026, paragraph 4.2.`);
  });

  test('is named on the page of a refusal by a council rule', async () => {
    const page = await (await as('host')).open('/settings/names');
    expect(page.status).toBe(403);
    expect(page.html).toContain('<a class="govuk-link" href="/rules#capacity">');
    expect(page.text).toContain(`(${document.title}, adopted on 12 May 2026)`);
  });

  test.each([
    ['title', { ...document, title: 'Two\nlines' }, 'adopted.title'],
    ['link', { ...document, link: 'http://council.example/protocol' }, 'adopted.link'],
    ['link of a script', { ...document, link: 'javascript:alert(1)' }, 'adopted.link'],
    ['paragraph', { ...document, paragraphs: { separation: '4\n2' } }, 'adopted.paragraphs.separation'],
    ['date', { ...document, date: '2026-02-30' }, 'adopted.date'],
  ])('is refused with a wrong %s, which is named', async (_what, given, field) => {
    const { status, body } = await adopt(given);
    expect(status).toBe(422);
    expect(body.errors.map((each: { field: string }) => each.field)).toContain(field);
  });

  test('has no paragraph for an authority of the law', async () => {
    expect(councilRuleKeys).not.toContain('membership');
    const { status } = await adopt({ ...document, paragraphs: { membership: '4.2' } });
    expect(status).toBe(422);
  });

  test('is named on its own page by Democratic Services', async () => {
    const form = await (await as(keeper)).open('/settings/adopted');
    expect(form.status).toBe(200);
    expect(form.html).toContain(`value="${document.title}"`);
  });

  test('is taken away by null', async () => {
    expect((await adopt(null)).status).toBe(200);
    expect((await rulesAs('application/json')).body.adopted).toBeNull();
  });
});
