/** Seals a text, so that nobody else can read or make one: AES-256-GCM under a key of the session secret. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const [ivBytes, tagBytes] = [12, 16];

export interface Seal {
  /** @param about what the text belongs to; it opens for that alone */
  close(text: string, about: string): Buffer;
  /** The text; null where this is none of ours, or belongs to something else. */
  open(sealed: Buffer, about: string): string | null;
}

/** @param purpose one for each use, so that what was sealed for one does not open for another */
export const sealOf = (sessionSecret: string, purpose: string): Seal => {
  const key = Buffer.from(hkdfSync('sha256', sessionSecret, '', purpose, 32));
  return {
    close(text, about) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(about));
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(sealed, about) {
      if (sealed.length < ivBytes + tagBytes) return null;
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes))
        .setAAD(Buffer.from(about))
        .setAuthTag(sealed.subarray(-tagBytes));
      const text = decipher.update(sealed.subarray(ivBytes, -tagBytes));
      try {
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        // The only thing that `final` says here: it was not sealed with this key for this.
        return null;
      }
    },
  };
};

/** The purpose of the seal on the keys that codes are made from. */
export const keysOfCodes = 'keys of codes';
