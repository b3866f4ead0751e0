/**
 * The composition root: the only place that wires. Reads the settings, brings up the database, migrates, and serves
 * until it is told to stop.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { keepEdition } from '../db/audit/edition.js';
import { isSomebodyForEmergencies } from '../db/provider/bindings.js';
import { createDb } from '../db/core/connection.js';
import { queuePool } from '../db/schema/job-queue.js';
import { loadDemo } from '../db/demo/demo.js';
import { accounts, demoPassword } from '../db/demo/accounts.js';
import { EmbeddedFault } from '../db/embedded/embedded.js';
import { keptSecret, randomPassword } from '../db/embedded/secrets.js';
import { MissingRoles } from '../db/schema/roles.js';
import { createCourier, type Courier } from '../emails/courier/courier.js';
import { mailboxTransport, smtpTransport, type Transport } from '../emails/courier/transport.js';
import { createApp } from './app.js';
import { clockOf, ConfigFault, environment, loadConfig, unusedNames, type Config } from './config.js';
import { findDatabase, migrated, roleOf, type DatabasePlace } from './database.js';
import { createClock } from './jobs/worker/clock.js';
import { createSealing, sealEveryMs } from './jobs/seal.js';
import { startWorker } from './jobs/worker/worker.js';
import { noticesOf } from './web/notices.js';
import { paths } from './web/paths.js';
import { signingAs } from './signing/origin.js';

/** A request that takes longer than this does not hold up the end. */
const DRAIN_MS = 10_000;
/** Nor does a message: it is given back to the outbox. */
const LAST_MAIL_MS = 5_000;

/** A fault that the person who starts the service can mend: one line says it, without a stack. */
class StartFault extends Error {}
/** The service was told to stop before it had started. */
class Stopped extends Error {}

const undo: (() => Promise<void>)[] = [];
let stopRequested: (() => void) | undefined;
const stopSignal = new Promise<void>((resolve) => (stopRequested = resolve));
let isStopping = false;
let exitCode = 0;

async function main(): Promise<void> {
  let log: Logger | undefined;
  try {
    const config = loadConfig(environment());
    log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
    stopOnSignals(log);
    await start(config, log);
    await stopSignal;
    log.info('stopping');
  } catch (error) {
    if (!(error instanceof Stopped)) {
      exitCode = 1;
      report(error, log);
    }
  }
  isStopping = true;
  for (const step of undo.toReversed()) {
    await step().catch((error: unknown) => {
      exitCode = 1;
      report(error, log);
    });
  }
  log?.info('stopped');
  process.exit(exitCode);
}

async function start(config: Config, log: Logger): Promise<void> {
  const began = performance.now();
  const now = clockOf(config);
  for (const name of unusedNames(config)) {
    log.warn({ name }, `${name} is set, and the service does not use it yet: it changes nothing`);
  }

  // The port first: one that is taken shows at once, before there is anything to put away.
  let handle: RequestListener = (_request, response) => {
    const reqId = randomUUID();
    log.info({ reqId, status: 503 }, 'not started yet');
    response
      .writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1', 'x-request-id': reqId })
      .end('The service is starting.\n');
  };
  const server = createServer((request, response) => handle(request, response));
  const { port } = await listen(server, config);

  const place = await findDatabase(config, log);
  undo.push(() => place.stop());
  goOn();

  const applied = await migrated(place);
  if (applied.length > 0) log.info({ applied }, 'migrated');
  goOn();

  const db = createDb(place.serviceUrl, { log, ...roleOf(place) });
  undo.push(() => db.destroy());
  // Otherwise the first entries of all would wait for one another.
  await keepEdition(db);
  if (config.demo) await loadDemo(db, now());
  goOn();

  if (config.oidc && !config.demo && !(await isSomebodyForEmergencies(db))) {
    log.warn(
      'no account for emergencies: nobody can sign in while the provider is away; see create-account --break-glass',
    );
  }
  const { dataDir } = place;
  const signer = await signingAs(db, { dataDir, origin: config.auditOrigin, at: now() });

  const address = addressAt(config.host, port);
  const baseUrl = new URL(config.baseUrl ?? address);
  const sessionSecret = secretOf(config, place);
  const courier = courierOf({ config, place, now, log, baseUrl, sessionSecret });
  handle = createApp({
    db,
    now,
    log,
    sessionSecret,
    baseUrl,
    trustProxy: config.trustProxy,
    sessions: config.sessions,
    councilName: config.councilName,
    demo: config.demo,
    ...(config.oidc ? { provider: config.oidc } : {}),
    signer,
    ...(courier ? { onChange: () => courier.nudge() } : {}),
  });
  const sealing = createClock({
    everyMs: sealEveryMs,
    work: createSealing({ db, now, log, state: signer }),
    log,
  });
  undo.push(() => sealing.stop());
  // The last in and the first out: running requests end while there still is a database.
  undo.push(() => drain(server));
  courier?.start();
  sealing.start();
  const queue = queuePool(place.serviceUrl, roleOf(place));
  undo.push(() => queue.end());
  const jobs = startWorker(queue, { db, now, log, ...(courier ? { onDone: () => courier.nudge() } : {}) });
  undo.push(() => jobs.stop());
  log.info({ address, readyMs: Math.round(performance.now() - began) }, 'ready');
  if (config.demo) process.stdout.write(welcome(config.baseUrl ?? address));
}

