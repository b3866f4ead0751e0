/**
 * Links to set a password. What a link holds is worked out from its id with a key of the session secret, so that mail can
 * carry it and be sent again in the same words, and the database holds its hash alone.
 */
import { Buffer } from 'node:buffer';
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A key in place of what is counted: the same for the same values of a kind. */
type Keyed = (kind: string, ...of: readonly string[]) => string;

/**
 * Keys under which something is counted, made with a key of the session secret: nobody should read in a table who failed to
 * sign in, or who asked for a link.
 */
export const keyedBy = (sessionSecret: string): Keyed => {
  const secret = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'attempts', 32));
  return (kind, ...of) =>
    `${kind}:${createHmac('sha256', secret)
      .update(JSON.stringify([kind, ...of]))
      .digest('base64url')}`;
};

export interface Links {
  /** What the link of that id holds. */
  readonly tokenOf: (linkId: string) => string;
  /** What the private address of a calendar of that id holds. */
  readonly calendarOf: (addressId: string) => string;
  readonly keyed: Keyed;
}

export const linksOf = (sessionSecret: string): Links => {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', sessionSecret, '', purpose, 32));
  const [links, calendars] = [keyFor('password links'), keyFor('calendar addresses')];
  return {
    tokenOf: (linkId) => createHmac('sha256', links).update(linkId).digest('base64url'),
    calendarOf: (addressId) => createHmac('sha256', calendars).update(addressId).digest('base64url'),
    keyed: keyedBy(sessionSecret),
  };
};

/** A token that nobody can guess: what a link holds that no mail carries, or a browser that is known. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** How a token looks. */
export const tokenPattern = /^[\w-]{43}$/;

/** The hash that is stored of a token. */
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
