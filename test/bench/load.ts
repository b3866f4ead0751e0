import autocannon, { type Result, type Sent } from 'autocannon';
import { BenchFault } from './fault.js';

/** As many as pgbench has. */
export const clients = 8;

/** What one run came to. */
export interface Load {
  /** Acknowledged answers a second. */
  readonly perSecond: number;
  readonly acknowledged: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Sends requests one after another from each of eight clients for some seconds.
 * @param next gives each next request to send
 * @throws BenchFault where anything was answered other than 2xx
 */
export const runLoad = async (
  url: URL,
  cookie: string,
  next: () => Sent,
  seconds: number,
  signal: AbortSignal,
): Promise<Load> => {
  const instance = autocannon({
    url: url.origin,
    connections: clients,
    duration: seconds,
    headers: { cookie, accept: 'application/json', 'content-type': 'application/json' },
    requests: [{ setupRequest: (request) => ({ ...request, ...next() }) }],
  });
  const stop = () => instance.stop();
  signal.addEventListener('abort', stop, { once: true });
  const result = await instance;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return judged(result);
};

const judged = (result: Result): Load => {
  const { '2xx': acknowledged, non2xx, errors, timeouts, duration, latency } = result;
  if (non2xx > 0 || errors > 0 || timeouts > 0 || acknowledged === 0) {
    throw new BenchFault(
      `The run does not count: ${acknowledged} answers 2xx, ${non2xx} others, ${errors} errors, ${timeouts} timeouts.`,
    );
  }
  return { perSecond: acknowledged / duration, acknowledged, p50: latency.p50, p99: latency.p99 };
};
