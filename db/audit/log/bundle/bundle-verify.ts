import {
  BundleFault,
  type BundleFiles,
  bundleNames,
  disclosuresName,
  isBundleName,
  leafName,
  proofName,
} from './bundle.js';
import { type EntryFiles, requireEntry } from './bundle-entry.js';
import { type Heads, type Known, openHeads, type Read, requireConsistent } from './bundle-heads.js';
import { type ClosedFields, hashedNames, type Manifest, parseManifest } from './bundle-manifest.js';
import type { Checkpoint } from '../checkpoint.js';
import { sha256 } from '../hash.js';

export interface BundleOptions extends Known {
  /** Told of the leaves checked so far, of how many: at the beginning, every few dozen, and at the end. */
  readonly onProgress?:
    ((progress: { readonly checked: number; readonly total: number }) => void) | undefined;
}

/** What a valid bundle has shown. */
export interface BundleReport {
  /** The text form of the log’s key. */
  readonly key: string;
  /** Whether the key was held against one from elsewhere, and the old checkpoint against one that was kept. */
  readonly keyPinned: boolean;
  readonly oldCheckpointHeld: boolean;
  readonly oldCheckpoint: Checkpoint;
  readonly newCheckpoint: Checkpoint;
  /** The first leaf, and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly counts: Manifest['counts'];
  /** As the bundle says; nothing proves it. */
  readonly generatedAt: string;
}

/** How many leaves are read at a time. Two lots, of three files each, stay well below 1024 open files. */
const lotSize = 64;

const manifestWrong = (sentence: string): BundleFault =>
  new BundleFault('manifest_wrong', bundleNames.manifest, sentence);

const openManifest = (bytes: Buffer): Manifest => {
  try {
    return parseManifest(bytes);
  } catch {
    throw new BundleFault('manifest_malformed', bundleNames.manifest, 'The file is not what was written.');
  }
};

/** The manifest is of this log, and of all that the reader does not have yet. */
const requireRange = (manifest: Manifest, { old, tree }: Heads): void => {
  const { origin, from, to, counts, erased, withheld } = manifest;
  if (origin !== tree.origin) throw manifestWrong('The manifest is that of another log.');
  if (to !== tree.size) {
    throw manifestWrong(`The manifest ends with ${to} leaves, and the new tree has ${tree.size}.`);
  }
  if (from > old.size) {
    throw manifestWrong(`The manifest begins at leaf ${from}, and the old tree has only ${old.size} leaves.`);
  }
  if (counts.leaves !== to - from) {
    throw manifestWrong(`The manifest counts ${counts.leaves} leaves, and should ${to - from}.`);
  }
  if ([...erased, ...withheld].some(({ index }) => index < from || index >= to)) {
    throw manifestWrong('The manifest closes values of leaves that the bundle does not have.');
  }
};

/** Names in a folder may hold anything: for showing, cut short and without what does not show. */
const shown = (name: string): string => name.slice(0, 100).replaceAll(/\p{C}/gu, '?');

/** Every file has a name that the bundle may have. @returns how many there are */
const requireNames = async (files: BundleFiles, { from, to }: Manifest): Promise<number> => {
  let count = 0;
  for await (const name of await files.list('')) {
    count += 1;
    if (!isBundleName(name, from, to)) {
      throw new BundleFault('unaccounted_file', shown(name), 'The manifest does not account for this file.');
    }
  }
  return count;
};

/** The fields of a leaf in a list of the manifest. The caller asks for each leaf once, in order. */
const following = (closed: ClosedFields) => {
  let next = 0;
  return (index: number): readonly string[] => {
    const entry = closed[next];
    if (entry?.index !== index) return [];
    next += 1;
    return entry.fields;
  };
};

const readLot = (files: BundleFiles, from: number, to: number): Promise<EntryFiles[]> =>
  Promise.all(
    Array.from({ length: Math.max(0, to - from) }, async (_, n) => {
      const index = from + n;
      const [leaf, proof, disclosures] = await Promise.all([
        files.read(leafName(index)),
        files.read(proofName(index)),
        files.read(disclosuresName(index)),
      ]);
      return { index, leaf, proof, disclosures };
    }),
  );

/** The leaves in order, in lots, one being read while the one before is checked. */
async function* lotsOf(files: BundleFiles, from: number, to: number): AsyncGenerator<EntryFiles[]> {
  const lotAt = (start: number) => readLot(files, start, Math.min(start + lotSize, to));
  let next = lotAt(from);
  for (let start = from; start < to; start += lotSize) {
    const lot = await next;
    next = lotAt(start + lotSize);
    // After a fault in this lot nobody waits for the next one.
    next.catch(() => undefined);
    yield lot;
  }
}

/**
 * Checks a bundle by itself: the log’s key signed both checkpoints, the new tree began as the old one, every leaf
 * from there on is present and in the tree, every value is the recorded one, the manifest names every missing value,
 * and there is nothing else. It keeps about a hundred leaves in memory at a time.
 *
 * @throws BundleFault for the first fault, in the order above; KeyFault, NoteFault or CheckpointFault if `pinnedKey`
 *   or `heldCheckpoint` is invalid or of another log; Error if `files` does not list what it reads
 */
export const verifyBundle = async (
  files: BundleFiles,
  options: BundleOptions = {},
): Promise<BundleReport> => {
  const read: Read = async (name) => {
    const bytes = await files.read(name);
    if (bytes) return bytes;
    throw new BundleFault('missing_file', name, 'The file is missing.');
  };
  const heads = await openHeads(read, options);
  requireConsistent(await read(bundleNames.consistency), heads);
  const manifest = openManifest(await read(bundleNames.manifest));
  requireRange(manifest, heads);
  const listed = await requireNames(files, manifest);

  const { from, to } = manifest;
  const [erased, withheld] = [following(manifest.erased), following(manifest.withheld)];
  const counts = { leaves: 0, opened: 0, erased: 0, withheld: 0 };
  let found = Object.keys(bundleNames).length;
  const report = () => options.onProgress?.({ checked: counts.leaves, total: to - from });
  report();
  for await (const lot of lotsOf(files, from, to)) {
    for (const entry of lot) {
      const [gone, kept] = [erased(entry.index), withheld(entry.index)];
      counts.opened += requireEntry(entry, [...gone, ...kept], heads);
      counts.leaves += 1;
      counts.erased += gone.length;
      counts.withheld += kept.length;
      found += entry.disclosures ? 3 : 2;
    }
    report();
  }

  for (const what of ['opened', 'erased', 'withheld'] as const) {
    if (counts[what] === manifest.counts[what]) continue;
    throw manifestWrong(`The manifest counts ${manifest.counts[what]} values ${what}; ${counts[what]} are.`);
  }
  for (const name of hashedNames) {
    if (sha256(await read(name)).toString('hex') === manifest.files[name]) continue;
    throw new BundleFault('file_changed', name, 'The file is not the one that the manifest knows.');
  }
  if (listed > found) {
    throw new BundleFault('file_twice', '', 'There are more files than names: some name is there twice.');
  }
  if (listed < found) throw new Error(`Of ${found} files that could be read only ${listed} were listed.`);
  return {
    key: heads.key.text,
    keyPinned: options.pinnedKey !== undefined,
    oldCheckpointHeld: options.heldCheckpoint !== undefined,
    oldCheckpoint: heads.old,
    newCheckpoint: heads.tree,
    from,
    to,
    counts,
    generatedAt: manifest.generatedAt,
  };
};
