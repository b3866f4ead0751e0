/** `npm start` with two processes: what is done through one counts in both, and the port is served while either lives. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { demoPassword } from '../../db/demo/accounts.js';
import { stopAbandoned } from '../../db/embedded/embedded.js';
import { isAlive } from '../../db/embedded/process.js';

const folders: string[] = [];
const services: ChildProcess[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) if (service.exitCode === null) service.kill('SIGKILL');
  for (const folder of folders.splice(0)) {
    // A service that was killed leaves its database running for the next start.
    await stopAbandoned(path.join(folder, 'data'));
    await rm(folder, { recursive: true, force: true });
  }
});

/** The service as it says its lines, which it can be asked for. */
const start = async (settings: Readonly<Record<string, string>> = {}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'processes-'));
  folders.push(folder);
  // PostgreSQL runs as another user where this is root, and has to come through to its own folder.
  await chmod(folder, 0o711);
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['server/start.mjs'], {
    env: { PATH, HOME, PORT: '0', DATA_DIR: path.join(folder, 'data'), PROCESSES: '2', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  services.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      child.emit('said');
    });
  }
  child.once('exit', () => child.emit('said'));
  return {
    child,
    said: () => text,
    /** What the line captures, once it has been said that often. */
    line: async (pattern: RegExp, times = 1): Promise<string[]> => {
      for (;;) {
        const found = [...text.matchAll(pattern)].map(([, captured = '']) => captured);
        if (found.length >= times) return found;
        if (child.exitCode !== null) throw new Error(`It ended: ${text}`);
        await once(child, 'said');
      }
    },
  };
};

const answering = /"pid":(\d+),"msg":"a process answers"/g;

/** A call on a connection of its own, so that the processes take turns. */
const call = (url: string, { method = 'GET', body = '', cookie = '' } = {}) =>
  new Promise<{ status: number; cookie: string; id: string }>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
    const sent = request(url, { method, headers, agent: new Agent() }, (answer) => {
      answer.resume().once('end', () => {
        const cookies = (answer.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]);
        resolve({
          status: answer.statusCode ?? 0,
          cookie: cookies.join('; '),
          id: String(answer.headers['x-request-id']),
        });
      });
    });
    sent.once('error', reject).end(body);
  });

test('two processes answer behind one port, one that is killed is replaced, and all end on request', async () => {
  const { child, said, line } = await start();
  const [address = ''] = await line(/"address":"([^"]+)".*"msg":"ready"/g);
  const pids = (await line(answering, 2)).map(Number);
  expect(new Set([...pids, child.pid]).size).toBe(3);

  // Who signs in at one is known to the other, and to neither once signed out.
  const signedIn = await call(`${address}/api/session`, {
    method: 'POST',
    body: JSON.stringify({ email: 'legal@council.example', password: demoPassword }),
  });
  expect(signedIn.status).toBe(201);
  const { cookie } = signedIn;
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => call(`${address}/api/requests`, { cookie })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const whoAnswered: (string | undefined)[] = [];
  for (const { id } of answers) {
    whoAnswered.push(...(await line(new RegExp(`"process":(\\d+),"reqId":"${id}","method"`, 'g'))));
  }
  expect(new Set(whoAnswered)).toEqual(new Set(['1', '2']));

  const [killed = 0, left = 0] = pids;
  process.kill(killed, 'SIGKILL');
  await line(/("msg":"a process ended, and another takes its place")/g);
  for (let each = 0; each < 4; each += 1) {
    expect((await call(`${address}/api/requests`, { cookie })).status).toBe(200);
  }
  const [, , another = 0] = (await line(answering, 3)).map(Number);
  expect(pids).not.toContain(another);
  expect((await call(`${address}/api/session`, { method: 'DELETE', cookie })).status).toBe(204);
  for (let each = 0; each < 4; each += 1) {
    expect((await call(`${address}/api/requests`, { cookie })).status).toBe(401);
  }

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect([code, said()]).toEqual([0, said()]);
  expect([left, another].filter(isAlive)).toEqual([]);
}, 180_000);

test('processes whose first one is killed end by themselves', async () => {
  const { child, line } = await start();
  await line(answering, 2);
  const [address = ''] = await line(/"address":"([^"]+)".*"msg":"ready"/g);
  expect((await call(`${address}/healthz`)).status).toBe(200);
  child.kill('SIGKILL');
  // They hold the pipe of what is said: it closes with the last of them.
  await once(child, 'close');
  await expect(call(`${address}/healthz`)).rejects.toThrow('ECONNREFUSED');
}, 180_000);

test('a port that is taken is named, and nothing stays behind', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { child, said } = await start({ PORT: String(port), LOG_LEVEL: 'error' });
  const [code] = await once(child, 'close');
  other.close();
  expect([code, said()]).toEqual([
    1,
    `127.0.0.1:${port} is in use by another program: stop it, or set PORT to another number.\n`,
  ]);
}, 60_000);
