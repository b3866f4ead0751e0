/**
 * `npm run openapi:lint`: holds the contract against the tools that clients are made with. Each tool applies its rules
 * as it ships them, none switched off, and a warning counts as an error. The tools are large, so they have a lock file
 * of their own; the suite checks with the light ones (test/server/web/openapi.test.ts).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, root } from '../../server/bootstrap.mjs';

const here = import.meta.dirname;
const require = createRequire(import.meta.url);

const run = (command, args, options = {}) =>
  spawnSync(command, args, {
    cwd: here,
    encoding: 'utf8',
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    maxBuffer: 64_000_000,
    ...options,
  });

/** Installs what the lock file of this folder names, unless that was done already. */
const ensureTools = () => {
  const wanted = readFileSync(path.join(here, 'package-lock.json'), 'utf8');
  const stamp = path.join(here, 'node_modules/.installed-from-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const { status } = run('npm', ['ci', '--loglevel=error'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci did not succeed in test/openapi.');
  writeFileSync(stamp, wanted);
};

/** The file that a package runs as a command: its `bin`. */
const tool = (name, from = here) => {
  const folder = path.join(from, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : Object.values(bin)[0]);
};

/** What a client does with the generated types: it fails to compile where they forget what the contract says. */
const usage = `
import type { components, paths } from './client.js';

type Schemas = components['schemas'];
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const next: Same<Schemas['DiscussionPage']['next'], string | null> = true;
export const status: Same<
  Schemas['Request']['status'],
  'draft' | 'submitted' | 'returned' | 'approved' | 'refused' | 'withdrawn' | 'time_passed'
> = true;
type Submit = paths['/api/requests/{reference}/submit']['post'];
export const sent: Same<
  NonNullable<Submit['requestBody']>['content']['application/json'],
  Schemas['VersionBody']
> = true;
export const answered: Same<
  Submit['responses'][200]['content']['application/json'],
  Schemas['Request']
> = true;
export const refused: Same<
  Submit['responses']['4XX']['content']['application/problem+json'],
  Schemas['Problem']
> = true;
// @ts-expect-error -- a field that the contract does not know
export const unknown: Schemas['VersionBody'] = { version: 1, reason: '' };
`;

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: 'es2022',
  module: 'nodenext',
  types: [],
};

/** Each returns null if its tool has no complaint, or else the complaint. */
const checks = {
  '@apidevtools/swagger-parser': async ({ document }) => {
    const { default: parser } = await import(require.resolve('@apidevtools/swagger-parser'));
    return parser.validate(document).then(
      () => null,
      (error) => error.message,
    );
  },
  '@redocly/cli': ({ document }) => {
    const args = [tool('@redocly/cli'), 'lint', document, '--config=redocly.yaml', '--format=json'];
    const { stdout, stderr } = run(process.execPath, args);
    try {
      const { totals } = JSON.parse(stdout);
      return totals.errors + totals.warnings + totals.ignored === 0 ? null : stdout;
    } catch {
      return stdout + stderr;
    }
  },
  'spectral:oas': ({ document }) => {
    const args = [
      'lint',
      document,
      '--ruleset=.spectral.yaml',
      '--fail-severity=hint',
      '--display-only-failures',
    ];
    const { status, stdout, stderr } = run(process.execPath, [tool('@stoplight/spectral-cli'), ...args]);
    return status === 0 ? null : stdout + stderr;
  },
  'openapi-typescript': ({ document, client }) => {
    const args = [tool('openapi-typescript'), document, '--output', client];
    const { status, stdout, stderr } = run(process.execPath, args);
    return status === 0 ? null : stdout + stderr;
  },
  'the generated client under strict': ({ folder }) => {
    writeFileSync(path.join(folder, 'usage.ts'), usage);
    const settings = path.join(folder, 'tsconfig.json');
    writeFileSync(settings, JSON.stringify({ compilerOptions: strict, files: ['client.ts', 'usage.ts'] }));
    // The compiler that openapi-typescript asks for, and the one that this service is checked by.
    const said = [here, root].map((from) => {
      const { status, stdout, stderr } = run(process.execPath, [tool('typescript', from), '-p', settings]);
      return status === 0 ? '' : stdout + stderr;
    });
    return said.join('') || null;
  },
};

ensureInstalled();
ensureTools();
const folder = mkdtempSync(path.join(tmpdir(), 'openapi-'));
try {
  const document = path.join(folder, 'openapi.json');
  const printed = run(process.execPath, ['--import', 'tsx', path.join(here, 'print.ts'), document], {
    cwd: root,
  });
  if (printed.status !== 0) throw new Error(printed.stderr);
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, check] of Object.entries(checks)) {
    const fault = await check({ folder, document, client: path.join(folder, 'client.ts') });
    console.log(`${fault === null ? 'accepted by' : 'REFUSED by'} ${name}`);
    if (fault !== null) {
      console.log(fault);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
