/** Codes that an app on the phone makes, by RFC 6238 as every such app does it: SHA-1, six digits, thirty seconds. */
import { Secret, TOTP } from 'otpauth';

/** Seconds. */
export const period = 30;
const digits = 6;
/** How many periods before and after now still count: clocks differ. */
const window = 1;

const totp = (key: string, of: { readonly issuer?: string; readonly label?: string } = {}): TOTP =>
  new TOTP({ ...of, secret: Secret.fromBase32(key), algorithm: 'SHA1', digits, period });

/** A new key of 160 bits, in base32. */
export const newKey = (): string => new Secret({ size: 20 }).base32;

/** The `otpauth:` address with which an app takes a key over. */
export const addressOf = (
  key: string,
  { councilName, email }: { readonly councilName: string; readonly email: string },
): string => totp(key, { issuer: councilName, label: email }).toString();

/** The key as people type it, in groups of four. */
export const inGroups = (key: string): string => key.match(/.{1,4}/g)?.join(' ') ?? key;

/** The period whose code this is; null where it is the code of none that counts now. */
export const stepOfCode = (key: string, code: string, now: Date): number | null => {
  const delta = totp(key).validate({ token: code, timestamp: now.getTime(), window });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
};

/** A code of six digits as typed, without spaces; null where it is none. */
export const typedCode = (typed: string): string | null => {
  const code = typed.replaceAll(/\s/g, '');
  return /^\d{6}$/.test(code) ? code : null;
};
