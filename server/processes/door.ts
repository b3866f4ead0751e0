import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';

/** Where the service listens. */
interface Address {
  readonly host: string;
  readonly port: number;
}

/** A request that takes longer than this does not hold up the end. */
export const DRAIN_MS = 10_000;

/** A fault that the person who starts the service can mend: one line says it, without a stack. */
export class StartFault extends Error {}

/** The port, taken by this process. */
export interface Door {
  readonly port: number;
  /** Has this answer from now on; before, each caller is told that the service is starting. */
  answerWith(handle: RequestListener): void;
  /** Takes no more connections, lets running requests end, closes idle ones. */
  drain(): Promise<void>;
}

/** Takes the port. @throws StartFault where it cannot be had */
export const openDoor = async (address: Address, log: Logger): Promise<Door> => {
  let handle: RequestListener = (_request, response) => {
    const reqId = randomUUID();
    log.info({ reqId, status: 503 }, 'not started yet');
    response
      .writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1', 'x-request-id': reqId })
      .end('The service is starting.\n');
  };
  const server = createServer((request, response) => handle(request, response));
  const { port } = await listen(server, address);
  return {
    port,
    answerWith: (next) => {
      handle = next;
    },
    drain: () => drain(server),
  };
};

function listen(server: Server, { host, port }: Address): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: 'is in use by another program: stop it, or set PORT to another number',
        EACCES: 'needs rights that this user lacks: set PORT to 1024 or higher',
        EADDRNOTAVAIL: 'is no address of this machine: set HOST to one',
      };
      reject(
        new StartFault(
          `${host}:${port} ${why[error.code ?? ''] ?? `cannot be listened on (${error.message})`}.`,
        ),
      );
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // A connection that was busy at the close turns idle with its answer, and nobody closes it then.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const enough = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(enough);
}
