import { SingleBar } from 'cli-progress';

/** Called with the number checked so far, and the total. */
export type OnProgress = (progress: { readonly checked: number; readonly total: number }) => void;

/**
 * Shows a bar on the terminal during work that may take long. Where the output is no terminal it shows nothing, so
 * that a log of the run holds only the answer.
 */
export const withProgress = async <T>(
  what: string,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> => {
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
