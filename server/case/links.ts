/**
 * Links to set a password. What a link holds is worked out from its id with a key of the session secret, so that mail can
 * carry it and be sent again in the same words, and the database holds its hash alone.
 */
import { Buffer } from 'node:buffer';
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface Links {
  /** What the link of that id holds. */
  readonly tokenOf: (linkId: string) => string;
  /** What the private address of a calendar of that id holds. */
  readonly calendarOf: (addressId: string) => string;
  /** A key in place of something that is counted and that nobody should read in a table. */
  readonly keyed: (kind: string, value: string) => string;
}

export const linksOf = (sessionSecret: string): Links => {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', sessionSecret, '', purpose, 32));
  const [links, asking] = [keyFor('password links'), keyFor('asking for a link')];
  const calendars = keyFor('calendar addresses');
  return {
    tokenOf: (linkId) => createHmac('sha256', links).update(linkId).digest('base64url'),
    calendarOf: (addressId) => createHmac('sha256', calendars).update(addressId).digest('base64url'),
    keyed: (kind, value) => `${kind}:${createHmac('sha256', asking).update(value).digest('base64url')}`,
  };
};

/** A token that nobody can guess: what a link holds that no mail carries, or a browser that is known. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** How a token looks. */
export const tokenPattern = /^[\w-]{43}$/;

/** The hash that is stored of a token. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
