/**
 * Cosignatures, version 1, in the format of c2sp.org/tlog-cosignature: a witness states that at a time this
 * checkpoint was the largest tree it had seen of a log, and consistent with every earlier one. The signed text is
 * `cosignature/v1`, `time N` and the text of the checkpoint; the signature on the note is the time in 8 bytes, then
 * the 64 bytes of Ed25519. It is made and checked like any other note.
 */
import { parseCheckpoint } from './checkpoint.js';
import { parseSignerKey, parseVerifierKey } from './key.js';
import { addSignatures, openSignatures, parseNote, type Signer, type Verifier } from './note.js';

const timeLength = 8;
const signatureLength = 64;

/** The last time that a `Date` can hold. A later one is invalid, no matter who signed it. */
const latestSeconds = BigInt(8.64e12);

const messageOf = (checkpoint: Buffer, seconds: bigint): Buffer =>
  Buffer.concat([Buffer.from(`cosignature/v1\ntime ${seconds}\n`), checkpoint]);

/** A witness whose cosignatures count. From the text form of its verifier key. @throws KeyFault */
export const cosignatureVerifier = (key: string): Verifier => {
  const { name, id, verify } = parseVerifierKey(key, 'cosignature');
  return {
    name,
    id,
    verify: (checkpoint, signature) => {
      if (signature.length !== timeLength + signatureLength) return false;
      const seconds = signature.readBigUInt64BE();
      if (seconds > latestSeconds) return false;
      return verify(messageOf(checkpoint, seconds), signature.subarray(timeLength));
    },
  };
};

/**
 * A witness that signs at a time, which counts in whole seconds.
 * @param key the text form of its signer key
 * @throws KeyFault; RangeError when the time is before 1970 or none
 */
export const cosigner = (key: string, at: Date): Signer => {
  const { verifierKey, sign } = parseSignerKey(key, 'cosignature');
  const seconds = Math.floor(at.getTime() / 1000);
  if (!(seconds >= 0)) throw new RangeError('A cosignature is made at a time from 1970 on.');
  const time = Buffer.alloc(timeLength);
  time.writeBigUInt64BE(BigInt(seconds));
  return {
    name: verifierKey.name,
    id: verifierKey.id,
    sign: (checkpoint) => Buffer.concat([time, sign(messageOf(checkpoint, BigInt(seconds)))]),
  };
};

/**
 * Adds a witness's word to a checkpoint. A cosignature says that the witness has opened it, and held it
 * against the last one that it cosigned: that is done before this is called.
 * @throws NoteFault or CheckpointFault when it is no checkpoint
 */
export const cosign = (checkpoint: string, witness: Signer): string => {
  parseCheckpoint(parseNote(checkpoint).text);
  return addSignatures(checkpoint, [witness]);
};

/** That a witness had seen it, and when. */
export interface Cosignature {
  readonly name: string;
  readonly at: Date;
}

/**
 * Which of the witnesses have cosigned a checkpoint; perhaps none. Whether the log itself has signed it is
 * for `openCheckpoint` to say.
 * @throws NoteFault or CheckpointFault when it is no checkpoint, or the cosignature of one of them is bad
 */
export const cosignaturesOf = (
  checkpoint: Buffer | string,
  witnesses: readonly Verifier[],
): Cosignature[] => {
  const { text, signatures } = openSignatures(checkpoint, witnesses);
  parseCheckpoint(text);
  return signatures.map(({ name, bytes }) => ({
    name,
    at: new Date(Number(bytes.readBigUInt64BE()) * 1000),
  }));
};
