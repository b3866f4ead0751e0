/**
 * Checks the whole trail against itself and against its surroundings: every entry against its columns, its values and
 * its hash, every hash of the tree, and every signed tree. It rebuilds the tree from the entries alone, so it does
 * not matter what a superuser did to the stored hashes.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { entryBatches, silentDays, type TrailEntry, waiting } from '../trail-reading.js';
import { allCheckpoints, type StoredCheckpoint } from './checkpoints.js';
import { LeafFault, readLeaf, opens, type Leaf } from '../leaf.js';
import { type Checkpoint, CheckpointFault, openCheckpoint } from '../log/checkpoint.js';
import { Fault } from '../log/fault.js';
import { type Hash, leafHash } from '../log/hash.js';
import { NoteFault, type Verifier } from '../log/note.js';
import { extend, type Node, rootOfEdge } from '../log/tree.js';
import { storedHashes, treeSize } from './tree-store.js';

export type TrailFaultCode =
  | 'entry_missing'
  | 'entry_malformed'
  | 'entry_changed'
  | 'value_missing'
  | 'value_changed'
  | 'tree_changed'
  | 'checkpoint_forged'
  | 'trail_cut_short'
  | 'history_changed';

/** The first thing that is wrong with the trail in the database. */
class TrailFault extends Fault<TrailFaultCode> {}

/** A tree that somebody knows to have been signed, and how: `the checkpoint that was kept`. */
export interface KnownTree {
  readonly size: number;
  readonly root: Hash;
  readonly from: string;
}

export interface TrailReport {
  readonly size: number;
  readonly root: Hash;
  readonly values: { readonly open: number; readonly erased: number };
  /** How many trees that were signed it was held against, those known from outside among them. */
  readonly signed: number;
  /** Entries that were committed and have no place in the tree yet. */
  readonly waiting: number;
  /** Days in London from the first entry to the last on which no day was begun: the service did not run. */
  readonly silentDays: readonly string[];
}

const requireColumns = (
  { index, at, leaf: _bytes, values: _values, ...columns }: TrailEntry,
  leaf: Leaf,
): void => {
  const { id, type, office, capacity, decision } = leaf;
  if (
    at.toISOString() === leaf.at &&
    isDeepStrictEqual({ ...columns }, { id, type, office, capacity, decision })
  )
    return;
  throw new TrailFault('entry_changed', `Entry ${index} is shown otherwise than it was recorded.`);
};

/** Every value that the entry committed to is there and the same, or was erased. @returns how many are open */
const requireValues = ({ index, values }: TrailEntry, leaf: Leaf): number => {
  let open = 0;
  for (const field of Object.keys(leaf.commitments)) {
    const kept = values[field];
    if (!kept) throw new TrailFault('value_missing', `The ${field} of entry ${index} is not there.`);
    if (kept.erased) continue;
    if (!opens(leaf, { field, value: kept.value, salt: Buffer.from(kept.salt, 'hex') })) {
      throw new TrailFault('value_changed', `The ${field} of entry ${index} is not what was recorded.`);
    }
    open += 1;
  }
  if (Object.keys(values).length > Object.keys(leaf.commitments).length) {
    throw new TrailFault('value_changed', `Entry ${index} has a value that was not recorded with it.`);
  }
  return open;
};

const openLeaf = ({ index, leaf }: TrailEntry): Leaf => {
  try {
    return readLeaf(leaf);
  } catch (error) {
    if (!(error instanceof LeafFault)) throw error;
    throw new TrailFault('entry_malformed', `Entry ${index} is not an entry in canonical form.`);
  }
};

const requireEntries = (entries: readonly TrailEntry[], size: number): { open: number; erased: number } => {
  const values = { open: 0, erased: 0 };
  entries.forEach((entry, n) => {
    if (entry.index !== size + n) throw new TrailFault('entry_missing', `Entry ${size + n} is not there.`);
    const leaf = openLeaf(entry);
    requireColumns(entry, leaf);
    const open = requireValues(entry, leaf);
    values.open += open;
    values.erased += Object.keys(leaf.commitments).length - open;
  });
  return values;
};

