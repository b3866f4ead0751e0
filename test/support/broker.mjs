/**
 * Between the test files and the PostgreSQL of the run: a port on the loopback address that answers every
 * connection with the cluster's URLs. The cluster starts with the first question, so tests that ask
 * nothing need no database.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../..');

/** @returns {Promise<{ port: number, close: () => Promise<void> }>} */
export async function startBroker() {
  let cluster;
  let urls;

  const start = async () => {
    // Detached: Ctrl-C reaches the run first, and the cluster through the end of its input.
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/cluster.ts'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    cluster = child;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(() => [
        JSON.stringify({ error: `The test database did not start.\n${said}` }),
      ]),
    ]);
    child.stderr.on('data', (text) => process.stderr.write(text));
    return line;
  };

  const server = createServer((socket) => {
    socket.on('error', () => {});
    urls ??= start();
    urls.then(
      (line) => socket.end(line),
      (error) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
  server.unref().listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: server.address().port,
    async close() {
      server.close();
      if (!cluster || cluster.exitCode !== null || cluster.signalCode !== null) return;
      const gone = once(cluster, 'exit');
      cluster.stdin?.end();
      await gone;
    },
  };
}
