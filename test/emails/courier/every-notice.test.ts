/** Each capability words its own notices: those that its rules send, each once. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { noticeKinds } from '../../../policies/core/notices.js';
import { capabilities } from '../../support/capabilities.js';

const root = path.resolve(import.meta.dirname, '../../..');
const kindsIn = (folder: string, name: string, kind: RegExp): string[] => {
  const file = path.join(root, folder, name, 'notices.ts');
  if (!existsSync(file)) return [];
  return [...readFileSync(file, 'utf8').matchAll(kind)].map(([, found = '']) => found);
};
const worded = (name: string): string[] => kindsIn('emails', name, /^ {2}(\w+): \{$/gm);
const sent = (name: string): string[] => [...new Set(kindsIn('policies', name, /\bkind: '(\w+)'/g))];

describe('the words of notices', () => {
  test('stand once for each kind, in the folder of one capability', () => {
    expect(capabilities.flatMap(worded).toSorted()).toEqual([...noticeKinds].toSorted());
  });

  test.each(capabilities.filter((name) => sent(name).length > 0))(
    'of %s are in the folder of its name',
    (name) => {
      expect(worded(name).toSorted()).toEqual(sent(name).toSorted());
    },
  );
});
