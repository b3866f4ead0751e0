import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { capabilities, foldersIn, isStandard } from './support/capabilities.js';

const root = path.resolve(import.meta.dirname, '..');

/** Which files of ours each folder may import. */
const mayImport: Readonly<Record<string, (file: string) => boolean>> = {
  policies: (file) => file.startsWith('policies/'),
  db: (file) => /^(db|policies)\//.test(file),
  emails: (file) => /^(emails|policies)\//.test(file) || file === 'db/outbox/outbox.ts',
  server: (file) => /^(server|emails|db|policies)\//.test(file),
};
const folders = Object.keys(mayImport);

const filesIn = (folder: string): string[] =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
        .filter((file) => !file.includes('node_modules'))
    : [];

const sources = folders.flatMap(filesIn).filter((file) => /\.m?[jt]s$/.test(file));

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
const read = (file: string) => withoutComments(readFileSync(path.join(root, file), 'utf8'));

const imported = (file: string): string[] =>
  [...read(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name ?? '');

/** The files of ours that a file imports, as paths from the root, with the extension they have on disk. */
const ours = (file: string): string[] =>
  imported(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.normalize(path.join(path.dirname(file), name)).replace(/\.js$/, '.ts'));

describe('the folders', () => {
  test('hold source at all', () => {
    for (const folder of ['policies', 'db', 'server']) {
      expect(sources.filter((file) => file.startsWith(`${folder}/`)).length).toBeGreaterThan(3);
    }
  });

  test.each(folders)('%s imports only the folders before it: policies, db, emails, server', (folder) => {
    const allowed = mayImport[folder];
    const wrong = sources
      .filter((file) => file.startsWith(`${folder}/`))
      .flatMap((file) => ours(file).map((target) => ({ file, target })))
      .filter(({ target }) => !allowed?.(target));
    expect(wrong).toEqual([]);
  });

  test('have no circles between files, imports of types included', () => {
    const graph = new Map(sources.map((file) => [file, ours(file)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, above: readonly string[]): void => {
      if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' -> '));
      if (done.has(file) || above.includes(file)) return;
      for (const next of graph.get(file) ?? []) walk(next, [...above, file]);
      done.add(file);
    };
    for (const file of graph.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });

  test('have no drawer for odds and ends, and no barrels', () => {
    const drawers = sources.filter((file) =>
      /(^|\/)(utils?|helpers?|types|common|misc|shared|casework|lib)(\/|\.m?[jt]s$)/.test(file),
    );
    expect(drawers).toEqual([]);
    const barrels = sources.filter((file) => {
      const statements = read(file)
        .split(';')
        .map((part) => part.trim())
        .filter(Boolean);
      return statements.length > 1 && statements.every((part) => /^export .* from /s.test(part));
    });
    expect(barrels).toEqual([]);
  });
});

/**
 * The capabilities in the order in which their rules and their rows build on one another: in policies and in db each
 * imports only those before it, and so there is no circle of folders.
 */
const order = [
  'need-to-know',
  'finding',
  'register',
  'legal-hold',
  'redaction',
  'retention',
  'settings',
  'office',
  'proof',
  'passkey',
  'provider',
  'address',
  'people',
  'account',
  'session',
  'token',
  'correction',
  'request',
  'grant',
  'question',
  'visit',
  'calendar',
  'papers',
  'decision',
  'review',
  'incident',
  'disclosure',
  'programme',
  'protocol',
  'leaflet',
  'conflict',
  'standby',
  'leaving',
  'deadline',
  'operations',
  'subject-access',
  'audit-requirement',
  'trail',
  'rules',
];

/** The folders of each part of the house from the ground up; a capability's commands stand above its rules. */
const storeys: Readonly<Record<string, readonly (readonly string[])[]>> = {
  policies: [
    ['core'],
    ...order.map((name) => [name]),
    ['case'],
    ['command'],
    ...order.map((name) => [`${name}/commands`]),
    ['permission'],
    ['rule-book'],
  ],
  // The ground floor of db is one: what a transaction writes last is its entries and its messages.
  db: [
    ['core', 'audit', 'outbox'],
    ...order.map((name) => [name]),
    ['case'],
    ['migrations'],
    ['schema'],
    ['embedded'],
    ['demo'],
  ],
  emails: [['core'], ...order.map((name) => [name]), ['courier']],
};

/** On which storey a file stands; -1 where its folder has no place. */
const storeyOf = (file: string): number => {
  const [top = '', folder = '', name] = file.split('/');
  const place = top === 'policies' && name === 'commands.ts' ? `${folder}/commands` : folder;
  return storeys[top]?.findIndex((storey) => storey.includes(place)) ?? -1;
};

/** Imports that go up all the same, each with its reason. None is added: the list only gets shorter. */
const upwards: Readonly<Record<string, string>> = {
  'policies/grant/grant.ts -> policies/visit/visit.ts':
    'a grant counts the visits that were planned under it',
  'policies/grant/grant-record.ts -> policies/visit/visit.ts': 'and says how each of them stood at a moment',
  'db/audit/append.ts -> db/settings/settings.ts': 'each entry names the settings that were in force',
};

describe('policies, db and emails', () => {
  const builtIn = sources.filter((file) => (file.split('/')[0] ?? '') in storeys);
  const wrong = builtIn
    .flatMap((file) => ours(file).map((target) => ({ file, target })))
    .filter(({ file, target }) => target.split('/')[0] === file.split('/')[0])
    .filter(({ file, target }) => storeyOf(target) > storeyOf(file))
    .map(({ file, target }) => `${file} -> ${target}`);

  test('have a place in the order for each folder, and for each capability', () => {
    expect(builtIn.filter((file) => storeyOf(file) < 0)).toEqual([]);
    expect(order.toSorted()).toEqual(capabilities.toSorted());
  });

  test.each(Object.keys(storeys))(
    '%s imports downwards: core no capability, a capability of others those before it',
    (top) => {
      expect(wrong.filter((each) => each.startsWith(`${top}/`) && !(each in upwards))).toEqual([]);
    },
  );

  test('keep no exception that they do not need any more', () => {
    expect(Object.keys(upwards).filter((each) => !wrong.includes(each))).toEqual([]);
  });
});

/** The folder of the server that a file lies in; null for its tables and its start. */
const folderOf = (file: string): string | null => /^server\/([^/]+)\//.exec(file)?.[1] ?? null;
const insideOf = (file: string): string => file.split('/').slice(2).join('/');

/** The tables and the start, which name every capability. */
const tables = ['server/app.ts', 'server/main.ts', 'server/pages.ts', 'server/routes.ts', 'server/cli.ts'];

/** What a capability offers to the others: readings, commands, and how it is sent, presented and followed up. */
const published = /^((read|list)-[^/]+|commands|present|shapes|bodies)\.ts$|^(present|follows)\/[^/]+\.ts$/;

/** Which parts of the server the files of each part may import; a capability is named by itself. */
const within: Readonly<Record<string, (target: string) => boolean>> = {
  web: (folder) => ['web', 'case', 'signing'].includes(folder),
  case: (folder) => ['case', 'signing'].includes(folder),
  signing: (folder) => folder === 'signing',
  bundles: (folder) => ['bundles', 'signing'].includes(folder),
  witness: (folder) => ['witness', 'signing'].includes(folder),
  'demo-line': (folder) => folder === 'demo-line',
  processes: (folder) => folder === 'processes',
  jobs: (folder) => ['jobs', 'case', 'signing', ...capabilities].includes(folder),
  cli: () => true,
};

const goesTheWay = (file: string, target: string): boolean => {
  const [from, to] = [folderOf(file), folderOf(target)];
  if (tables.includes(file) || from === to) return true;
  // The start is a leaf for all else: settings and the place of the database.
  if (to === null) return from === null || (from === 'cli' && !tables.includes(target));
  if (from === null) return to === 'demo-line' || !capabilities.includes(to);
  const isPart = within[from];
  if (isPart) return isPart(to);
  return (
    ['web', 'case', 'signing', 'bundles'].includes(to) ||
    (capabilities.includes(to) && published.test(insideOf(target)))
  );
};

describe('the server', () => {
  const imports = sources
    .filter((file) => file.startsWith('server/'))
    .flatMap((file) =>
      ours(file)
        .filter((target) => target.startsWith('server/'))
        .map((target) => ({ file, target })),
    );
  const wrong = imports
    .filter(({ file, target }) => !goesTheWay(file, target))
    .map(({ file, target }) => `${file} -> ${target}`);

  test('imports one way: web and case no capability, a capability of another what it publishes', () => {
    expect(wrong).toEqual([]);
  });
});

/** How many use cases or rules a folder has, beside its standard files. */
const most = 12;

/** Migrations are numbered and never moved; they alone may be more. */
const growing = /^db\/migrations(\/|$)/;

/** The use cases or rules of a folder. A capability of the server has its standard files beside them, one of a kind. */
const countedIn = (folder: string, names: readonly string[]): readonly string[] => {
  const [top, capability = '', ...deeper] = folder.split('/');
  if (top !== 'server' || !capabilities.includes(capability) || deeper.length > 0) return names;
  const standard = names.filter(isStandard);
  const more = ['-api', '-file', '-after'].flatMap((kind) =>
    standard.filter((name) => name.endsWith(`${kind}.ts`)).slice(1),
  );
  return [...names.filter((name) => !isStandard(name)), ...more];
};

describe('a folder', () => {
  test.each(folders)('of %s holds at most a dozen rules or use cases, whatever it is for', (top) => {
    const byFolder = new Map<string, string[]>();
    for (const file of sources.filter((each) => each.startsWith(`${top}/`)))
      byFolder.set(path.dirname(file), [...(byFolder.get(path.dirname(file)) ?? []), path.basename(file)]);
    expect(byFolder.size).toBeGreaterThan(2);
    const large = [...byFolder].flatMap(([folder, names]) => {
      const counted = countedIn(folder, names);
      return counted.length > most && !growing.test(folder) ? [`${folder}: ${counted.length}`] : [];
    });
    expect(large).toEqual([]);
  });
});

describe('a capability', () => {
  test('has the same name in policies, db, emails, server and their tests', () => {
    const foreign = ['policies', 'db', 'emails'].flatMap((folder) =>
      foldersIn(folder)
        .filter((name) => storeyOf(`${folder}/${name}`) < 0)
        .map((name) => `${folder}/${name}`),
    );
    expect(foreign).toEqual([]);
    const untold = ['policies', 'db', 'emails', 'server'].flatMap((folder) =>
      foldersIn(`test/${folder}`)
        .filter((name) => !capabilities.includes(name) && !existsSync(path.join(root, folder, name)))
        .map((name) => `test/${folder}/${name}`),
    );
    expect(untold).toEqual([]);
  });

  test('has no folders of its own in the server but those that every capability may have', () => {
    const others = capabilities.flatMap((name) =>
      foldersIn(`server/${name}`)
        .filter((folder) => !['pages', 'present', 'views', 'follows', 'feed'].includes(folder))
        .map((folder) => `server/${name}/${folder}`),
    );
    expect(others).toEqual([]);
  });
});

/** What an API or a page may use of db: pure functions and lists, which ask the database nothing. */
const pureOfDb: readonly { readonly file: RegExp; readonly names: RegExp; readonly because: string }[] = [
  { file: /^db\/audit\/log\//, names: /./, because: 'the log is pure: hashes, proofs and signed notes' },
  {
    file: /^db\/audit\/leaf\.ts$/,
    names: /^(?:readLeaf|LeafFault)$/,
    because: 'reads the bytes of an entry that is in hand',
  },
  { file: /^db\/audit\/entry-types\.ts$/, names: /^entryTypes$/, because: 'a list of words' },
  { file: /^db\/audit\/edition\.ts$/, names: /^rulesIn$/, because: 'takes apart what an entry says' },
];

const isAtTheEdge = (file: string): boolean =>
  capabilities.includes(folderOf(file) ?? '') &&
  /^((.+-)?api|pages|present[^/]*|mailbox)\.ts$|^(pages|present|views)\//.test(insideOf(file));

/** What a file imports of db to be run, name by name; types are left out. */
const runsOfDb = (file: string): { file: string; target: string; name: string }[] =>
  [...read(file).matchAll(/\bimport\s+(?!type\b)([^;'"]*?)\s*from\s*['"](\.[^'"]+)['"]/g)].flatMap(
    ([, names = '', from = '']) => {
      const target = path.normalize(path.join(path.dirname(file), from)).replace(/\.js$/, '.ts');
      if (!target.startsWith('db/')) return [];
      return names
        .replace(/[{}]/g, '')
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '))
        .map((name) => ({ file, target, name }));
    },
  );

const withoutImports = (file: string): string =>
  read(file).replace(/\bimport\s[^;'"]*?\sfrom\s*['"][^'"]+['"];?/g, '');

describe('an API or a page', () => {
  const used = sources.filter(isAtTheEdge).flatMap(runsOfDb);
  const isPure = ({ target, name }: { target: string; name: string }) =>
    pureOfDb.some(({ file, names }) => file.test(target) && names.test(name));

  test('asks the database nothing past a use case', () => {
    expect(sources.filter(isAtTheEdge).length).toBeGreaterThan(capabilities.length);
    expect(used.filter((each) => !isPure(each))).toEqual([]);
  });

  test('names no connection to the database, such as `ctx.db`: a use case has it', () => {
    const naming = sources.filter(isAtTheEdge).filter((file) => /\bdb\b|\bKnex\b/.test(withoutImports(file)));
    expect(naming).toEqual([]);
  });

  test('uses each pure part of db that it may use', () => {
    const unused = pureOfDb.filter(
      ({ file, names }) => !used.some(({ target, name }) => file.test(target) && names.test(name)),
    );
    expect(unused.map(({ file }) => file.source)).toEqual([]);
  });
});

describe('policies', () => {
  const policies = sources.filter((file) => file.startsWith('policies/'));

  test('are pure: no I/O, no clock, no randomness, no waiting', () => {
    const impure =
      /\bnode:|\bawait\b|\basync\b|\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bTemporal\.Now\b|\bfetch\(|\bprocess\./;
    expect(policies.filter((file) => impure.test(read(file)))).toEqual([]);
  });
});

describe('a rule that says no', () => {
  test('answers with its key: nothing is thrown and caught to find out whether something may be done', () => {
    const catching = sources.filter((file) => file.startsWith('policies/') && /\bcatch\b/.test(read(file)));
    // What is no time on the London clock is told by the library alone.
    expect(catching).toEqual(['policies/core/time/london.ts']);
    const meeting = sources.filter((file) =>
      /^server\/(.*\/)?(commands|bar|offered)\.ts$|\/present\//.test(file),
    );
    expect(meeting.length).toBeGreaterThan(10);
    expect(meeting.filter((file) => /\bcatch\b/.test(read(file)))).toEqual([]);
  });

  /** Whoever refuses besides: each with its reason. None is added: the list only gets shorter. */
  const refusesItself: Readonly<Record<string, string>> = {
    'policies/permission/ability.ts': 'what may be read, and by whom a thing may be touched at all',
    'policies/permission/permit.ts': 'the one place where the answer of a command becomes a refusal',
    'server/register/pages/import.ts': 'what it kept between two steps is not there any more',
    'server/request/pages/asking/steps/save.ts': 'the form was loaded at another stage of the request',
    'server/request/pages/asking/submitted.ts': 'it speaks to the councillor alone, and to no other reader',
    'server/settings/pages/calendar.ts': 'what it kept between two steps is not there any more',
    'server/web/pages/bar.ts': 'and the one where it becomes a page',
  };

  test('is asked through its command: no use case and no page refuses by itself', () => {
    const refusing = sources.filter((file) =>
      /\bthrow\b[^;]*\b(conflict|forbid|Conflict|Forbidden)\(/.test(read(file)),
    );
    expect(refusing.toSorted()).toEqual(Object.keys(refusesItself));
  });
});

describe('the types of policies and db', () => {
  const typed = sources.filter((file) => /^(policies|db)\//.test(file));
  const rules = z
    .object({
      overrides: z.array(z.object({ files: z.array(z.string()), rules: z.record(z.string(), z.unknown()) })),
      ignorePatterns: z.array(z.string()),
    })
    .parse(JSON.parse(readFileSync(path.join(root, '.oxlintrc.json'), 'utf8')));

  test('are held by the linter in both folders whole: no assertion of a type, and nothing that is any', () => {
    expect(rules.overrides.map(({ files }) => files)).toEqual([['policies/**', 'db/**']]);
    expect(rules.overrides[0]?.rules).toEqual({
      'typescript/no-unsafe-type-assertion': 'error',
      'typescript/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      'typescript/no-non-null-assertion': 'error',
      'typescript/no-unsafe-argument': 'error',
      'typescript/no-unsafe-assignment': 'error',
      'typescript/no-unsafe-call': 'error',
      'typescript/no-unsafe-member-access': 'error',
      'typescript/no-unsafe-return': 'error',
    });
    expect(rules.ignorePatterns.filter((pattern) => /policies|db|\*\*/.test(pattern))).toEqual([]);
  });

  test('are held in every line: no comment turns a rule off, or the compiler', () => {
    const silencing = /\b(?:oxlint|eslint)-(?:disable|enable)|@ts-(?:ignore|expect-error|nocheck)/;
    const silenced = typed.filter((file) => silencing.test(readFileSync(path.join(root, file), 'utf8')));
    expect(typed.length).toBeGreaterThan(100);
    expect(silenced).toEqual([]);
  });

  test('of a row are whole: but for these, each schema in db refuses a field that it does not name', () => {
    const open: Readonly<Record<string, string>> = {
      'db/case/case-records.ts': 'the row around a case, which has a schema of its own',
      'db/core/recorded.ts': 'splits a row: what was read has a schema of its own',
      'db/core/rows/rows-of.ts': 'the answer of the driver, around the rows',
      'db/core/visible.ts': 'what knex keeps of a query',
      'db/people/asking.ts': 'splits a row of four parts; people.ts and settings.ts hold two of them whole',
      'db/settings/settings.ts': 'choices of an edition that knew more stand in nobody’s way',
    };
    const ofRows = typed.filter((file) => /^db\/(?!audit\/log|embedded|migrations)/.test(file));
    const found = ofRows.filter((file) => /\bz\s*\.(?:object|looseObject)\(/.test(read(file)));
    expect(found.toSorted()).toEqual(Object.keys(open));
  });

  test('come for a row from the tables or from a schema: no query is told what its rows are', () => {
    // A query of knex takes whatever type is expected of it: by an argument, of a variable or of what is returned.
    const argument = /(?:\.(?:raw|select|first|returning|pluck|query|insert|from)|\b(?:db|trx|knex|ask))</;
    const annotation = /\b(?:const|let) (?:[\w[\], ]+|\{[^}:]*\}): (?!unknown = )[^=;]+= await\b/;
    const returned = /Promise<[^\n]*> =>\s*\(?(?:await )?(?:db|trx)\(|\breturn \(?(?:await )?(?:db|trx)\(/;
    const telling = typed.filter(
      (file) =>
        !file.startsWith('db/migrations/') &&
        [argument, annotation, returned].some((way) => way.test(read(file))),
    );
    expect(telling).toEqual([]);
  });
});

describe('the environment', () => {
  test('is read by server/config.ts alone', () => {
    const readers = sources.filter((file) =>
      /\bprocess\s*(\.|\[['"])\s*env\b|from 'node:process'/.test(read(file)),
    );
    expect(readers).toEqual(['server/config.ts']);
  });
});

describe('the database', () => {
  test('is spoken to in SQL by db alone', () => {
    const elsewhere = sources.filter((file) => !file.startsWith('db/'));
    // The driver's types may be named elsewhere, for a store that takes a pool. `Select …` begins a sentence.
    const speaking = elsewhere.filter((file) =>
      /\.raw\(|\bimport (?!type\b)[^;]*from 'pg'|['"`]\s*(select\s.+\sfrom|SELECT\s.+\sFROM|insert into|INSERT INTO|delete from|DELETE FROM|update \w+ set|UPDATE \w+ SET)\s/s.test(
        read(file),
      ),
    );
    expect(speaking).toEqual([]);
  });
});

describe('the top level', () => {
  test('is the design card and what every repository has, nothing else', () => {
    const allowed = new Set([
      'server',
      'policies',
      'db',
      'emails',
      'test',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'Containerfile',
      'Dockerfile',
      'compose.yaml',
      // Made by running it, and not kept in git.
      'node_modules',
      'dist',
      'coverage',
    ]);
    const found = readdirSync(root).filter((name) => !name.startsWith('.') && !name.endsWith('.log'));
    expect(found.filter((name) => !allowed.has(name))).toEqual([]);
  });
});
