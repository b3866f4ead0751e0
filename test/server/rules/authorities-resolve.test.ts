/**
 * Every authority that a page or an answer shows leads to its entry in the public rules: each place that a person of each
 * office may open, and each answer that tells of a finding or a refusal.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { kindOfAuthority } from '../../../policies/core/authorities.js';
import { ruleKeys, ruleOf } from '../../../policies/core/rules.js';
import type { Command } from '../../../policies/command/command.js';
import { blocks, ruleBehind } from '../../../policies/need-to-know/blocks.js';
import { questions } from '../../../policies/need-to-know/questions.js';
import { everyCommand } from '../../../policies/permission/every-command.js';
import { sockets, useCouncil, type Account } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { isLong } from '../../support/long.js';
import { readersOf } from '../../support/officers.js';
import { placesOf } from '../../support/places.js';

const council = useCouncil();
const as = readersOf(council);

interface Entry {
  readonly key: string;
  readonly authority: string;
  readonly kind: string;
}
let rules: string;
let entries: readonly Entry[];
let places: readonly (readonly [Account, readonly string[]])[];

beforeAll(async () => {
  const asked = (accept: string) =>
    request(council.server).get('/rules').agent(sockets).set('Accept', accept);
  rules = (await asked('text/html')).text;
  entries = (await asked('application/json')).body.authorities;
  places = await placesOf(council);
}, 120_000);

/** The authorities of a page: those after the word, and those of links to the rules. */
const anchorsOn = (html: string): string[] =>
  [...html.matchAll(/href="\/rules#([^"]+)"/gu)].map(([, key = '']) => key);
const unlinkedOn = (html: string, word: string): string[] =>
  html
    .split(word)
    .slice(1)
    .filter((after) => !after.startsWith('<a class="govuk-link" href="/rules#'))
    .map((after) => after.slice(0, 80));
const wordOn = (address: string): string =>
  // A request has an authority of its own as well, which its author cites.
  address.endsWith('/test') ? '>Authority</dt><dd class="govuk-summary-list__value">' : 'Authority: ';

/** In short: the pages whose views quote an authority. */
const showsOne = (address: string): boolean =>
  /\/(test|decide|checks|sign|lift|right|ask)(\/|$)/u.test(address);

describe('an authority', () => {
  test('on every page is a link to its entry, which is there', async () => {
    let opened = 0;
    const met = new Set<string>();
    for (const [account, addresses] of places) {
      const reader = await as(account);
      for (const address of isLong ? addresses : addresses.filter(showsOne)) {
        const { html } = await reader.open(address);
        opened += 1;
        expect([address, unlinkedOn(html, wordOn(address))]).toEqual([address, []]);
        for (const key of anchorsOn(html)) met.add(key);
        expect([address, html.includes('class="govuk-footer__link" href="/rules"')]).toEqual([address, true]);
      }
    }
    expect(opened).toBeGreaterThan(isLong ? 100 : 12);
    expect([...met].filter((key) => !rules.includes(`id="${key}"`))).toEqual([]);
    // The questions of the test alone rest on as many.
    expect(met.size).toBeGreaterThan(10);
  });

  test('of every rule, of every question and of every hindrance of a command is an entry, on the page too', () => {
    const ofCommands = (everyCommand as readonly Command[]).flatMap(
      ({ otherwise, elsewhere, closedBy, hinders }) => [
        otherwise,
        elsewhere,
        ...[...closedBy, ...hinders].map(({ rule }) => rule),
      ],
    );
    const all = [
      ...new Set([...ruleKeys, ...ofCommands].map((rule) => ruleOf(rule).authority)),
      ...questions.map(({ authority }) => authority),
      ...blocks.map(ruleBehind),
    ];
    for (const authority of all) {
      const [entry] = entries.filter((each) => each.authority === authority);
      expect([authority, entry?.kind]).toEqual([authority, kindOfAuthority(authority)]);
      expect([authority, rules.includes(`id="${entry?.key}"`)]).toEqual([authority, true]);
    }
    expect(all.length).toBeGreaterThan(50);
  });

  test('on the page of a refusal too', async () => {
    const page = await (await as('host')).open('/settings/names');
    expect(unlinkedOn(page.html, 'Authority: ')).toEqual([]);
    expect(anchorsOn(page.html)).toEqual(['capacity']);
  });

  test('of every finding, in a preview and of a request, is an entry of the same kind', async () => {
    const line = await Line.assessed(council, {}, { legal_bars: { answer: [{ bar: 'court_order' }] } });
    const legal = await council.as('legal');
    const shown = expectOk(await legal.get(`${line.path}/assessment`)).body.findings;
    const preview = expectOk(
      await legal.post('/api/need-to-know/preview', { observationType: 'core_group', answers: {} }),
    ).body.findings;
    for (const { authority, kind } of [...shown, ...preview] as Entry[])
      expect(entries).toContainEqual(expect.objectContaining({ authority, kind }));
  });

  test.each([
    ['a deputy whose office it is not', 'host', '/decision', { outcome: 'approve' }],
    ['an approval of a block', 'legal', '/decision', { outcome: 'approve' }],
    ['a lift of a bar of law', 'legal', '/lifts', { question: 'legal_bars' }],
    [
      'a sign-off for another office',
      'auditor',
      '/sign-offs',
      { office: 'democratic_services', outcome: 'agree' },
    ],
  ])('of a refusal is an entry of the same kind: %s', async (_what, account, path, more) => {
    const line = await Line.assessed(council, {}, { legal_bars: { answer: [{ bar: 'court_order' }] } });
    const { status, body } = await (
      await council.as(account)
    ).post(`${line.path}${path}`, {
      version: 1,
      reasons: 'It names the duty and why nothing less would do.',
      ...(path === '/lifts' ? {} : { noConflict: true, grounds: [] }),
      ...more,
    });
    expect([403, 409]).toContain(status);
    const { authority, kind } = body as Entry;
    expect(entries).toContainEqual(expect.objectContaining({ authority, kind }));
  });
});
