/** The two ways out: a mail server, or the mailbox page of the demonstration. */
import { createTransport } from 'nodemailer';
import type { Invitation } from '../visit/invitation.js';
import { readSmtpUrl } from './smtp-url.js';

/** One message in full, to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same for the same message, so that one delivered twice shows itself: `<…@…>`. */
  readonly messageId: string;
  /** The outbox's key, for a mail server or a reader's filter that keeps to one for each. */
  readonly key: string;
  readonly date: Date;
  /** Sent as a part that calendars read, and as a file for those that do not. */
  readonly calendar?: Invitation | undefined;
}

export interface Transport {
  readonly via: 'smtp' | 'mailbox';
  /** Resolves when the other side has taken the message on, and rejects with a DeliveryFault otherwise. */
  send(mail: Mail, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** A message was not taken on. Its code is safe to keep and to log: no address, nothing a server wrote. */
export class DeliveryFault extends Error {
  override readonly name = 'DeliveryFault';
  constructor(
    /** `unreachable`: no message of ours would have been taken. `put_off`: this one is not taken now. */
    readonly fault: 'unreachable' | 'put_off' | 'refused' | 'broken_off',
    readonly code: string,
    /** The server says that there is no such address: it says the same each time. */
    readonly isForGood = false,
  ) {
    super(`${fault}:${code}`);
  }
}

/** A slow server holds up mail for this long at the most in each step, and never anything else. */
const patience = {
  dnsTimeout: 10_000,
  connectionTimeout: 20_000,
  greetingTimeout: 15_000,
  socketTimeout: 30_000,
} as const;

/**
 * A mail server, over one connection that is kept for the next message. readSmtpUrl explains what the URL says about
 * TLS, certificates and the login.
 *
 * @param url `smtp://` or `smtps://`, with the login
 * @param from the sender, as in MAIL_FROM
 * @throws SmtpUrlFault
 */
export const smtpTransport = (url: string, from: string): Transport => {
  const { host, port, secure, requireTLS, ignoreTLS, login, name, certificateName, rejectUnauthorized } =
    readSmtpUrl(url);
  const server = createTransport({
    // Not the URL: it may hold things besides these that must stay out of sight.
    host,
    port,
    secure,
    requireTLS,
    ignoreTLS,
    ...(name === undefined ? {} : { name }),
    // A server that does not ask for the login that it should have is not the one that was meant.
    ...(login === undefined ? {} : { auth: { ...login }, forceAuth: true }),
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized,
      ...(certificateName === undefined ? {} : { servername: certificateName }),
    },
    pool: true,
    maxConnections: 1,
    // An idle connection that the server had closed meanwhile is replaced; every other retry is the courier's.
    maxRequeues: 1,
    ...patience,
    // Its log would name addresses.
    logger: false,
    debug: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    via: 'smtp',
    async send({ to, subject, text, html, messageId, key, date, calendar }, signal) {
      try {
        await server.sendMail({
          from,
          // As an object: an address is never taken for a list of them.
          to: { name: '', address: to },
          subject,
          text,
          html,
          ...(calendar === undefined ? {} : { icalEvent: { ...calendar } }),
          messageId,
          date,
          headers: {
            'X-Idempotency-Key': key,
            'Auto-Submitted': 'auto-generated',
          },
          signal,
        });
      } catch (error) {
        throw faultOf(error);
      }
    },
    // Anyone who closes has waited for the message in hand as long as they would.
    close: () => server.close({ force: true }),
  };
};

/** The demonstration's transport: nothing leaves the service, and the mailbox page shows the messages. */
export const mailboxTransport = (): Transport => ({
  via: 'mailbox',
  send: () => Promise.resolve(),
  close: () => {},
});

/**
 * The steps before the server hears of a recipient: a failure there would hit every message. The sender is the same
 * for all, so a server that rejects it is out of order, and no message is to blame.
 */
const beforeMail = new Set(['EHLO', 'HELO', 'LHLO', 'STARTTLS', 'AUTH', 'MAIL']);
const ofServer = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'EPROXY', 'ECONFIG']);
/** nodemailer calls the whole connection CONN; these ended one that was there, perhaps over this message. */
const ended = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'SOCKET_TIMEOUT']);

const coded = (value: unknown): string | null =>
  typeof value === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(value) ? value : null;

/**
 * The server is about to close the connection, whatever it was told.
 * Source: RFC 5321, section 3.8. Every other answer after MAIL is about the message: one that a server puts off again
 * and again must not hold up the rest.
 */
const closing = 421;

const faultOfMessage = (answered: number | null): 'broken_off' | 'put_off' | 'refused' =>
  answered === null ? 'broken_off' : answered < 500 ? 'put_off' : 'refused';

/** The enhanced code of an answer: `550 5.1.1 …`. Source: RFC 3463, section 2. */
const statusCode = /^[45]\d\d[ -]([45]\.\d{1,3}\.\d{1,3})(?= |$)/;

/**
 * Nothing arrives there, today or tomorrow: no such mailbox, no such domain, not an address, moved away, no mail for
 * that domain. Source: RFC 3463, section 3.2; RFC 7505, section 4.2.
 */
const noSuchAddress = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10']);

const faultOf = (error: unknown): DeliveryFault => {
  const { code, originalCode, timeoutType, responseCode, response, command } = error as Readonly<
    Record<string, unknown>
  >;
  const named = coded(code) ?? 'EUNKNOWN';
  const cause = coded(originalCode ?? timeoutType);
  const answered = Number.isInteger(responseCode) ? Number(responseCode) : null;
  const [verb = ''] = typeof command === 'string' ? command.split(' ') : [];
  const isServers =
    beforeMail.has(verb) ||
    answered === closing ||
    ofServer.has(named) ||
    // A greeting that turns everybody away; or no connection, and not one that ended.
    (verb === 'CONN' && (answered !== null ? named === 'EPROTOCOL' : cause !== null && !ended.has(cause)));
  const [, enhanced = null] = typeof response === 'string' ? (statusCode.exec(response) ?? []) : [];
  return new DeliveryFault(
    isServers ? 'unreachable' : faultOfMessage(answered),
    [named, answered ?? cause, enhanced].filter((part) => part !== null).join('_'),
    !isServers && enhanced !== null && noSuchAddress.has(enhanced),
  );
};
