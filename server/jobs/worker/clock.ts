import type { JobLog } from '../job.js';
import { kindOf } from './kind-of.js';

/** Does some work at once and then again and again, never twice at a time. */
export interface Clock {
  start(): void;
  /** Begins nothing more, asks what runs to end, and waits for that. */
  stop(): Promise<void>;
}

/**
 * @param everyMs from the start of one round to the next; a round that takes longer skips the next
 * @param work its signal tells it to stop
 */
export const createClock = ({
  everyMs,
  work,
  log,
}: {
  readonly everyMs: number;
  readonly work: (signal: AbortSignal) => Promise<unknown>;
  readonly log: JobLog;
}): Clock => {
  const ending = new AbortController();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const round = async (): Promise<void> => {
    try {
      await work(ending.signal);
    } catch (error) {
      // Most likely the database is away; the next round tries again.
      log.error({ because: kindOf(error) }, 'a job was not done');
    }
  };

  const tick = (): void => {
    if (ending.signal.aborted) return;
    running ??= round().finally(() => (running = null));
  };

  return {
    start() {
      timer ??= setInterval(tick, everyMs).unref();
      tick();
    },
    async stop() {
      clearInterval(timer);
      ending.abort();
      await running;
    },
  };
};
