/**
 * The offline bundle: part of the trail in files that anyone can check without us. This file says what it holds, and
 * where. `bundle-write.ts` makes one, `bundle-verify.ts` checks one, and its own README.txt says how to check it
 * without our software.
 */
import { CheckpointFault, type CheckpointFaultCode } from '../checkpoint.js';
import { parseDecimal } from '../exact.js';
import { Fault } from '../fault.js';
import { KeyFault, type KeyFaultCode } from '../key.js';
import { NoteFault, type NoteFaultCode } from '../note.js';
import { ProofFileFault, type ProofFileFaultCode } from '../proof/proof-file.js';
import { ProofFault, type ProofFaultCode } from '../proof/verify.js';

/** The files that are there once. */
export const bundleNames = {
  key: 'log.vkey',
  old: 'old.checkpoint',
  new: 'new.checkpoint',
  consistency: 'consistency.txt',
  manifest: 'manifest.json',
  readme: 'README.txt',
} as const;

const perLeaf = {
  leaf: (index: number): string => `leaves/${index}.json`,
  proof: (index: number): string => `proofs/${index}.tlog-proof`,
  disclosures: (index: number): string => `disclosures/${index}.json`,
};

/** The names of the files of one leaf. */
export const { leaf: leafName, proof: proofName, disclosures: disclosuresName } = perLeaf;

/**
 * Whether a bundle of the leaves from `from` up to `to` may have a file of this name. Which leaves have one
 * with disclosures is not known here.
 */
export const isBundleName = (name: string, from: number, to: number): boolean => {
  if (Object.values<string>(bundleNames).includes(name)) return true;
  const index = parseDecimal(/\d+/.exec(name)?.[0] ?? '');
  if (index === null || index < from || index >= to) return false;
  return Object.values(perLeaf).some((nameOf) => nameOf(index) === name);
};

/** A bundle in any place: a folder, an archive, memory. */
export interface BundleFiles {
  /**
   * The bytes of a file; null if there is no such file. It reads the whole file, so it must refuse an absurdly large
   * one.
   */
  readonly read: (name: string) => Promise<Buffer | null>;
  /**
   * The names of all files below a folder, at any depth, with `/` between the parts, each from the bundle’s
   * own root; of all there are for the folder `''`. Folders themselves are not named.
   */
  readonly list: (folder: string) => AsyncIterable<string> | Promise<readonly string[]>;
}

export type BundleFaultCode =
  | KeyFaultCode
  | NoteFaultCode
  | CheckpointFaultCode
  | ProofFaultCode
  | ProofFileFaultCode
  | 'missing_file'
  | 'unaccounted_file'
  | 'file_twice'
  | 'file_changed'
  | 'manifest_malformed'
  | 'manifest_wrong'
  | 'another_key'
  | 'another_checkpoint'
  | 'leaf_missing'
  | 'leaf_malformed'
  | 'wrong_index'
  | 'disclosures_malformed'
  | 'value_missing'
  | 'value_unaccounted'
  | 'wrong_value';

/** The first thing that is wrong with a bundle, and in which file. */
export class BundleFault extends Fault<BundleFaultCode> {
  readonly file: string;

  constructor(code: BundleFaultCode, file: string, sentence: string) {
    super(code, sentence);
    this.file = file;
  }
}

const isOfOneFile = (error: unknown) =>
  error instanceof KeyFault ||
  error instanceof NoteFault ||
  error instanceof CheckpointFault ||
  error instanceof ProofFault ||
  error instanceof ProofFileFault;

/** Does something with a file; a fault that comes out is that file’s. @throws BundleFault */
export const inFile = <T>(file: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!isOfOneFile(error)) throw error;
    throw new BundleFault(error.code, file, error.message);
  }
};
