/** Reads from an SMTP_URL which mail server to use, and how to talk to it. */
import { isIPv4 } from 'node:net';
import { domainToASCII } from 'node:url';

/** A mail server, and how it is talked to. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on. */
  readonly secure: boolean;
  /** Nothing but the greeting is said before STARTTLS has succeeded. */
  readonly requireTLS: boolean;
  /** Where STARTTLS is offered, it is not taken. */
  readonly ignoreTLS: boolean;
  readonly login: { readonly user: string; readonly pass: string } | undefined;
  /** The name in the service's greeting; `undefined` uses the machine's name. */
  readonly name: string | undefined;
  /** The name that the certificate has to have; `undefined` for that of the host. */
  readonly certificateName: string | undefined;
  readonly rejectUnauthorized: boolean;
  /** The protections that the URL switches off on the way to another machine: production allows none of them. */
  readonly concessions: readonly string[];
}

/** The address cannot be used. Says what to write instead, and quotes nothing of it. */
export class SmtpUrlFault extends Error {
  override readonly name = 'SmtpUrlFault';
}

const refuse = (because: string): never => {
  throw new SmtpUrlFault(because);
};

const flags = ['requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized'] as const;
const settings = [...flags, 'auth', 'name', 'tls.servername'] as const;
type Setting = (typeof settings)[number];

/**
 * Only these options are allowed. The library would take any of its options from a URL, among them some that lead to
 * another host, write the conversation to the log or accept a plain connection after all.
 */
const settingsOf = (url: URL): ReadonlyMap<Setting, string> => {
  const given = [...url.searchParams.keys()];
  const isKnown = (name: string): name is Setting => (settings as readonly string[]).includes(name);
  if (!given.every(isKnown)) refuse(`may set only ${settings.join(', ')} after its question mark`);
  if (new Set(given).size < given.length) refuse('may set each name after its question mark only once');
  const set = new Map([...url.searchParams].filter((entry): entry is [Setting, string] => isKnown(entry[0])));
  for (const name of flags) {
    if (!['true', 'false', undefined].includes(set.get(name)))
      refuse(`must say ${name}=true or ${name}=false`);
  }
  if (!['none', undefined].includes(set.get('auth'))) refuse('may say nothing but auth=none of auth');
  return set;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('has a % that begins no code: write %25 for a % in the user or the password');
  }
};

/** The host exactly as the connection will use it, so that this check and the call cannot differ. */
const hostOf = (url: URL): string => {
  if (url.hostname.startsWith('[')) return url.hostname.slice(1, -1);
  const name = decode(url.hostname);
  const host = /^[\p{L}\p{M}\p{N}._-]+$/u.test(name) ? domainToASCII(name) : '';
  return host === '' ? refuse('must name a mail server after its :// or its @') : host;
};

/** Only a literal loopback address counts: a name that resolves to one depends on a name server elsewhere. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

/** A user without a password (or the reverse) is a typo; treating it as 'no login' would hide it. */
const loginOf = (url: URL): MailServer['login'] => {
  if (url.username === '' && url.password === '') return undefined;
  if (url.username === '' || url.password === '') refuse('must have both a user and a password, or neither');
  return { user: decode(url.username), pass: decode(url.password) };
};

/**
 * Reads an SMTP_URL: `smtp://user:password@mail.example:587`, or `smtps://` for TLS from the start.
 *
 * To another machine it requires TLS, checks certificates, and needs a login. Each option after a question mark takes
 * one of these back: `requireTLS=false` (STARTTLS only where the server offers it) or `ignoreTLS=true` (no STARTTLS),
 * both only without a login, because a password never crosses a network in clear; `tls.rejectUnauthorized=false` (any
 * certificate); `auth=none` (no login). `tls.servername` is the name in the certificate if it is not the host's, and
 * `name` is the service's name in its greeting.
 *
 * To the loopback address, where nothing crosses a network, it uses STARTTLS if the server offers it
 * (`requireTLS=true` insists on it), and gives a login if the server wants one.
 *
 * @throws SmtpUrlFault
 */
export function readSmtpUrl(text: string): MailServer {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    return refuse('must be an address that begins with smtp:// or smtps://');
  // Otherwise a password with one of these characters would be cut there, and its first part read as the host.
  if (!['', '/'].includes(url.pathname) || url.hash !== '')
    refuse(
      'must end with its host and port: in a user or a password write %2F for /, %3F for ? and %23 for #',
    );

  const set = settingsOf(url);
  const secure = url.protocol === 'smtps:';
  const host = hostOf(url);
  const isHere = isLoopback(host);
  const login = loginOf(url);

  const isPlainAllowed = set.get('requireTLS') === 'false' || set.get('ignoreTLS') === 'true';
  if (isPlainAllowed && secure)
    refuse('may not say requireTLS=false or ignoreTLS=true with smtps://, which is TLS from the start');
  if (set.get('requireTLS') === 'true' && set.get('ignoreTLS') === 'true')
    refuse('may not say both requireTLS=true and ignoreTLS=true');
  if (set.get('auth') === 'none' && login) refuse('may not say auth=none beside a user and a password');
  if (!isHere && !login && set.get('auth') !== 'none')
    refuse(
      'must have a login, as in smtp://user:password@host:587, or say ?auth=none where the server asks for none',
    );
  if (!isHere && login && isPlainAllowed)
    refuse(
      'may not say requireTLS=false or ignoreTLS=true beside a password, which would cross the network in clear',
    );

  const rejectUnauthorized = set.get('tls.rejectUnauthorized') !== 'false';
  const concessions = [
    set.get('requireTLS') === 'false' ? 'requireTLS=false' : null,
    set.get('ignoreTLS') === 'true' ? 'ignoreTLS=true' : null,
    rejectUnauthorized ? null : 'tls.rejectUnauthorized=false',
  ];
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && (isHere ? set.get('requireTLS') === 'true' : !isPlainAllowed),
    ignoreTLS: set.get('ignoreTLS') === 'true',
    login,
    name: set.get('name'),
    certificateName: set.get('tls.servername'),
    rejectUnauthorized,
    concessions: isHere ? [] : concessions.filter((concession) => concession !== null),
  };
}
