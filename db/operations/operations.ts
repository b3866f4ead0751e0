/** How the jobs fare and what mail waits, in one statement. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { planned, type Ask } from '../core/ask.js';
import { firstOf } from '../core/rows/first-of.js';
import { asJsonList, instant, whole } from '../core/rows/stored.js';
import {
  deadLetters,
  mailWaiting,
  refusedMessages,
  type AfterLetter,
  type MailWaiting,
  type Undelivered,
} from './dead-letters.js';
import { jobRuns, type JobRun } from './job-runs.js';

export interface Operations {
  readonly runs: readonly JobRun[];
  readonly mail: MailWaiting;
  /** Messages that were refused and wait for their next attempt, the next one first. */
  readonly refused: readonly Undelivered[];
  /** Messages that were given up, the last first. */
  readonly givenUp: readonly Undelivered[];
}

const message: z.ZodType<Undelivered> = z.strictObject({
  id: z.string(),
  kind: z.string(),
  reference: z.string(),
  name: z.string(),
  createdAt: instant,
  attempts: whole,
  because: z.string().nullable(),
  nextAttemptAt: instant.nullable(),
  failedAt: instant.nullable(),
});
const run: z.ZodType<JobRun> = z.strictObject({
  job: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  done: whole.nullable(),
  failedAt: instant.nullable(),
  fault: z.string().nullable(),
  failures: whole,
});
const storedOperations = z.strictObject({
  runs: z.array(run),
  mail: z.strictObject({
    waiting: whole,
    retrying: whole,
    givenUp: whole,
    oldest: instant.nullable(),
  }),
  refused: z.array(message),
  givenUp: z.array(message),
  shown: whole,
});

/**
 * @param page `most` refused messages at most, and `limit` given up after the one of `after`; constant cost at any depth
 * @param ask is given `shown`, the number of messages of the page: of those given up one less than `limit` at most
 */
export const findOperations = async (
  db: Knex,
  page: { readonly most: number; readonly limit: number; readonly after?: AfterLetter | undefined },
  ask: Ask = planned,
): Promise<Operations> => {
  const lists = {
    runs: jobRuns(db),
    refused: refusedMessages(db, page.most),
    givenUp: deadLetters(db, page),
  };
  const found = db.select(
    db.raw('(select to_jsonb(m) from (?) as m) as mail', [mailWaiting(db)]),
    ...Object.entries(lists).map(([name, query]) => db.raw('? as ??', [asJsonList(db, query), name])),
  );
  const query = db
    .from(found.as('found'))
    .select(
      'found.*',
      db.raw(
        `jsonb_array_length(found.refused) + least(jsonb_array_length(found."givenUp"), ?::int) as shown`,
        [page.limit - 1],
      ),
    );
  const { shown: _shown, ...operations } = firstOf(await ask(storedOperations, query));
  return operations;
};
