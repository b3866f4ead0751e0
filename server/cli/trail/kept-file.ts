import { readFileSync, statSync } from 'node:fs';
import { largestNote } from '../../../db/audit/log/note.js';
import { Usage } from '../command.js';

/** A small file that somebody kept: a key, a checkpoint, a proof. @throws Usage where it cannot be one */
export const keptFile = (file: string): Buffer => {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new Usage(`There is no file ${file}.`);
  if (stat.size > largestNote) throw new Usage(`The file ${file} is too large to be what is asked for.`);
  return readFileSync(file);
};

/** The text form of a key, from a file that holds it on one line. @throws Usage */
export const keptKey = (file: string): string =>
  keptFile(file)
    .toString('utf8')
    .replace(/\r?\n$/, '');
