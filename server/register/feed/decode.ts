import { unreadable } from './fault.js';

/** Whether a label of an encoding, as a header or an XML declaration writes it, means UTF-8. */
export const isUtf8 = (label: string): boolean => /^utf-?8$/iu.test(label.trim());

/**
 * The text of a file in UTF-8, without its byte order mark.
 * @throws Invalid for another charset, bytes that are not UTF-8 (UTF-16, Windows-1252, half a character) and NUL
 */
export const decode = (bytes: Buffer, charset: string | null): string => {
  const notUtf8 = () => unreadable('The file is not UTF-8. Save it as UTF-8 and send it again.');
  if (charset !== null && !isUtf8(charset)) throw notUtf8();
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8();
  }
  // UTF-16 without a mark is UTF-8 full of NULs.
  if (text.includes('\0')) throw unreadable('The file holds the character NUL: it is not UTF-8 text.');
  if (text.trim() === '') throw unreadable('The file is empty.');
  return text;
};
