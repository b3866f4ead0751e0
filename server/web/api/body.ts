import { Buffer } from 'node:buffer';
import { MIMEType } from 'node:util';
import type { Request } from 'express';
import { ProtocolError } from './problem.js';
import type { Upload } from './route.js';

export const defaultBodyLimit = 102_400;

/**
 * The bytes of a body.
 * @throws ProtocolError 413 past `limit`; 400 where the caller broke off.
 */
export const readBody = async (req: Request, limit: number): Promise<Buffer> => {
  // A caller that is still sending does not see an early answer, so read and drop a body that is too large, up to a
  // point; after that close the connection.
  const patience = limit + 10_485_760;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > patience) break;
    }
  } catch {
    throw unreadable('What was sent broke off before its end.');
  }
  if (size > limit) {
    throw new ProtocolError('too-large', `Send ${limit.toLocaleString('en-GB')} bytes or fewer.`, {
      ...(size > patience && { headers: { Connection: 'close' } }),
    });
  }
  return Buffer.concat(chunks);
};

/**
 * The body of a JSON call, an object. No body at all counts as `{}`.
 * @throws ProtocolError 415 for another type, charset or encoding; 400 for a body that is not an object in JSON in
 *   UTF-8.
 */
export const jsonBody = (req: Request, bytes: Buffer): object => {
  if (bytes.length > 0 || req.headers['content-type'] !== undefined) {
    const { charset } = acceptedType(req, ['application/json']);
    if (charset !== null && charset !== 'utf-8' && charset !== 'utf8') {
      throw new ProtocolError('unsupported-media-type', 'Send JSON in UTF-8.');
    }
  }
  return bytes.length === 0 ? {} : parsedObject(bytes);
};

/**
 * The body of a call that takes other types than JSON; its charset and content are the handler's to judge.
 * @throws ProtocolError 415.
 */
export const uploadBody = (req: Request, bytes: Buffer, mediaTypes: readonly string[]): Upload => ({
  ...acceptedType(req, mediaTypes),
  bytes,
});

/**
 * The type of a body, and its charset in lower case.
 * @throws ProtocolError 415 where it is none of those, or is compressed
 */
export const acceptedType = (
  req: Request,
  accepted: readonly string[],
): { mediaType: string; charset: string | null } => {
  const type = mimeType(req.headers['content-type']);
  if (type === null || !accepted.includes(type.essence)) {
    throw new ProtocolError('unsupported-media-type', `Send this as ${accepted.join(' or ')}.`);
  }
  if ((req.headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity') {
    throw new ProtocolError('unsupported-media-type', 'Send this without compressing it.', {
      headers: { 'Accept-Encoding': 'identity' },
    });
  }
  return { mediaType: type.essence, charset: type.params.get('charset')?.toLowerCase() ?? null };
};

const mimeType = (header: string | undefined): MIMEType | null => {
  try {
    return header === undefined ? null : new MIMEType(header);
  } catch {
    return null;
  }
};

const parsedObject = (bytes: Buffer): object => {
  const value = parsed(bytes);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unreadable('Send a JSON object.');
  }
  return value;
};

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message quotes the input.
    throw unreadable('What was sent is not JSON in UTF-8.');
  }
};

const unreadable = (detail: string): ProtocolError => new ProtocolError('unreadable', detail);
