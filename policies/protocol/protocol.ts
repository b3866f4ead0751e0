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

/**
 * Nobody can have accepted a text before they could read it, and nobody is asked again to accept the same one.
 * @param inForce the protocol in force; null before the first
 * @throws Invalid, naming the field
 */
export const assertPublishable = (
  { text, inForceFrom }: Pick<ProtocolVersion, 'text' | 'inForceFrom'>,
  inForce: Pick<ProtocolVersion, 'text'> | null,
  now: Date,
): void => {
  if (inForceFrom < now) {
    throw invalid('protocol', [
      { field: 'inForceFrom', message: 'A protocol comes into force when it is published, or later.' },
    ]);
  }
  if (text.trim() === inForce?.text.trim()) {
    throw invalid('protocol', [
      {
        field: 'text',
        message: 'This text is in force already. Every councillor would be asked to accept it again.',
      },
    ]);
  }
};
