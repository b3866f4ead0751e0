/** Numbers and bytes as text with exactly one spelling: it rejects any other. */

/** The number of `0`, `1`, `20`: no sign, no leading zero, at most 2^53 - 1. Null for anything else. */
export const parseDecimal = (text: string): number | null => {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
};

/** The bytes of standard base64 (RFC 4648, section 4) with its padding and no spare bits; null for other text. */
export const parseBase64 = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};
