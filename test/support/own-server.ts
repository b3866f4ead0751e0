/** The app on an address that it knows itself by: a browser holds passkeys and the way back from a sign-in to the port. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import { pino } from 'pino';
import { createApp, type AppDeps } from '../../server/app.js';
import type { Council } from './council.js';
import { aSigner } from './signer.js';

/**
 * Serves the council on a port of its own, as `localhost`.
 * @param more what the app is made with beside, asked once it opens
 * @returns its address, there from the first `beforeAll` after it
 */
export const useOwnServer = (council: Council, more: () => Partial<AppDeps> = () => ({})): (() => string) => {
  let server: Server;
  const address = () => `http://localhost:${(server.address() as AddressInfo).port}`;
  beforeAll(async () => {
    let app: RequestListener | undefined;
    server = createServer((req, res) => app?.(req, res));
    await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve));
    app = createApp({
      db: council.world.db,
      now: () => council.clock,
      log: pino({ level: 'silent' }),
      sessionSecret: council.sessionSecret,
      baseUrl: new URL(address()),
      trustProxy: false,
      councilName: 'Test Council',
      demo: true,
      signer: aSigner(),
      ...more(),
    });
  }, 60_000);
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return address;
};
