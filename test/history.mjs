#!/usr/bin/env node
/**
 * Whether `git log --follow` still leads from each source file to the first edition: no move or split may cut a file off
 * from its past. Of each file of the first edition with more than 25 lines there is a file today that leads back to it,
 * or it is named below with the reason. Needs git and the full history.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
/** The last commit of the first edition. */
const firstEdition = 'fcd3c39';
const atLeast = 26;
const isSource = (file) => /^(policies|db|emails|server|test)\/.*\.(ts|mjs|njk|css|go)$/.test(file);

/** What cannot be followed: where the text of a file of the first edition went. */
const gone = {
  'policies/commands.ts':
    'split: what a command is went to policies/command/command.ts, each command to the commands.ts of its capability',
  'policies/later-commands.ts':
    'split: the commands after an approval went to the commands.ts of policies/grant, visit, incident and papers',
  'server/api/routes.ts':
    'moved to server/routes.ts: half of its lines are imports, all of which the move rewrote, so that git sees a new file',
  'server/pages/pages.ts':
    'moved to server/pages.ts: half of its lines are imports, all of which the move rewrote, so that git sees a new file',
  'db/audit/named-in.ts':
    'written anew: db/audit/kept-apart.ts keeps apart what names a record, and what audit may not read besides',
  'server/casework/dossier.ts':
    'written anew: policies/case/case-file.ts and db/case/case-records.ts read a case in one statement',
  'server/presenters/review-actions.ts':
    'written anew: the lines of a review come from its commands, server/review/commands.ts',
  'emails/templates/notices.ts':
    'split: each notice went to the notices.ts of its capability in emails, what a template gets to emails/core/template.ts',
  'policies/subjects.ts':
    'split: each noun went to its capability (policies/request/request.ts, grant/grant.ts, visit/visit.ts and so on)',
  'server/casework/weigh.ts':
    'split: policies/case/weigh.ts works out the test, and the file of a case brings the rest',
  'server/pages/asking/faults.ts':
    'written anew: server/web/schema/fault-words.ts words each fault once, for API and pages',
  'db/subject-access.ts': 'written anew: db/subject-access/ reads what is held passage by passage',
  'policies/subject-access.ts':
    'written anew: policies/subject-access/passages.ts proposes a mark for each passage',
  'server/pages/views/retention/subject-access-file.njk':
    'written anew: the file of a request holds what two people marked and released',
};

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
const lines = (text) => text.split('\n').filter(Boolean);

const stop = (says) => {
  console.error(says);
  process.exit(1);
};

const requireHistory = () => {
  try {
    if (git('rev-parse', '--is-shallow-repository').trim() === 'true')
      stop('This clone is shallow, and its history ends early. Fetch the rest: git fetch --unshallow');
    git('cat-file', '-e', `${firstEdition}^{commit}`);
  } catch {
    stop(
      `The history of this checkout does not reach the first edition (${firstEdition}): clone it in full.`,
    );
  }
};

/** The files of a commit with at least so many lines. */
const filesOf = (commit) =>
  lines(
    git('diff', '--numstat', '--no-renames', git('hash-object', '-t', 'tree', '/dev/null').trim(), commit),
  )
    .map((line) => line.split('\t'))
    .filter(([added, , file]) => isSource(file) && Number(added) >= atLeast)
    .map(([, , file]) => file);

/** Each file of the first edition by the name that git's renames give it today; null where it was removed. */
const namesToday = (files) => {
  const today = new Map(files.map((file) => [file, file]));
  const renames = lines(
    git(
      'log',
      '--reverse',
      '-M',
      '-l5000',
      '--diff-filter=RD',
      '--name-status',
      '--format=',
      `${firstEdition}..HEAD`,
    ),
  ).map((line) => line.split('\t'));
  const earlier = new Map(files.map((file) => [file, file]));
  for (const [how, from, to] of renames) {
    const first = earlier.get(from);
    if (first === undefined) continue;
    earlier.delete(from);
    today.set(first, how.startsWith('R') ? to : null);
    if (how.startsWith('R')) earlier.set(to, first);
  }
  return today;
};

/** The commits of the first edition. */
const commitsOfFirst = () => new Set(lines(git('rev-list', firstEdition)));

const follows = (file, first) =>
  lines(git('log', '--follow', '--format=%H', '--', file)).some((commit) => first.has(commit));

requireHistory();
const first = commitsOfFirst();
const today = namesToday(filesOf(firstEdition));
const faults = [];
let followed = 0;
for (const [file, name] of today) {
  if (name === null) {
    if (!(file in gone)) faults.push(`${file} is gone, and nothing says where its text went`);
  } else if (file in gone) {
    faults.push(`${file} is named as gone, and is ${name} today`);
  } else if (follows(name, first)) {
    followed += 1;
  } else {
    faults.push(`${name} does not lead back to ${file}`);
  }
}
for (const file of Object.keys(gone)) {
  if (!today.has(file)) faults.push(`${file} is named as gone, and was no such file of the first edition`);
}

console.log(
  `${followed} of ${today.size} source files of the first edition can be followed to it from today.`,
);
for (const [file, where] of Object.entries(gone)) console.log(`cannot be followed: ${file}: ${where}`);
if (faults.length > 0) stop(faults.map((fault) => `FAULT: ${fault}`).join('\n'));
