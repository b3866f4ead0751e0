/** The tree over the trail: everything that outsiders need to check it. */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Hash } from '../../db/audit/log/hash.js';
import { zipped } from '../bundles/zip.js';
import { exportTrail } from './export-trail.js';
import { proveGrowth } from './prove-growth.js';
import { readCheckpoint } from './read-checkpoint.js';
import { readEdition } from './read-edition.js';
import { readEntry } from './read-entry.js';
import { unavailable } from '../web/api/problem.js';
import { route } from '../web/api/route.js';
import { editionCode, sizeFromZero, sizeFromOne } from '../web/schema/schemas.js';
import { checkpointShape, editionShape, entryProofShape, growthShape } from './shapes.js';

const inBase64 = (hashes: readonly Hash[]): string[] => hashes.map((hash) => hash.toString('base64'));

/** Anyone who was sent it has gone: nothing is wrong here. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

export const treeRoutes = [
  route({
    method: 'GET',
    path: '/api/audit/checkpoint',
    scope: 'trail',
    summary: 'The newest signed checkpoint of the trail (C2SP tlog-checkpoint)',
    // A witness is no person with a phone; signed heads and hashes name nobody.
    beforeCodes: true,
    response: checkpointShape,
    run: async (ctx) => {
      const checkpoint = await readCheckpoint(ctx);
      if (checkpoint === null) throw unavailable();
      return { checkpoint };
    },
  }),
  route({
    method: 'GET',
    path: '/api/audit/entries/{index}/proof',
    scope: 'trail',
    summary: 'One entry as it was hashed, and the proof that it is in the trail of a size (RFC 6962)',
    params: z.strictObject({ index: sizeFromZero }),
    query: z.strictObject({ size: sizeFromOne.optional() }),
    response: entryProofShape,
    run: async (ctx, { params: { index }, query: { size } }) => {
      const { leafHash, leaf, proof, checkpoint, ...entry } = await readEntry(ctx, index, size);
      return {
        index,
        size: entry.size,
        leafHash: leafHash.toString('base64'),
        proof: inBase64(proof),
        leaf: leaf.toString(),
        checkpoint,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/api/audit/editions/{edition}',
    summary: 'The rules that entries were made under, word for word; an entry names its edition in `policy`',
    params: z.strictObject({ edition: editionCode }),
    response: editionShape,
    run: async (ctx, { params: { edition } }) => {
      const text = await readEdition(ctx, edition);
      return { edition, sha256: createHash('sha256').update(text).digest('hex'), text };
    },
  }),
  route({
    method: 'GET',
    path: '/api/audit/consistency',
    scope: 'trail',
    summary: 'The proof that the trail of `from` entries is how the one of `to` entries began (RFC 6962)',
    // A witness is no person with a phone; signed heads and hashes name nobody.
    beforeCodes: true,
    query: z.strictObject({ from: sizeFromZero, to: sizeFromZero }),
    response: growthShape,
    run: async (ctx, { query: { from, to } }) => ({
      from,
      to,
      proof: inBase64(await proveGrowth(ctx, from, to)),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/audit/bundle',
    scope: 'bundle',
    summary: 'The entries `from` to `to` - 1 in files that anyone can check offline',
    query: z.strictObject({ from: sizeFromZero, to: sizeFromOne }),
    produces: ['application/zip'],
    run: async (ctx, { query: { from, to }, req, res }) => {
      const files = await exportTrail(ctx, { from, to });
      res.type('application/zip').attachment(`trail-${from}-${to}.zip`);
      if (req.method === 'HEAD') {
        res.end();
        return;
      }
      await pipeline(Readable.from(zipped(files, ctx.now())), res).catch((error: unknown) => {
        if (!isGone(error)) throw error;
      });
    },
  }),
];
