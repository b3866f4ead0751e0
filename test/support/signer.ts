import { randomBytes } from 'node:crypto';
import { newSignerKey, parseSignerKey } from '../../db/audit/log/key.js';
import { noteSigner, noteVerifier } from '../../db/audit/log/note.js';
import type { Signed, SignerState } from '../../server/signing/state.js';

/** A signer with a key of its own that keeps its memory to itself, in no file. */
export const aSigner = (origin = 'trail.council.example/test'): SignerState => {
  const key = newSignerKey(origin, randomBytes(32), 'note');
  const { text: vkey } = parseSignerKey(key, 'note').verifierKey;
  let last: Signed | null = null;
  return {
    origin,
    signer: noteSigner(key),
    verifier: noteVerifier(vkey),
    vkey,
    last: () => last,
    remember: (tree) => void (last = tree),
  };
};
