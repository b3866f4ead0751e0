import { buffer } from 'node:stream/consumers';
import { openPromise, type Entry } from 'yauzl';
import { largestFile, NoBundle, type OpenBundle } from './place.js';

/** A bundle in a ZIP file. Reads its list of names first, and each file on request. @throws NoBundle */
export const openArchive = async (file: string): Promise<OpenBundle> => {
  const zip = await openPromise(file, { autoClose: false, strictFileNames: true }).catch((error: Error) => {
    throw new NoBundle(`${file} is no ZIP file that can be read: ${error.message}.`);
  });
  const names: string[] = [];
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      // A name that is there twice is listed twice; which of the two is read does not matter then.
      names.push(entry.fileName);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    zip.close();
    throw new NoBundle(`${file} is no ZIP file that can be read: ${(error as Error).message}.`);
  }
  return {
    read: async (name) => {
      const entry = entries.get(name);
      if (!entry || entry.uncompressedSize > largestFile) return null;
      try {
        return await buffer(await zip.openReadStreamPromise(entry));
      } catch (error) {
        throw new NoBundle(`${name} in ${file} cannot be read: ${(error as Error).message}.`);
      }
    },
    list: (below) => Promise.resolve(names.filter((name) => below === '' || name.startsWith(`${below}/`))),
    close: () => {
      zip.close();
    },
  };
};