/** Where a browser finds the service: passkeys work at a name, and at no bare address of a network. */
const addressAt = (host: string, port: number): string => {
  const name = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

/** The secret of sessions, links and seals: as it is set, or made once and kept. */
const secretOf = ({ sessionSecret }: Config, { dataDir }: DatabasePlace): string =>
  sessionSecret ?? keptSecret(dataDir, 'session-secret', randomPassword);

/** Null where mail has nowhere to go: it then waits in the outbox until there is an SMTP_URL. */
function courierOf({
  config,
  place,
  now,
  log,
  baseUrl,
  sessionSecret,
}: {
  readonly config: Config;
  readonly place: DatabasePlace;
  readonly now: () => Date;
  readonly log: Logger;
  readonly baseUrl: URL;
  readonly sessionSecret: string;
}): Courier | null {
  const { smtpUrl, mailFrom: from, demo } = config;
  if (smtpUrl === undefined && !demo) {
    log.warn('SMTP_URL is not set: messages wait in the outbox, and nobody is told anything by mail');
    return null;
  }
  const transport: Transport = smtpUrl === undefined ? mailboxTransport() : smtpTransport(smtpUrl, from);
  // One connection of its own: neither it nor the service waits for the other.
  const db = createDb(place.serviceUrl, { log, max: 1, ...roleOf(place) });
  undo.push(() => db.destroy());
  const render = noticesOf({ baseUrl, councilName: config.councilName, sessionSecret });
  const courier = createCourier({ db, now, log, render, transport, from });
  undo.push(() => courier.stop(LAST_MAIL_MS));
  return courier;
}

function listen(server: Server, { host, port }: Config): Promise<AddressInfo> {
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

/** Takes no more connections, lets running requests end, closes idle ones. */
async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // A connection that was busy at the close turns idle with its answer, and nobody closes it then.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const enough = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(enough);
}

function stopOnSignals(log: Logger): void {
  const stop = () => {
    // Anyone who asks twice does not want to wait; the next start adopts the database.
    if (isStopping) process.exit(1);
    isStopping = true;
    stopRequested?.();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      exitCode = 1;
      report(error, log);
      if (!isStopping) stop();
    });
  }
}

function goOn(): void {
  if (isStopping) throw new Stopped();
}

function report(error: unknown, log: Logger | undefined): void {
  const isMendable = [ConfigFault, StartFault, EmbeddedFault, MissingRoles].some(
    (kind) => error instanceof kind,
  );
  if (isMendable) process.stderr.write(`${(error as Error).message}\n`);
  else if (log) log.fatal({ err: error }, 'the service ends because of a fault');
  else console.error(error);
}

function welcome(address: string): string {
  const logins = accounts.filter(({ signsIn }) => signsIn).map(({ login }) => login);
  const rows = Array.from({ length: Math.ceil(logins.length / 4) }, (_, row) =>
    logins.slice(row * 4, row * 4 + 4),
  );
  return `
  The demonstration council is ready: ${address}

  Sign in as any of these at council.example, password ${demoPassword}:
${rows.map((row) => `    ${row.join('  ')}`).join('\n')}

  Mail is read at ${address}${paths.mailbox}
  The API, to read and to try: ${address}/api/docs
  A request of each type, from draft to grant: npm run demo:line -- --url ${address}
  Stop with Ctrl-C; what was entered is kept.

`;
}

await main();
