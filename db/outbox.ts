import type { Knex } from 'knex';

/** What somebody is to be told: whom, what of, and which case. The words are found when it is sent. */
export interface Message {
  /** Unique for ever: the same event makes the same key, so nobody is told twice. */
  readonly key: string;
  /** The person's id. */
  readonly toPerson: string;
  /** Which notice. */
  readonly kind: string;
  /** What it is about, such as `OBS-2026-0001`. */
  readonly reference: string;
  /** What the person is asked to do, if anything. */
  readonly action?: string | undefined;
  /** By which day, `YYYY-MM-DD`. */
  readonly due?: string | undefined;
}

/**
 * Puts messages into the outbox, in the caller's transaction: what is rolled back is never sent. A message
 * whose key is known already is left as it stands.
 *
 * @param now the service's time; the database's when left out
 * @returns the keys that were new
 */
export const enqueue = async (
  trx: Knex.Transaction,
  messages: Message | readonly Message[],
  now?: Date,
): Promise<string[]> => {
  const given = 'key' in messages ? [messages] : messages;
  if (given.length === 0) return [];
  const rows = given.map(({ key, toPerson, kind, reference, action, due }) => ({
    key,
    to_person: toPerson,
    kind,
    reference,
    action: action ?? null,
    due: due ?? null,
    ...(now === undefined ? {} : { created_at: now, next_attempt_at: now }),
  }));
  const added: { key: string }[] = await trx('messages')
    .insert(rows)
    .onConflict('key')
    .ignore()
    .returning('key');
  return added.map(({ key }) => key);
};
