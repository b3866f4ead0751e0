import type { FeedMember } from '../../../../policies/register/register-feed.js';
import { readCsv } from './csv.js';
import { decode, type Decoded } from './decode.js';
import { unreadable } from './fault.js';
import { membersFrom, type RawMember } from './members.js';
import { readXml } from './moderngov-xml.js';

const readers: ReadonlyMap<string, (file: Decoded) => RawMember[]> = new Map([
  ['application/xml', readXml],
  ['text/xml', readXml],
  ['text/csv', readCsv],
]);

/** The types of file that a register of members is read from. */
export const feedMediaTypes: readonly string[] = [...readers.keys()];

/** A file as it was sent: its type and charset as the header names them, without parameters. */
export interface FeedFile {
  readonly mediaType: string;
  readonly charset: string | null;
  readonly bytes: Buffer;
}

/**
 * The members in a file from the committee system: ModernGov's `GetCouncillorsByWard`, or CSV with its columns.
 * Reads what need-to-know.md, section 6, names and nothing else; nothing else reaches a value or an error.
 * @throws Invalid (422) naming field, place and kind of each fault, never what stood there
 */
export const readFeed = ({ mediaType, charset, bytes }: FeedFile): FeedMember[] => {
  const read = readers.get(mediaType.toLowerCase());
  if (!read) throw unreadable('The file is neither XML nor CSV.');
  return membersFrom(read(decode(bytes, charset)));
};
