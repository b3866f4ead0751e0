/** The conversation with mail servers that offer less or more than they should: what we send, and what we do not. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { invitationTo, type Visit } from '../../../emails/visit/invitation.js';
import {
  DeliveryFault,
  smtpTransport,
  type Mail,
  type Transport,
} from '../../../emails/courier/transport.js';
import { useMailServers } from '../../support/mail-server.js';

const mail = useMailServers();
const login = { user: 'need-to-know', pass: 'correct horse' };

const message: Mail = {
  to: 'a.person@council.example',
  subject: 'OBS-2026-0012: a request waits for you',
  text: 'Sign in to read it.',
  html: '<p>Sign in to read it.</p>',
  messageId: '<one@council.example>',
  key: 'one',
  date: new Date('2026-03-02T09:00:00.000Z'),
};

const taps: Server[] = [];
const transports: Transport[] = [];
afterEach(async () => {
  for (const transport of transports.splice(0)) transport.close();
  await Promise.all(taps.splice(0).map((tap) => new Promise((resolve) => tap.close(resolve))));
});

/** A port that leads to that one, and everything that the service says on the way. */
const tapped = async (to: number): Promise<{ port: number; said: () => string }> => {
  const heard: Buffer[] = [];
  const tap = createServer((socket) => {
    const onward = connect(to, '127.0.0.1');
    socket.on('data', (bytes: Buffer) => heard.push(bytes));
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) {
      end.on('error', () => {});
      end.on('close', () => {
        socket.destroy();
        onward.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  taps.push(tap);
  await once(tap, 'listening');
  return { port: (tap.address() as AddressInfo).port, said: () => Buffer.concat(heard).toString('latin1') };
};

/** 'sent', or the fault as it would be kept. */
const send = async (url: string, what = message): Promise<string> => {
  const transport = smtpTransport(url, 'need-to-know@council.example');
  transports.push(transport);
  try {
    await transport.send(what, new AbortController().signal);
    return 'sent';
  } catch (error) {
    if (error instanceof DeliveryFault) return error.message;
    throw error;
  }
};

const encoded = Buffer.from(`\0${login.user}\0${login.pass}`).toString('base64');
const credentials = `${login.user}:${encodeURIComponent(login.pass)}`;

describe('a server without STARTTLS', () => {
  test.each([
    ['is insisted on by the URL', '127.0.0.1', '?requireTLS=true'],
    // Reaches this machine, and does not say so: to the service it is any other host.
    ['is the default', '0.0.0.0', ''],
  ])('gets no password and no message where TLS %s', async (_why, host, query) => {
    const server = await mail({ login });
    const { port, said } = await tapped(server.port);
    expect(await send(`smtp://${credentials}@${host}:${port}${query}`)).toMatch(/^unreachable:ETLS/);
    expect(said()).toMatch(/^EHLO .*\r\nSTARTTLS\r\n(QUIT\r\n)?$/);
    expect(server.received).toEqual([]);
  });

  test('gets mail without a login where all of that was switched off', async () => {
    const server = await mail();
    expect(await send(`smtp://0.0.0.0:${server.port}?auth=none&requireTLS=false`)).toBe('sent');
    expect(server.received).toHaveLength(1);
  });

  test('gets mail on this machine, with the login', async () => {
    const server = await mail({ login });
    expect(await send(server.url.replace('://', `://${credentials}@`))).toBe('sent');
    expect(server.received).toHaveLength(1);
  });
});

describe('a certificate that nobody vouches for', () => {
  test.each([
    ['smtp', { startTls: true }],
    ['smtps', { secure: true }],
  ])('ends a conversation by %s before the login', async (scheme, behaviour) => {
    const server = await mail({ login, ...behaviour });
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      expect(await send(`${scheme}://${credentials}@${host}:${server.port}`)).toMatch(
        /^unreachable:E(SOCKET|TLS)_[A-Z_]*CERT/,
      );
    }
    expect(server.offered.size).toBe(0);
    expect(server.received).toEqual([]);
  });

  test.each([
    ['smtp', { startTls: true }],
    ['smtps', { secure: true }],
  ])('is taken by %s where the URL says so, and nothing is said in clear', async (scheme, behaviour) => {
    const server = await mail({ login, ...behaviour });
    const { port, said } = await tapped(server.port);
    expect(await send(`${scheme}://${credentials}@0.0.0.0:${port}?tls.rejectUnauthorized=false`)).toBe(
      'sent',
    );
    expect(server.received.map(({ to }) => to)).toEqual([message.to]);
    expect(said()).not.toMatch(/AUTH|MAIL FROM|RCPT|council/);
    expect(said()).not.toContain(encoded);
  });
});

describe('a login', () => {
  test('that is wrong is the server’s trouble, not the message’s, and is not repeated in the fault', async () => {
    const server = await mail({ login, startTls: true });
    expect(
      await send(`smtp://need-to-know:wrong@localhost:${server.port}?tls.rejectUnauthorized=false`),
    ).toBe('unreachable:EAUTH_535');
    expect(server.offered.size).toBe(0);
  });

  test('that the server does not ask for is not left out: this is not the server that was meant', async () => {
    const server = await mail();
    expect(await send(server.url.replace('://', `://${credentials}@`))).toMatch(/^unreachable:EAUTH/);
    expect(server.received).toEqual([]);
  });
});

describe('an invitation', () => {
  const visit: Visit = {
    uid: 'one@council.example',
    sequence: 0,
    method: 'REQUEST',
    from: new Date('2026-06-10T13:30:00.000Z'),
    to: new Date('2026-06-10T15:00:00.000Z'),
    at: message.date,
    reference: 'OBS-2026-0012',
    councilName: 'Cyngor Sir Ynys Môn, Isle of Anglesey 🏛️',
    href: 'https://observe.council.example/requests/OBS-2026-0012',
    organizer: 'need-to-know@council.example',
    attendee: message.to,
  };

  const asSent = (text: string, encoding: string): string => {
    if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
    if (encoding !== 'quoted-printable') return text;
    const bytes = text
      .replaceAll('=\r\n', '')
      .replaceAll(/=([\dA-F]{2})/g, (_code, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  };

  /** The parts with content, with their types on one line and their contents as they were before the journey. */
  const partsOf = (raw: string) =>
    raw
      .split(/\r\n--[^\r\n]+\r\n/)
      .slice(1)
      .map((part) => {
        const [head = '', ...body] = part.replace(/\r\n--[^\r\n]+--[\r\n]*$/, '').split('\r\n\r\n');
        const fields = head.replaceAll(/\r\n[ \t]+/g, ' ');
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(fields)?.[1];
        const text = body.join('\r\n\r\n');
        const encoding = field('Content-Transfer-Encoding') ?? '7bit';
        return {
          type: field('Content-Type') ?? '',
          disposition: field('Content-Disposition'),
          content: asSent(text, encoding),
        };
      })
      // What stands between the end of one multipart and the next has no type.
      .filter(({ type }) => type !== '' && !type.startsWith('multipart/'));

  test.each(['REQUEST', 'CANCEL'] as const)(
    'arrives byte for byte as a calendar part with the method %s, and as a file',
    async (method) => {
      const server = await mail();
      const calendar = invitationTo({ ...visit, method });
      expect(await send(server.url, { ...message, calendar })).toBe('sent');
      const parts = partsOf(server.received[0]?.raw ?? '');
      expect(parts.map(({ type }) => type)).toEqual([
        'text/plain; charset=utf-8',
        'text/html; charset=utf-8',
        `text/calendar; charset=utf-8; method=${method}`,
        'application/ics; name=invitation.ics',
      ]);
      expect(parts[0]?.content).toContain(message.text);
      expect(parts[2]?.content).toBe(calendar.content);
      expect(parts[3]).toMatchObject({
        disposition: 'attachment; filename=invitation.ics',
        content: calendar.content,
      });
    },
  );

  test('is not in a mail that has none', async () => {
    const server = await mail();
    expect(await send(server.url)).toBe('sent');
    expect(server.received[0]?.raw).not.toMatch(/calendar|\.ics/);
  });
});
