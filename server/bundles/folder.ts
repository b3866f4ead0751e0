import { readFileSync, lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { largestFile, type OpenBundle } from './place.js';

/**
 * A bundle in a folder. Lists everything in it, so that nobody overlooks a thing that is not a plain file, but reads
 * only plain files.
 */
export const openFolder = (folder: string): OpenBundle => ({
  read: (name) => {
    const file = path.join(folder, name);
    const stat = lstatSync(file, { throwIfNoEntry: false });
    // Reading one after another is faster by far than asking for many at once: each is small.
    return Promise.resolve(stat?.isFile() && stat.size <= largestFile ? readFileSync(file) : null);
  },
  list: async (below) => {
    const found = await readdir(path.join(folder, below), { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => !entry.isDirectory())
      .map((entry) =>
        path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
      );
  },
  close: () => undefined,
});
