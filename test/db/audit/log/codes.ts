import { Fault } from '../../../../db/audit/log/fault.js';

const codeIn = (error: unknown): string => {
  if (error instanceof Fault) return error.code as string;
  throw error;
};

/** The code of the fault that is thrown; `no fault` where none is. Other errors go through. */
export const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return codeIn(error);
  }
  return 'no fault';
};

/** The bytes with one bit flipped; bit 0 is the lowest of the first byte. */
export const flipped = (bytes: Buffer, bit: number): Buffer => {
  const changed = Buffer.from(bytes);
  const at = Math.floor(bit / 8);
  changed.writeUInt8(changed.readUInt8(at) ^ (1 << (bit % 8)), at);
  return changed;
};

/** Which codes there were. One expectation for thousands of tries, because each costs more than a try does. */
export const among = (codes: readonly string[]): string[] => [...new Set(codes)].toSorted();
