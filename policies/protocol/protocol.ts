/**
 * The observation protocol: versioned text, and accepting the version in force is the undertaking.
 * Source: need-to-know.md, section 6; report 10.39.
 */
import { invalid } from '../core/rules.js';

export interface ProtocolVersion {
  readonly version: number;
  readonly text: string;
  readonly inForceFrom: Date;
}

/** The longest text of a protocol, in characters. */
export const longestProtocol = 50_000;

/** @throws Invalid, naming `inForceFrom`: nobody can have accepted a text before they could read it */
export const assertPublishable = (inForceFrom: Date, now: Date): void => {
  if (inForceFrom < now) {
    throw invalid('protocol', [
      { field: 'inForceFrom', message: 'A protocol comes into force when it is published, or later.' },
    ]);
  }
};
