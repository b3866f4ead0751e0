/**
 * Ed25519 keys in the text forms of golang.org/x/mod/sumdb/note and c2sp.org/signed-note:
 *
 * - a verifier key, to give away: `name+id+base64(use || public key)`
 * - a signer key, to keep secret: `PRIVATE+KEY+name+id+base64(use || seed)`
 *
 * with the id in eight hexadecimal digits and the use in one byte. The use is part of the id, so that a
 * signature made for one use is never taken for one of another.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { parseBase64 } from './exact.js';
import { Fault } from './fault.js';
import { sha256 } from './hash.js';

/** The uses of a key, and the byte that marks each. */
const uses = { note: 0x01, cosignature: 0x04 } as const;
export type KeyUse = keyof typeof uses;

export type KeyFaultCode = 'key_malformed' | 'key_for_other_use' | 'key_id_wrong';

/** Why a text is not a key. The sentence quotes nothing of the key. */
export class KeyFault extends Fault<KeyFaultCode> {}

/** A signature of 64 bytes over a message, held against one public key. */
export interface VerifierKey {
  readonly name: string;
  /** Eight hexadecimal digits. With the name it is how a signature says whose it is. */
  readonly id: string;
  /** The text form. */
  readonly text: string;
  readonly verify: (message: Buffer, signature: Buffer) => boolean;
}

export interface SignerKey {
  readonly verifierKey: VerifierKey;
  /** 64 bytes. */
  readonly sign: (message: Buffer) => Buffer;
}

const rawLength = 32;
/** PKCS #8 (RFC 8410) as far as the 32 bytes of the seed. */
const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Whether it can name a key: no spaces, no `+`, nothing that does not show (it is shown), not nothing. */
export const isKeyName = (name: string): boolean => /^[^+\p{White_Space}\p{C}]+$/u.test(name);

const keyId = (name: string, material: Buffer): string =>
  sha256(Buffer.concat([Buffer.from(`${name}\n`), material])).toString('hex', 0, 4);

const malformed = (): KeyFault =>
  new KeyFault('key_malformed', 'This is not a key in the form that is read.');
const otherUse = (): KeyFault => new KeyFault('key_for_other_use', 'The key is for something else.');
const wrongId = (): KeyFault => new KeyFault('key_id_wrong', 'The id of the key is not that of its bytes.');

interface Parts {
  readonly name: string;
  readonly id: string;
  /** The bytes after the byte of the use. */
  readonly raw: Buffer;
}

const parseParts = (text: string, use: KeyUse): Parts => {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const material = parseBase64(encoded);
  if (!isKeyName(name) || !material || material.length < 1) throw malformed();
  if (material[0] !== uses[use]) throw otherUse();
  if (material.length !== 1 + rawLength) throw malformed();
  return { name, id, raw: material.subarray(1) };
};

const verifierKeyOf = (name: string, raw: Buffer, use: KeyUse): VerifierKey => {
  const material = Buffer.concat([Buffer.of(uses[use]), raw]);
  const id = keyId(name, material);
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
    format: 'jwk',
  });
  return {
    name,
    id,
    text: `${name}+${id}+${material.toString('base64')}`,
    verify: (message, signature) => verify(null, message, key, signature),
  };
};

/**
 * Reads a verifier key, without a line end.
 * @throws KeyFault
 */
export const parseVerifierKey = (text: string, use: KeyUse): VerifierKey => {
  const { name, id, raw } = parseParts(text, use);
  const key = verifierKeyOf(name, raw, use);
  if (key.id !== id) throw wrongId();
  return key;
};

/** Its last bytes, in the form of RFC 8410. */
const rawOf = (publicKey: KeyObject): Buffer =>
  publicKey.export({ format: 'der', type: 'spki' }).subarray(-rawLength);

const signerKeyOf = (name: string, seed: Buffer, use: KeyUse): SignerKey => {
  const key = createPrivateKey({ key: Buffer.concat([seedPrefix, seed]), format: 'der', type: 'pkcs8' });
  return {
    verifierKey: verifierKeyOf(name, rawOf(createPublicKey(key)), use),
    sign: (message) => sign(null, message, key),
  };
};

/**
 * Reads a signer key, without a line end.
 * @throws KeyFault
 */
export const parseSignerKey = (text: string, use: KeyUse): SignerKey => {
  const prefix = 'PRIVATE+KEY+';
  if (!text.startsWith(prefix)) throw malformed();
  const { name, id, raw } = parseParts(text.slice(prefix.length), use);
  const key = signerKeyOf(name, raw, use);
  if (key.verifierKey.id !== id) throw wrongId();
  return key;
};

/**
 * The text form of a new signer key; keep it secret. `parseSignerKey` reads it and gives the verifier key.
 * @param seed 32 random bytes
 * @throws KeyFault if the name cannot name a key
 */
export const newSignerKey = (name: string, seed: Buffer, use: KeyUse): string => {
  if (!isKeyName(name) || seed.length !== rawLength) throw malformed();
  const { id } = signerKeyOf(name, seed, use).verifierKey;
  return `PRIVATE+KEY+${name}+${id}+${Buffer.concat([Buffer.of(uses[use]), seed]).toString('base64')}`;
};
