import type { BundleFiles } from '../../db/audit/log/bundle/bundle.js';

/** Why a place holds no bundle that can be opened. The sentence names the place. */
export class NoBundle extends Error {}

/** A bundle that is open until it is closed. */
export interface OpenBundle extends BundleFiles {
  close(): void;
}

/** Most bytes that a file of a bundle is read with: its largest is a manifest with a line for each leaf. */
export const largestFile = 512 * 1024 * 1024;
