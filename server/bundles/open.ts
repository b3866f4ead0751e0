import { statSync } from 'node:fs';
import { openArchive } from './archive.js';
import { openFolder } from './folder.js';
import { NoBundle, type OpenBundle } from './place.js';

/** Opens a bundle, which is a folder or a ZIP file. @throws NoBundle */
export const openBundle = async (place: string): Promise<OpenBundle> => {
  const stat = statSync(place, { throwIfNoEntry: false });
  if (!stat) throw new NoBundle(`There is nothing at ${place}.`);
  return stat.isDirectory() ? openFolder(place) : openArchive(place);
};
