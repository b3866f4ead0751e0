import { afterEach } from '@jest/globals';
import { mailServer, type Behaviour, type MailServer } from './smtp.js';

/** Mail servers that are closed after each test: `const mail = useMailServers();`. */
export const useMailServers = (): ((behaviour?: Behaviour, port?: number) => Promise<MailServer>) => {
  const open: MailServer[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
  });
  return async (behaviour, port) => {
    const server = await mailServer(behaviour, port);
    open.push(server);
    return server;
  };
};
