import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { capabilities, isStandard } from './support/capabilities.js';

const root = path.resolve(import.meta.dirname, '..');
const top = ['policies', 'db', 'emails', 'server', 'test'];
const lines = (file: string): string[] => readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n');

const pagesIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => path.extname(name) === '.md' && !name.split(path.sep).includes('node_modules'));
const pages = ['README.md', 'CONTRIBUTING.md', ...top.flatMap(pagesIn)];

const isPath = /^(\.{1,2}\/)*\.?[a-z][\w.-]*(\/[\w.-]+)*\/?$/;
const isFile = /\.(ts|mjs|md|njk|json)$/;
/** Written as paths are: a package of Go, and a folder that a run makes. */
const noPaths = ['golang.org/x/mod/sumdb/note', 'results/'];
/** What the README of a folder says of each capability in it. */
const ofEach = /^(api|pages|present|shapes|bodies|commands)\.ts$|^(pages|present|views|follows)\/$/;

/** What a page names as a path, in code or as the place of a link. */
const pathsIn = (text: string): string[] => {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  const code = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
  const links = [...prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, name = '']) => name);
  return [
    ...code.filter((name) => isPath.test(name) && (name.includes('/') || isFile.test(name))),
    ...links.filter((name) => !name.includes(':')),
  ].filter((name) => !noPaths.includes(name) && !ofEach.test(name));
};

/** A path counts from the folder of its page or from the top; a test is also named without its ending. */
const exists = (page: string, name: string): boolean =>
  [path.dirname(page), '.'].some((from) =>
    ['', '.test.ts'].some((ending) => existsSync(path.join(root, from, name.replace(/\/$/, '') + ending))),
  );

describe('the pages for developers', () => {
  test.each(pages)('%s names only paths that are there', (page) => {
    const named = pathsIn(readFileSync(path.join(root, page), 'utf8'));
    expect(named.filter((name) => !exists(page, name))).toEqual([]);
  });

  test.each([
    ['Where is it decided whether a visit may be attended?', 'policies/visit/', 'policies/grant/'],
    ['What does the auditor see of an incident?', 'policies/permission/offices/', 'server/incident/'],
    ['What happens when a grant lapses?', 'policies/grant/', 'server/jobs/', 'db/grant/', 'emails/'],
  ])('CONTRIBUTING.md answers by paths that are there: %s', (asked, ...folders) => {
    const page = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
    const [, answer = ''] = page.split(`- ${asked}`);
    const named = pathsIn(answer.split(/\n(?:- |\n)/)[0] ?? '');
    expect(named.filter((name) => !exists('CONTRIBUTING.md', name))).toEqual([]);
    expect(folders.filter((folder) => !named.some((name) => name.startsWith(folder)))).toEqual([]);
  });

  test.each(top)('%s opens with a README of at most one screen', (folder) => {
    expect(lines(`${folder}/README.md`).length).toBeLessThanOrEqual(40);
  });

  test.each(capabilities)(
    'server/%s opens with a few lines, which name each of its use cases',
    (capability) => {
      const text = lines(`server/${capability}/README.md`);
      expect(text.length).toBeLessThanOrEqual(12);
      const own = readdirSync(path.join(root, 'server', capability)).filter(
        (name) => name.endsWith('.ts') && !isStandard(name),
      );
      expect(own.filter((name) => !text.some((line) => line.includes(`\`${name}\``)))).toEqual([]);
    },
  );
});
