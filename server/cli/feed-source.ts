/** Where a command gets the file of the committee system from: the disk, or an address. */
import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { feedMediaTypes, type FeedFile } from '../register/feed/file/read-feed.js';
import { largestFeed } from '../register/keeping-api.js';
import { loopback } from '../web/middleware/same-origin.js';
import { Usage } from './command.js';

/** There is no file to be read: the sentence says why, and tells of the address no more than its host. */
export class NoFeed extends Error {}

const patienceMs = 60_000;
const mostRedirects = 5;
const megabytes = largestFeed / 1_000_000;

const tooLarge = (): NoFeed => new NoFeed(`The file is larger than ${megabytes} MB, and was not read.`);

/** Reads no more than is taken. @throws NoFeed */
const bytesOf = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > largestFeed) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
};

const typeOf = (given: string | null, where: string): string => {
  const [essence = ''] = (given ?? '').split(';');
  const type = essence.trim().toLowerCase();
  if (feedMediaTypes.includes(type)) return type;
  throw new NoFeed(
    `${where} is neither XML nor CSV by its type. Say with --type which it is: ${feedMediaTypes.join(' or ')}.`,
  );
};

const charsetOf = (given: string | null): string | null =>
  /;\s*charset="?([\w.:-]+)"?/i.exec(given ?? '')?.[1]?.toLowerCase() ?? null;

const endings: readonly (readonly [RegExp, string])[] = [
  [/\.xml$/i, 'application/xml'],
  [/\.csv$/i, 'text/csv'],
];

const onDisk = async (name: string, type: string | undefined): Promise<FeedFile> => {
  const stat = statSync(name, { throwIfNoEntry: false });
  if (!stat?.isFile()) throw new NoFeed(`There is no file ${name}.`);
  if (stat.size > largestFeed) throw tooLarge();
  const known = type ?? endings.find(([ending]) => ending.test(name))?.[1] ?? null;
  const mediaType = typeOf(known, 'The file');
  const stream: Readable = createReadStream(name);
  return { mediaType, charset: null, bytes: await bytesOf(stream) };
};

/** @throws NoFeed for an address that is not asked: what goes over http can be read and changed on its way */
const assertAsked = (address: URL): void => {
  if (address.protocol !== 'https:' && !loopback.includes(address.hostname)) {
    throw new NoFeed('The file is asked for over https alone, but from this machine itself.');
  }
  if (address.username !== '' || address.password !== '') {
    throw new NoFeed('Leave user and password out of the address.');
  }
};

const isRedirect = ({ status }: Response): boolean => [301, 302, 303, 307, 308].includes(status);

/** Follows to other places of the same host, and to no other host. @throws NoFeed */
const askedAt = async (first: URL, signal: AbortSignal): Promise<Response> => {
  let address = first;
  for (let followed = 0; followed <= mostRedirects; followed += 1) {
    assertAsked(address);
    const answer = await fetch(address, {
      headers: { accept: feedMediaTypes.join(', ') },
      redirect: 'manual',
      signal,
    });
    if (!isRedirect(answer)) return answer;
    await answer.body?.cancel();
    const to = answer.headers.get('location');
    if (to === null || !URL.canParse(to, address.href)) throw new NoFeed(`${first.host} leads nowhere.`);
    const next = new URL(to, address);
    if (next.host !== first.host) {
      throw new NoFeed(`${first.host} leads to another host, which is not asked. Say its own address.`);
    }
    address = next;
  }
  throw new NoFeed(`${first.host} leads from one place to another without an end.`);
};

const atAddress = async (address: URL, type: string | undefined): Promise<FeedFile> => {
  assertAsked(address);
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const answer = await askedAt(address, signal);
    if (!answer.ok) throw new NoFeed(`${address.host} answers ${answer.status}.`);
    const given = answer.headers.get('content-type');
    const mediaType = typeOf(type ?? given, `What ${address.host} answers`);
    if (answer.body === null) throw new NoFeed(`${address.host} answers nothing.`);
    return { mediaType, charset: charsetOf(given), bytes: await bytesOf(answer.body) };
  } catch (error) {
    if (error instanceof NoFeed) throw error;
    const late = signal.aborted ? ` within ${patienceMs / 1000} seconds` : '';
    throw new NoFeed(`${address.host} does not answer${late}.`);
  }
};

/**
 * The file of that name, or at that address.
 * @param type what it is, where neither its ending nor the answer says so
 * @throws NoFeed, Usage
 */
export const feedFrom = (source: string, type: string | undefined): Promise<FeedFile> => {
  if (type !== undefined && !feedMediaTypes.includes(type)) {
    throw new Usage(`--type takes ${feedMediaTypes.join(' or ')}.`);
  }
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(source)) return onDisk(source, type);
  const address = URL.canParse(source) ? new URL(source) : null;
  if (address === null || !['https:', 'http:'].includes(address.protocol)) {
    throw new Usage('Say a file, or an address that begins with https.');
  }
  return atAddress(address, type);
};
