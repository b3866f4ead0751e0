/**
 * Several processes behind one port. The first has the database, the jobs, the seal and the mail; the others answer
 * requests, and one that ends is replaced. They share no memory: whatever they must agree on is in the database.
 */
import cluster, { type Worker } from 'node:cluster';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import type { Logger } from 'pino';
import { z } from 'zod';
import { DRAIN_MS, StartFault } from './door.js';

const opening = z.object({
  serviceUrl: z.string(),
  serviceRole: z.string().optional(),
  dataDir: z.string(),
});
/** Where a process that answers finds what the first one has brought up. */
export type Opening = z.infer<typeof opening>;

const order = z.union([
  z.object({ listen: z.literal(true) }),
  z.object({ open: opening }),
  z.object({ stop: z.literal(true) }),
]);
type Order = z.infer<typeof order>;

const report = z.union([
  z.object({ awake: z.literal(true) }),
  z.object({ port: z.number() }),
  z.object({ open: z.literal(true) }),
  z.object({ changed: z.literal(true) }),
  z.object({ fault: z.string() }),
]);
/** What a process that answers says to the first: that it takes orders, the port it has, that it is open, that there may be mail to send. */
export type Report = z.infer<typeof report>;

/** A process that was asked to end has ended by then. */
const KILL_MS = DRAIN_MS + 5_000;
/** One that ended before it was open would most likely do so again at once. */
const PAUSE_MS = 1_000;

/** The processes that answer, as the first one has them. */
export interface Several {
  readonly port: number;
  open(to: Opening): Promise<void>;
  /** Has them end their running requests, and waits until they are gone. */
  drain(): Promise<void>;
}

/**
 * Starts them. Each takes the port together with the others, and waits to be opened.
 * @param changed told when one of them has changed something
 * @throws StartFault where the port cannot be had
 */
export const startSeveral = async (count: number, log: Logger, changed: () => void): Promise<Several> => {
  const running = new Set<Worker>();
  let openedTo: Opening | null = null;
  let isEnding = false;

  const fork = (): Worker => {
    const worker = cluster.fork();
    let wasOpen = false;
    running.add(worker);
    worker.on('message', (message: unknown) => {
      const { data } = report.safeParse(message);
      if (data && 'open' in data) wasOpen = true;
      if (data && 'changed' in data) changed();
    });
    worker.once('exit', (code, signal) => {
      running.delete(worker);
      if (isEnding || openedTo === null) return;
      log.error({ process: worker.id, code, signal }, 'a process ended, and another takes its place');
      void replace(wasOpen ? 0 : PAUSE_MS);
    });
    return worker;
  };

  const replace = async (pause: number): Promise<void> => {
    await after(pause, undefined, { ref: false });
    if (isEnding || openedTo === null) return;
    const worker = fork();
    // It takes the port when it can answer: until then the others do. Where it ends before it is open, its own end is answered above.
    await awake(worker)
      .then(() => openedTo && opened(worker, openedTo))
      .catch(() => {});
  };

  cluster.setupPrimary({
    exec: path.join(import.meta.dirname, `../main${path.extname(import.meta.filename)}`),
    args: [],
  });
  const workers = Array.from({ length: count }, fork);
  const ports = await Promise.all(workers.map(portOf)).catch(async (error: unknown) => {
    for (const worker of running) worker.process.kill('SIGKILL');
    await Promise.all([...running].map(gone));
    throw error;
  });
  return {
    port: ports[0] ?? 0,
    async open(to) {
      await Promise.all(workers.map((worker) => opened(worker, to)));
      openedTo = to;
      for (let missing = count - running.size; missing > 0; missing -= 1) void replace(PAUSE_MS);
    },
    async drain() {
      isEnding = true;
      await Promise.all([...running].map(ended));
    },
  };
};

/** Waits for what `pick` finds in the reports of a process. @throws StartFault with its own words; Error where it ends */
const reported = <T>(worker: Worker, pick: (said: Report) => T | undefined): Promise<T> =>
  new Promise((resolve, reject) => {
    const tooEarly = () => reject(new Error('A process ended before it was open.'));
    if (!worker.isConnected()) tooEarly();
    // Not with its exit, which may be heard of before its last words.
    worker.once('disconnect', tooEarly);
    worker.on('message', (message: unknown) => {
      const { data } = report.safeParse(message);
      if (data === undefined) return;
      if ('fault' in data) reject(new StartFault(data.fault));
      const found = pick(data);
      if (found !== undefined) resolve(found);
    });
  });

/** What it is told before is lost. */
const awake = (worker: Worker): Promise<true> => reported(worker, (said) => 'awake' in said || undefined);

const portOf = async (worker: Worker): Promise<number> => {
  await awake(worker);
  const port = reported(worker, (said) => ('port' in said ? said.port : undefined));
  give(worker, { listen: true });
  return port;
};

const opened = async (worker: Worker, to: Opening): Promise<void> => {
  const isOpen = reported(worker, (said) => 'open' in said || undefined);
  give(worker, { open: to });
  await isOpen;
};

const ended = async (worker: Worker): Promise<void> => {
  give(worker, { stop: true });
  const late = setTimeout(() => worker.process.kill('SIGKILL'), KILL_MS);
  await gone(worker);
  clearTimeout(late);
};

const gone = async (worker: Worker): Promise<void> => {
  if (!worker.isDead()) await new Promise((resolve) => worker.once('exit', resolve));
};

/** One that is gone takes no order, and needs none. */
const give = (worker: Worker, said: Order): void => {
  worker.send(said, () => {});
};

/** Says something to the first process. */
export const tell = (said: Report): void => {
  process.send?.(said);
};

/** What the first process orders: to take the port at once, and to open. Calls `stop` when it asks this one to end. */
export const orders = (
  stop: () => void,
): { readonly listen: Promise<null>; readonly open: Promise<Opening> } => {
  const heard = <T>(pick: (said: Order) => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      process.on('message', (message: unknown) => {
        const { data } = order.safeParse(message);
        const found = data && pick(data);
        if (found !== undefined) resolve(found);
      });
    });
  const given = {
    listen: heard((said) => ('listen' in said ? null : undefined)),
    open: heard((said) => ('open' in said ? said.open : undefined)),
  };
  void heard((said) => 'stop' in said || undefined).then(stop);
  tell({ awake: true });
  return given;
};
