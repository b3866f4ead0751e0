import type { Request, RequestHandler } from 'express';
import { acceptedType, readBody } from '../api/body.js';
import { ProtocolError } from '../api/problem.js';
import type { SentFile } from './page.js';
import { grouped } from './sending/read-fields.js';

declare global {
  // eslint-disable-next-line typescript/no-namespace
  namespace Express {
    interface Locals {
      /** The file that was chosen on the form. */
      file?: SentFile;
    }
  }
}

/** The fields of a form around its file. */
const room = 20_000;

const unreadable = (): ProtocolError =>
  new ProtocolError('unreadable', 'What was sent cannot be read as a form with a file.');

/** The parts of a form with a file. Node reads them itself; `readBody` has seen to it that they are not too many. */
const partsOf = async (req: Request, limit: number): Promise<FormData> => {
  acceptedType(req, ['multipart/form-data']);
  const bytes = await readBody(req, limit + room);
  const type = req.headers['content-type'] ?? '';
  try {
    return await new Response(new Uint8Array(bytes), { headers: { 'Content-Type': type } }).formData();
  } catch {
    throw unreadable();
  }
};

/** Reads a form that comes with a file, where it was sent as one; its texts go where those of other forms go. */
export const readUpload =
  (limit: number): RequestHandler =>
  async (req, res, next) => {
    if (!req.is('multipart/form-data')) {
      next();
      return;
    }
    const parts = [...(await partsOf(req, limit)).entries()];
    req.body = grouped(parts.filter((part): part is [string, string] => typeof part[1] === 'string'));
    for (const [, value] of parts) {
      if (typeof value === 'string' || value.size === 0) continue;
      const bytes = Buffer.from(await value.arrayBuffer());
      if (bytes.length > limit) {
        throw new ProtocolError(
          'too-large',
          `Send a file of ${limit.toLocaleString('en-GB')} bytes or fewer.`,
        );
      }
      res.locals.file = { name: value.name, type: value.type, bytes };
    }
    next();
  };
