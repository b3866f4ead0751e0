/**
 * `npm run touches -- decision.reasons`: the source files that name a field, which whoever renames or drops it has to touch.
 * Migrations, generated types and tests are left out; what the demonstration's data says is listed by itself.
 *
 * 1. The field is renamed where it is declared (`declared` below) and in the row as a migration would, in a copy, and `tsc`
 *    names the files that no longer compile. Those of them that hold the word, and the files of the declarations, name the
 *    field; the others fail for what those give them. A declaration that is derived is no place.
 * 2. SQL is text to `tsc`: a file names the field where its SQL takes that column of the field's table, by the alias of
 *    the table or among the columns of an insert.
 * 3. Templates are text as well: one names the field where it reads it from a thing that has it (`shownAs`), and one that a
 *    form is drawn with, where it names the control. Those are the views of the pages that send the body, and what they import.
 * 4. In the folders of the capability a string that begins with the field and a dot names it: the path of an error, a
 *    control of a form.
 *
 * Two things that it does not see are kept out by the house's rules: `any`, and assertions of types (`.oxlintrc.json`).
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const folders = ['policies', 'db', 'emails', 'server'];

/** By what a field is of. */
const things = {
  decision: {
    /** Where its fields are typed by hand: a file, and the word before the braces that they stand in. */
    declared: [
      ['policies/decision/signed.ts', 'codedFields ='],
      ['policies/decision/signed.ts', 'wordedFields ='],
      ['policies/decision/signed.ts', 'interface SignOff'],
      ['policies/request/live-seat.ts', 'outcomeField ='],
      ['server/decision/bodies.ts', 'signing ='],
      ['server/decision/bodies.ts', 'signOffBody ='],
      ['server/decision/bodies.ts', 'opening ='],
      ['server/decision/bodies.ts', 'decisionBody ='],
      ['db/core/rows/tables.ts', 'interface SignOffsRow'],
      ['server/decision/shapes.ts', 'signed ='],
      ['server/decision/shapes.ts', 'decisionShape ='],
      ['server/decision/shapes.ts', 'signOffShape ='],
      ['db/decision/stored-sign-off.ts', 'storedSignOff ='],
    ],
    table: 'sign_offs',
    bodies: ['signOffBody', 'decisionBody'],
    shownAs: ['decision', 'request.decision', 'signed', 'seat.signed'],
    /** The folders of the capability. */
    folders: ['policies/decision', 'db/decision', 'server/decision'],
  },
};

const filesIn = (folder, ending) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

const read = (file) => readFileSync(path.join(root, file), 'utf8');
const isCounted = (file) => !file.startsWith('db/migrations/') && file !== 'db/core/rows/tables.ts';

const names = (field) => new RegExp(String.raw`\b${field}\b`);
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

/** Where the braces that follow `from` begin and end; nothing where there are none. */
const bracesAfter = (text, from) => {
  const start = text.indexOf('{', from);
  if (start < 0) return undefined;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}' && (depth -= 1) === 0) return [start, at];
  }
  return undefined;
};

/** The text with the field renamed in the braces after that word, where it is declared there. */
const renamedIn = (text, anchor, field) => {
  const at = text.indexOf(anchor);
  const braces = at < 0 ? undefined : bracesAfter(text, at);
  if (braces === undefined) return text;
  const inside = text
    .slice(...braces)
    .replace(new RegExp(String.raw`(?<=[{,;\n]\s*(?:readonly )?)${field}(?=\??:)`, 'g'), `${field}Renamed`)
    .replace(
      new RegExp(String.raw`(?<=[{,\n]\s*)${field}(?=\s*(?:[,}\n]|$))`, 'g'),
      `${field}Renamed: ${field}`,
    );
  return text.slice(0, braces[0]) + inside + text.slice(braces[1]);
};