/** Checks that the stored hashes follow from the entries. */
const requireStored = async (db: Knex, nodes: readonly Node[]): Promise<void> => {
  const hashes = await storedHashes(db)(nodes);
  const isSame = hashes.length === nodes.length && nodes.every(({ hash }, n) => hashes[n]?.equals(hash));
  if (isSame) return;
  const [first] = nodes;
  throw new TrailFault(
    'tree_changed',
    `The tree from entry ${first?.index ?? 0} on is not that of the entries.`,
  );
};

/** A stored checkpoint is what its note says, and the note is signed. */
const knownBy = ({ note, size, root }: StoredCheckpoint, log: Verifier | null): KnownTree => {
  if (log) {
    const said = readSigned(note, log, size);
    if (said.size !== size || !said.root.equals(root)) throw forged(size);
  }
  return { size, root, from: `the checkpoint of ${size} entries` };
};

const forged = (size: number): TrailFault =>
  new TrailFault('checkpoint_forged', `The checkpoint of ${size} entries is not what was signed.`);

const readSigned = (note: string, log: Verifier, size: number): Checkpoint => {
  try {
    return openCheckpoint(note, log);
  } catch (error) {
    if (!(error instanceof NoteFault || error instanceof CheckpointFault)) throw error;
    throw forged(size);
  }
};

/** A tree that grows leaf by leaf, and is held against each size at which it is known. */
class Regrown {
  #edge: readonly Hash[] = [];
  size = 0;

  constructor(readonly known: readonly KnownTree[]) {}

  get root(): Hash {
    return rootOfEdge(this.#edge);
  }

  /** @returns the nodes that the leaves complete */
  add(leafHashes: readonly Hash[]): Node[] {
    const end = this.size + leafHashes.length;
    const nodes: Node[] = [];
    const cuts = this.known.map(({ size }) => size).filter((size) => size > this.size && size < end);
    const begin = this.size;
    for (const cut of [...new Set(cuts), end].toSorted((a, b) => a - b)) {
      const grown = extend(this.size, this.#edge, leafHashes.slice(this.size - begin, cut - begin));
      nodes.push(...grown.nodes);
      this.#edge = grown.edge;
      this.size = cut;
      this.#requireKnown();
    }
    return nodes;
  }

  #requireKnown(): void {
    const { root } = this;
    const other = this.known.find((tree) => tree.size === this.size && !tree.root.equals(root));
    if (other) {
      const sentence = `The first ${this.size} entries are not those of ${other.from}.`;
      throw new TrailFault('history_changed', sentence);
    }
  }
}

/**
 * Walks the whole trail, as it stood when the walk began.
 * @param given.known trees known from outside the database: the signer's memory, a checkpoint that was kept
 * @param given.verifierOf the key of an origin, where it is known: then the stored signatures have to be its
 * @throws TrailFault for the first thing that is wrong
 */
export const walkTrail = (
  db: Knex,
  given: {
    readonly known: readonly KnownTree[];
    readonly verifierOf: (origin: string) => Verifier | null;
    readonly onProgress: (progress: { readonly checked: number; readonly total: number }) => void;
  },
): Promise<TrailReport> =>
  db.transaction(
    async (trx) => {
      const total = await treeSize(trx);
      const signed = await allCheckpoints(trx);
      const known = [...given.known, ...signed.map((each) => knownBy(each, given.verifierOf(each.origin)))];
      const beyond = known.find(({ size }) => size > total);
      if (beyond) {
        const sentence = `${beyond.size} entries were signed by ${beyond.from}, and the trail has ${total}.`;
        throw new TrailFault('trail_cut_short', sentence);
      }
      const tree = new Regrown(known);
      const values = { open: 0, erased: 0 };
      given.onProgress({ checked: 0, total });
      for await (const entries of entryBatches(trx)) {
        const { open, erased } = requireEntries(entries, tree.size);
        values.open += open;
        values.erased += erased;
        await requireStored(trx, tree.add(entries.map(({ leaf }) => leafHash(leaf))));
        given.onProgress({ checked: tree.size, total });
      }
      if (tree.size !== total) throw new TrailFault('entry_missing', `Entry ${tree.size} is not there.`);
      return {
        size: total,
        root: tree.root,
        values,
        signed: known.length,
        waiting: await waiting(trx),
        silentDays: await silentDays(trx),
      };
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
