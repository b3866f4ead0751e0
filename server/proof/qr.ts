import { encodeQR } from 'qr';

/** A QR code as one shape of squares, drawn in place: no other site makes it, and nothing of it is stored. */
export interface QrCode {
  /** How many squares a side has, with its margin. */
  readonly size: number;
  /** The dark squares, as the path of an SVG. */
  readonly path: string;
}

/** The margin that the standard asks for, in squares. */
const margin = 4;

export const qrCode = (text: string): QrCode => {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: margin });
  const dark = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size: rows.length, path: dark.join('') };
};
