/** Each authority says whose it is, and cites only what a reader can look up. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  authorities,
  authorityKeyOf,
  authorityKeys,
  councilRuleKeys,
  kindOfAuthority,
  quotedAuthority,
} from '../../../policies/core/authorities.js';
import { ruleBook as book } from '../../../policies/rule-book/rule-book.js';
import { ruleKeys, ruleOf } from '../../../policies/core/rules.js';
import { questions } from '../../../policies/need-to-know/questions.js';

const ofKind = (kind: string) => authorityKeys.filter((key) => kindOfAuthority(authorities[key]) === kind);

/** An Act with year and section, an instrument with its number and regulation, a case with its report. */
const full = [
  /^\p{Lu}[\w’'(), -]+ Act \d{4}, (sections? \d|Schedule \d)/u,
  /^\p{Lu}[\w’'(), -]+ (Regulations|Rules) \d{4} \(SI \d{4}\/\d+\), (regulations?|rules?) \d/u,
  /^R v .+, ex parte \p{Lu}\w* (\[\d{4}\] (\d )?(AC|WLR|All ER|QB) \d+|\(\d{4}\) \d+ (LT|LGR) \d+)$/u,
  /^\p{Lu}[\w ]* v [\w ()]+ \[\d{4}\] (\d )?(AC|WLR|All ER|QB) \d+$/u,
  // What the court wrote is in the file of the case.
  /^The order of the court itself$/u,
  /^UK GDPR \(Data Protection Act 2018, section 3\(10\)\), Articles? \d/u,
  /^European Convention on Human Rights \(Human Rights Act 1998, Schedule 1\), Article \d/u,
];
const isFull = (cited: string): boolean => full.some((pattern) => pattern.test(cited));

/** Guidance has its title, its publisher and its year; a partner’s procedure names the partner who publishes it. */
const isNamed = (cited: string): boolean =>
  /^\p{Lu}.+, \p{Lu}.+, \d{4}$/u.test(cited) || /procedures that the .+ publishes$/u.test(cited);

describe('an authority', () => {
  test.each(ofKind('law'))('%s of the law is cited in full', (key) => {
    for (const cited of authorities[key].split('; ')) expect([cited, isFull(cited)]).toEqual([cited, true]);
  });

  test.each(ofKind('guidance'))(
    '%s of guidance has a title, a publisher and a year, or its partner',
    (key) => {
      for (const cited of authorities[key].split('; '))
        expect([cited, isNamed(cited)]).toEqual([cited, true]);
    },
  );

  test.each([
    'Report 8.3: a need to know',
    'Ex parte Woodward',
    'UK GDPR, Article 5(1)(c)',
    'The members’ code of conduct',
    'SI 2005/389',
    'Local Government Act, section 83',
    'Local Government Act 1972',
    'R v Birmingham City Council, ex parte O',
  ])('that a reader cannot look up counts as no citation: %s', (cited) => {
    expect(isFull(cited)).toBe(false);
  });

  test('of the council says that it is the council’s, and no other does', () => {
    expect(councilRuleKeys.length).toBeGreaterThan(10);
    for (const key of authorityKeys)
      expect([key, authorities[key].startsWith('Council rule: ')]).toEqual([
        key,
        councilRuleKeys.includes(key),
      ]);
    for (const key of councilRuleKeys) expect(authorities[key]).not.toMatch(/\blaw\b|\bAct\b|lawful/u);
  });

  test('is known by its words, and quoted with whose it is', () => {
    expect(new Set(Object.values(authorities)).size).toBe(authorityKeys.length);
    for (const key of authorityKeys) {
      expect(authorityKeyOf(authorities[key])).toBe(key);
      expect(quotedAuthority(authorities[key])).toMatch(/^(The law|Guidance|Council rule): /u);
    }
    expect(() => kindOfAuthority('Report 8.3')).toThrow('not in the table');
  });

  test('of every rule and every question is one of the table, with its kind', () => {
    for (const key of ruleKeys) {
      const { authority, kind } = ruleOf(key);
      expect([key, kind]).toEqual([key, kindOfAuthority(authority)]);
    }
    for (const { authority } of questions) expect(authorityKeyOf(authority)).toBeDefined();
  });

  test('is quoted somewhere, and so are rules that call themselves the law’s', () => {
    const quoted = JSON.stringify([ruleKeys.map((key) => ruleOf(key).authority), book]);
    expect(ofKind('law').filter((key) => !quoted.includes(JSON.stringify(authorities[key])))).toEqual([]);
  });
});

const root = path.resolve(import.meta.dirname, '../../..');
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(folder, name));

/** Without comments, which cite the sources of this code for those who change it. */
const saidIn = (file: string): string =>
  readFileSync(path.join(root, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//gu, '')
    .replaceAll(/\{#[\s\S]*?#\}/gu, '')
    .replaceAll(/\/\/ .*$/gmu, '');

test('no page, rule or message names a paper that a reader cannot look up', () => {
  const files = [
    ...filesIn('server', '.njk'),
    ...filesIn('server', '.ts'),
    ...filesIn('policies', '.ts'),
    ...filesIn('emails', '.ts'),
  ];
  expect(files.length).toBeGreaterThan(300);
  const unnamed = /\breports? \d+\.\d|need-to-know rules|People, accounts and sign-in/iu;
  expect(files.filter((file) => unnamed.test(saidIn(file)))).toEqual([]);
});
