import { SingleBar } from 'cli-progress';

/** Told how far something has come, of how much. */
export type OnProgress = (progress: { readonly checked: number; readonly total: number }) => void;

/**
 * A bar on the terminal while something goes on that may take long; nothing where nobody looks on, so that what
 * is kept of a run is its answer alone.
 */
export const withProgress = async <T>(what: string, work: (tell: OnProgress) => Promise<T>): Promise<T> => {
  const bar = new SingleBar({
    format: `${what} [{bar}] {percentage} % | {value} of {total} | {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  let isStarted = false;
  try {
    return await work(({ checked, total }) => {
      if (isStarted) bar.update(checked);
      else if (total > 0) bar.start(total, checked);
      isStarted ||= total > 0;
    });
  } finally {
    bar.stop();
  }
};
