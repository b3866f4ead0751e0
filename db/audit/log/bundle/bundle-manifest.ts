/**
 * `manifest.json`: the required contents of a bundle, so that anything left out or added shows.
 *
 * The checkpoints determine the leaves: all from `from`, which is not beyond the old tree, to the end of the new one.
 * The leaves determine the values: the bundle opens each committed value, or the manifest names it as erased or as
 * withheld. The manifest holds the SHA-256 of every file that no proof covers wholly, such as the README and other
 * signatures on a checkpoint, and its own.
 *
 * Nobody signs the manifest. A forger can pass an opened value off as withheld, and change the date of the bundle;
 * but no leaf, no proof and no value.
 */
import { z } from 'zod';
import { isAscending } from '../ascending.js';
import { bundleNames } from './bundle.js';
import { canonicalJson } from '../canonical.js';
import { sha256 } from '../hash.js';

const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
/** Fields of leaves that are not opened, by the index of the leaf: ascending, the fields in order. */
const closed = z.array(z.strictObject({ index: count, fields: z.array(z.string().min(1)).min(1) }));

/** SHA-256 of those files, in hexadecimal digits. */
export const digests = z.strictObject({
  [bundleNames.key]: digest,
  [bundleNames.old]: digest,
  [bundleNames.new]: digest,
  [bundleNames.consistency]: digest,
  [bundleNames.readme]: digest,
});

const manifestSchema = z.strictObject({
  v: z.literal(1),
  origin: z.string().min(1),
  /** The first leaf, and the one after the last. */
  from: count,
  to: count,
  counts: z.strictObject({
    leaves: count,
    /** Values of one leaf, which can have several. */
    opened: count,
    erased: count,
    withheld: count,
  }),
  generatedAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  erased: closed,
  withheld: closed,
  files: digests,
});
export type Manifest = z.infer<typeof manifestSchema>;
export type ClosedFields = Manifest['erased'];

/** The files that the manifest knows by their SHA-256. */
export const hashedNames = [
  bundleNames.key,
  bundleNames.old,
  bundleNames.new,
  bundleNames.consistency,
  bundleNames.readme,
] as const;

const digestOf = (manifest: Manifest): string => sha256(Buffer.from(canonicalJson(manifest))).toString('hex');

/** The file: canonical JSON, with the SHA-256 of the rest of it as `digest`. */
export const formatManifest = (manifest: Manifest): Buffer =>
  Buffer.from(canonicalJson({ ...manifest, digest: digestOf(manifest) }));

const isOrdered = (all: ClosedFields): boolean =>
  isAscending(all.map(({ index }) => index)) && all.every(({ fields }) => isAscending(fields));

/**
 * Reads the file. Whether the bundle is as it says is for the caller to see.
 * @throws SyntaxError, ZodError or Error when it is not such a file, byte for byte
 */
export const parseManifest = (bytes: Buffer): Manifest => {
  const { digest: _, ...rest } = z.looseObject({ digest }).parse(JSON.parse(bytes.toString('utf8')));
  const manifest = manifestSchema.parse(rest);
  if (!formatManifest(manifest).equals(bytes) || ![manifest.erased, manifest.withheld].every(isOrdered)) {
    throw new Error('The manifest is not what was written.');
  }
  return manifest;
};
