import type { Opening } from '../../leaf.js';
import { bundleNames, disclosuresName, leafName, proofName } from './bundle.js';
import { commitmentsOf, formatDisclosures } from './bundle-leaf.js';
import { type ClosedFields, digests, formatManifest, hashedNames, type Manifest } from './bundle-manifest.js';
import { bundleReadme } from './bundle-readme.js';
import { openCheckpoint } from '../checkpoint.js';
import { sha256 } from '../hash.js';
import { noteVerifier } from '../note.js';
import { inclusionProofs } from '../proof/proof-batches.js';
import { formatConsistency, formatInclusion } from '../proof/proof-file.js';
import { consistencyProof, type ReadHashes } from '../tree.js';

/** A leaf, and the values that this reader may see. */
export interface BundleEntry {
  readonly index: number;
  /** The bytes, exactly as they were hashed. */
  readonly leaf: Buffer;
  readonly disclosures: readonly Opening[];
  /** The fields with erased values. Any other field that is not opened is withheld from this reader. */
  readonly erased: readonly string[];
}

export interface BundleSource {
  /** The text form of the log’s verifier key. */
  readonly vkey: string;
  /** The signed checkpoint that the reader holds; of the first leaf alone for one who holds none. */
  readonly oldNote: string;
  readonly newNote: string;
  /** The first leaf; not beyond the old tree’s size, which is the default. */
  readonly from?: number;
  /** Every leaf from the first to the new tree’s last, in order. */
  readonly entries: AsyncIterable<BundleEntry>;
  readonly read: ReadHashes;
  readonly generatedAt: Date;
}

export interface BundleFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const note = (closed: ClosedFields, index: number, fields: readonly string[]): void => {
  if (fields.length > 0) closed.push({ index, fields: fields.toSorted() });
};

/** Every field of the leaf is opened, erased or withheld. @throws Error when some are not the leaf’s, or twice */
const withheldOf = ({ index, leaf, disclosures, erased }: BundleEntry): string[] => {
  const withheld = new Set<string>(Object.keys(commitmentsOf(leaf)));
  for (const field of [...disclosures.map((opening) => opening.field), ...erased]) {
    if (!withheld.delete(field))
      throw new Error(`Leaf ${index} cannot be given out: its fields do not add up.`);
  }
  return [...withheld];
};

/**
 * Writes a bundle file by file, the manifest last, with some hundred leaves in memory at a time. It does not check
 * values against their commitments: a bundle must show it if somebody tampered with the trail.
 *
 * @throws Fault if the checkpoints are not the log’s; Error if the entries are not every leaf in order, one cannot be
 *   read, or the store does not return what it was asked for
 */
export async function* bundleFiles(source: BundleSource): AsyncGenerator<BundleFile> {
  const log = noteVerifier(source.vkey);
  const [old, tree] = [openCheckpoint(source.oldNote, log), openCheckpoint(source.newNote, log)];
  const { from = old.size } = source;
  if (from > old.size) throw new RangeError('A bundle begins where the old tree ended, or before.');
  const checkpoint = Buffer.from(source.newNote);
  const proof = await consistencyProof(old.size, tree.size, source.read);

  const fixed: Record<(typeof hashedNames)[number], Buffer> = {
    [bundleNames.readme]: Buffer.from(bundleReadme(from, tree.size)),
    [bundleNames.key]: Buffer.from(`${source.vkey}\n`),
    [bundleNames.old]: Buffer.from(source.oldNote),
    [bundleNames.new]: checkpoint,
    [bundleNames.consistency]: formatConsistency({ oldSize: old.size, proof, checkpoint }),
  };
  for (const [name, bytes] of Object.entries(fixed)) yield { name, bytes };

  const [erased, withheld]: [ClosedFields, ClosedFields] = [[], []];
  let opened = 0;
  const proofs = inclusionProofs(from, tree.size, tree.size, source.read);
  for await (const entry of source.entries) {
    const { index, leaf, disclosures } = entry;
    const { value: inclusion, done } = await proofs.next();
    if (done === true || inclusion.index !== index) {
      throw new Error(`There is no place for leaf ${index} among the entries here.`);
    }
    note(withheld, index, withheldOf(entry));
    note(erased, index, entry.erased);
    opened += disclosures.length;
    yield { name: leafName(index), bytes: leaf };
    yield { name: proofName(index), bytes: formatInclusion({ ...inclusion, checkpoint }) };
    if (disclosures.length > 0) yield { name: disclosuresName(index), bytes: formatDisclosures(disclosures) };
  }
  if ((await proofs.next()).done !== true) throw new Error('The entries end before the tree does.');

  const sum = (closed: ClosedFields) => closed.reduce((total, { fields }) => total + fields.length, 0);
  const hash = (name: (typeof hashedNames)[number]) => [name, sha256(fixed[name]).toString('hex')];
  const manifest: Manifest = {
    v: 1,
    origin: tree.origin,
    from,
    to: tree.size,
    counts: { leaves: tree.size - from, opened, erased: sum(erased), withheld: sum(withheld) },
    generatedAt: source.generatedAt.toISOString(),
    erased,
    withheld,
    files: digests.parse(Object.fromEntries(hashedNames.map(hash))),
  };
  yield { name: bundleNames.manifest, bytes: formatManifest(manifest) };
}
