/**
 * Signed notes, as c2sp.org/signed-note and golang.org/x/mod/sumdb/note have them: a text that ends with a
 * line end, an empty line, and a line for each signature, `— name base64(id || signature)`. A signature is
 * over the text. The text means nothing before a signature of a key that the reader trusts was found good.
 */
import { parseBase64 } from './exact.js';
import { Fault } from './fault.js';
import { parseSignerKey, parseVerifierKey } from './key.js';

export type NoteFaultCode =
  | 'note_too_large'
  | 'not_utf8'
  | 'control_character'
  | 'text_malformed'
  | 'no_signatures'
  | 'too_many_signatures'
  | 'signature_malformed'
  | 'bad_signature'
  | 'no_known_signature';

/** Why a text is not a note, or not one to trust. */
export class NoteFault extends Fault<NoteFaultCode> {}

/** In bytes: room for sixteen of the largest signatures there are. Ours have some hundred bytes in all. */
export const largestNote = 256 * 1024;
export const mostSignatures = 100;

/** One trusted key, for any kind of signature. */
export interface Verifier {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly id: string;
  /** @param signature without the id */
  readonly verify: (text: Buffer, signature: Buffer) => boolean;
}

export interface Signer {
  readonly name: string;
  readonly id: string;
  readonly sign: (text: Buffer) => Buffer;
}

export interface Signature {
  readonly name: string;
  readonly id: string;
  /** Without the id. */
  readonly bytes: Buffer;
}

export interface Note {
  readonly text: string;
  readonly signatures: readonly Signature[];
}

/** From the text form of a verifier key for notes. @throws KeyFault */
export const noteVerifier = (key: string): Verifier => parseVerifierKey(key, 'note');

/** From the text form of a signer key for notes. @throws KeyFault */
export const noteSigner = (key: string): Signer => {
  const { verifierKey, sign } = parseSignerKey(key, 'note');
  return { name: verifierKey.name, id: verifierKey.id, sign };
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const notUtf8 = (): NoteFault => new NoteFault('not_utf8', 'The note is not text in UTF-8.');

/** The characters of a note; a string is held to what UTF-8 can carry too. */
const charactersOf = (note: Buffer | string): string => {
  if (Buffer.byteLength(note) > largestNote) {
    throw new NoteFault('note_too_large', `The note has more than ${largestNote} bytes.`);
  }
  if (typeof note === 'string') {
    if (/\p{Surrogate}/u.test(note)) throw notUtf8();
    return note;
  }
  try {
    return decoder.decode(note);
  } catch {
    throw notUtf8();
  }
};

/** The characters below U+0020, except the line end. */
const requirePlain = (characters: string): void => {
  if (/(?![\n\u007f-\u009f])\p{Cc}/u.test(characters)) {
    throw new NoteFault('control_character', 'The note has a control character in it.');
  }
};

const idLength = 4;

const parseSignature = (line: string): Signature => {
  const [, name = '', encoded = ''] = /^\u2014 ([^+\p{White_Space}]+) ([^ ]+)$/u.exec(line) ?? [];
  const bytes = parseBase64(encoded);
  if (name === '' || !bytes || bytes.length <= idLength) {
    throw new NoteFault('signature_malformed', 'A line of the note that should be a signature is none.');
  }
  return { name, id: bytes.toString('hex', 0, idLength), bytes: bytes.subarray(idLength) };
};

/**
 * Takes a note apart. Nothing is known of who signed it: `openNote` is what looks at that.
 * @throws NoteFault
 */
export const parseNote = (note: Buffer | string): Note => {
  const characters = charactersOf(note);
  requirePlain(characters);
  const gap = characters.lastIndexOf('\n\n');
  const lines = characters.slice(gap + 2);
  if (gap === -1 || lines === '' || !lines.endsWith('\n')) {
    throw new NoteFault('no_signatures', 'The note does not end with an empty line and signatures.');
  }
  const signatures = lines.slice(0, -1).split('\n');
  if (signatures.length > mostSignatures) {
    throw new NoteFault('too_many_signatures', `The note has more than ${mostSignatures} signatures.`);
  }
  return { text: characters.slice(0, gap + 1), signatures: signatures.map(parseSignature) };
};

/**
 * The good signatures of the verifiers, perhaps none. Signatures of other keys are passed over, even where
 * they share a name or an id with one of these.
 *
 * @returns the text, and those signatures only
 * @throws NoteFault when it is no note, or a signature that should be of a verifier is bad
 */
export const openSignatures = (note: Buffer | string, verifiers: readonly Verifier[]): Note => {
  const { text, signatures } = parseNote(note);
  const message = Buffer.from(text);
  const good = signatures.filter((signature) => {
    const verifier = verifiers.find(({ name, id }) => name === signature.name && id === signature.id);
    if (verifier && !verifier.verify(message, signature.bytes)) {
      throw new NoteFault('bad_signature', 'A signature by a key that is known is not one of this text.');
    }
    return verifier !== undefined;
  });
  return { text, signatures: good };
};

/**
 * Opens a note: at least one of the verifiers has signed it, and no signature of theirs is bad.
 *
 * @returns the text, and their signatures only
 * @throws NoteFault
 */
export const openNote = (note: Buffer | string, verifiers: readonly Verifier[]): Note => {
  const opened = openSignatures(note, verifiers);
  if (opened.signatures.length > 0) return opened;
  throw new NoteFault('no_known_signature', 'The note is not signed by any key that is known.');
};

const signatureLine = ({ name, id, bytes }: Signature): string =>
  `\u2014 ${name} ${Buffer.concat([Buffer.from(id, 'hex'), bytes]).toString('base64')}\n`;

/**
 * Signs a text, which has to end with a line end.
 * @throws NoteFault when it is no text for a note
 */
export const signNote = (text: string, signers: readonly Signer[]): string => {
  charactersOf(text);
  requirePlain(text);
  if (!text.endsWith('\n')) {
    throw new NoteFault('text_malformed', 'The text of a note ends with a line end.');
  }
  const message = Buffer.from(text);
  const lines = signers.map(({ name, id, sign }) => signatureLine({ name, id, bytes: sign(message) }));
  return `${text}\n${lines.join('')}`;
};

/**
 * Adds signatures to those a note has. Anyone who adds theirs has opened it before.
 * @throws NoteFault when it is no note
 */
export const addSignatures = (note: string, signers: readonly Signer[]): string => {
  const { text } = parseNote(note);
  const added = signNote(text, signers);
  return note + added.slice(text.length + 1);
};
