import { unreadable } from './fault.js';

export type Encoding = 'UTF-8' | 'UTF-16';

/** A file as text, and what its bytes were. */
export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

const labels: Readonly<Record<Encoding, RegExp>> = {
  'UTF-8': /^utf-?8$/iu,
  'UTF-16': /^utf-?16(?:le|be)?$/iu,
};

/** Whether a label of an encoding, as a header or an XML declaration writes it, means that one. */
export const isLabelOf = (encoding: Encoding, label: string): boolean => labels[encoding].test(label.trim());

/**
 * Spreadsheets save "Unicode text" as UTF-16, with a byte order mark. Without one the noughts of its first character
 * show it: neither format begins with another character than one of ASCII.
 */
const decoderOf = ([first, second]: Buffer): { readonly by: string; readonly encoding: Encoding } => {
  if (first === 0xff && second === 0xfe) return { by: 'utf-16le', encoding: 'UTF-16' };
  if (first === 0xfe && second === 0xff) return { by: 'utf-16be', encoding: 'UTF-16' };
  if (first !== 0 && second === 0) return { by: 'utf-16le', encoding: 'UTF-16' };
  if (first === 0 && second !== 0) return { by: 'utf-16be', encoding: 'UTF-16' };
  return { by: 'utf-8', encoding: 'UTF-8' };
};

const saveAs = 'Save it as UTF-8 (in Excel: “CSV UTF-8”) and send it again.';

/**
 * The text of a file in UTF-8 or UTF-16, without its byte order mark.
 * @throws Invalid for another charset, bytes that are not text in it (Windows-1252, half a character) and NUL
 */
export const decode = (bytes: Buffer, charset: string | null): Decoded => {
  const { by, encoding } = decoderOf(bytes);
  if (charset !== null && !isLabelOf(encoding, charset)) {
    throw unreadable(`The file is not in the encoding that it was sent as. ${saveAs}`);
  }
  let text: string;
  try {
    text = new TextDecoder(by, { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(`The file is not ${encoding}. ${saveAs}`);
  }
  if (text.includes('\0')) throw unreadable(`The file holds the character NUL: it is not text. ${saveAs}`);
  if (text.trim() === '') throw unreadable('The file is empty.');
  return { text, encoding };
};
