/** What is sent about the observation protocol. */
import { z } from 'zod';
import { asked } from '../web/schema/field-words.js';
import { longestProtocol } from '../../policies/protocol/protocol.js';
import { instant, text, version } from '../web/schema/schemas.js';

export const acceptanceBody = z.strictObject({ version }).meta({ id: 'AcceptanceBody' });

export const protocolText = asked(text(longestProtocol), 'Text of the protocol');

export const protocolBody = z
  .strictObject({
    text: protocolText,
    inForceFrom: instant.optional(),
  })
  .transform(({ text: given, inForceFrom }) => ({
    text: given,
    inForceFrom: inForceFrom === undefined ? undefined : new Date(inForceFrom),
  }))
  .meta({ id: 'ProtocolBody' });
