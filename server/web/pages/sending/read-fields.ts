import type { Buffer } from 'node:buffer';
import type { Request, RequestHandler } from 'express';
import { acceptedType, readBody } from '../../api/body.js';
import { ProtocolError } from '../../api/problem.js';
import type { Form } from '../form.js';

/** Bytes of a form. Far more than its fields may hold, so that a text that is too long comes back with what is wrong. */
const mostBytes = 1_000_000;
const mostFields = 500;

const formType = 'application/x-www-form-urlencoded';

/**
 * Reads the fields of a form, as a browser sends them.
 * @throws ProtocolError 400, 413 or 415, as the API does for what it cannot read
 */
export const readFields: RequestHandler = async (req, _res, next) => {
  // Those of a form that came with a file are read already.
  if (req.body === undefined) req.body = fieldsIn(req, await readBody(req, mostBytes));
  next();
};

const fieldsIn = (req: Request, bytes: Buffer): Form => {
  if (bytes.length === 0 && req.headers['content-type'] === undefined) return {};
  const { charset } = acceptedType(req, [formType]);
  if (charset !== null && charset !== 'utf-8' && charset !== 'utf8')
    throw new ProtocolError('unsupported-media-type', 'Send this form in UTF-8.');
  return grouped([...new URLSearchParams(textOf(bytes))]);
};

const textOf = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProtocolError('unreadable', 'What was sent cannot be read as a form.');
  }
};

/**
 * Fields by name, in the order in which they were sent; one that was sent more than once is a list.
 * @throws ProtocolError 413 where they are too many
 */
export const grouped = (sent: readonly (readonly [string, string])[]): Form => {
  if (sent.length > mostFields)
    throw new ProtocolError('too-large', `Send a form of ${mostFields} fields or fewer.`);
  const fields = new Map<string, string | readonly string[]>();
  for (const [name, value] of sent) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [...[before].flat(), value]);
  }
  return Object.fromEntries(fields);
};