const compiled = ({ declared }, field) => {
  const copy = mkdtempSync(path.join(tmpdir(), 'ntk-touches-'));
  try {
    for (const folder of folders)
      cpSync(path.join(root, folder), path.join(copy, folder), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const config = JSON.parse(read('tsconfig.json'));
    writeFileSync(
      path.join(copy, 'tsconfig.json'),
      JSON.stringify({ ...config, include: folders.map((folder) => `${folder}/**/*.ts`) }),
    );
    cpSync(path.join(root, 'package.json'), path.join(copy, 'package.json'));
    const named = new Set();
    for (const [file, anchor] of declared) {
      const text = readFileSync(path.join(copy, file), 'utf8');
      const renamed = renamedIn(text, anchor, field);
      if (renamed === text) continue;
      named.add(file);
      writeFileSync(path.join(copy, file), renamed);
    }
    if (named.size === 0) throw new Error(`No declaration names ${field}: see the list in test/touches.mjs.`);
    const { stdout } = spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false'],
      { cwd: copy, encoding: 'utf8' },
    );
    for (const [, file] of stdout.matchAll(/^([^\s(][^(\n]*)\(\d+,\d+\): error/gm))
      if (names(field).test(withoutComments(read(file)))) named.add(file);
    return [...named];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};

const inSql = ({ table }, field) =>
  filesIn('db', '.ts').filter((file) => {
    const text = read(file);
    const aliases = [
      ...text.matchAll(new RegExp(String.raw`\b${table}(?: as)? (?!where|set|on\b)(\w+)`, 'g')),
    ];
    const byAlias = aliases.some(([, alias]) => new RegExp(String.raw`\b${alias}\.${field}\b`).test(text));
    return (
      byAlias ||
      new RegExp(
        String.raw`\b${table}'?\)[^;]{0,200}\.(?:insert|update)\([^;]*(?<!\.)\b${field}\s*[:,}]`,
      ).test(text)
    );
  });

const importsOf = (view) => [
  view,
  ...[...read(view).matchAll(/\{% from "([^"]+)"/g)]
    .map(([, name]) => `server/${name}`)
    .filter((name) => name.includes('/views/') && filesIn('server', '.njk').includes(name)),
];

const inStrings = (of, field) =>
  of.folders
    .flatMap((folder) => filesIn(folder, '.ts'))
    .filter((file) => new RegExp(String.raw`['"\`^]${field}\\?\.`).test(withoutComments(read(file))));

const inTemplates = ({ bodies, shownAs }, field) => {
  const drawn = filesIn('server', '.ts').flatMap((file) =>
    read(file)
      .split('= page({')
      .slice(1)
      .filter((page) => bodies.some((body) => new RegExp(String.raw`\bbody: ${body}\b`).test(page)))
      .flatMap((page) => /\bview: '([^']+)'/.exec(page)?.slice(1) ?? [])
      .map((view) => `server/${view}.njk`),
  );
  const control = new RegExp(String.raw`["']${field}["'.]|\bvalues\.${field}\b|\berrors\.of\.${field}\b`);
  const shown = new RegExp(String.raw`(?<![.\w])(?:${shownAs.join('|')})\.${field}\b`);
  const all = [...filesIn('server', '.njk'), ...filesIn('emails', '.njk')];
  return [
    ...all.filter((file) => shown.test(read(file))),
    ...drawn.flatMap(importsOf).filter((file) => control.test(read(file))),
  ];
};

/** The files that name a field such as `decision.reasons`: those that count, and the demonstration's data. */
export const touches = (name) => {
  const [thing, field] = name.split('.');
  if (!Object.hasOwn(things, thing) || !field)
    throw new Error(`Name a field of one of: ${Object.keys(things).join(', ')}; such as decision.reasons.`);
  const of = things[thing];
  const all = [
    ...new Set([
      ...compiled(of, field),
      ...inSql(of, field),
      ...inStrings(of, field),
      ...inTemplates(of, field),
    ]),
  ]
    .filter(isCounted)
    .toSorted((a, b) => (a < b ? -1 : 1));
  const isDemo = (file) => file.startsWith('db/demo/');
  return { files: all.filter((file) => !isDemo(file)), demo: all.filter(isDemo) };
};

/** Most files that may name one field of a decision. */
const most = 6;

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of process.argv.slice(2)) {
    const { files, demo } = touches(name);
    console.log(`${files.length} files name ${name}:`);
    for (const file of files) console.log(`  ${file}`);
    if (demo.length > 0) console.log(`and the demonstration’s data in ${demo.join(', ')}`);
    if (files.length > most) {
      console.error(`More than ${most} files name ${name}: let a type carry it.`);
      process.exitCode = 1;
    }
  }
}
