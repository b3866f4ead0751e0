import type { PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import type { BundleFile } from '../../db/audit/log/bundle/bundle-write.js';

/** How many bytes are handed over at a time, at least. */
const portion = 64 * 1024;

/** A file that yazl has written: its place in the list at the end of the archive, and what still holds its bytes. */
interface Written {
  doFileDataPump: unknown;
}

/**
 * The bytes of a ZIP archive with these files, made on demand, so that a slow reader is waited for. The files are
 * stored uncompressed: to compress each by itself gains a fifth and takes twenty times as long.
 *
 * yazl looks through all its files for each one that it gets, which for a hundred thousand takes minutes
 * (thejoshwolfe/yazl, pull request 91). A stored file is written at once, so we put it aside here, without its bytes,
 * and give it back for the list at the end.
 *
 * @param at the date of the files in it
 */
export async function* zipped(files: AsyncIterable<BundleFile>, at: Date): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const pending = zip as unknown as { entries: Written[] };
  const out = zip.outputStream as PassThrough;
  const written: Written[] = [];
  for await (const { name, bytes } of files) {
    zip.addBuffer(bytes, name, { compress: false, mtime: at, mode: 0o100644 });
    for (const entry of pending.entries.splice(0)) {
      entry.doFileDataPump = null;
      written.push(entry);
    }
    if (out.readableLength + out.writableLength < portion) continue;
    for (let chunk = out.read() as Buffer | null; chunk !== null; chunk = out.read() as Buffer | null) {
      yield chunk;
    }
  }
  pending.entries = written;
  zip.end();
  yield* out as AsyncIterable<Buffer>;
}
