import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const ROOM = 1.5 * 1024 ** 3;

/**
 * Where the clusters of tests are made: in memory where there is room for it. They sync nothing but write a
 * great deal, and a disk is slow to give so many files out again and again.
 */
export const placeForClusters = (): string => {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > ROOM ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
};
