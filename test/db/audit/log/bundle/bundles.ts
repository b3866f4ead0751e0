/** A trail made up for tests, and bundles of it in memory. The same each time. */
import { createHash } from 'node:crypto';
import { type BundleFiles, bundleNames } from '../../../../../db/audit/log/bundle/bundle.js';
import { formatManifest, type Manifest } from '../../../../../db/audit/log/bundle/bundle-manifest.js';
import {
  type BundleEntry,
  bundleFiles,
  type BundleSource,
} from '../../../../../db/audit/log/bundle/bundle-write.js';
import { signCheckpoint } from '../../../../../db/audit/log/checkpoint.js';
import { noteSigner } from '../../../../../db/audit/log/note.js';
import { rootOf } from '../../../../../db/audit/log/tree.js';
import { commit, type Json, type Leaf, type Opening, writeLeaf } from '../../../../../db/audit/leaf.js';
import { HashStore } from '../hash-store.js';
import { keysOf } from '../keys.js';

export const logKeys = keysOf('log.example/trail');

const bytesOf = (word: string): Buffer => createHash('sha256').update(word).digest();

/** The content of a test's entry: all its values, and the fields that are not opened. */
interface Contents {
  readonly index: number;
  readonly word: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly erased?: readonly string[];
  readonly withheld?: readonly string[];
}

export const makeEntry = ({ index, word, values, erased = [], withheld = [] }: Contents): BundleEntry => {
  const seed = bytesOf(`${word} ${index}`).toString('hex');
  const openings: Opening[] = Object.entries(values).map(([field, value]) => ({
    field,
    value,
    salt: bytesOf(`${seed} ${field}`),
  }));
  const leaf: Leaf = {
    v: 1,
    id: seed.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
    type: 'request.read',
    at: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
    office: index % 5 === 0 ? null : 'legal',
    capacity: null,
    decision: index % 2 === 0 ? { outcome: 'approve', version: index, share: 0.5 } : null,
    policy: 'need-to-know-1',
    commitments: Object.fromEntries(
      openings.map((opening) => [opening.field, commit(opening)]),
    ) as Leaf['commitments'],
  };
  const closed = new Set([...erased, ...withheld]);
  return {
    index,
    leaf: writeLeaf(leaf),
    disclosures: openings.filter(({ field }) => !closed.has(field)),
    erased,
  };
};

const values = (index: number, word: string): Record<string, Json> => ({
  actor: `person:${word}`,
  actorName: index % 2 === 0 ? 'Zoë Ågren — 🙂' : 'A. "B" \\ C\n\u2028\u007f',
  subject: `OBS-2026-${index}`,
  ...(index % 3 === 1 && { reasons: `Because of ${index}.` }),
  ...(index % 4 === 1 && {
    details: {
      n: [index, -index / 7, 1e-7, 0.000001, 2 ** 53 - 1, 123456789.125],
      '€': true,
      '\u{1f642}': {},
      ﬁ: null,
      a: [],
    },
  }),
});

const made = new Map<string, BundleEntry>();

/** Entry `index`: some with reasons that were erased, some with details that are withheld. */
export const entryAt = (index: number, word = 'trail'): BundleEntry => {
  const key = `${word} ${index}`;
  const entry =
    made.get(key) ??
    makeEntry({
      index,
      word,
      values: values(index, word),
      erased: index % 6 === 1 ? ['reasons'] : [],
      // Of some nothing at all is opened.
      withheld: index % 60 === 4 ? Object.keys(values(index, word)) : index % 8 === 1 ? ['details'] : [],
    });
  made.set(key, entry);
  return entry;
};

export const entriesTo = (size: number, word?: string): BundleEntry[] =>
  Array.from({ length: size }, (_, index) => entryAt(index, word));

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** The signed checkpoint of the first `size` leaves of a store. */
export const checkpointOf = async (store: HashStore, size: number, keys = logKeys): Promise<string> =>
  signCheckpoint(
    {
      origin: keys.open.split('+')[0] as string,
      size,
      root: await rootOf(size, store.read),
      extensions: [],
    },
    noteSigner(keys.secret),
  );

export interface Shape {
  readonly old: number;
  readonly size: number;
  readonly from?: number;
  readonly keys?: { readonly secret: string; readonly open: string };
  readonly entries?: readonly BundleEntry[];
}

/** What a bundle is written from: the leaves from the old tree’s size, or `from`, to `size`. */
export const sourceOf = async ({
  old,
  size,
  from = old,
  keys = logKeys,
  ...given
}: Shape): Promise<BundleSource & { readonly store: HashStore }> => {
  const entries = given.entries ?? entriesTo(size);
  const store = new HashStore().add(entries.map(({ leaf }) => leaf));
  return {
    vkey: keys.open,
    oldNote: await checkpointOf(store, old, keys),
    newNote: await checkpointOf(store, size, keys),
    from,
    entries: each(entries.slice(from)),
    read: store.read,
    generatedAt: new Date('2026-03-02T09:15:00.123Z'),
    store,
  };
};

/** A bundle in memory. Each change makes another one. */
export class MemoryBundle implements BundleFiles {
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #also: readonly string[];

  constructor(files: ReadonlyMap<string, Buffer>, also: readonly string[] = []) {
    this.#files = files;
    this.#also = also;
  }

  static async of(source: BundleSource): Promise<MemoryBundle> {
    const files = new Map<string, Buffer>();
    for await (const { name, bytes } of bundleFiles(source)) {
      if (files.has(name)) throw new Error(`${name} was written twice.`);
      files.set(name, bytes);
    }
    return new MemoryBundle(files);
  }

  readonly read = async (name: string): Promise<Buffer | null> => this.#files.get(name) ?? null;
  readonly list = async (): Promise<readonly string[]> => [...this.#files.keys(), ...this.#also];

  get entries(): (readonly [string, Buffer])[] {
    return [...this.#files];
  }

  get names(): string[] {
    return [...this.#files.keys()];
  }

  get(name: string): Buffer {
    const bytes = this.#files.get(name);
    if (!bytes) throw new Error(`There is no ${name}.`);
    return bytes;
  }

  with(name: string, bytes: Buffer | string): MemoryBundle {
    return new MemoryBundle(new Map([...this.#files, [name, Buffer.from(bytes)]]));
  }

  without(...names: readonly string[]): MemoryBundle {
    return new MemoryBundle(new Map([...this.#files].filter(([name]) => !names.includes(name))));
  }

  /** As an archive that has a name twice. */
  listing(name: string): MemoryBundle {
    return new MemoryBundle(this.#files, [name]);
  }

  /** With the text of a file changed; the file must hold the text to replace. */
  edit(name: string, from: string | RegExp, to: string): MemoryBundle {
    const text = this.get(name).toString();
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${name} does not have it.`);
    return this.with(name, changed);
  }

  /** With another manifest, its digest made to fit. */
  manifest(change: (manifest: Manifest) => Partial<Manifest>): MemoryBundle {
    const { digest: _, ...manifest } = JSON.parse(this.get(bundleNames.manifest).toString()) as Manifest & {
      digest: string;
    };
    return this.with(bundleNames.manifest, formatManifest({ ...manifest, ...change(manifest) }));
  }
}
