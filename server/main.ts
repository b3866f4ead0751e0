/**
 * The composition root: the only place that wires. Reads the settings, brings up the database, migrates, and serves
 * until it is told to stop. With several processes it runs once in each (processes/).
 */
import cluster from 'node:cluster';
import type { Express } from 'express';
import type { Knex } from 'knex';
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
import { openDoor, StartFault, type Door } from './processes/door.js';
import { createClock } from './jobs/worker/clock.js';
import { createSealing, sealEveryMs } from './jobs/seal.js';
import { startWorker } from './jobs/worker/worker.js';
import { orders, startSeveral, tell, type Several } from './processes/several.js';
import { noticesOf } from './web/notices.js';
import { paths } from './web/paths.js';
import { signingAs } from './signing/origin.js';
import type { SignerState } from './signing/state.js';

/** A message that takes longer than this does not hold up the end: it is given back to the outbox. */
const LAST_MAIL_MS = 5_000;

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
    const base = cluster.worker ? { process: cluster.worker.id } : null;
    log = pino({ level: config.logLevel, base, timestamp: pino.stdTimeFunctions.isoTime });
    stopOnSignals(log);
    await (cluster.isWorker ? answer(config, log) : start(config, log));
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
  let courier: Courier | null = null;
  const front: Door | Several =
    config.processes === 1
      ? await openDoor(config, log)
      : await startSeveral(config.processes, log, () => courier?.nudge());
  const { port } = front;

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
  courier = courierOf({ config, place, now, log, baseUrl, sessionSecret });
  const sealing = createClock({
    everyMs: sealEveryMs,
    work: createSealing({ db, now, log, state: signer }),
    log,
  });
  undo.push(() => sealing.stop());
  // The last in and the first out: running requests end while there still is a database.
  undo.push(() => front.drain());
  if ('open' in front) {
    const { serviceUrl, serviceRole } = place;
    await front.open({ serviceUrl, serviceRole, dataDir });
  } else {
    front.answerWith(appOf({ config, log, db, signer, dataDir, port, changed: () => courier?.nudge() }));
  }
  courier?.start();
  sealing.start();
  const queue = queuePool(place.serviceUrl, roleOf(place));
  undo.push(() => queue.end());
  const jobs = startWorker(queue, { db, now, log, ...(courier ? { onDone: () => courier.nudge() } : {}) });
  undo.push(() => jobs.stop());
  log.info({ address, readyMs: Math.round(performance.now() - began) }, 'ready');
  if (config.demo) process.stdout.write(welcome(config.baseUrl ?? address));
}

/** One of several processes: it answers requests, and leaves all else to the first. */
async function answer(config: Config, log: Logger): Promise<void> {
  const { listen, open } = orders(() => stopRequested?.());
  const stopped = stopSignal.then(() => {
    throw new Stopped();
  });
  const early = await Promise.race([listen, open, stopped]);
  // One of those that start with the service takes the port first, so that a port that is taken shows at once.
  const taken = early === null ? await openDoor(config, log) : null;
  if (taken) tell({ port: taken.port });
  const { serviceUrl, serviceRole, dataDir } = await Promise.race([open, stopped]);
  const db = createDb(serviceUrl, { log, ...roleOf({ serviceRole }) });
  undo.push(() => db.destroy());
  const signer = await signingAs(db, { dataDir, origin: config.auditOrigin, at: clockOf(config)() });
  const door = taken ?? (await openDoor(config, log));
  const { port } = door;
  undo.push(() => door.drain());
  door.answerWith(appOf({ config, log, db, signer, dataDir, port, changed: () => tell({ changed: true }) }));
  tell({ open: true });
  log.info({ pid: process.pid }, 'a process answers');
}

const appOf = ({
  config,
  log,
  db,
  signer,
  dataDir,
  port,
  changed,
}: {
  readonly config: Config;
  readonly log: Logger;
  readonly db: Knex;
  readonly signer: SignerState;
  readonly dataDir: string;
  readonly port: number;
  /** Told of each change after its commit: there may be mail to send. */
  readonly changed: () => void;
}): Express =>
  createApp({
    db,
    now: clockOf(config),
    log,
    sessionSecret: secretOf(config, { dataDir }),
    baseUrl: new URL(config.baseUrl ?? addressAt(config.host, port)),
    trustProxy: config.trustProxy,
    sessions: config.sessions,
    councilName: config.councilName,
    demo: config.demo,
    ...(config.oidc ? { provider: config.oidc } : {}),
    signer,
    onChange: changed,
  });

/** Where a browser finds the service: passkeys work at a name, and at no bare address of a network. */
const addressAt = (host: string, port: number): string => {
  const name = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host) ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

/** The secret of sessions, links and seals: as it is set, or made once and kept. */
const secretOf = ({ sessionSecret }: Config, { dataDir }: Pick<DatabasePlace, 'dataDir'>): string =>
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

function stopOnSignals(log: Logger): void {
  const stop = () => {
    // Anyone who asks twice does not want to wait; the next start adopts the database.
    if (isStopping) process.exit(1);
    isStopping = true;
    stopRequested?.();
  };
  // A terminal sends its signals to every process: the first one then ends the others in order.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, cluster.isWorker ? () => {} : stop);
  process.on('SIGTERM', stop);
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
  if (isMendable && cluster.isWorker) tell({ fault: (error as Error).message });
  else if (isMendable) process.stderr.write(`${(error as Error).message}\n`);
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
