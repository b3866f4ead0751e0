import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BundleFile } from '../../db/audit/log/bundle/bundle-write.js';
import { NoBundle } from './place.js';
import { zipped } from './zip.js';

/** @throws NoBundle where something is there already, or no folder for it */
export const requireFree = (place: string): void => {
  if (!existsSync(path.dirname(path.resolve(place)))) {
    throw new NoBundle(`There is no folder for ${place}.`);
  }
  if (existsSync(place)) throw new NoBundle(`There is something at ${place} already.`);
};

const intoFolder = async (files: AsyncIterable<BundleFile>, folder: string): Promise<void> => {
  mkdirSync(folder);
  for (const name of ['leaves', 'proofs', 'disclosures']) mkdirSync(path.join(folder, name));
  // One after another: each is small, and a disk is no faster at many.
  for await (const { name, bytes } of files) writeFileSync(path.join(folder, name), bytes);
  for (const name of ['leaves', 'proofs', 'disclosures']) {
    if (readdirSync(path.join(folder, name)).length === 0)
      rmSync(path.join(folder, name), { recursive: true });
  }
};

/**
 * Writes a bundle into a new folder, or into a ZIP file where the name ends so. It is there whole or not at all.
 * @throws NoBundle where something is there already
 */
export const saveBundle = async (
  files: AsyncIterable<BundleFile>,
  place: string,
  at: Date,
): Promise<void> => {
  requireFree(place);
  const aside = `${place}.unfinished`;
  rmSync(aside, { recursive: true, force: true });
  try {
    if (place.endsWith('.zip')) {
      await pipeline(Readable.from(zipped(files, at)), createWriteStream(aside, { mode: 0o600 }));
    } else {
      await intoFolder(files, aside);
    }
    renameSync(aside, place);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
};
