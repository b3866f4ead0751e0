/**
 * The second implementation: `verify-bundle.go`, built without a network from what Debian packages. The modules
 * of Go would be fetched; in GOPATH mode it takes the source that `golang-golang-x-mod-dev` has installed.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Where Debian puts the source of Go’s packages. */
const gopath = '/usr/share/gocode';

/** What is said where it cannot be built. */
export const noGo = 'skipped: Go (golang-go and golang-golang-x-mod-dev) is not installed';

export const hasGo = async (): Promise<boolean> => {
  const packages = ['note', 'tlog'].map((name) => path.join(gopath, 'src/golang.org/x/mod/sumdb', name));
  if (!packages.every((folder) => existsSync(folder))) return false;
  return run('go', ['version']).then(
    () => true,
    () => false,
  );
};

/**
 * Builds the program into a folder.
 * @returns its path
 * @throws Error with what the compiler says
 */
export const buildVerifier = async (folder: string): Promise<string> => {
  const program = path.join(folder, 'verify-bundle');
  await run('go', ['build', '-o', program, path.join(import.meta.dirname, 'verify-bundle.go')], {
    cwd: folder,
    env: { GOCACHE: path.join(folder, 'cache'), ...process.env, GO111MODULE: 'off', GOPATH: gopath },
  });
  return program;
};
