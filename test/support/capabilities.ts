import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** The names of the folders in a folder, which is named from the top; none where it is not there. */
export const foldersIn = (folder: string): string[] =>
  existsSync(path.join(root, folder))
    ? readdirSync(path.join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : [];

/** The parts of the server that are no capability. */
const parts = ['web', 'case', 'signing', 'bundles', 'jobs', 'cli', 'witness', 'demo-line', 'processes'];

/** What the service can do, by the name that its folder has everywhere. */
export const capabilities = foldersIn('server').filter((name) => !parts.includes(name));

/** A file that the folder of any capability may have beside its use cases or rules. */
export const isStandard = (name: string): boolean =>
  /^((.+-)?api|pages|present|shapes|bodies|commands|.+-file|.+-after)\.ts$/.test(name);
