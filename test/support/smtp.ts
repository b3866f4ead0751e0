import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A message as it came over the wire. */
export interface Received {
  readonly to: string;
  /** All of it: headers and body, still encoded. */
  readonly raw: string;
  /** By lower-case name, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
}

const headersOf = (raw: string): ReadonlyMap<string, string> => {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
};

/** Everything of a message that a reader or a program may see, encodings undone. */
export const decoded = ({ raw }: Received): string =>
  raw
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/(?:=[\dA-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    )
    .replaceAll(/^(?:[A-Za-z\d+/]{76}\r\n)*[A-Za-z\d+/]{16,}={0,2}(?=\r\n|$)/gm, (block) =>
      Buffer.from(block, 'base64').toString('utf8'),
    );

/** What a test may have the server do. */
export interface Behaviour {
  /** Before the greeting. */
  greet?: () => Promise<void>;
  /** Every recipient it takes. */
  accepts?: (address: string) => boolean;
  /** The code with which it puts a recipient off; null for one that it takes. */
  putsOff?: (address: string) => number | null;
  /** What it says of a recipient that it does not take. */
  says?: string;
  /** With the message in hand, before the answer. A code of SMTP is the answer in place of taking it. */
  answer?: (received: Received) => Promise<number | void>;
  /** Cuts the line in mid-message. */
  cuts?: () => boolean;
  /** Offers STARTTLS with a certificate that nobody vouches for. */
  startTls?: boolean;
  /** Speaks TLS from the start, with that same certificate. */
  secure?: boolean;
  /** Offers AUTH, in clear as well, and takes mail from nobody else. */
  login?: { readonly user: string; readonly pass: string };
}

export interface MailServer {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** How often each address was offered. */
  readonly offered: Map<string, number>;
  readonly behaviour: Behaviour;
  close(): Promise<void>;
}

const answered = (responseCode: number, says: string): Error =>
  Object.assign(new Error(says), { responseCode });

/** A real SMTP server on the loopback address. */
export const mailServer = async (behaviour: Behaviour = {}, port = 0): Promise<MailServer> => {
  const received: Received[] = [];
  const offered = new Map<string, number>();
  const sockets = new Set<Socket>();
  const { startTls = false, secure = false, login } = behaviour;
  const smtp = new SMTPServer({
    secure,
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disabledCommands: [...(login ? [] : ['AUTH']), ...(startTls ? [] : ['STARTTLS'])],
    onAuth({ username, password }, _session, done) {
      if (username === login?.user && password === login?.pass) done(null, { user: username });
      else done(answered(535, 'no such login'));
    },
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, done) {
      void (behaviour.greet?.() ?? Promise.resolve()).then(() => done());
    },
    onRcptTo({ address }, _session, done) {
      offered.set(address, (offered.get(address) ?? 0) + 1);
      const code = (behaviour.accepts?.(address) ?? true) ? (behaviour.putsOff?.(address) ?? null) : 550;
      done(code === null ? null : answered(code, behaviour.says ?? `not ${address}`));
    },
    onData(stream, session, done) {
      if (behaviour.cuts?.()) {
        for (const socket of sockets) socket.destroy();
        stream.resume();
        return;
      }
      void (async () => {
        const raw = (await buffer(stream)).toString('latin1');
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const message = { to, raw, headers: headersOf(raw) };
        const code = await behaviour.answer?.(message);
        if (code === undefined) received.push(message);
        done(code === undefined ? null : answered(code, 'not this one'));
      })();
    },
  });
  smtp.on('error', () => {});
  smtp.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  smtp.listen(port, '127.0.0.1');
  await once(smtp.server, 'listening');
  const { port: found } = smtp.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${found}`,
    port: found,
    received,
    offered,
    behaviour,
    async close() {
      const closed = new Promise<void>((resolve) => smtp.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
