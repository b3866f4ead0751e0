/**
 * The tree as RFC 6962, section 2.1, defines it, over the leaves themselves: slow, and written down from the
 * definitions alone. What the log works out is held against it.
 */
import { createHash } from 'node:crypto';

const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const hashOfLeaf = (leaf: Buffer): Buffer => sha256(Buffer.of(0), leaf);

/** The k of the RFC: the largest power of two smaller than n. */
const k = (n: number): number => (n <= 2 ? 1 : 2 * k(Math.ceil(n / 2)));

/** MTH(D[n]), 2.1 */
export const rootByDefinition = (leaves: readonly Buffer[]): Buffer => {
  const [first, second] = leaves;
  if (first === undefined) return sha256();
  if (second === undefined) return hashOfLeaf(first);
  const at = k(leaves.length);
  return sha256(Buffer.of(1), rootByDefinition(leaves.slice(0, at)), rootByDefinition(leaves.slice(at)));
};

/** PATH(m, D[n]), 2.1.1 */
export const pathByDefinition = (m: number, leaves: readonly Buffer[]): Buffer[] => {
  if (leaves.length === 1) return [];
  const at = k(leaves.length);
  return m < at
    ? [...pathByDefinition(m, leaves.slice(0, at)), rootByDefinition(leaves.slice(at))]
    : [...pathByDefinition(m - at, leaves.slice(at)), rootByDefinition(leaves.slice(0, at))];
};

/** SUBPROOF(m, D[n], b), 2.1.2 */
const subproof = (m: number, leaves: readonly Buffer[], whole: boolean): Buffer[] => {
  if (m === leaves.length) return whole ? [] : [rootByDefinition(leaves)];
  const at = k(leaves.length);
  return m <= at
    ? [...subproof(m, leaves.slice(0, at), whole), rootByDefinition(leaves.slice(at))]
    : [...subproof(m - at, leaves.slice(at), false), rootByDefinition(leaves.slice(0, at))];
};

/** PROOF(m, D[n]), 2.1.2 */
export const proofByDefinition = (m: number, leaves: readonly Buffer[]): Buffer[] =>
  subproof(m, leaves, true);
