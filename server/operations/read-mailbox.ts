import type { Knex } from 'knex';
import { correspondents, mailbox, type DeliveredMessage } from '../../db/outbox/outbox.js';

export interface Mailbox {
  /** The newest first. */
  readonly messages: readonly DeliveredMessage[];
  readonly people: Awaited<ReturnType<typeof correspondents>>;
}

/** The mail of the demonstration, where everybody is invented: everybody's, or one person's, and to whom there is any. */
export type ReadMailbox = (which: {
  readonly personId: string | null;
  readonly limit: number;
}) => Promise<Mailbox>;

export const readMailbox =
  (db: Knex): ReadMailbox =>
  async (which) => ({ messages: await mailbox(db, which), people: await correspondents(db) });
