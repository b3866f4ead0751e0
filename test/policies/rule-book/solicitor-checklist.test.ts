/** The check list for a solicitor: it has each citation of law, and nothing that is not in the rule book. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { authorities, authorityKeys, kindOfAuthority } from '../../../policies/core/authorities.js';
import { ruleKeys, ruleOf } from '../../../policies/core/rules.js';
import { solicitorChecklist } from '../../../policies/rule-book/solicitor-checklist.js';

const root = path.resolve(import.meta.dirname, '../../..');
const file = readFileSync(path.join(root, 'policies/solicitor-checklist.md'), 'utf8');
const sections = new Map(
  file
    .split(/^## /mu)
    .slice(1)
    .map((text) => [/^`(\w+)`/u.exec(text)?.[1] ?? '', text] as const),
);

describe('the check list for a solicitor', () => {
  test('is printed from the rule book as it is: print it anew with npm run rules -- --checklist', () => {
    expect(file).toBe(solicitorChecklist());
  });

  test('lists each authority of the law and of guidance, and none of the council’s own', () => {
    expect([...sections.keys()]).toEqual(
      authorityKeys.filter((key) => kindOfAuthority(authorities[key]) !== 'council'),
    );
  });

  test.each([...sections])(
    '%s has its citations, at least one uncertain point, and where it bites',
    (key, text) => {
      const cites = authorities[key as keyof typeof authorities];
      for (const cited of cites.split('; ')) expect(text).toContain(`- [ ] Checked: ${cited}\n`);
      expect(text).toMatch(/^- \[ \] Settled: .+[.?]$/mu);
      for (const rule of ruleKeys.filter((each) => ruleOf(each).authority === cites))
        expect(text).toContain(`\`${rule}\``);
      const files = /^- Files: (.*)$/mu.exec(text)?.[1] ?? '';
      const named = [...files.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name);
      expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
      expect(text).toContain(`\`/rules#${key}\``);
    },
  );
});
