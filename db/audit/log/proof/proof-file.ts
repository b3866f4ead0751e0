/**
 * The two proofs as files that can be checked without asking anyone:
 *
 * - consistency, in the words in which c2sp.org/tlog-witness asks a witness: `old M`, the hashes, an empty
 *   line, the new checkpoint
 * - inclusion, as c2sp.org/tlog-proof has it: `c2sp.org/tlog-proof@v1`, `index N`, the hashes, an empty line,
 *   the checkpoint
 *
 * with each hash in base64 on a line, and the checkpoint as the signed note, byte for byte.
 */
import { parseBase64, parseDecimal } from '../exact.js';
import { Fault } from '../fault.js';
import { type Hash, hashLength } from '../hash.js';

export type ProofFileFaultCode = 'proof_file_malformed' | 'proof_number_malformed' | 'proof_hash_malformed';

/** Why a file is no proof that can be read. */
export class ProofFileFault extends Fault<ProofFileFaultCode> {}

export interface ConsistencyFile {
  readonly oldSize: number;
  readonly proof: readonly Hash[];
  /** The signed note, not checked. */
  readonly checkpoint: Buffer;
}

export interface InclusionFile {
  readonly index: number;
  readonly proof: readonly Hash[];
  /** The signed note, not checked. */
  readonly checkpoint: Buffer;
}

const inclusionTitle = 'c2sp.org/tlog-proof@v1';
/** A path to the root of 2^53 leaves is shorter. Longer files are not gone through. */
const mostHashes = 63;

const format = (head: string, proof: readonly Hash[], checkpoint: Buffer): Buffer => {
  const lines = proof.map((hash) => `${hash.toString('base64')}\n`);
  return Buffer.concat([Buffer.from(`${head}${lines.join('')}\n`), checkpoint]);
};

export const formatConsistency = ({ oldSize, proof, checkpoint }: ConsistencyFile): Buffer =>
  format(`old ${oldSize}\n`, proof, checkpoint);

export const formatInclusion = ({ index, proof, checkpoint }: InclusionFile): Buffer =>
  format(`${inclusionTitle}\nindex ${index}\n`, proof, checkpoint);

const malformed = (): ProofFileFault =>
  new ProofFileFault('proof_file_malformed', 'The file is not laid out as a proof.');

const parseNumber = (line: string | undefined, label: string): number => {
  const number = line?.startsWith(label) ? parseDecimal(line.slice(label.length)) : null;
  if (number !== null) return number;
  throw new ProofFileFault('proof_number_malformed', `The line “${label}N” is missing or malformed.`);
};

const parseHash = (line: string): Hash => {
  const hash = parseBase64(line);
  if (hash?.length === hashLength) return hash;
  throw new ProofFileFault('proof_hash_malformed', `A line is not ${hashLength} bytes in base64.`);
};

const parseHashes = (lines: readonly string[]): Hash[] => {
  if (lines.length > mostHashes) throw malformed();
  return lines.map(parseHash);
};

/** The lines above the first empty one, and the bytes below it. */
const parse = (file: Buffer): { readonly lines: readonly string[]; readonly checkpoint: Buffer } => {
  const gap = file.indexOf('\n\n');
  if (gap === -1) throw malformed();
  return { lines: file.toString('latin1', 0, gap).split('\n'), checkpoint: file.subarray(gap + 2) };
};

/**
 * Reads `consistency.txt`. That it holds is for `verifyConsistency` to say.
 * @throws ProofFileFault
 */
export const parseConsistency = (file: Buffer): ConsistencyFile => {
  const { lines, checkpoint } = parse(file);
  const [old, ...hashes] = lines;
  return { oldSize: parseNumber(old, 'old '), proof: parseHashes(hashes), checkpoint };
};

/**
 * Reads a `.tlog-proof`. That it holds is for `verifyInclusion` to say. The line `extra` that the format
 * allows is refused: nothing would vouch for it.
 * @throws ProofFileFault
 */
export const parseInclusion = (file: Buffer): InclusionFile => {
  const { lines, checkpoint } = parse(file);
  const [title, index, ...hashes] = lines;
  if (title !== inclusionTitle) throw malformed();
  return { index: parseNumber(index, 'index '), proof: parseHashes(hashes), checkpoint };
};
