import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';

export interface Listening {
  readonly issuer: string;
  readonly server: Server;
}

/** A server on loopback for the tests of one file; what it answers may be said later. */
export const useListening = (answer: () => RequestListener): Listening => {
  const server = createServer((req, res) => answer()(req, res));
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    server,
    get issuer() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  };
};
