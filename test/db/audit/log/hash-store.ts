import { leafHash, type Hash } from '../../../../db/audit/log/hash.js';
import { extend, type Place, type ReadHashes } from '../../../../db/audit/log/tree.js';

/** A store of hashes in memory, filled as a log fills it: some leaves at a time. */
export class HashStore {
  size = 0;
  edge: readonly Hash[] = [];
  /** What was asked for, call by call. */
  readonly asked: (readonly Place[])[] = [];
  readonly #hashes = new Map<string, Hash>();

  add(leaves: readonly Buffer[]): this {
    const { nodes, edge } = extend(this.size, this.edge, leaves.map(leafHash));
    for (const { level, index, hash } of nodes) {
      const key = `${level}/${index}`;
      if (this.#hashes.has(key)) throw new Error(`The node ${key} was completed twice.`);
      this.#hashes.set(key, hash);
    }
    this.size += leaves.length;
    this.edge = edge;
    return this;
  }

  get count(): number {
    return this.#hashes.size;
  }

  readonly read: ReadHashes = async (places) => {
    this.asked.push(places);
    return places.map(({ level, index }) => {
      const hash = this.#hashes.get(`${level}/${index}`);
      if (!hash) throw new Error(`There is no complete subtree ${level}/${index}.`);
      return hash;
    });
  };
}
